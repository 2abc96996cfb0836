import type { Text } from '#platform/kernel/text.ts';
import { CRS84_URI, PUBLISHED_CRS, STORAGE_CRS } from '../crs.ts';
import type { ResolvedLayer } from '../layer.ts';
import type { LayerExtent, LayerFeature } from '../read-features.ts';
import type { Format } from './parameters.ts';

/** Documents of OGC API – Features – Part 1: Core (17-069r4), Part 2: CRS (18-058r1) and Part 3: Filtering (19-079r2). */

export const GEOJSON = 'application/geo+json';
export const JSON_SCHEMA = 'application/schema+json';
export const OPENAPI = 'application/vnd.oai.openapi+json;version=3.0';

export type Link = { href: string; rel: string; type?: string; title?: string };
export type Document = { links: Link[]; title?: string } & Record<string, unknown>;

/** Address of this service and of the request. */
export type Place = { root: string; path: string; query: Record<string, string | undefined>; format: Format };

const MEDIA: Record<Format, string> = { json: 'application/json', html: 'text/html' };
const both = (text: Text) => `${text.zh} / ${text.en}`;

/** Links to this document and to its other representation. */
export function selfLinks(place: Place, json: string = MEDIA.json): Link[] {
  const type = (format: Format) => (format === 'json' ? json : MEDIA.html);
  const at = (format: Format) => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...place.query, f: format }))
      if (value !== undefined) query.set(name, value);
    return `${place.root}${place.path}?${query}`;
  };
  const other: Format = place.format === 'json' ? 'html' : 'json';
  return [
    { href: at(place.format), rel: 'self', type: type(place.format), title: 'this document' },
    { href: at(other), rel: 'alternate', type: type(other), title: `this document as ${other}` },
  ];
}

export function landingPage(place: Place): Document {
  return {
    title: '城区空间数据 / Places of the district',
    description:
      '区划、网格、建筑与地点，按 OGC API Features 提供。 / Areas, grid cells, buildings and places by OGC API Features.',
    links: [
      ...selfLinks(place),
      { href: `${place.root}/api`, rel: 'service-desc', type: OPENAPI, title: 'API definition' },
      { href: `${place.root}/api?f=html`, rel: 'service-doc', type: MEDIA.html, title: 'API documentation' },
      { href: `${place.root}/conformance`, rel: 'conformance', type: MEDIA.json, title: 'conformance classes' },
      { href: `${place.root}/collections`, rel: 'data', type: MEDIA.json, title: 'collections' },
      { href: `${place.root}/tileMatrixSets`, rel: TILING_SCHEMES, type: MEDIA.json, title: 'tile matrix sets' },
    ],
  };
}

export const TILING_SCHEMES = 'http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes';
export const TILESETS_VECTOR = 'http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector';
const QUERYABLES = 'http://www.opengis.net/def/rel/ogc/1.0/queryables';

/** What is promised, by standard. The tests of each class stand in `tests/conformance/ogc-api-features`. */
const CLASSES: Record<string, readonly string[]> = {
  'ogcapi-features-1/1.0': ['core', 'oas30', 'geojson', 'html'],
  'ogcapi-features-2/1.0': ['crs'],
  'ogcapi-features-3/1.0': ['queryables', 'queryables-query-parameters', 'filter', 'features-filter'],
  'cql2/1.0': [
    'cql2-text',
    'cql2-json',
    'basic-cql2',
    'advanced-comparison-operators',
    'case-insensitive-comparison',
    'accent-insensitive-comparison',
    'basic-spatial-functions',
    'basic-spatial-functions-plus',
    'temporal-functions',
    'array-functions',
    'property-property',
    'arithmetic',
  ],
  'ogcapi-tiles-1/1.0': ['core', 'tileset', 'tilesets-list', 'geodata-tilesets', 'mvt', 'oas30'],
};

export function conformance(place: Place): Document {
  const classes = Object.entries(CLASSES).flatMap(([standard, names]) =>
    names.map((name) => `http://www.opengis.net/spec/${standard}/conf/${name}`),
  );
  return { title: 'Conformance', conformsTo: classes, links: selfLinks(place) };
}

