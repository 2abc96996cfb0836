import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Mount, MountKernel } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { queryablesSchema } from '../cql2/queryables.ts';
import type { Crs } from '../crs.ts';
import type { ResolvedLayer } from '../layer.ts';
import { findLayer, inLayer, type Reader, readerOf, visibleLayers } from '../layers.ts';
import { layerExtent, readFeature, readFeatures } from '../read-features.ts';
import { encodeFor, MVT, preflight, sendTile } from '../serve-tile.ts';
import { readTile } from '../tiles.ts';
import { apiDocument } from './api-document.ts';
import {
  collection,
  collections,
  conformance,
  type Document,
  featureDocument,
  GEOJSON,
  itemsPage,
  JSON_SCHEMA,
  landingPage,
  OPENAPI,
  type Place,
} from './documents.ts';
import { htmlPage } from './html.ts';
import {
  invalid,
  ITEM_PARAMETERS,
  onlyKnown,
  propertyParameters,
  type Query,
  readCrs,
  readFilter,
  readFormat,
} from './parameters.ts';
import { TILE_MATRIX_SET, tileMatrixSet, tileMatrixSets, tileset, tilesets } from './tilesets.ts';

const BASE = '/ogc';

/**
 * OGC API – Features over all layers of the map, Part 1 Core (17-069r4), Part 2 CRS (18-058r1), Part 3 Filtering (19-079r2)
 * with CQL2 (21-065r2), and OGC API – Tiles (20-057). The classes are in `documents.ts`.
 */
export const ogcFeatures: Mount = {
  path: BASE,
  summary: { zh: 'OGC API 要素服务', en: 'OGC API – Features' },
  allow: 'public',
  register(server, kernel) {
    server.addHook('onSend', async (_request, reply) => {
      reply
        .header('access-control-allow-origin', '*')
        .header('access-control-expose-headers', 'content-crs, link')
        .header('vary', 'accept, cookie');
    });
    const get = (path: string, answer: (call: Call) => Promise<Answer>) =>
      server.get(`${BASE}${path}`, async (request, reply) =>
        send(reply, await answer(await callOf(request, path, kernel))),
      );

    get('/', async (call) => page({ ...call, path: '' }, [], (place) => landingPage(place)));
    get('', async (call) => page(call, [], (place) => landingPage(place)));
    get('/conformance', async (call) => page(call, [], (place) => conformance(place)));
    get('/api', (call) => definition(call));
    get('/collections', (call) => listCollections(call));
    get('/collections/:collectionId', (call) => oneCollection(call));
    get('/collections/:collectionId/queryables', (call) => queryables(call));
    get('/collections/:collectionId/items', (call) => items(call));
    get('/collections/:collectionId/items/:featureId', (call) => oneFeature(call));
    get('/tileMatrixSets', async (call) => page(call, [], (place) => tileMatrixSets(place)));
    get(`/tileMatrixSets/${TILE_MATRIX_SET}`, async (call) => page(call, [], (place) => tileMatrixSet(place)));
    get('/collections/:collectionId/tiles', async (call) => {
      const layer = await layerOf(call);
      return page(call, [], (place) => tilesets(place, layer));
    });
    get(`/collections/:collectionId/tiles/${TILE_MATRIX_SET}`, async (call) => {
      const layer = await layerOf(call);
      return page(call, [], async (place) => tileset(place, layer, await extentOf(call, layer)));
    });
    // What a browser asks before it lets a page of another site ask.
    for (const path of [BASE, `${BASE}/*`]) server.options(path, preflight);
    server.get(`${BASE}/collections/:collectionId/tiles/${TILE_MATRIX_SET}/:z/:y/:x`, async (request, reply) =>
      oneTile(request, reply, kernel),
    );
  },
};

type Call = {
  reader: Reader;
  root: string;
  path: string;
  query: Query;
  accept: string | undefined;
  params: Record<string, string>;
};
type Answer = { document: Document | Record<string, unknown>; place: Place; json: string; crs?: Crs };

async function callOf(request: FastifyRequest, pattern: string, kernel: MountKernel): Promise<Call> {
  const params = request.params as Record<string, string>;
  return {
    reader: await readerOf(kernel, request),
    root: `${request.protocol}://${request.host}${BASE}`,
    path: pattern.replaceAll(/:(\w+)/g, (_match, name: string) => encodeURIComponent(params[name] ?? '')),
    query: request.query as Query,
    accept: request.headers.accept,
    params,
  };
}

/** Checks the parameters, then makes the document. */
async function page(
  call: Call,
  known: readonly string[],
  make: (place: Place) => Document | Promise<Document>,
  json = 'application/json',
): Promise<Answer> {
  onlyKnown(call.query, ['f', ...known]);
  const format = readFormat(call.query, call.accept);
  const place: Place = {
    root: call.root,
    path: call.path,
    query: { ...(call.query as Record<string, string | undefined>), f: undefined },
    format,
  };
  return { document: await make(place), place, json };
}

