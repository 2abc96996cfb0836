import { readFileSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/*
 * Documentation shows real files: between `<!-- file: path -->` and `<!-- end -->` stands the text of that file, so that
 * a page cannot go stale. `node tools/embed.ts` renews them, a test compares.
 */
const BLOCK = /<!-- file: (\S+) -->\n[\s\S]*?<!-- end -->/g;
const LANGUAGE: Record<string, string> = { '.ts': 'ts', '.tsx': 'tsx', '.sql': 'sql', '.json': 'json' };

/** The page with every embedded file as it is now. Throws on a file that does not exist. */
export function embedFiles(page: string, root: string): string {
  return page.replaceAll(BLOCK, (_block, path: string) => {
    const text = readFileSync(join(root, path), 'utf8').trimEnd();
    return `<!-- file: ${path} -->\n\`\`\`${LANGUAGE[extname(path)] ?? ''}\n${text}\n\`\`\`\n<!-- end -->`;
  });
}

/** Pages below docs/ whose embedded files are not as they are now, with the text that they should have. */
export async function stalePages(root: string): Promise<{ path: string; text: string }[]> {
  const names = (await readdir(join(root, 'docs'), { recursive: true })).filter((name) => name.endsWith('.md'));
  return names.flatMap((name) => {
    const path = join('docs', name);
    const page = readFileSync(join(root, path), 'utf8');
    const text = embedFiles(page, root);
    return text === page ? [] : [{ path, text }];
  });
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..');
  for (const { path, text } of await stalePages(root)) {
    await writeFile(join(root, path), text);
    console.log(path);
  }
}
