import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppManifest } from '#platform/kernel/app.ts';
import { openApiDocument } from '#platform/kernel/openapi.ts';
import { createRegistry } from '#platform/kernel/registry.ts';
import { generateClient } from '#web/client/generate.ts';
import { generatePages } from '#web/shell/generate-pages.ts';
import { manifests } from '../manifests.ts';

/** What is made from the manifests: file and text. */
export function generated(modules: readonly AppManifest[]): { path: string; text: string }[] {
  const pages = modules.flatMap((module) =>
    (module.pages ?? []).map(({ order, icon, posts, ...page }) => ({
      ...page,
      posts: posts && [...posts],
      nav: order === undefined ? undefined : { order, icon },
    })),
  );
  return [
    { path: 'web/shell/pages.gen.ts', text: generatePages(pages) },
    { path: 'web/client/api.gen.ts', text: generateClient(openApiDocument(createRegistry(modules))) },
  ];
}

/** Generated files that do not agree with the manifests. */
export async function staleFiles(root: string): Promise<string[]> {
  const stale: string[] = [];
  for (const { path, text } of generated(manifests)) {
    if ((await readFile(join(root, path), 'utf8').catch(() => '')) !== text) stale.push(path);
  }
  return stale;
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..');
  for (const { path, text } of generated(manifests)) {
    await writeFile(join(root, path), text);
    console.log(path);
  }
}
