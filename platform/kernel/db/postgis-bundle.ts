import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { entries } from './unpack.ts';

/**
 * What the embedded database never asks for: rasters, topologies, the American geocoder, ways up from older versions and the scripts
 * that an extension does not use. PGlite compiles every library of the package whenever a database is opened.
 */
const UNUSED =
  /(^|\/)(postgis_raster|postgis_topology|postgis_tiger_geocoder|postgis_sfcgal|address_standardizer)[^/]*$|--(ANY|unpackaged)--|^share\/postgresql\/contrib\//;

/**
 * The path of PostGIS's package for the embedded database without what is never used, made in `folder` at the first time and
 * kept there, named by what is in it. A third of the work of opening a database was the rest of the package.
 */
export async function postgisBundle(folder: string): Promise<string> {
  const program = createRequire(import.meta.url).resolve('@electric-sql/pglite-postgis');
  const archive = await readFile(join(dirname(program), 'postgis.tar.gz'));
  const path = join(
    folder,
    `postgis-${hash('sha256', archive).slice(0, 12)}-${hash('sha256', UNUSED.source).slice(0, 4)}.tar.gz`,
  );
  if (existsSync(path)) return path;
  const kept = trim(await promisify(gunzip)(archive));
  await mkdir(folder, { recursive: true });
  // Several processes may make the same at once: each writes aside and the last one stands.
  const half = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  await writeFile(half, await promisify(gzip)(kept, { level: 1 }));
  await rename(half, path);
  return path;
}

/** An archive (tar) without the entries that are never used. */
export function trim(tar: Uint8Array): Uint8Array {
  const kept = [...entries(tar)]
    .filter(({ name }) => !UNUSED.test(name.replace(/^(\.?\/)+/, '')))
    .map(({ whole }) => whole);
  return Buffer.concat([...kept, Buffer.alloc(1024)]);
}
