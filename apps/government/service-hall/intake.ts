import { type Static, Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { endClock, clocksWhere, startClock } from '#platform/calendar/clock.ts';
import type { ClockKind } from '#platform/calendar/clock-kind.ts';
import { ClockSchema, clockView } from '#platform/calendar/clock-view.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { openAreaLocator } from '#platform/geo/area-locator.ts';
import { receivedCase } from '#platform/service/case-received.ts';
import { readCentre, readCentres } from './centre-record.ts';
import { IntakeMoved } from './hall-errors.ts';
import { Words } from './list-centres.ts';
import { assertMine } from './own-centres.ts';
import { intakes } from './resources.ts';
import { type Principle, routeIntake } from './routing/route-intake.ts';

/** From receipt at one centre to the hand of the centre that accepts (收受分离交接时限). The legal clock is another one, and begins with acceptance. */
export const handOverClock: ClockKind = {
  id: 'service-hall.hand-over',
  title: { zh: '收件转交', en: 'Hand-over' },
  basis: 'service-hall.hand-over',
  stops: [],
  step: 'hand-over',
};

const CentreCode = Type.String({ pattern: '^[a-z][a-z0-9-]{1,60}$' });
/** Where an address may lie, degrees EPSG:4490: what the geocoder found. None = unknown; several = it is not sure. */
const Points = Type.Array(
  Type.Object(
    { lon: Type.Number({ minimum: -180, maximum: 180 }), lat: Type.Number({ minimum: -90, maximum: 90 }) },
    { additionalProperties: false },
  ),
  { maxItems: 10 },
);
const RoutedSchema = Type.Object({
  id: Type.String(),
  no: Type.Integer(),
  title: Words,
  state: Type.String(),
  target: Type.Union([Type.String(), Type.Null()]),
  why: Type.Union([Type.String(), Type.Null()]),
  handOverUntil: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
});

/**
 * Records what a window took in, and sends each item where it is accepted (收件登记、分派). The case itself was filed with
 * `platform/service` and has its code; here it learns its way. Recorded twice it is the same.
 */
export const recordIntake = route({
  method: 'POST',
  path: '/api/service-hall/intakes',
  summary: { zh: '收件登记', en: 'Record an intake' },
  allow: 'service-hall.intake.record',
  status: 201,
  body: Type.Object(
    {
      centre: CentreCode,
      case: Type.String({ pattern: '^[0-9]{18}[0-9A-Z]$' }),
      card: Type.Union([Type.Literal('read'), Type.Literal('manual')]),
      places: Type.Object(
        { residence: Type.Optional(Points), registration: Type.Optional(Points), business: Type.Optional(Points) },
        { additionalProperties: false },
      ),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ items: Type.Array(RoutedSchema) }),
  errors: [NotFound],
  examples: {
    own: {
      as: 'street-clerk',
      body: { centre: 'fixture:centre', case: 'fixture:window-case', card: 'read', places: {} },
    },
    foreign: {
      as: 'street-clerk',
      body: { centre: 'fixture:centre', case: 'fixture:foreign-case', card: 'read', places: {} },
    },
  },
  prepare: async ({ services, actor, body }) => {
    const items = await receivedCase({ services, actor, code: body.case });
    const given = Object.entries(body.places) as [Principle, Static<typeof Points>][];
    const locator = given.some(([, points]) => points.length > 0) ? await openAreaLocator(services) : undefined;
    const streets = new Map(
      given.map(([principle, points]) => [
        principle,
        // A point outside the district is a place of its own: it makes the address unsure, never somebody else's.
        points.map(({ lon, lat }) => locator?.whereabouts(lon, lat)?.street.code ?? 'outside'),
      ]),
    );
    return { items, streets };
  },
  handler: async ({ db, actor, clock, body, prepared: { items, streets } }) => {
    await assertMine(db, body.centre);
    if (items.length === 0) throw NotFound.with();
    const here = await readCentre(db, body.centre);
    if (!here) throw NotFound.with();
    const now = clock.now();
    const [centres, rules, there] = await Promise.all([
      readCentres(db),
      rulesOf(db, items),
      db.rows<{ no: number }>(sql`select no from service_hall.intake where case_code = ${body.case}`),
    ]);
    for (const item of items) {
      if (there.some(({ no }) => no === item.no)) continue;
      const rule = rules(item);
      const way = routeIntake({ rule, streets: (rule && streets.get(rule.principle)) ?? [], here, centres });
      const id = uuidv7();
      const state =
        way.to === 'here' ? 'accepted-here' : way.to === 'centre' ? 'to-hand-over' : ('to-dispatch' as const);
      const started =
        way.to === 'here'
          ? null
          : await startClock(db, {
              kind: handOverClock,
              subject: id,
              event: 'received',
              at: now,
              of: { unit: actor.unit, caseNo: body.case },
            });
      await db.run(sql`
        insert into service_hall.intake (id, case_code, no, item, title, unit, person, entity, centre, card, state, target, why, received_at, received_by, hand_over_clock)
        values (${id}::uuid, ${body.case}, ${item.no}::int, ${item.item}, ${json(item.title)}::text::jsonb, ${item.unit}, ${item.person}::uuid, ${item.entity}::text,
          ${here.code}, ${body.card}, ${state}, ${way.to === 'centre' ? way.centre : null}::text, ${way.to === 'dispatcher' ? way.why : null}::text, ${now}::timestamptz,
          ${actor.account}, ${started?.id ?? null}::uuid)`);
    }
    const rows = await rowsOf(db, sql`i.case_code = ${body.case} order by i.no`);
    return { items: rows.map(routed) };
  },
});

/** The rule of an item: its own, or that of all items of its unit. */
async function rulesOf(db: Db, items: readonly { item: string; unit: string }[]) {
  const rows = await db.rows<{ unit: string; item: string; principle: Principle }>(sql`
    select unit, item, principle from service_hall.routing_rule where unit = any(${items.map(({ unit }) => unit)}::text[])`);
  return ({ item, unit }: { item: string; unit: string }) =>
    rows.find((row) => row.unit === unit && row.item === item) ??
    rows.find((row) => row.unit === unit && row.item === '');
}

type IntakeRow = {
  id: string;
  caseCode: string;
  no: number;
  title: Text;
  centre: string;
  state: string;
  target: string | null;
  why: string | null;
  receivedAt: Date;
  clock: string | null;
  dueAt: Date | null;
  person: string | null;
};

function rowsOf(db: Db, where: ReturnType<typeof sql>): Promise<IntakeRow[]> {
  return db.rows<IntakeRow>(sql`
    select i.id, i.case_code as "caseCode", i.no, i.title, i.centre, i.state, i.target, i.why, i.received_at as "receivedAt", i.hand_over_clock as clock,
      k.due_at as "dueAt", i.person
    from service_hall.intake i left join calendar.clock k on k.id = i.hand_over_clock where ${where}`);
}

const routed = ({ id, no, title, state, target, why, dueAt }: IntakeRow) => ({
  id,
  no,
  title,
  state,
  target,
  why,
  handOverUntil: state === 'accepted-here' ? null : (dueAt?.toISOString() ?? null),
});

const VIEWS = {
  coming: sql`i.state = 'to-hand-over' and i.target = any ((select service_hall.my_centres())::text[])`,
  sent: sql`i.state = 'to-hand-over' and i.centre = any ((select service_hall.my_centres())::text[])`,
  dispatch: sql`i.state = 'to-dispatch'`,
  received: sql`i.centre = any ((select service_hall.my_centres())::text[])`,
} as const;

/** Intakes of my centres (收件清单): what comes, what is on its way, and what a person has to send on. */
export const listIntakes = route({
  method: 'GET',
  path: '/api/service-hall/intakes',
  summary: { zh: '收件清单', en: 'Intakes' },
  allow: 'service-hall.intake.read',
  query: Type.Object(
    {
      view: Type.Optional(
        Type.Union([Type.Literal('coming'), Type.Literal('sent'), Type.Literal('dispatch'), Type.Literal('received')]),
      ),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    intakes: Type.Array(
      Type.Object({
        ...itemOf(intakes, ['id', 'caseCode', 'no', 'title', 'centre', 'state', 'target', 'why', 'receivedAt'])
          .properties,
        clock: Type.Union([ClockSchema, Type.Null()]),
      }),
    ),
    counts: Type.Object({
      coming: Type.Integer(),
      sent: Type.Integer(),
      dispatch: Type.Integer(),
      received: Type.Integer(),
    }),
  }),
  examples: { own: { as: 'street-clerk' } },
  handler: async ({ db, clock, query }) => {
    const rows = await rowsOf(
      db,
      sql`${VIEWS[query.view ?? 'coming']} order by k.due_at nulls last, i.received_at desc limit 200`,
    );
    const counts = await db.one<Record<keyof typeof VIEWS, number>>(sql`
      select count(*) filter (where ${VIEWS.coming})::int as coming, count(*) filter (where ${VIEWS.sent})::int as sent,
        count(*) filter (where ${VIEWS.dispatch})::int as dispatch, count(*) filter (where ${VIEWS.received})::int as received from service_hall.intake i`);
    const views = await clocksOf(db, rows, clock.now());
    return {
      intakes: rows.map(({ dueAt: _dueAt, person: _person, clock: id, receivedAt, ...row }) => ({
        ...row,
        receivedAt: receivedAt.toISOString(),
        clock: views.get(id ?? '') ?? null,
      })),
      counts,
    };
  },
});

async function clocksOf(db: Db, rows: readonly IntakeRow[], now: Date) {
  const ids = rows.flatMap(({ clock, state }) => (clock === null || state === 'handed-over' ? [] : [clock]));
  const { calendar } = await readCalendar(db);
  const clocks = ids.length > 0 ? await clocksWhere(db, { ids }) : [];
  return new Map(clocks.map((clock) => [clock.id, clockView({ clock, kind: handOverClock, now, calendar })]));
}

/** What the centres do with what I handed in (收件去向), for the applicant: where it is and until when it must be handed over. */
export const listOwnIntakes = route({
  method: 'GET',
  path: '/api/service-hall/own-intakes',
  summary: { zh: '我的窗口收件', en: 'What I handed in' },
  allow: 'service-hall.ticket.own',
  self: true,
  reply: Type.Object({
    intakes: Type.Array(
      Type.Object({
        ...itemOf(intakes, ['caseCode', 'title', 'centre', 'state', 'target', 'receivedAt', 'person']).properties,
        clock: Type.Union([ClockSchema, Type.Null()]),
      }),
    ),
  }),
  examples: { own: { as: 'citizen' } },
  handler: async ({ db, actor, clock }) => {
    const rows = await rowsOf(db, sql`i.person = ${actor.person ?? null}::uuid order by i.received_at desc limit 20`);
    const views = await clocksOf(db, rows, clock.now());
    return {
      intakes: rows.map(({ caseCode, title, centre, state, target, receivedAt, person, clock: id }) => ({
        caseCode,
        title,
        centre,
        state,
        target,
        person,
        receivedAt: receivedAt.toISOString(),
        clock: views.get(id ?? '') ?? null,
      })),
    };
  },
});

const IntakeParams = Type.Object({ id: Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }) });

