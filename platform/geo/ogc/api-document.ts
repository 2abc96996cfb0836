import { DEFAULT_LIMIT, MAX_LIMIT } from './parameters.ts';

const ref = (name: string) => ({ $ref: `#/components/${name}` });
const F = ref('parameters/f');

/** The OpenAPI 3.0 definition of the service (conformance class oas30). */
export function apiDocument(options: { root: string; collectionIds: readonly string[] }): Record<string, unknown> {
  const get = (definition: {
    id: string;
    summary: string;
    parameters?: unknown[];
    reply: string;
    media?: string;
    notFound?: boolean;
  }) => ({
    get: {
      operationId: definition.id,
      summary: definition.summary,
      tags: ['features'],
      parameters: [...(definition.parameters ?? []), F],
      responses: {
        '200': {
          description: 'OK',
          content: {
            [definition.media ?? 'application/json']: { schema: ref(`schemas/${definition.reply}`) },
            'text/html': { schema: { type: 'string' } },
          },
        },
        '400': ref('responses/Invalid'),
        ...(definition.notFound ? { '404': ref('responses/NotFound') } : {}),
        '500': ref('responses/Failed'),
      },
    },
  });
  const inCollection = [ref('parameters/collectionId')];
  const filters = ['limit', 'bbox', 'datetime', 'after'].map((name) => ref(`parameters/${name}`));
  const geojson = 'application/geo+json';
  return {
    openapi: '3.0.3',
    info: { title: '城区空间数据 / Places of the district', version: '1.0.0', license: { name: 'Apache-2.0' } },
    servers: [{ url: options.root }],
    tags: [{ name: 'features' }],
    paths: {
      '/': get({ id: 'getLandingPage', summary: 'Landing page', reply: 'Landing' }),
      '/conformance': get({ id: 'getConformance', summary: 'Conformance classes', reply: 'Conformance' }),
      '/collections': get({ id: 'getCollections', summary: 'Collections', reply: 'Collections' }),
      '/collections/{collectionId}': get({
        id: 'getCollection',
        summary: 'One collection',
        parameters: inCollection,
        reply: 'Collection',
        notFound: true,
      }),
      '/collections/{collectionId}/items': get({
        id: 'getFeatures',
        summary: 'Features of a collection',
        parameters: [...inCollection, ...filters],
        reply: 'FeatureCollection',
        media: geojson,
        notFound: true,
      }),
      '/collections/{collectionId}/items/{featureId}': get({
        id: 'getFeature',
        summary: 'One feature',
        parameters: [...inCollection, ref('parameters/featureId')],
        reply: 'Feature',
        media: geojson,
        notFound: true,
      }),
    },
    components: { parameters: parameters(options.collectionIds), responses: RESPONSES, schemas: SCHEMAS },
  };
}

function parameters(collectionIds: readonly string[]): Record<string, unknown> {
  const query = { in: 'query', required: false, style: 'form', explode: false };
  return {
    f: { ...query, name: 'f', description: 'representation', schema: { type: 'string', enum: ['json', 'html'] } },
    collectionId: {
      name: 'collectionId',
      in: 'path',
      required: true,
      schema: { type: 'string', enum: [...collectionIds] },
    },
    featureId: { name: 'featureId', in: 'path', required: true, schema: { type: 'string' } },
    limit: {
      ...query,
      name: 'limit',
      description: 'features in a page; a larger number is taken as the maximum',
      schema: { type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT },
    },
    bbox: {
      ...query,
      name: 'bbox',
      description: 'west,south,east,north in degrees (CRS84); with heights six numbers, heights are not used',
      schema: { type: 'array', minItems: 4, maxItems: 6, items: { type: 'number' } },
    },
    datetime: {
      ...query,
      name: 'datetime',
      description: 'RFC 3339 date-time, or an interval a/b, ../b, a/..',
      schema: { type: 'string' },
    },
    after: { ...query, name: 'after', description: 'page mark of a `next` link', schema: { type: 'string' } },
  };
}

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ref('schemas/Problem') } },
});
const RESPONSES = {
  Invalid: problem('A parameter is unknown or its value is not allowed'),
  NotFound: problem('Not found'),
  Failed: problem('A fault of the server'),
};

const text = { type: 'string' };
const links = { type: 'array', items: ref('schemas/Link') };
const object = (required: string[], properties: Record<string, unknown>) => ({ type: 'object', required, properties });

const SCHEMAS = {
  Link: object(['href', 'rel'], { href: text, rel: text, type: text, title: text }),
  Landing: object(['links'], { title: text, description: text, links }),
  Conformance: object(['conformsTo'], { conformsTo: { type: 'array', items: text } }),
  Extent: object([], {
    spatial: object([], {
      bbox: {
        type: 'array',
        minItems: 1,
        items: { type: 'array', minItems: 4, maxItems: 6, items: { type: 'number' } },
      },
      crs: text,
    }),
  }),
  Collection: object(['id', 'links'], {
    id: text,
    title: text,
    description: text,
    links,
    extent: ref('schemas/Extent'),
    itemType: { type: 'string', default: 'feature' },
    crs: { type: 'array', items: text },
  }),
  Collections: object(['links', 'collections'], {
    links,
    collections: { type: 'array', items: ref('schemas/Collection') },
  }),
  Geometry: { type: 'object', nullable: true, required: ['type'], properties: { type: text } },
  Feature: object(['type', 'geometry', 'properties'], {
    type: { type: 'string', enum: ['Feature'] },
    id: text,
    geometry: ref('schemas/Geometry'),
    properties: { type: 'object', nullable: true },
    links,
  }),
  FeatureCollection: object(['type', 'features'], {
    type: { type: 'string', enum: ['FeatureCollection'] },
    features: { type: 'array', items: ref('schemas/Feature') },
    links,
    timeStamp: { type: 'string', format: 'date-time' },
    numberMatched: { type: 'integer', minimum: 0 },
    numberReturned: { type: 'integer', minimum: 0 },
  }),
  Problem: object(['title', 'status'], { type: text, title: text, status: { type: 'integer' }, detail: text }),
};
