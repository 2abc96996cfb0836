import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Builds the web application with vite under this node; needs production dependencies only. Rejects with what vite said. */
export async function buildWeb(options: { root: string }): Promise<void> {
  const vite = join(options.root, 'node_modules/vite/bin/vite.js');
  const child = spawn(process.execPath, [vite, 'build', 'web', '--logLevel', 'warn'], {
    cwd: options.root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`vite build ended with ${code}: ${said.trim()}`);
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..');
  // As a dependency of something else, or in a layer that has not copied the sources yet, there is nothing to build.
  if (existsSync(join(root, 'web/vite.config.ts'))) await buildWeb({ root });
}
