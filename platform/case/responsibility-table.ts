import { type Static, Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { endedUnits } from '#platform/kernel/ended-units.ts';
import { domainError, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { Words } from './act-route.ts';
import { Separation } from './errors.ts';
import { responsibility } from './resources.ts';
import { goneProblem, refuseUnit, UnitGone } from './unit-gone.ts';

export const TableDecided = domainError({
  code: 'INCIDENT_TABLE_DECIDED',
  status: 409,
  title: { zh: '这一条已经有决定', en: 'This line was decided already' },
  action: { zh: '请刷新后查看。', en: 'Reload to see.' },
});
export const TableOverlaps = domainError({
  code: 'INCIDENT_TABLE_OVERLAPS',
  status: 409,
  title: {
    zh: '同一类别、地域已有从该日或更晚起用的条目',
    en: 'A line of the same class and place begins on that day or later',
  },
  action: { zh: '请另选起用日期。', en: 'Choose another day.' },
});

const Line = Type.Object({
  ...itemOf(responsibility, ['id', 'class', 'place', 'owner', 'unit', 'state', 'validFrom', 'validTo', 'reason'])
    .properties,
  proposedName: Type.String(),
  decidedName: Type.Union([Type.String(), Type.Null()]),
  /** The case whose ruling proposed it (裁决入清单). */
  rulingOf: Type.Union([Type.String(), Type.Null()]),
});
const PLACE = '^[0-9]{6}([0-9]{3}([0-9]{3})?)?$';

/** The table of responsibilities (权责清单), with what is proposed and what held before. */
export const listResponsibility = route({
  method: 'GET',
  path: '/api/incident/responsibility',
  summary: { zh: '权责清单', en: 'Table of responsibilities' },
  allow: 'incident.case.read',
  query: Type.Object(
    { state: Type.Optional(Type.Union(['proposed', 'approved', 'refused'].map((each) => Type.Literal(each)))) },
    { additionalProperties: false },
  ),
  reply: Type.Object({ lines: Type.Array(Line) }),
  examples: { own: { as: 'street-clerk' } },
  handler: async ({ db, query }) => ({
    lines: await db.rows<Static<typeof Line>>(sql`
      select t.id, t.class, t.place, t.owner, t.unit, t.state, t.valid_from::text as "validFrom", t.valid_to::text as "validTo", t.reason,
        t.proposed_name as "proposedName", t.decided_name as "decidedName", c.no as "rulingOf"
      from incident.responsibility t left join incident.case_file c on c.id = t.ruling_of
      where (${query.state ?? null}::text is null or t.state = ${query.state ?? null}::text)
      order by t.state = 'proposed' desc, t.class, t.place, t.valid_from desc, t.id limit 2000`),
  }),
});

/** Proposes a line (提请修订权责清单), as a ruling does by itself. */
export const proposeLine = route({
  method: 'POST',
  path: '/api/incident/responsibility',
  summary: { zh: '提请修订权责清单', en: 'Propose a line of the table' },
  allow: 'incident.table.propose',
  body: Type.Object(
    {
      class: Type.String({ pattern: '^[PE][0-9]{4}$' }),
      place: Type.String({ pattern: PLACE, description: '区、街道或居委会代码' }),
      owner: Type.Optional(Type.String({ minLength: 2, maxLength: 60 })),
      unit: Type.String({ minLength: 2, maxLength: 60 }),
      reason: Words,
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  status: 201,
  errors: [InvalidInput, UnitGone],
  examples: {
    own: {
      as: 'duty-officer',
      body: {
        class: 'E0101',
        place: 'fixture:incident-place',
        unit: 'fixture:incident-unit',
        reason: '街面环境由街道负责',
      },
    },
  },
  prepare: ({ body, services }) => refuseUnit(services, body.unit),
  handler: async ({ db, actor, clock, body }) => {
    const id = uuidv7();
    await db.run(sql`
      insert into incident.responsibility (id, class, place, owner, unit, state, reason, proposed_by, proposed_name, proposed_at)
      values (${id}::uuid, ${body.class}, ${body.place}, ${body.owner ?? null}::text, ${body.unit}, 'proposed', ${body.reason}, ${actor.account}, ${actor.name},
        ${clock.now()}::timestamptz)`);
    return { id };
  },
});

/**
 * Decides on a proposed line (审批权责清单), by another person than who proposed it. An approved line ends the one that held before it on that day: the
 * table of any day can be read again.
 */
export const decideLine = route({
  method: 'POST',
  path: '/api/incident/responsibility/:id/decide',
  summary: { zh: '审批权责清单条目', en: 'Decide on a line of the table' },
  allow: 'incident.table.decide',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  body: Type.Object(
    { approve: Type.Boolean(), from: Type.Optional(Type.String({ format: 'date' })) },
    { additionalProperties: false },
  ),
  reply: Type.Object({ state: Type.String() }),
  errors: [NotFound, Separation, TableDecided, TableOverlaps, UnitGone],
  examples: { own: { as: 'unit-head', params: { id: 'fixture:responsibility-line' }, body: { approve: true } } },
  prepare: ({ services }) => endedUnits(services),
  handler: async ({ db, actor, clock, params: { id }, body, prepared: ended }) => {
    const line = await db.first<{
      class: string;
      place: string;
      owner: string | null;
      state: string;
      proposedBy: string;
      unit: string;
    }>(sql`
      select class, place, owner, unit, state, proposed_by as "proposedBy" from incident.responsibility where id = ${id}::uuid for update`);
    if (!line) throw NotFound.with();
    if (line.state !== 'proposed') throw TableDecided.with();
    if (line.proposedBy === actor.account) throw Separation.with();
    // It may have been abolished since somebody proposed it.
    const gone = body.approve ? ended.get(line.unit) : undefined;
    if (gone) throw goneProblem(gone, '/approve');
    const now = clock.now();
    const from = body.from ?? shanghaiDate(now);
    if (body.approve) {
      const same = sql`class = ${line.class} and place = ${line.place} and coalesce(owner, '') = coalesce(${line.owner}::text, '') and state = 'approved'`;
      const later = await db.first(
        sql`select 1 as found from incident.responsibility where ${same} and valid_from >= ${from}::date`,
      );
      if (later) throw TableOverlaps.with();
      await db.run(sql`
        update incident.responsibility set valid_to = ${from}::date where ${same} and valid_from < ${from}::date and (valid_to is null or valid_to > ${from}::date)`);
    }
    const state = body.approve ? 'approved' : 'refused';
    await db.run(sql`
      update incident.responsibility set state = ${state}, valid_from = case when ${body.approve}::boolean then ${from}::date end,
        decided_by = ${actor.account}, decided_name = ${actor.name}, decided_at = ${now}::timestamptz where id = ${id}::uuid`);
    return { state };
  },
});