export function collections(place: Place, list: readonly Document[]): Document {
  return {
    title: '图层 / Collections',
    links: selfLinks(place),
    crs: PUBLISHED_CRS.map(({ uri }) => uri),
    collections: list,
  };
}

/** One collection; `links` of a collection in the list are those of its own document. */
export function collection(place: Place, layer: ResolvedLayer, extent: LayerExtent, now: Date): Document {
  const items = `${place.root}/collections/${layer.id}/items`;
  const licence: Link[] = layer.licence
    ? [{ href: licenceAddress(layer.licence), rel: 'license', title: layer.licence }]
    : [];
  return {
    id: layer.id,
    title: both(layer.title),
    description: both(layer.description),
    ...(layer.attribution ? { attribution: layer.attribution } : {}),
    itemType: 'feature',
    crs: PUBLISHED_CRS.map(({ uri }) => uri),
    storageCrs: STORAGE_CRS,
    ...extentOf(extent, now),
    links: [
      ...selfLinks({ ...place, path: `/collections/${layer.id}`, query: {} }),
      { href: `${items}?f=json`, rel: 'items', type: GEOJSON, title: both(layer.title) },
      { href: `${items}?f=html`, rel: 'items', type: MEDIA.html, title: both(layer.title) },
      {
        href: `${place.root}/collections/${layer.id}/queryables`,
        rel: QUERYABLES,
        type: JSON_SCHEMA,
        title: 'queryables',
      },
      {
        href: `${place.root}/collections/${layer.id}/tiles`,
        rel: TILESETS_VECTOR,
        type: MEDIA.json,
        title: 'vector tiles',
      },
      ...licence,
    ],
  };
}

/**
 * Extent in space and time. An open end of time is written as the time of the answer: null would be as true, but stops the
 * conformance suite of the OGC before its tests of `datetime`.
 */
function extentOf({ box, days }: LayerExtent, now: Date): Record<string, unknown> {
  if (!box) return {};
  const start = days?.from && dayStart(days.from);
  const temporal = start && {
    interval: [[start, days.to ? dayStart(days.to) : now.toISOString()]],
    trs: 'http://www.opengis.net/def/uom/ISO-8601/0/Gregorian',
  };
  return { extent: { spatial: { bbox: [box], crs: CRS84_URI }, ...(temporal ? { temporal } : {}) } };
}

/** The first moment of a day where the district is. */
const dayStart = (day: string) => new Date(`${day}T00:00:00+08:00`).toISOString();

const LICENCES: Record<string, string> = {
  'ODbL-1.0': 'https://opendatacommons.org/licenses/odbl/1-0/',
  'CC0-1.0': 'https://creativecommons.org/publicdomain/zero/1.0/',
  'CC-BY-4.0': 'https://creativecommons.org/licenses/by/4.0/',
};

function licenceAddress(licence: string): string {
  return LICENCES[licence] ?? `https://spdx.org/licenses/${encodeURIComponent(licence)}.html`;
}

/** One page of features with the link to the next. */
export function itemsPage(options: {
  place: Place;
  layer: ResolvedLayer;
  page: { features: readonly LayerFeature[]; matched: number; more: boolean };
  at: Date;
}): Document {
  const { place, layer, page } = options;
  const links = selfLinks(place, GEOJSON);
  const last = page.features.at(-1);
  if (page.more && last) {
    const next = selfLinks({ ...place, query: { ...place.query, after: last.id } }, GEOJSON)[0] as Link;
    links.push({ ...next, rel: 'next', title: 'next page' });
  }
  links.push({
    href: `${place.root}/collections/${layer.id}?f=json`,
    rel: 'collection',
    type: MEDIA.json,
    title: both(layer.title),
  });
  return {
    type: 'FeatureCollection',
    timeStamp: options.at.toISOString(),
    numberMatched: page.matched,
    numberReturned: page.features.length,
    links,
    features: page.features,
  };
}

export function featureDocument(place: Place, layer: ResolvedLayer, feature: LayerFeature): Document {
  return {
    ...feature,
    links: [
      ...selfLinks(place, GEOJSON),
      {
        href: `${place.root}/collections/${layer.id}?f=json`,
        rel: 'collection',
        type: MEDIA.json,
        title: both(layer.title),
      },
    ],
  };
}
