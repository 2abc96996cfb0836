/**
 * `npm run bench -- NAME [arguments]`: runs bench/NAME.ts. The last line that a bench prints is one JSON object:
 * {"name","ours","reference","ratio","unit","note"}, where a ratio above its limit is good. Without a name: says which there are.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = import.meta.dirname;
const [name, ...rest] = process.argv.slice(2);
const file = name && /^[a-z-]+$/.test(name) ? join(folder, `${name}.ts`) : '';

if (!existsSync(file) || name === 'run') {
  const names = readdirSync(folder)
    .filter((each) => each.endsWith('.ts') && each !== 'run.ts')
    .map((each) => each.slice(0, -3));
  console.error(`用法 Usage: npm run bench -- ${names.join(' | ')}`);
  process.exitCode = 1;
} else {
  const child = spawn(process.execPath, [file, ...rest], { stdio: 'inherit' });
  child.on('close', (code) => {
    process.exitCode = code ?? 1;
  });
}
