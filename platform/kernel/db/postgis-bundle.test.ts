import { describe, expect, it } from 'vitest';
import { trim } from './postgis-bundle.ts';
import { entries } from './unpack.ts';

/** An archive of empty files. */
function archive(names: string[]): Uint8Array {
  const heads = names.map((name) => {
    const head = Buffer.alloc(512);
    head.write(name, 0);
    head.write('0', 156);
    return head;
  });
  return Buffer.concat([...heads, Buffer.alloc(1024)]);
}

describe('the package of PostGIS for the embedded database', () => {
  it('keeps the library, its script and the projections, and leaves out what is never used', () => {
    const kept = [
      'lib/postgresql/postgis-3.so',
      'share/postgresql/extension/postgis.control',
      'share/postgresql/extension/postgis--3.6.2.sql',
      'share/proj/proj.db',
    ];
    const left = [
      'lib/postgresql/postgis_raster-3.so',
      './lib/postgresql/postgis_topology-3.so',
      'share/postgresql/extension/postgis--ANY--3.6.2.sql',
      'share/postgresql/extension/postgis_tiger_geocoder--3.6.2.sql',
      'share/postgresql/contrib/postgis-3.6/spatial_ref_sys.sql',
    ];
    expect([...entries(trim(archive([...left, ...kept])))].map(({ name }) => name)).toEqual(kept);
  });
});
