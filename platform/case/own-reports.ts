import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { Words } from './act-route.ts';
import { type CaseRow, findCase, holdCase } from './case-row.ts';
import { ClocksSchema, clocksOf, TimelineEntry, timelineOf } from './case-view.ts';
import { NotRatable, REFUSALS } from './errors.ts';
import { answerHeld, rateHeld, withdrawHeld } from './reporter-acts.ts';
import { ownWaiting, WaitingSchema } from './own-waiting.ts';
import { incidentReport } from './resources.ts';

const OWN = { allow: 'incident.report.own', self: true } as const;
const Moment = Type.String({ format: 'date-time' });
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const ReportParams = Type.Object({ id: Type.String({ format: 'uuid' }) });

type OwnRow = {
  id: string;
  no: string;
  class: string;
  state: string;
  person: string | null;
  channel: string;
  text: string;
  at: Date;
  satisfied: boolean | null;
  reports: number;
  address: string | null;
  lon: number;
  lat: number;
  merged: string | null;
  withdrawn: boolean;
};
const COLUMNS = sql`r.id, c.no, c.class, c.state, r.person, r.channel, r.text, r.at, r.satisfied, c.reports, c.address, c.lon, c.lat,
  case when r.first_case <> r.case_id then c.no end as merged, r.withdrawn_at is not null as withdrawn`;
const OwnSchema = Type.Object({
  ...itemOf(incidentReport, ['id', 'no', 'class', 'state', 'person', 'channel', 'text', 'at', 'satisfied']).properties,
  reports: Type.Integer({ description: '同一问题的上报数 / reports of the same' }),
  address: MaybeText,
  lon: Type.Number(),
  lat: Type.Number(),
  /** The case that it was merged into. */
  merged: MaybeText,
  withdrawn: Type.Boolean(),
  /** What waits for the reporter: facts, a rating, or nothing. */
  waits: Type.Union([Type.Literal('facts'), Type.Literal('rate'), Type.Null()]),
});

function ownView(row: OwnRow) {
  const open = !row.withdrawn;
  const waits = !open
    ? null
    : row.state === 'facts'
      ? ('facts' as const)
      : (row.state === 'closed' || row.state === 'evaluated') && row.satisfied === null
        ? ('rate' as const)
        : null;
  return { ...row, at: row.at.toISOString(), waits };
}

/** My reports (我的上报): what waits for me first, then the newest. */
export const listOwnReports = route({
  ...OWN,
  method: 'GET',
  path: '/api/incident/own-reports',
  summary: { zh: '我的上报', en: 'My reports' },
  reply: Type.Object({ reports: Type.Array(OwnSchema), ...WaitingSchema }),
  examples: { own: { as: 'citizen' } },
  handler: async ({ db }) => {
    const rows = await db.rows<OwnRow>(sql`
      select ${COLUMNS} from incident.report r join incident.case_file c on c.id = r.case_id order by r.at desc limit 200`);
    return {
      reports: rows.map(ownView).sort((a, b) => Number(b.waits !== null) - Number(a.waits !== null)),
      ...(await ownWaiting(db)),
    };
  },
});

/** One report of mine: a line of states, what I was told and when, and what I can do. */
export const showOwnReport = route({
  ...OWN,
  method: 'GET',
  path: '/api/incident/own-reports/:id',
  summary: { zh: '我的一条上报', en: 'One report of mine' },
  params: ReportParams,
  reply: Type.Object({
    ...OwnSchema.properties,
    ...ClocksSchema.properties,
    notices: Type.Array(Type.Object({ kind: Type.String(), at: Moment })),
    timeline: Type.Array(TimelineEntry),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'citizen', params: { id: 'fixture:report-to-rate' } },
    foreign: { as: 'citizen', params: { id: 'fixture:foreign-report' } },
  },
  handler: async ({ db, clock, params: { id } }) => {
    const row = await db.first<OwnRow>(sql`
      select ${COLUMNS} from incident.report r join incident.case_file c on c.id = r.case_id where r.id = ${id}::uuid`);
    if (!row) throw NotFound.with();
    const held = await caseOf(db, id, false);
    const notices = await db.rows<{ kind: string; at: Date }>(
      sql`select kind, at from incident.notice where report = ${id}::uuid order by at, id`,
    );
    return {
      ...ownView(row),
      ...(await clocksOf(db, held, clock.now())),
      notices: notices.map(({ kind, at }) => ({ kind, at: at.toISOString() })),
      // A reporter learns which unit acts, not who in it.
      timeline: (await timelineOf(db, held.id)).map((entry) => ({ ...entry, byName: '' })),
    };
  },
});

