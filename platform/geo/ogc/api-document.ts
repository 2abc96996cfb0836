import type { ValueType } from '../cql2/queryables.ts';
import { PUBLISHED_CRS } from '../crs.ts';
import type { ResolvedLayer } from '../layer.ts';
import { MVT } from '../serve-tile.ts';
import { MAX_ZOOM } from '../tiles.ts';
import { JSON_SCHEMA } from './documents.ts';
import { DEFAULT_LIMIT, ITEM_PARAMETERS, MAX_LIMIT, propertyParameters } from './parameters.ts';
import { TILE_MATRIX_SET } from './tilesets.ts';

const ref = (name: string) => ({ $ref: `#/components/${name}` });
const F = ref('parameters/f');

/** The OpenAPI 3.0 definition of the service (conformance class oas30), of the layers that its reader may see. */
export function apiDocument(options: { root: string; layers: readonly ResolvedLayer[] }): Record<string, unknown> {
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
  const filters = ITEM_PARAMETERS.map((name) => ref(`parameters/${name}`));
  const geojson = 'application/geo+json';
  return {
    openapi: '3.0.3',
    info: { title: '城区空间数据 / Places of the district', version: '1.0.0', license: { name: 'Apache-2.0' } },
    servers: [{ url: options.root }],
    tags: [{ name: 'features' }, { name: 'tiles' }],
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
        parameters: [...inCollection, ...filters, ...propertyFilters(options.layers)],
        reply: 'FeatureCollection',
        media: geojson,
        notFound: true,
      }),
      '/collections/{collectionId}/items/{featureId}': get({
        id: 'getFeature',
        summary: 'One feature',
        parameters: [...inCollection, ref('parameters/featureId'), ref('parameters/crs')],
        reply: 'Feature',
        media: geojson,
        notFound: true,
      }),
      '/collections/{collectionId}/queryables': get({
        id: 'getQueryables',
        summary: 'Properties that filters may name, as JSON Schema',
        parameters: inCollection,
        reply: 'Queryables',
        media: JSON_SCHEMA,
        notFound: true,
      }),
      '/tileMatrixSets': get({ id: 'getTileMatrixSets', summary: 'Tile matrix sets', reply: 'Document' }),
      [`/tileMatrixSets/${TILE_MATRIX_SET}`]: get({
        id: 'getTileMatrixSet',
        summary: 'The tile matrix set of all layers',
        reply: 'Document',
      }),
      '/collections/{collectionId}/tiles': get({
        id: 'getTilesets',
        summary: 'Tilesets of a collection',
        parameters: inCollection,
        reply: 'Document',
        notFound: true,
      }),
      [`/collections/{collectionId}/tiles/${TILE_MATRIX_SET}`]: get({
        id: 'getTileset',
        summary: 'One tileset of a collection',
        parameters: inCollection,
        reply: 'Document',
        notFound: true,
      }),
      [`/collections/{collectionId}/tiles/${TILE_MATRIX_SET}/{tileMatrix}/{tileRow}/{tileCol}`]: {
        get: {
          operationId: 'getTile',
          summary: 'One vector tile',
          tags: ['tiles'],
          parameters: [
            ...inCollection,
            ...['tileMatrix', 'tileRow', 'tileCol'].map((name) => ref(`parameters/${name}`)),
            { name: 'f', in: 'query', required: false, schema: { type: 'string', enum: ['mvt'] } },
          ],
          responses: {
            '200': { description: 'OK', content: { [MVT]: { schema: { type: 'string', format: 'binary' } } } },
            '204': { description: 'nothing is drawn here' },
            '400': ref('responses/Invalid'),
            '404': ref('responses/NotFound'),
            '500': ref('responses/Failed'),
          },
        },
      },
    },
    components: { parameters: parameters(options.layers.map(({ id }) => id)), responses: RESPONSES, schemas: SCHEMAS },
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
      description:
        'west,south,east,north in degrees (CRS84), or in the axes of bbox-crs; with heights six numbers, heights are not used',
      schema: { type: 'array', minItems: 4, maxItems: 6, items: { type: 'number' } },
    },
    crs: systemParameter('crs', 'system of the geometries in the answer'),
    'bbox-crs': systemParameter('bbox-crs', 'system of bbox'),
    'filter-crs': systemParameter('filter-crs', 'system of the geometries in filter'),
    filter: { ...query, name: 'filter', description: 'CQL2 expression', schema: { type: 'string' } },
    'filter-lang': {
      ...query,
      name: 'filter-lang',
      description: 'encoding of filter',
      schema: { type: 'string', enum: ['cql2-text', 'cql2-json'], default: 'cql2-text' },
    },
    tileMatrix: pathNumber('tileMatrix', 'level', MAX_ZOOM),
    tileRow: pathNumber('tileRow', 'row from north'),
    tileCol: pathNumber('tileCol', 'column from west'),
    datetime: {
      ...query,
      name: 'datetime',
      description: 'RFC 3339 date-time, or an interval a/b, ../b, a/..',
      schema: { type: 'string' },
    },
    after: { ...query, name: 'after', description: 'page mark of a `next` link', schema: { type: 'string' } },
  };
}

