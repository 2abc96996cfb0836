import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

async function testFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries
      .filter((e) => e.name !== 'node_modules' && e.name !== 'dist' && !e.name.startsWith('.'))
      .map((e) =>
        e.isDirectory() ? testFiles(join(folder, e.name)) : e.name.endsWith('.test.ts') ? [join(folder, e.name)] : [],
      ),
  );
  return nested.flat();
}

it('names a test that exists for every threat', async () => {
  const table = (await readFile(join(root, 'docs/threats.md'), 'utf8'))
    .split('\n')
    .filter((l) => l.startsWith('| ') && !l.startsWith('| threat'));
  const named = table.map((line) => /`([^`]+)` \|$/.exec(line)?.[1] ?? `no test named in: ${line.slice(0, 60)}`);
  const sources = (await Promise.all(['platform', 'apps', 'tests', 'e2e'].map((f) => testFiles(join(root, f))))).flat();
  const text = (await Promise.all(sources.map((f) => readFile(f, 'utf8')))).join('\n');
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((name) => !text.includes(name))).toEqual([]);
});
