import { posix } from 'node:path';
import { parseSync } from 'vite';
import type { SourceFile } from './source-files.ts';

export type Import = { path: string; typeOnly: boolean };

/**
 * The files of this repository that a file imports or re-exports, also by `import()` of a plain string, as paths from the
 * root. Packages are left out. `typeOnly` is true where nothing of it is left at run time.
 */
export function importsOf(file: SourceFile): Import[] {
  const { module, errors } = parseSync(file.path, file.text);
  if (errors.length > 0) throw new Error(`${file.path}: ${errors[0]?.message}`);
  const found = new Map<string, Import>();
  const add = (specifier: string, typeOnly: boolean): void => {
    const path = resolved(file.path, specifier);
    if (path !== undefined) found.set(path, { path, typeOnly: typeOnly && (found.get(path)?.typeOnly ?? true) });
  };
  for (const { moduleRequest, entries } of module.staticImports) {
    add(moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType));
  }
  for (const { entries } of module.staticExports) {
    for (const entry of entries) if (entry.moduleRequest) add(entry.moduleRequest.value, entry.isType);
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const text = file.text.slice(moduleRequest.start, moduleRequest.end);
    const plain = /^(['"`])([^$]*)\1$/.exec(text)?.[2];
    if (plain !== undefined) add(plain, false);
  }
  return [...found.values()];
}

function resolved(from: string, specifier: string): string | undefined {
  const plain = specifier.replace(/\?.*$/, '');
  if (plain.startsWith('#')) return plain.slice(1);
  if (plain.startsWith('.')) return posix.normalize(posix.join(posix.dirname(from), plain));
  return undefined;
}
