import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { shippedFaults } from '#platform/access/policy/rules.ts';
import { createRegistry } from '#platform/kernel/registry.ts';
import { manifests } from '../manifests.ts';
import { staleFiles } from './gen.ts';
import { licenceFaults } from './licences.ts';
import { sourceFiles } from './source-files.ts';
import { newerThan15 } from './sql-portability.ts';
import { checkStructure } from './structure.ts';

export type Check = { name: string; run(root: string): Promise<string[]> };

/** Everything that can be said of the sources without running them; each answers with its faults. */
export const checks: readonly Check[] = [
  // What a file's types came out as is kept, so that the next check looks only at what has changed and what depends on it.
  {
    name: 'types',
    run: (root) => tool(root, 'tsc', ['-p', '.', '--incremental', '--tsBuildInfoFile', '.cache/types.json']),
  },
  { name: 'lint', run: (root) => tool(root, 'oxlint', ['--quiet']) },
  { name: 'format', run: format },
  { name: 'structure', run: structure },
  {
    name: 'generated files',
    run: async (root) => (await staleFiles(root)).map((path) => `${path} is stale: npm run gen`),
  },
  {
    name: 'SQL runs on PostgreSQL 15',
    run: async (root) => newerThan15(await sourceFiles({ root, name: /(?<!\.test)\.(ts|sql)$/ })),
  },
  {
    name: 'policies',
    run: async (root) =>
      shippedFaults(createRegistry(manifests), root).faults.map(
        ({ source, policy = '', message }) => `${source} ${policy}: ${message}`,
      ),
  },
  { name: 'licences', run: async (root) => licenceFaults(root) },
];

async function structure(root: string): Promise<string[]> {
  const { faults, warnings } = await checkStructure(root);
  for (const warning of warnings) console.log(`  warning: ${warning}`);
  return faults;
}

async function format(root: string): Promise<string[]> {
  const said = (await tool(root, 'biome', ['format', '--max-diagnostics=none', '--colors=off', '.'])).join('\n');
  if (said === '') return [];
  const files = [...said.matchAll(/^(\S+) format ━/gm)].map((match) => match[1] ?? '');
  return files.length > 0 ? [`npm run format would change: ${files.join(' ')}`] : [said];
}

/** Runs a tool of node_modules/.bin under this process's environment; its output is the fault. */
async function tool(root: string, name: string, args: string[]): Promise<string[]> {
  const child = spawn(join(root, 'node_modules/.bin', name), args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  return code === 0 ? [] : [said.trim() || `${name} ended with ${code}`];
}

/** Runs all checks and prints them; says how many passed. */
export async function runChecks(root: string): Promise<{ passed: number; failed: number }> {
  const result = { passed: 0, failed: 0 };
  for (const { name, run } of checks) {
    const faults = await run(root).catch((error: unknown) => [String(error)]);
    console.log(`${faults.length === 0 ? '✓' : '✗'} ${name}`);
    for (const fault of faults) console.log(fault.replaceAll(/^/gm, '  '));
    if (faults.length === 0) result.passed += 1;
    else result.failed += 1;
  }
  return result;
}

if (import.meta.main) {
  const { passed, failed } = await runChecks(join(import.meta.dirname, '..'));
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
