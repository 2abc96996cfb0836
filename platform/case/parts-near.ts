import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { partRegister, type PartFound } from './hooks.ts';

/** Farther than this a part is not proposed, metres; the rulebook says the same (`incident.part.near`), a test compares them. */
export const NEAR_M = 30;
const MOST = 10;
const MaybeText = Type.Union([Type.String(), Type.Null()]);

export const PartSchema = Type.Object({
  code: Type.String({ description: '部件代码' }),
  classes: Type.Array(Type.String()),
  name: Type.Object({ zh: Type.String(), en: Type.String() }),
  lon: Type.Number(),
  lat: Type.Number(),
  owner: MaybeText,
  keeper: MaybeText,
  distanceM: Type.Number(),
});

/** A part as an answer names it. */
export const partView = (part: PartFound) => ({ ...part, classes: [...part.classes] });

/** Parts within 30 m of a pin (附近部件), the nearest first: what a reporter points at instead of typing sixteen digits. */
export const partsNear = route({
  method: 'GET',
  path: '/api/incident/parts-near',
  summary: { zh: '附近的部件', en: 'Parts near a pin' },
  allow: 'incident.report',
  query: Type.Object(
    {
      lon: Type.Number({ minimum: -180, maximum: 180 }),
      lat: Type.Number({ minimum: -90, maximum: 90 }),
      class: Type.Optional(Type.String({ pattern: '^[PE][0-9]{4}$' })),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ parts: Type.Array(PartSchema) }),
  examples: { own: { as: 'citizen', query: { lon: '121.468', lat: '31.2185' } } },
  // The register opens a transaction of its own.
  prepare: async ({ query, services }) => {
    const register = services.registry.provided(partRegister)[0]?.value;
    return (await register?.near({ ...query, services, withinM: NEAR_M, limit: MOST })) ?? [];
  },
  handler: async ({ prepared }) => ({ parts: prepared.map(partView) }),
});
