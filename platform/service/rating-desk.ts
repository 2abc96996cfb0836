import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { clocksWhere, endClock, startClock } from '#platform/calendar/clock.ts';
import { ClockSchema, clockView } from '#platform/calendar/clock-view.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { Words } from './case-act-route.ts';
import { callBackClock, repairClock } from './case-clocks.ts';
import { CaseNotInState } from './case-errors.ts';
import { rating } from './case-resources.ts';
import { ratingContext } from './rate-case.ts';
import { stateAfterCall } from './rating-rules.ts';

const Params = Type.Object({ id: Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }) });
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const MOST = 200;

type Row = {
  id: string;
  title: Text;
  unit: string;
  node: string;
  round: number;
  stars: number;
  text: string | null;
  ratedOn: string;
  state: string;
  clock: string | null;
  callText: string | null;
  repairText: string | null;
};

/** Ratings of the caller's unit; the office that calls back sees those of all units. Nobody's name. */
export const listRatings = route({
  method: 'GET',
  path: '/api/service/ratings',
  summary: { zh: '好差评', en: 'Ratings' },
  allow: 'service.rating.read',
  reply: Type.Object({
    ratings: Type.Array(
      Type.Object({
        ...itemOf(rating, ['id', 'title', 'unit', 'node', 'round', 'stars', 'text', 'ratedOn', 'state']).properties,
        callText: MaybeText,
        repairText: MaybeText,
        clock: Type.Union([ClockSchema, Type.Null()]),
      }),
    ),
    /** Count of each number of stars, one to five. */
    counts: Type.Array(Type.Integer()),
    office: Type.Boolean({ description: 'the caller’s unit calls back' }),
  }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db, actor, clock }) => {
    const now = clock.now();
    const rows = await db.rows<Row>(sql`
      select id, title, unit, node, round, stars, text, rated_on::text as "ratedOn", state, clock, call_text as "callText", repair_text as "repairText"
      from service.case_rating where unit = ${actor.unit ?? null}::text or ${actor.unit ?? null}::text = service.rating_office()
      order by state = 'done', rated_on desc, id limit ${MOST}::int`);
    const counted = await db.rows<{ stars: number; n: number }>(sql`
      select stars, count(*)::int as n from service.case_rating
      where unit = ${actor.unit ?? null}::text or ${actor.unit ?? null}::text = service.rating_office() group by stars`);
    const { office } = await db.one<{ office: boolean }>(
      sql`select coalesce(${actor.unit ?? null}::text = service.rating_office(), false) as office`,
    );
    const clocks = new Map(
      (await clocksWhere(db, { ids: rows.flatMap((row) => row.clock ?? []) })).map((c) => [c.id, c]),
    );
    const { calendar } = await readCalendar(db);
    return {
      ratings: rows.map(({ clock: id, ...row }) => {
        const found = clocks.get(id ?? '');
        const kind = found?.kind === repairClock.id ? repairClock : callBackClock;
        return { ...row, clock: found ? clockView({ clock: found, kind, now, calendar }) : null };
      }),
      counts: [1, 2, 3, 4, 5].map((stars) => counted.find((each) => each.stars === stars)?.n ?? 0),
      office,
    };
  },
});

/** Whom the office calls back: one at a time, under a purpose, and on record for the person. */
export const showRatingAuthor = route({
  method: 'GET',
  path: '/api/service/ratings/:id/author',
  summary: { zh: '差评回访的联系人', en: 'Whom to call back' },
  allow: 'service.rating.call',
  params: Params,
  reply: Type.Object({
    ...itemOf(rating, ['applicantPerson', 'applicantEntity']).properties,
    name: Type.String(),
    phone: Type.String(),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'data-officer', unit: 'data-centre', params: { id: 'fixture:rating-to-call' }, purpose: 'handle-case' },
    foreign: { as: 'data-officer', params: { id: 'fixture:foreign-rating' }, purpose: 'handle-case' },
  },
  handler: async ({ db, services, params: { id } }) => {
    const row = await db.first<{ applicantPerson: string | null; applicantEntity: string | null; contact: string }>(sql`
      select a.applicant_person as "applicantPerson", a.applicant_entity as "applicantEntity", a.contact from service.case_rating_author a
      where a.rating = ${id}::uuid`);
    if (!row) throw NotFound.with();
    const { contact, ...plain } = row;
    return {
      ...plain,
      ...(JSON.parse(services.keyring.open(contact, ratingContext(id))) as { name: string; phone: string }),
    };
  },
});

