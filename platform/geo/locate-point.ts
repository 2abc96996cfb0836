import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { domainError, InvalidInput } from '#platform/kernel/errors.ts';
import { areaLocator, type Whereabouts } from './area-locator.ts';
import { convertPosition, DATUMS, type Datum, readDatum, UndeclaredDatum } from './coordinates.ts';

export const DatumUndeclared = domainError({
  code: 'DATUM_UNDECLARED',
  status: 400,
  title: { zh: '没有说明坐标系', en: 'The coordinate reference system is not declared' },
  action: {
    zh: `请用 crs 说明坐标系：${DATUMS.join('、')}。系统不猜测坐标系。`,
    en: `Declare it with crs: ${DATUMS.join(', ')}. The system does not guess.`,
  },
});

const Area = Type.Object({
  code: Type.String(),
  name: Type.String(),
  nameEn: Type.Union([Type.String(), Type.Null()]),
});

/** Answer for one point: `INSIDE` with its areas, or `OUTSIDE` the district with none. */
export const Located = Type.Object({
  status: Type.Union([Type.Literal('INSIDE'), Type.Literal('OUTSIDE')]),
  cell: Type.Union([Area, Type.Null()]),
  committee: Type.Union([Area, Type.Null()]),
  street: Type.Union([Area, Type.Null()]),
  district: Type.Union([Area, Type.Null()]),
});

const NOWHERE = { status: 'OUTSIDE' as const, cell: null, committee: null, street: null, district: null };

export function answerOf(found: Whereabouts | null) {
  return found ? { status: 'INSIDE' as const, ...found } : NOWHERE;
}

/** Reads the declared datum or refuses with the problem that tells how to declare it. */
export function datumOf(declared: string | undefined): Datum {
  try {
    return readDatum(declared);
  } catch (error) {
    if (error instanceof UndeclaredDatum)
      throw DatumUndeclared.with({ detail: { zh: `收到：${error.declared ?? '空'}`, en: error.message } });
    throw error;
  }
}

/** Where a point lies: cell, committee, street and district (网格定位). */
export const locatePoint = route({
  method: 'GET',
  path: '/api/geo/locate',
  summary: { zh: '查询一点所在的网格、居委会、街道和区', en: 'Cell, committee, street and district of a point' },
  allow: 'public',
  query: Type.Object({
    lon: Type.Number({ minimum: -180, maximum: 180, description: 'degrees' }),
    lat: Type.Number({ minimum: -90, maximum: 90, description: 'degrees' }),
    crs: Type.Optional(Type.String({ description: `required: ${DATUMS.join(', ')}` })),
  }),
  reply: Type.Intersect([Type.Object({ lon: Type.Number(), lat: Type.Number() }), Located]),
  errors: [DatumUndeclared, InvalidInput],
  examples: { own: { as: 'anonymous', query: { lon: '121.4737', lat: '31.2304', crs: 'EPSG:4490' } } },
  handler: async ({ query, db, services }) => {
    const from = datumOf(query.crs);
    const [lon, lat] = convertPosition({ position: [query.lon, query.lat], from, to: 'EPSG:4490' }) as [number, number];
    const locator = await areaLocator(services, db);
    return { lon, lat, ...answerOf(locator.whereabouts(lon, lat)) };
  },
});