/** Says what was asked for (补充说明). */
export const answerFacts = route({
  ...OWN,
  method: 'POST',
  path: '/api/incident/own-reports/:id/answer-facts',
  summary: { zh: '补充说明', en: 'Answer what was asked' },
  params: ReportParams,
  body: Type.Object({ text: Words }, { additionalProperties: false }),
  reply: Type.Object({ state: Type.String() }),
  errors: [NotFound, InvalidInput, ...new Set(Object.values(REFUSALS))],
  examples: {
    own: { as: 'citizen', params: { id: 'fixture:report-to-answer' }, body: { text: '在雁荡路南昌路口东北角' } },
    foreign: { as: 'citizen', params: { id: 'fixture:foreign-report' }, body: { text: '在雁荡路南昌路口东北角' } },
  },
  handler: async ({ db, actor, clock, params: { id }, body }) => {
    const row = await caseOf(db, id, true);
    const after = await answerHeld({ db, row, account: actor.account, now: clock.now(), text: body.text });
    return { state: after.state };
  },
});

/** Takes a report back (撤回): where others reported the same the case goes on, and only this reporter leaves it. */
export const withdrawReport = route({
  ...OWN,
  method: 'POST',
  path: '/api/incident/own-reports/:id/withdraw',
  summary: { zh: '撤回上报', en: 'Withdraw a report' },
  params: ReportParams,
  reply: Type.Object({ state: Type.String() }),
  errors: [NotFound, ...new Set(Object.values(REFUSALS))],
  examples: {
    own: { as: 'citizen', params: { id: 'fixture:report-to-withdraw' } },
    foreign: { as: 'citizen', params: { id: 'fixture:foreign-report' } },
  },
  handler: async ({ db, actor, clock, params: { id } }) => {
    const row = await caseOf(db, id, true);
    return { state: await withdrawHeld({ db, row, report: id, account: actor.account, now: clock.now() }) };
  },
});

/**
 * Rates what was done (满意度评价), once for each reporter and case. Whoever is not satisfied is called back (回访), and the unit may have to do it again; one who is
 * satisfied ends the matter for themselves only.
 */
export const rateReport = route({
  ...OWN,
  method: 'POST',
  path: '/api/incident/own-reports/:id/rate',
  summary: { zh: '评价', en: 'Rate what was done' },
  params: ReportParams,
  body: Type.Object(
    {
      satisfied: Type.Boolean(),
      opinion: Type.Optional(Type.String({ minLength: 2, maxLength: 500 })),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ state: Type.String() }),
  errors: [NotFound, InvalidInput, NotRatable, ...new Set(Object.values(REFUSALS))],
  examples: {
    own: { as: 'citizen', params: { id: 'fixture:report-to-rate' }, body: { satisfied: true } },
    foreign: { as: 'citizen', params: { id: 'fixture:foreign-report' }, body: { satisfied: true } },
  },
  handler: async ({ db, actor, clock, params: { id }, body }) => {
    if (!body.satisfied && body.opinion === undefined) throw InvalidInput.with({ fields: [needsWords] });
    const row = await caseOf(db, id, true);
    const { satisfied, opinion } = body;
    const of = { db, row, report: id, account: actor.account, now: clock.now() };
    return { state: await rateHeld({ ...of, satisfied, opinion }) };
  },
});

async function caseOf(db: Db, report: string, held: boolean): Promise<CaseRow> {
  const found = await db.first<{ no: string }>(
    sql`select c.no from incident.report r join incident.case_file c on c.id = r.case_id where r.id = ${report}::uuid`,
  );
  const row = found && (await (held ? holdCase : findCase)(db, found.no));
  if (!row) throw NotFound.with();
  return row;
}

const needsWords = {
  pointer: '/opinion',
  rule: 'required',
  message: { zh: '请说说哪里不满意', en: 'say what was not good' },
};
