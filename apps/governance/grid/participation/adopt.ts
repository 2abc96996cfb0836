import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { type FieldFault, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { partRegister } from '#platform/case/hooks.ts';
import { maskText } from '#platform/case/mask-text.ts';
import { openAreaLocator } from '#platform/geo/area-locator.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import { AdoptionDecided, PartAdopted, PlaceOutside } from './errors.ts';
import { adoption } from './resources.ts';

const OWN = { allow: 'grid.participation.own', self: true } as const;
const Params = Type.Object({ id: Type.String({ format: 'uuid' }) });
const DAY_MS = 86_400_000;
const FIELDS = [
  'id',
  'part',
  'lon',
  'lat',
  'street',
  'wish',
  'state',
  'askedAt',
  'reason',
  'until',
  'endedAt',
  'endedBy',
  'renews',
] as const;
const COLUMNS = sql`id, part, lon, lat, street, wish, state, asked_at as "askedAt", reason, until::text, ended_at as "endedAt", ended_by as "endedBy", renews`;
type Row = {
  id: string;
  part: string | null;
  lon: number;
  lat: number;
  street: string;
  wish: string;
  state: string;
  askedAt: Date;
  reason: string | null;
  until: string | null;
  endedAt: Date | null;
  endedBy: string | null;
  renews: string | null;
};
const view = (row: Row) => ({
  ...row,
  askedAt: row.askedAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
});
const noPart: FieldFault = {
  pointer: '/part',
  rule: 'part',
  message: { zh: '部件库里没有这个代码', en: 'is no part of the register' },
};

/** My adoptions (我的认养). */
export const listOwnAdoptions = route({
  ...OWN,
  method: 'GET',
  path: '/api/grid/own-adoptions',
  summary: { zh: '我的认养', en: 'My adoptions' },
  reply: Type.Object({ adoptions: Type.Array(itemOf(adoption, [...FIELDS])) }),
  examples: { own: { as: 'citizen' } },
  handler: async ({ db }) => ({
    adoptions: (
      await db.rows<Row>(sql`select ${COLUMNS} from grid.adoption order by asked_at desc, id desc limit 50`)
    ).map(view),
  }),
});

/** Asks to look after a part or a place (申请认养); the street decides. */
export const askAdoption = route({
  ...OWN,
  method: 'POST',
  path: '/api/grid/own-adoptions',
  summary: { zh: '申请认养', en: 'Ask to adopt a part' },
  body: Type.Object(
    {
      part: Type.Optional(Type.String({ pattern: '^[0-9]{16}$', description: '部件代码' })),
      lon: Type.Number({ minimum: -180, maximum: 180, description: 'degrees, CGCS2000' }),
      lat: Type.Number({ minimum: -90, maximum: 90 }),
      wish: Type.String({ minLength: 4, maxLength: 500 }),
    },
    { additionalProperties: false },
  ),
  status: 201,
  reply: Type.Object({ id: Type.String({ format: 'uuid' }), street: Type.String() }),
  errors: [InvalidInput, PlaceOutside, PartAdopted],
  examples: { own: { as: 'citizen', body: { lon: 121.468, lat: 31.2185, wish: '照看门口的花箱' } } },
  prepare: async ({ body, services }) => {
    const register = services.registry.provided(partRegister)[0]?.value;
    if (body.part !== undefined && register && !(await register.find({ services, code: body.part })))
      throw InvalidInput.with({ fields: [noPart] });
    return (await openAreaLocator(services)).whereabouts(body.lon, body.lat);
  },
  handler: async ({ db, actor, clock, body, prepared: where }) => {
    if (!where) throw PlaceOutside.with();
    const id = uuidv7();
    const made = await db.run(sql`
      insert into grid.adoption (id, person, part, lon, lat, street, wish, state, asked_at)
      values (${id}::uuid, ${actor.person ?? ''}::uuid, ${body.part ?? null}::text, ${body.lon}::float8, ${body.lat}::float8, ${where.street.code}, ${maskText(body.wish)}, 'asked',
        ${clock.now()}::timestamptz) on conflict do nothing`);
    if (made === 0) throw PartAdopted.with();
    return { id, street: where.street.name };
  },
});

/** Gives an adoption back (终止认养), at any time and without a reason. */
export const endAdoption = route({
  ...OWN,
  method: 'POST',
  path: '/api/grid/own-adoptions/:id/end',
  summary: { zh: '终止认养', en: 'End an adoption' },
  params: Params,
  reply: Type.Object({ state: Type.String() }),
  errors: [NotFound],
  examples: {
    own: { as: 'citizen', params: { id: 'fixture:grid-adoption-own' } },
    foreign: { as: 'citizen', params: { id: 'fixture:grid-adoption-other' } },
  },
  handler: async ({ db, clock, params: { id } }) => {
    const n = await db.run(sql`
      update grid.adoption set state = 'ended', ended_at = coalesce(ended_at, ${clock.now()}::timestamptz), ended_by = coalesce(ended_by, 'person') where id = ${id}::uuid and state <> 'refused'`);
    if (n === 0) throw NotFound.with();
    return { state: 'ended' };
  },
});

/** Adoptions of the caller's street (认养申请): what waits first. */
export const listAdoptions = route({
  method: 'GET',
  path: '/api/grid/adoptions',
  summary: { zh: '认养申请', en: 'Adoptions of the street' },
  allow: 'grid.adoption.decide',
  reply: Type.Object({ adoptions: Type.Array(itemOf(adoption, [...FIELDS])) }),
  examples: { own: { as: 'street-clerk' } },
  handler: async ({ db }) => ({
    adoptions: (
      await db.rows<Row>(
        sql`select ${COLUMNS} from grid.adoption order by (state = 'asked') desc, asked_at desc, id desc limit 200`,
      )
    ).map(view),
  }),
});

/** The street decides on an adoption (审批认养); it ends by itself after its time. */
export const decideAdoption = route({
  method: 'POST',
  path: '/api/grid/adoptions/:id/decide',
  summary: { zh: '审批认养', en: 'Decide on an adoption' },
  allow: 'grid.adoption.decide',
  params: Params,
  body: Type.Object(
    { approved: Type.Boolean(), reason: Type.String({ minLength: 4, maxLength: 500 }) },
    { additionalProperties: false },
  ),
  reply: Type.Object({ state: Type.String(), until: Type.Union([Type.String(), Type.Null()]) }),
  errors: [NotFound, AdoptionDecided],
  examples: {
    own: {
      as: 'street-clerk',
      params: { id: 'fixture:grid-adoption-to-decide' },
      body: { approved: true, reason: '位置合适，同意认养' },
    },
    foreign: {
      as: 'street-clerk',
      params: { id: 'fixture:grid-adoption-foreign' },
      body: { approved: true, reason: '位置合适，同意认养' },
    },
  },
  handler: async ({ db, actor, clock, params: { id }, body }) => {
    const now = clock.now();
    const { amount } = await amountAt(db, 'grid.adoption.days', now);
    const until = body.approved ? shanghaiDate(new Date(now.getTime() + amount * DAY_MS)) : null;
    const state = body.approved ? 'approved' : 'refused';
    const n = await db.run(sql`
      update grid.adoption set state = ${state}, reason = ${body.reason}, decided_by = ${actor.account}, decided_at = ${now}::timestamptz, until = ${until}::date
      where id = ${id}::uuid and state = 'asked'`);
    if (n === 0) {
      if (await db.first(sql`select 1 as there from grid.adoption where id = ${id}::uuid`))
        throw AdoptionDecided.with();
      throw NotFound.with();
    }
    return { state, until };
  },
});
