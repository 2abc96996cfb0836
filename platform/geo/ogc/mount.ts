import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Mount, MountKernel } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import type { ResolvedLayer } from '../layer.ts';
import { allLayers, findLayer, inGeo, inLayer } from '../layers.ts';
import { layerBounds, readFeature, readFeatures } from '../read-features.ts';
import { apiDocument } from './api-document.ts';
import {
  collection,
  collections,
  conformance,
  type Document,
  featureDocument,
  GEOJSON,
  itemsPage,
  landingPage,
  OPENAPI,
  type Place,
} from './documents.ts';
import { htmlPage } from './html.ts';
import { onlyKnown, type Query, readFilter, readFormat } from './parameters.ts';

const BASE = '/ogc';

/** OGC API – Features – Part 1: Core over all layers of the map: classes core, oas30, geojson (OGC 17-069r4). */
export const ogcFeatures: Mount = {
  path: BASE,
  summary: { zh: 'OGC API 要素服务', en: 'OGC API – Features' },
  allow: 'public',
  register(server, kernel) {
    server.addHook('onSend', async (_request, reply) => {
      reply.header('access-control-allow-origin', '*').header('vary', 'accept');
    });
    const get = (path: string, answer: (call: Call) => Promise<Answer>) =>
      server.get(`${BASE}${path}`, async (request, reply) => send(reply, await answer(callOf(request, path, kernel))));

    server.get(`${BASE}/`, (request, reply) => reply.redirect(`${BASE}${request.url.slice(BASE.length + 1)}`, 308));
    get('', async (call) => page(call, [], (place) => landingPage(place)));
    get('/conformance', async (call) => page(call, [], (place) => conformance(place)));
    get('/api', (call) => definition(call));
    get('/collections', (call) => listCollections(call));
    get('/collections/:collectionId', (call) => oneCollection(call));
    get('/collections/:collectionId/items', (call) => items(call));
    get('/collections/:collectionId/items/:featureId', (call) => oneFeature(call));
  },
};

type Call = {
  kernel: MountKernel;
  trace: string;
  root: string;
  path: string;
  query: Query;
  accept: string | undefined;
  params: Record<string, string>;
};
type Answer = { document: Document | Record<string, unknown>; place: Place; json: string };

function callOf(request: FastifyRequest, pattern: string, kernel: MountKernel): Call {
  const params = request.params as Record<string, string>;
  return {
    kernel,
    trace: request.id,
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

function send(reply: FastifyReply, { document, place, json }: Answer): FastifyReply {
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
  const { services } = call.kernel;
  return page(
    call,
    [],
    async () => {
      const layers = await inGeo({ services, trace: call.trace }, (db) => allLayers(services.registry, db));
      return {
        ...apiDocument({ root: call.root, collectionIds: layers.map((layer) => layer.id) }),
      } as unknown as Document;
    },
    OPENAPI,
  );
}

async function listCollections(call: Call): Promise<Answer> {
  const { services } = call.kernel;
  return page(call, [], async (place) => {
    const layers = await inGeo({ services, trace: call.trace }, (db) => allLayers(services.registry, db));
    const list: Document[] = [];
    for (const layer of layers) list.push(collection(place, layer, await boundsOf(call, layer)));
    return collections(place, list);
  });
}

async function oneCollection(call: Call): Promise<Answer> {
  return page(call, [], async (place) => {
    const layer = await layerOf(call);
    return collection(place, layer, await boundsOf(call, layer));
  });
}

async function items(call: Call): Promise<Answer> {
  const { services } = call.kernel;
  const layer = await layerOf(call);
  const make = async (place: Place) => {
    const filter = readFilter(call.query);
    const found = await inLayer({ services, trace: call.trace, layer }, (db) => readFeatures(db, layer, filter));
    return itemsPage({ place, layer, page: found, at: services.clock.now() });
  };
  return page(call, ['limit', 'bbox', 'datetime', 'after'], make, GEOJSON);
}

async function oneFeature(call: Call): Promise<Answer> {
  const { services } = call.kernel;
  const layer = await layerOf(call);
  const make = async (place: Place) => {
    const feature = await inLayer({ services, trace: call.trace, layer }, (db) =>
      readFeature(db, layer, call.params.featureId ?? ''),
    );
    if (!feature) throw NotFound.with();
    return featureDocument(place, layer, feature);
  };
  return page(call, [], make, GEOJSON);
}

async function layerOf(call: Call): Promise<ResolvedLayer> {
  const layer = await findLayer({
    services: call.kernel.services,
    trace: call.trace,
    id: call.params.collectionId ?? '',
  });
  if (!layer) throw NotFound.with();
  return layer;
}

function boundsOf(call: Call, layer: ResolvedLayer) {
  return inLayer({ services: call.kernel.services, trace: call.trace, layer }, (db) => layerBounds(db, layer));
}