/** What the call found (回访): within one working day. Well-founded ones go to the unit to be put right. */
export const callBack = route({
  method: 'POST',
  path: '/api/service/ratings/:id/call',
  summary: { zh: '登记差评回访', en: 'Record a call back' },
  allow: 'service.rating.call',
  params: Params,
  body: Type.Object({ wellFounded: Type.Boolean(), text: Words }, { additionalProperties: false }),
  reply: Type.Object({ state: Type.String() }),
  errors: [NotFound, CaseNotInState],
  examples: {
    own: {
      as: 'data-officer',
      unit: 'data-centre',
      params: { id: 'fixture:rating-to-call' },
      body: { wellFounded: true, text: '等候时间过长，情况属实。' },
    },
    foreign: {
      as: 'data-officer',
      params: { id: 'fixture:foreign-rating' },
      body: { wellFounded: true, text: '等候时间过长，情况属实。' },
    },
  },
  handler: async ({ db, clock, params: { id }, body: { wellFounded, text } }) => {
    // Only whom the office may see the author of: the rated unit does not call.
    const row = await db.first<{ state: string; clock: string | null; unit: string }>(sql`
      select r.state, r.clock, r.unit from service.case_rating r where r.id = ${id}::uuid and (select kernel.actor('unit')) = service.rating_office() for update`);
    if (!row) throw NotFound.with();
    if (row.state !== 'to-call' || row.clock === null) throw CaseNotInState.with();
    const now = clock.now();
    await endClock(db, { kind: callBackClock, clock: row.clock, at: now });
    const state = stateAfterCall(wellFounded);
    const next = wellFounded
      ? await startClock(db, { kind: repairClock, subject: id, event: 'called', at: now, of: { unit: row.unit } })
      : undefined;
    await db.run(sql`
      update service.case_rating set state = ${state}, call_text = ${text}, called_at = ${now}::timestamptz, clock = ${next?.id ?? row.clock}::uuid where id = ${id}::uuid`);
    return { state };
  },
});

/** What the unit has put right (整改): the author is asked once more. */
export const repairRating = route({
  method: 'POST',
  path: '/api/service/ratings/:id/repair',
  summary: { zh: '登记差评整改', en: 'Record a repair' },
  allow: 'service.rating.repair',
  params: Params,
  body: Type.Object({ text: Words }, { additionalProperties: false }),
  reply: Type.Object({ state: Type.String() }),
  errors: [NotFound, CaseNotInState],
  examples: {
    own: {
      as: 'data-officer',
      params: { id: 'fixture:rating-to-repair' },
      body: { text: '已增开一个窗口，并向当事人致歉。' },
    },
    foreign: {
      as: 'data-officer',
      params: { id: 'fixture:foreign-rating' },
      body: { text: '已增开一个窗口，并向当事人致歉。' },
    },
  },
  handler: async ({ db, actor, clock, params: { id }, body: { text } }) => {
    const row = await db.first<{ state: string; clock: string | null }>(
      sql`select state, clock from service.case_rating where id = ${id}::uuid and unit = ${actor.unit ?? null}::text for update`,
    );
    if (!row) throw NotFound.with();
    if (row.state !== 'to-repair' || row.clock === null) throw CaseNotInState.with();
    const now = clock.now();
    await endClock(db, { kind: repairClock, clock: row.clock, at: now });
    await db.run(sql`
      update service.case_rating set state = 'to-rate-again', repair_text = ${text}, repaired_at = ${now}::timestamptz where id = ${id}::uuid`);
    return { state: 'to-rate-again' };
  },
});