function send(reply: FastifyReply, { document, place, json, crs }: Answer): FastifyReply {
  if (crs) reply.header('content-crs', `<${crs.uri}>`);
  if (place.format === 'html') {
    return reply
      .header('content-security-policy', "default-src 'none'")
      .type('text/html; charset=utf-8')
      .send(htmlPage({ links: [], ...document }));
  }
  // Charset is not a parameter of these media types; JSON is UTF-8.
  return reply
    .type(json)
    .serializer((value: unknown) => JSON.stringify(value))
    .send(document);
}

async function definition(call: Call): Promise<Answer> {
  const make = async () => {
    const layers = await visibleLayers(call.reader);
    return apiDocument({ root: call.root, layers }) as unknown as Document;
  };
  return page(call, [], make, OPENAPI);
}

async function listCollections(call: Call): Promise<Answer> {
  return page(call, [], async (place) => {
    const list: Document[] = [];
    for (const layer of await visibleLayers(call.reader)) list.push(await describe(call, place, layer));
    return collections(place, list);
  });
}

async function oneCollection(call: Call): Promise<Answer> {
  return page(call, [], async (place) => describe(call, place, await layerOf(call)));
}

async function describe(call: Call, place: Place, layer: ResolvedLayer): Promise<Document> {
  return collection(place, layer, await extentOf(call, layer), call.reader.services.clock.now());
}

/** The properties that filters may name, as JSON Schema (OGC 19-079r2, class queryables). */
async function queryables(call: Call): Promise<Answer> {
  const layer = await layerOf(call);
  const address = `${call.root}/collections/${layer.id}/queryables`;
  return page(call, [], () => queryablesSchema(layer, address) as unknown as Document, JSON_SCHEMA);
}

async function items(call: Call): Promise<Answer> {
  const { services } = call.reader;
  const layer = await layerOf(call);
  const known = [...ITEM_PARAMETERS, ...propertyParameters(layer).map(({ name }) => name)];
  onlyKnown(call.query, ['f', ...known]);
  const filter = readFilter(call.query, layer);
  const make = async (place: Place) => {
    const found = await calculable(call.query, () =>
      inLayer(call.reader, layer, (db) => readFeatures(db, layer, filter)),
    );
    return itemsPage({ place, layer, page: found, at: services.clock.now() });
  };
  return { ...(await page(call, known, make, GEOJSON)), crs: filter.crs };
}

/**
 * A filter whose figures run over their range, or whose pattern is no pattern, is the caller's (SQLSTATE class 22). So are coordinates that lie
 * nowhere in the system that the caller names: PostGIS has no better code for them than that of an internal error.
 */
async function calculable<T>(query: Query, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code } = error as { code?: unknown };
    const located = query['bbox-crs'] !== undefined || query['filter-crs'] !== undefined;
    if (typeof code === 'string' && (code.startsWith('22') || (code === 'XX000' && located)))
      throw invalid(named(query), 'range', { zh: '过滤条件无法计算', en: 'the filter cannot be computed' });
    throw error;
  }
}

/** Which of the parameters it was; where there are several, the one that can hold more. */
const named = (query: Query): string =>
  ['filter', 'bbox', 'datetime'].find((name) => query[name] !== undefined) ??
  Object.keys(query).find((name) => !(ITEM_PARAMETERS as readonly string[]).includes(name) && name !== 'f') ??
  'filter';

async function oneFeature(call: Call): Promise<Answer> {
  const layer = await layerOf(call);
  onlyKnown(call.query, ['f', 'crs']);
  const crs = readCrs('crs', call.query);
  const make = async (place: Place) => {
    const id = call.params.featureId ?? '';
    // No text of the database holds it.
    if (id.includes('\0')) throw NotFound.with();
    const feature = await inLayer(call.reader, layer, (db) => readFeature(db, layer, { id, crs }));
    if (!feature) throw NotFound.with();
    return featureDocument(place, layer, feature);
  };
  return { ...(await page(call, ['crs'], make, GEOJSON)), crs };
}

async function layerOf(call: Call): Promise<ResolvedLayer> {
  const layer = await findLayer(call.reader, call.params.collectionId ?? '');
  if (!layer) throw NotFound.with();
  return layer;
}

function extentOf(call: Call, layer: ResolvedLayer) {
  return inLayer(call.reader, layer, (db) => layerExtent(db, layer));
}

/** One tile by matrix, row and column (OGC API – Tiles): 204 where nothing is drawn, 404 beyond the limits. */
async function oneTile(request: FastifyRequest, reply: FastifyReply, kernel: MountKernel): Promise<FastifyReply> {
  const query = request.query as Query;
  onlyKnown(query, ['f']);
  if (query.f !== undefined && query.f !== 'mvt') throw invalid('f', 'enum', { zh: '只能是 mvt', en: 'must be mvt' });
  const { collectionId = '', ...parts } = request.params as Record<string, string>;
  const tile = readTile(parts as { z: string; x: string; y: string });
  const reader = await readerOf(kernel, request);
  const layer = tile && (await findLayer(reader, collectionId));
  if (!tile || !layer) throw NotFound.with();
  const bytes = await encodeFor(reader, layer, tile);
  return bytes.length === 0 ? reply.code(204).type(MVT).send() : sendTile({ request, reply, layer, bytes });
}
