import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Folders that hold no source of ours. */
const SKIP = new Set(['node_modules', 'dist', 'data', '.git', '.cache', '.keys', 'artifacts']);

export type SourceFile = { path: string; text: string };

/** All files below `root` whose names match, with paths relative to it in forward slashes, sorted. */
export async function sourceFiles(options: { root: string; name: RegExp }): Promise<SourceFile[]> {
  const found: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await readdir(join(options.root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!SKIP.has(entry.name)) await walk(path);
      } else if (options.name.test(entry.name)) found.push(path);
    }
  };
  await walk('');
  return found.sort().map((path) => ({ path, text: readFileSync(join(options.root, path), 'utf8') }));
}
