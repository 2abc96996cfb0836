/** Copies of the embedded database to start from (模板库): kept in the cache, named by the schema that they hold. */
import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BOOTSTRAP } from '../bootstrap.ts';

export type Template = {
  /** What an empty directory is filled with; undefined where nothing is kept yet. */
  bytes?: Uint8Array;
  /** It is the schema that is wanted: nothing has to be migrated. */
  whole: boolean;
};

/** Names of the modules with their prints (`schemaPrints`), beside each template. */
type Prints = Record<string, string>;

const named = (folder: string, fingerprint: string): string => join(folder, `template-${fingerprint}`);
const base = (folder: string): string => join(folder, `base-${hash('sha256', BOOTSTRAP).slice(0, 16)}.tar.gz`);

/**
 * The schema that is wanted (4 s), else the kept one that lacks the fewest of its modules and has none that differs: the rest is migrated
 * on top of it, as in an installation that gets more modules. Else a database with nothing but the extensions, which is most of the
 * time that making one takes.
 */
export async function findTemplate(options: {
  folder: string;
  fingerprint: string;
  prints: ReadonlyMap<string, string>;
}): Promise<Template> {
  const { folder, fingerprint, prints } = options;
  const whole = `${named(folder, fingerprint)}.tar.gz`;
  if (existsSync(whole)) return { bytes: await readFile(whole), whole: true };
  let nearest: { path: string; modules: number } | undefined;
  for (const file of await readdir(folder).catch(() => [])) {
    const [, name] = /^(template-[0-9a-f]{16})\.json$/.exec(file) ?? [];
    const path = join(folder, `${name}.tar.gz`);
    if (!name || !existsSync(path)) continue;
    const held = Object.entries(JSON.parse(await readFile(join(folder, file), 'utf8')) as Prints);
    const fits = held.every(([id, print]) => prints.get(id) === print);
    if (fits && held.length > (nearest?.modules ?? 0)) nearest = { path, modules: held.length };
  }
  const path = nearest?.path ?? base(folder);
  return { bytes: existsSync(path) ? await readFile(path) : undefined, whole: false };
}

export async function keepTemplate(options: {
  folder: string;
  fingerprint: string;
  prints: ReadonlyMap<string, string>;
  bytes: Uint8Array;
}): Promise<void> {
  const { folder, fingerprint, prints, bytes } = options;
  await keep(`${named(folder, fingerprint)}.tar.gz`, bytes);
  await keep(`${named(folder, fingerprint)}.json`, JSON.stringify(Object.fromEntries(prints)));
}

export const keepBase = (folder: string, bytes: Uint8Array): Promise<void> => keep(base(folder), bytes);

/** Several processes may make the same at once: each writes aside and the last one stands. */
async function keep(path: string, content: Uint8Array | string): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  const half = `${path}.${process.pid}`;
  await writeFile(half, content);
  await rename(half, path);
}
