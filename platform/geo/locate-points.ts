import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { areaLocator } from './area-locator.ts';
import { convertPosition, DATUMS } from './coordinates.ts';
import { answerOf, DatumUndeclared, datumOf, Located } from './locate-point.ts';

const MAX_POINTS = 10_000;

/** Where many points lie, in the order in which they were sent (批量网格定位). */
export const locatePoints = route({
  method: 'POST',
  path: '/api/geo/locate',
  summary: {
    zh: '批量查询各点所在的网格、居委会、街道和区',
    en: 'Cell, committee, street and district of many points',
  },
  allow: 'public',
  repeatable: true,
  body: Type.Object({
    crs: Type.Optional(Type.String({ description: `required: ${DATUMS.join(', ')}` })),
    points: Type.Array(
      Type.Tuple([Type.Number({ minimum: -180, maximum: 180 }), Type.Number({ minimum: -90, maximum: 90 })], {
        description: '[longitude, latitude] in degrees',
      }),
      { minItems: 1, maxItems: MAX_POINTS },
    ),
  }),
  reply: Type.Object({ located: Type.Array(Located) }),
  errors: [DatumUndeclared],
  examples: { own: { as: 'anonymous', body: { crs: 'EPSG:4490', points: [[121.4737, 31.2304]] } } },
  handler: async ({ body, db, services }) => {
    const from = datumOf(body.crs);
    const locator = await areaLocator(services, db);
    const located = body.points.map((position) => {
      const [lon, lat] = convertPosition({ position, from, to: 'EPSG:4490' }) as [number, number];
      return answerOf(locator.whereabouts(lon, lat));
    });
    return { located };
  },
});
