import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Feature, Geometry } from 'geojson';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Mount, Services } from '#platform/kernel/app.ts';
import { type Db, ident, tableOf } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { join, type Sql, sql } from '#platform/kernel/sql.ts';
import { encodeTile } from './encode-tile.ts';
import type { ResolvedLayer } from './layer.ts';
import { findLayer, inLayer, type Reader, readerOf } from './layers.ts';
import { layerExtent } from './read-features.ts';
import { BUFFER, DEEPEST_USEFUL, degreeBox, EXTENT, readTile, type Tile } from './tiles.ts';

/** More features than this make no readable tile; the rest is left out. */
const MAX_FEATURES = 20_000;

/** Vector tiles of every layer, `/tiles/{layer}/{z}/{x}/{y}.mvt` (矢量瓦片, Mapbox Vector Tile 2.1), and their TileJSON. */
export const tiles: Mount = {
  path: '/tiles',
  summary: { zh: '矢量瓦片', en: 'Vector tiles' },
  allow: 'public',
  register(server, kernel) {
    server.options('/tiles/*', preflight);
    server.get<{ Params: { layer: string } }>('/tiles/:layer.json', async (request, reply) => {
      const reader = await readerOf(kernel, request);
      const layer = await findLayer(reader, request.params.layer);
      if (!layer) throw NotFound.with();
      const root = `${request.protocol}://${request.host}`;
      return reply.header('access-control-allow-origin', '*').send(await tileJson(reader, layer, root));
    });
    server.get<{ Params: { layer: string; z: string; x: string; y: string } }>(
      '/tiles/:layer/:z/:x/:y.mvt',
      async (request, reply) => {
        const tile = readTile(request.params);
        const reader = await readerOf(kernel, request);
        const layer = tile && (await findLayer(reader, request.params.layer));
        if (!tile || !layer) throw NotFound.with();
        return sendTile({ request, reply, layer, bytes: await encodeFor(reader, layer, tile) });
      },
    );
  },
};

/** Answer to OPTIONS: everybody may read, from every site, and nobody writes. */
export async function preflight(_request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  return reply
    .code(204)
    .headers({
      allow: 'GET, HEAD, OPTIONS',
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD',
      'access-control-allow-headers': 'accept, if-none-match',
      'access-control-max-age': '86400',
    })
    .send();
}

/** Description of a layer's tiles for clients that read vector tiles (QGIS, MapLibre): TileJSON 3.0. */
async function tileJson(reader: Reader, layer: ResolvedLayer, root: string) {
  const { box } = await inLayer(reader, layer, (db) => layerExtent(db, layer));
  const shown = layer.columns.filter(({ name }) => layer.tileFields?.includes(name) ?? true);
  const zooms = { minzoom: layer.minZoom ?? 0, maxzoom: DEEPEST_USEFUL };
  return {
    tilejson: '3.0.0',
    name: `${layer.title.zh} / ${layer.title.en}`,
    description: `${layer.description.zh} / ${layer.description.en}`,
    ...(layer.attribution ? { attribution: layer.attribution } : {}),
    scheme: 'xyz',
    tiles: [`${root}/tiles/${layer.id}/{z}/{x}/{y}.mvt`],
    ...zooms,
    ...(box ? { bounds: box } : {}),
    vector_layers: (layer.named ? [layer.id, namesOf(layer)] : [layer.id]).map((id) => ({
      id,
      ...zooms,
      fields: Object.fromEntries(shown.map(({ name, field }) => [name, `${field.title.zh} / ${field.title.en}`])),
    })),
  };
}

/** Encodes one tile of a layer for a reader who may see it. */
export async function encodeFor(reader: Reader, layer: ResolvedLayer, tile: Tile): Promise<Uint8Array> {
  const encode = (await encodesTiles(reader.services)) ? tileFromDatabase : tileFromFeatures;
  return inLayer(reader, layer, (db) => encode(db, layer, tile));
}

/** Sends a tile with its tag, or 304. What not everybody may see is kept by no cache on the way. */
export function sendTile(options: {
  request: FastifyRequest;
  reply: FastifyReply;
  layer: ResolvedLayer;
  bytes: Uint8Array;
}): FastifyReply {
  const { request, reply, layer, bytes } = options;
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  reply
    .header('etag', etag)
    .header('cache-control', layer.readers ? 'private, no-store' : 'public, max-age=60, stale-while-revalidate=600')
    .header('access-control-allow-origin', '*');
  if (request.headers['if-none-match']?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag))
    return reply.code(304).send();
  return reply.type(MVT).send(Buffer.from(bytes));
}