const systemParameter = (name: string, description: string) => ({
  name,
  in: 'query',
  required: false,
  style: 'form',
  explode: false,
  description,
  schema: { type: 'string', format: 'uri', enum: PUBLISHED_CRS.map(({ uri }) => uri), default: PUBLISHED_CRS[0]?.uri },
});

const pathNumber = (name: string, description: string, maximum?: number) => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'integer', minimum: 0, ...(maximum === undefined ? {} : { maximum }) },
});

const PROPERTY_SCHEMA: Partial<Record<ValueType, Record<string, string>>> = {
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  timestamp: { type: 'string', format: 'date-time' },
};

/** Properties as parameters: one path stands for all layers, so each says for which it may be given. */
function propertyFilters(layers: readonly ResolvedLayer[]): Record<string, unknown>[] {
  const owners = new Map<string, { type: ValueType; ids: string[] }>();
  for (const layer of layers) {
    for (const { name, type } of propertyParameters(layer)) {
      const entry = owners.get(name) ?? { type, ids: [] };
      entry.ids.push(layer.id);
      owners.set(name, entry);
    }
  }
  return [...owners].map(([name, { type, ids }]) => ({
    name,
    in: 'query',
    required: false,
    style: 'form',
    explode: false,
    description: `features whose ${name} equals this (${ids.join(', ')})`,
    schema: PROPERTY_SCHEMA[type] ?? { type: 'string' },
  }));
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
/** OpenAPI 3.0 takes no empty list of what is required. */
const object = (required: string[], properties: Record<string, unknown>) => ({
  type: 'object',
  ...(required.length > 0 ? { required } : {}),
  properties,
});

const SCHEMAS = {
  Link: object(['href', 'rel'], { href: text, rel: text, type: text, title: text }),
  Landing: object(['links'], { title: text, description: text, links }),
  Conformance: object(['conformsTo'], { conformsTo: { type: 'array', items: text } }),
  Document: object(['links'], { links }),
  Queryables: object(['type', 'properties'], { type: text, properties: { type: 'object' } }),
  Extent: object([], {
    spatial: object([], {
      bbox: {
        type: 'array',
        minItems: 1,
        items: { type: 'array', minItems: 4, maxItems: 6, items: { type: 'number' } },
      },
      crs: text,
    }),
    temporal: object([], {
      interval: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'array',
          minItems: 2,
          maxItems: 2,
          items: { type: 'string', format: 'date-time', nullable: true },
        },
      },
      trs: text,
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
    storageCrs: text,
  }),
  Collections: object(['links', 'collections'], {
    links,
    crs: { type: 'array', items: text },
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
