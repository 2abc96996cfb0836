import type { Text } from '#platform/kernel/text.ts';
import { CRS84_URI } from '../crs.ts';
import type { ResolvedLayer } from '../layer.ts';
import type { LayerExtent } from '../read-features.ts';
import { MVT } from '../serve-tile.ts';
import { MAX_ZOOM, mercatorBox } from '../tiles.ts';
import { type Document, type Link, type Place, selfLinks } from './documents.ts';

/** Documents of OGC API – Tiles (20-057) and of the tile matrix set that they use (17-083r4, WebMercatorQuad). */

export const TILE_MATRIX_SET = 'WebMercatorQuad';
const TMS_URI = 'http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad';
const MERCATOR = 'http://www.opengis.net/def/crs/EPSG/0/3857';
const TILING_SCHEME = 'http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme';

const both = (text: Text) => `${text.zh} / ${text.en}`;
const schemeOf = (place: Place) => `${place.root}/tileMatrixSets/${TILE_MATRIX_SET}`;
const addressOf = (place: Place, layer: ResolvedLayer) =>
  `${place.root}/collections/${layer.id}/tiles/${TILE_MATRIX_SET}`;

export function tileMatrixSets(place: Place): Document {
  const link: Link = { href: schemeOf(place), rel: 'self', type: 'application/json', title: TILE_MATRIX_SET };
  return {
    links: selfLinks(place),
    tileMatrixSets: [
      {
        id: TILE_MATRIX_SET,
        title: 'Google Maps Compatible for the World',
        uri: TMS_URI,
        crs: MERCATOR,
        links: [link],
      },
    ],
  };
}

/** Size of a pixel by the standard, 0.28 mm, which turns a cell size into a scale. */
const PIXEL_METRES = 0.00028;

export function tileMatrixSet(place: Place): Document {
  const tileMatrices = Array.from({ length: MAX_ZOOM + 1 }, (_, z) => {
    const [west, , east, north] = mercatorBox({ z: 0, x: 0, y: 0 });
    const cellSize = (east - west) / 256 / 2 ** z;
    return {
      id: String(z),
      scaleDenominator: cellSize / PIXEL_METRES,
      cellSize,
      pointOfOrigin: [west, north],
      tileWidth: 256,
      tileHeight: 256,
      matrixWidth: 2 ** z,
      matrixHeight: 2 ** z,
    };
  });
  return {
    id: TILE_MATRIX_SET,
    title: 'Google Maps Compatible for the World',
    uri: TMS_URI,
    crs: MERCATOR,
    orderedAxes: ['X', 'Y'],
    wellKnownScaleSet: 'http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible',
    tileMatrices,
    links: selfLinks(place),
  };
}

function summary(place: Place, layer: ResolvedLayer) {
  return {
    title: both(layer.title),
    dataType: 'vector',
    crs: MERCATOR,
    tileMatrixSetURI: TMS_URI,
    links: tileLinks(place, layer),
  };
}

function tileLinks(place: Place, layer: ResolvedLayer): (Link & { templated?: boolean })[] {
  return [
    { href: addressOf(place, layer), rel: 'self', type: 'application/json', title: both(layer.title) },
    { href: schemeOf(place), rel: TILING_SCHEME, type: 'application/json', title: TILE_MATRIX_SET },
    {
      href: `${addressOf(place, layer)}/{tileMatrix}/{tileRow}/{tileCol}?f=mvt`,
      rel: 'item',
      type: MVT,
      title: 'Mapbox vector tiles',
      templated: true,
    },
  ];
}

export function tilesets(place: Place, layer: ResolvedLayer): Document {
  return { title: both(layer.title), links: selfLinks(place), tilesets: [summary(place, layer)] };
}

export function tileset(place: Place, layer: ResolvedLayer, { box }: LayerExtent): Document {
  const { links, ...rest } = summary(place, layer);
  return {
    ...rest,
    layers: [{ id: layer.id, title: both(layer.title), dataType: 'vector', minTileMatrix: String(layer.minZoom ?? 0) }],
    ...(box ? { boundingBox: { lowerLeft: [box[0], box[1]], upperRight: [box[2], box[3]], crs: CRS84_URI } } : {}),
    links: [...selfLinks(place), ...links.filter(({ rel }) => rel !== 'self')],
  };
}
