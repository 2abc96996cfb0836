import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, statfs } from 'node:fs/promises';
import { freemem, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { buildWeb } from './build-web.ts';
import { runChecks } from './check.ts';

type Assertion = { fullName: string; status: 'passed' | 'failed' | 'skipped' | 'pending' | 'todo' | 'disabled' };
type Report = { testResults: { name: string; status: string; message?: string; assertionResults: Assertion[] }[] };

export type Tally = { passed: number; failed: number; skipped: string[] };

/** Counts a vitest report; a file that could not run at all counts as one failed test. */
export function tally(report: Report, root: string): Tally {
  const result: Tally = { passed: 0, failed: 0, skipped: [] };
  for (const file of report.testResults) {
    const name = relative(root, file.name);
    let failed = 0;
    for (const test of file.assertionResults) {
      if (test.status === 'passed') result.passed += 1;
      else if (test.status === 'failed') failed += 1;
      else result.skipped.push(`${name} › ${test.fullName}`);
    }
    result.failed += failed === 0 && file.status === 'failed' ? 1 : failed;
  }
  return result;
}

/** The one plain line that sums up a run. */
export function summary({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`;
}

/** Runs one vitest project, shows it, and returns its counts. A run that left no report is a failure. */
async function vitest(options: { root: string; project: string; folder: string }): Promise<Tally> {
  const { root, project, folder } = options;
  const file = join(folder, `${project}.json`);
  const program = join(root, 'node_modules/vitest/vitest.mjs');
  const args = [
    program,
    'run',
    '--project',
    project,
    '--passWithNoTests',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ];
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const counted = existsSync(file)
    ? tally(JSON.parse(await readFile(file, 'utf8')) as Report, root)
    : { passed: 0, failed: code === 0 ? 0 : 1, skipped: [] };
  // An error outside any test (an unhandled rejection, a broken set-up) must not look green.
  if (code !== 0 && counted.failed === 0) counted.failed = 1;
  return counted;
}

/** Memory that is a folder, and how much of it must be free: a database is a hundred megabytes in 2,700 files. */
const MEMORY = '/dev/shm';
const MEMORY_BYTES = 6 * 1024 ** 3;

/**
 * Temporary folders in memory where there is room and TMPDIR says nothing else: laying out a database there costs a fifth of the system
 * time that a disk costs. Returns what ends it.
 */
async function temporaryInMemory(): Promise<() => Promise<void>> {
  const room = await statfs(MEMORY).catch(() => undefined);
  if (process.env.TMPDIR || !room || Math.min(room.bavail * room.bsize, freemem()) < MEMORY_BYTES)
    return async () => undefined;
  const folder = await mkdtemp(join(MEMORY, 'smart-district-'));
  // Servers that tests start give up their rights and must reach what lies below.
  await chmod(folder, 0o755);
  process.env.TMPDIR = folder;
  return () => rm(folder, { recursive: true, force: true });
}

/** `npm test`: the checks, then the tests; `npm run test:db`: the database tests only. The last line sums up. */
async function main(): Promise<void> {
  const root = join(import.meta.dirname, '..');
  const only = process.argv.slice(2);
  const projects = only.length > 0 ? only : ['unit', 'db', 'e2e'];
  const total: Tally = { passed: 0, failed: 0, skipped: [] };
  if (only.includes('db') && !process.env.TEST_DATABASE_URL) {
    console.log('TEST_DATABASE_URL is not set: the embedded database is used.');
  }
  if (only.length === 0) {
    const checked = await runChecks(root);
    total.passed += checked.passed;
    total.failed += checked.failed;
  }
  if (projects.includes('e2e')) await buildWeb({ root });
  const clear = await temporaryInMemory();
  const folder = await mkdtemp(join(tmpdir(), 'smart-district-report-'));
  try {
    for (const project of projects) {
      const counted = await vitest({ root, project, folder });
      total.passed += counted.passed;
      total.failed += counted.failed;
      total.skipped.push(...counted.skipped);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
    await clear();
  }
  for (const name of total.skipped) console.log(`skipped: ${name}`);
  console.log(summary(total));
  process.exitCode = total.failed > 0 ? 1 : 0;
}

if (import.meta.main) await main();