async function holdIntake(db: Db, id: string): Promise<IntakeRow> {
  const [row] = await rowsOf(db, sql`i.id = ${id}::uuid for update of i`);
  if (!row) throw NotFound.with();
  return row;
}

/** The dispatcher sends on what the rules could not (人工分派). The two hours go on from the receipt. */
export const assignIntake = route({
  method: 'POST',
  path: '/api/service-hall/intakes/:id/assign',
  summary: { zh: '人工分派收件', en: 'Dispatch an intake' },
  allow: 'service-hall.intake.read',
  params: IntakeParams,
  body: Type.Object({ centre: CentreCode }, { additionalProperties: false }),
  reply: RoutedSchema,
  errors: [NotFound, IntakeMoved],
  examples: {
    own: {
      as: 'street-clerk',
      params: { id: 'fixture:intake-to-dispatch' },
      body: { centre: 'fixture:foreign-centre' },
    },
    foreign: { as: 'street-clerk', params: { id: 'fixture:foreign-intake' }, body: { centre: 'fixture:centre' } },
  },
  handler: async ({ db, clock, params: { id }, body: { centre } }) => {
    const row = await holdIntake(db, id);
    if (row.state !== 'to-dispatch') throw IntakeMoved.with();
    if (!(await readCentre(db, centre))) throw NotFound.with();
    if (centre === row.centre && row.clock !== null)
      await endClock(db, { kind: handOverClock, clock: row.clock, at: clock.now() });
    const state = centre === row.centre ? 'accepted-here' : 'to-hand-over';
    await db.run(sql`update service_hall.intake set state = ${state}, target = ${centre} where id = ${id}::uuid`);
    return routed({ ...row, state, target: centre });
  },
});

/** The centre that accepts takes it over (接收): the hand-over clock ends here. */
export const takeIntake = route({
  method: 'POST',
  path: '/api/service-hall/intakes/:id/take',
  summary: { zh: '接收转来的收件', en: 'Take an intake over' },
  allow: 'service-hall.intake.record',
  params: IntakeParams,
  reply: RoutedSchema,
  errors: [NotFound, IntakeMoved],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:intake-coming' } },
    foreign: { as: 'street-clerk', params: { id: 'fixture:foreign-intake' } },
  },
  handler: async ({ db, actor, clock, params: { id } }) => {
    const now = clock.now();
    const row = await holdIntake(db, id);
    if (row.target !== null) await assertMine(db, row.target);
    if (row.state !== 'to-hand-over' || row.clock === null) throw IntakeMoved.with();
    await endClock(db, { kind: handOverClock, clock: row.clock, at: now });
    await db.run(sql`
      update service_hall.intake set state = 'handed-over', handed_at = ${now}::timestamptz, handed_to = ${actor.account} where id = ${id}::uuid`);
    return routed({ ...row, state: 'handed-over' });
  },
});