export const MVT = 'application/vnd.mapbox-vector-tile';

const native = new WeakMap<Services, boolean>();

/** Whether this PostGIS was built with ST_AsMVT (the embedded one was not). */
async function encodesTiles(services: Services): Promise<boolean> {
  const known = native.get(services);
  if (known !== undefined) return known;
  const found = await services.database.tx(
    { module: 'geo', actor: systemActor({ name: 'tiles' }), readOnly: true },
    (db) => db.one<{ version: string | null }>(sql`select postgis_libprotobuf_version() as version`),
  );
  native.set(services, Boolean(found.version));
  return Boolean(found.version);
}

const propertiesOf = (layer: ResolvedLayer) =>
  layer.columns
    .filter(({ name }) => layer.tileFields?.includes(name) ?? true)
    .map(({ name, column }) => sql`${ident(column)} as ${ident(name)}`);

/** Every row whose box meets the tile and its margin. */
function candidates(layer: ResolvedLayer, tile: Tile) {
  const [west, south, east, north] = degreeBox(tile, BUFFER / EXTENT);
  const box = sql`ST_MakeEnvelope(${west}::float8, ${south}::float8, ${east}::float8, ${north}::float8, 4490)`;
  return sql`from ${tableOf(layer.table)} where ${layer.where ?? sql`true`} and ${ident(layer.geometryColumn)} && ${box}
    order by ${ident(layer.key)} limit ${MAX_FEATURES}::int`;
}

export async function tileFromDatabase(db: Db, layer: ResolvedLayer, tile: Tile): Promise<Uint8Array> {
  const envelope = sql`ST_TileEnvelope(${tile.z}::int, ${tile.x}::int, ${tile.y}::int)`;
  const encode = async (id: string, geometry: Sql): Promise<Uint8Array> => {
    const shape = sql`ST_AsMVTGeom(ST_Transform(ST_SetSRID(${geometry}, 4326), 3857), ${envelope}, ${EXTENT}::int, ${BUFFER}::int, true) as shape`;
    const { tile: bytes } = await db.one<{ tile: Uint8Array | null }>(sql`
      select ST_AsMVT(t, ${id}::text, ${EXTENT}::int, 'shape') as tile
      from (select ${join([...propertiesOf(layer), shape])} ${candidates(layer, tile)}) t where shape is not null`);
    return bytes ?? new Uint8Array();
  };
  const shapes = await encode(layer.id, ident(layer.geometryColumn));
  if (!layer.named) return shapes;
  // Layers of one tile follow each other: a tile is a message of repeated layers.
  return Buffer.concat([shapes, await encode(namesOf(layer), spotOf(layer))]);
}

/** Layer of the points that names stand at. */
const namesOf = (layer: ResolvedLayer): string => `${layer.id}-names`;
/** A point that lies inside, whatever the shape. */
const spotOf = (layer: ResolvedLayer): Sql => sql`ST_PointOnSurface(${ident(layer.geometryColumn)})`;

const shapesOf = (layer: ResolvedLayer): Sql[] => [
  sql`ST_AsGeoJSON(${ident(layer.geometryColumn)}, 9) as shape`,
  ...(layer.named ? [sql`ST_AsGeoJSON(${spotOf(layer)}, 9) as spot`] : []),
];

/** The same in JavaScript, for a PostGIS without it. */
export async function tileFromFeatures(db: Db, layer: ResolvedLayer, tile: Tile): Promise<Uint8Array> {
  const rows = await db.rows<{ shape: string; spot?: string } & Record<string, unknown>>(sql`
    select ${join([...propertiesOf(layer), ...shapesOf(layer)])} ${candidates(layer, tile)}`);
  const encode = (id: string, of: 'shape' | 'spot'): Uint8Array => {
    const features = rows.map(({ shape, spot, ...properties }): Feature => {
      const geometry = JSON.parse((of === 'shape' ? shape : spot) ?? 'null') as Geometry;
      return { type: 'Feature', geometry, properties };
    });
    return encodeTile({ layer: id, tile, features });
  };
  const shapes = encode(layer.id, 'shape');
  return layer.named ? Buffer.concat([shapes, encode(namesOf(layer), 'spot')]) : shapes;
}
