import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

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

/** The text of every test file, for documents that name tests. */
export async function textOfTests(): Promise<string> {
  const files = (await Promise.all(['platform', 'apps', 'tests', 'e2e'].map((f) => testFiles(join(root, f))))).flat();
  return (await Promise.all(files.map((f) => readFile(f, 'utf8')))).join('\n');
}
