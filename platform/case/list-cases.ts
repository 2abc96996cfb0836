import { Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import { route } from '#platform/kernel/app.ts';
import { InvalidInput } from '#platform/kernel/errors.ts';
import { isUuid } from '#platform/kernel/ids.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { join, type Sql, sql } from '#platform/kernel/sql.ts';
import { ClockSchema, clockView } from '#platform/calendar/clock-view.ts';
import { clocksWhere } from '#platform/calendar/clock.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { CASE_COLUMNS, type CaseRow } from './case-row.ts';
import { STEP_CLOCKS } from './clocks.ts';
import { CASE_STATES, stepOf } from './lifecycle.ts';
import { incidentCase } from './resources.ts';

const PAGE = 50;
const Code = Type.String({ pattern: '^[PE][0-9]{4}$' });

/**
 * Cases of the caller's area, unit or district (案件队列), by what is left of their clocks, or all of them the newest first. Paged by key: a page
 * far down costs what the first costs.
 */
export const listCases = route({
  method: 'GET',
  path: '/api/incident/cases',
  summary: { zh: '案件队列', en: 'Queue of cases' },
  allow: 'incident.case.read',
  query: Type.Object(
    {
      view: Type.Optional(Type.Union([Type.Literal('queue'), Type.Literal('mine'), Type.Literal('all')])),
      state: Type.Optional(Type.Union(CASE_STATES.map((state) => Type.Literal(state)))),
      class: Type.Optional(Code),
      source: Type.Optional(Type.String({ pattern: '^[a-z0-9]{3,10}$' })),
      street: Type.Optional(Type.String({ pattern: '^[0-9]{9}$' })),
      unit: Type.Optional(Type.String({ minLength: 2, maxLength: 60 })),
      overdue: Type.Optional(Type.Boolean()),
      after: Type.Optional(Type.String({ minLength: 10, maxLength: 120 })),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    cases: Type.Array(
      Type.Object({
        ...itemOf(incidentCase, [
          'no',
          'source',
          'class',
          'description',
          'lon',
          'lat',
          'address',
          'street',
          'committee',
          'state',
          'unit',
          'reports',
          'reworks',
          'reportedAt',
          'dueAt',
        ]).properties,
        clock: Type.Union([ClockSchema, Type.Null()]),
        asked: Type.Boolean({ description: '有待负责人审批的申请 / waits for the leader' }),
        complaint: Type.Boolean(),
        sample: Type.Boolean(),
      }),
    ),
    counts: Type.Object({ open: Type.Integer(), overdue: Type.Integer(), mine: Type.Integer() }),
    next: Type.Union([Type.String(), Type.Null()]),
  }),
  errors: [InvalidInput],
  examples: { own: { as: 'street-clerk' } },
  handler: async ({ db, actor, clock, query }) => {
    const now = clock.now();
    const view = query.view ?? 'queue';
    const byClock = view !== 'all';
    const scope = scopeOf(actor);
    const wanted: Sql[] = [view === 'mine' ? sql`c.unit = ${actor.unit ?? ''}` : scope];
    if (byClock) wanted.push(sql`c.due_at is not null`);
    if (query.state) wanted.push(sql`c.state = ${query.state}`);
    if (query.class) wanted.push(sql`c.class = ${query.class}`);
    if (query.source) wanted.push(sql`c.source = ${query.source}`);
    if (query.street) wanted.push(sql`c.street = ${query.street}`);
    if (query.unit) wanted.push(sql`c.unit = ${query.unit}`);
    if (query.overdue) wanted.push(sql`c.due_at <= ${now}::timestamptz`);
    if (query.after !== undefined) wanted.push(beyond(query.after, byClock));
    const rows = await db.rows<CaseRow>(sql`
      select ${CASE_COLUMNS} from incident.case_file c where ${join(wanted, ' and ')}
      order by ${byClock ? sql`c.due_at, c.id` : sql`c.reported_at desc, c.id desc`} limit ${PAGE + 1}::int`);
    const shown = rows.slice(0, PAGE);
    const clocks = await clocksWhere(db, { ids: shown.flatMap(({ clock: id }) => id ?? []) });
    const found = new Map(clocks.map((each) => [each.id, each]));
    const { calendar } = await readCalendar(db);
    const counts = await db.one<{ open: number; overdue: number; mine: number }>(sql`
      select count(*)::int as open, count(*) filter (where c.due_at <= ${now}::timestamptz)::int as overdue,
        (select count(*)::int from incident.case_file c where c.unit = ${actor.unit ?? ''} and c.due_at is not null) as mine
      from incident.case_file c where ${scope} and c.due_at is not null`);
    const last = shown.at(-1);
    return {
      cases: shown.map((row) => {
        const step = stepOf(row);
        const held = found.get(row.clock ?? '');
        return {
          no: row.no,
          source: row.source,
          class: row.class,
          description: row.description,
          lon: row.lon,
          lat: row.lat,
          address: row.address,
          street: row.street,
          committee: row.committee,
          state: row.state,
          unit: row.unit,
          reports: row.reports,
          reworks: row.reworks,
          reportedAt: row.reportedAt.toISOString(),
          dueAt: row.dueAt?.toISOString() ?? null,
          clock: step && held ? clockView({ clock: held, kind: STEP_CLOCKS[step], now, calendar }) : null,
          asked: row.asked !== null,
          complaint: row.complaint,
          sample: row.sample,
        };
      }),
      counts,
      next: rows.length > PAGE && last ? cursorOf(last, byClock) : null,
    };
  },
});

/** Row security decides who sees what; this names the same rows so that an index finds them (§2b 4). */
export function scopeOf(actor: Actor): Sql {
  if (actor.reach === 'district') return sql`true`;
  const area = actor.area ?? '';
  if (area.length >= STREET) return sql`c.street = ${area.slice(0, STREET)}`;
  return sql`c.unit = ${actor.unit ?? ''}`;
}
const STREET = 9;

const cursorOf = (row: CaseRow, byClock: boolean): string =>
  Buffer.from(`${(byClock ? row.dueAt : row.reportedAt)?.toISOString()} ${row.id}`).toString('base64url');

function beyond(cursor: string, byClock: boolean): Sql {
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ');
  if (Number.isNaN(Date.parse(at)) || !isUuid(id)) throw InvalidInput.with({ fields: [badCursor] });
  return byClock
    ? sql`(c.due_at, c.id) > (${at}::timestamptz, ${id}::uuid)`
    : sql`(c.reported_at, c.id) < (${at}::timestamptz, ${id}::uuid)`;
}
const badCursor = {
  pointer: '/query/after',
  rule: 'cursor',
  message: { zh: '翻页标记不正确', en: 'is no mark of a page' },
};
