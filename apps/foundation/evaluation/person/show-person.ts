import { Type } from 'typebox';
import { systemActor } from '#platform/kernel/actor.ts';
import { route } from '#platform/kernel/app.ts';
import { Forbidden } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { addWorkingDays } from '#platform/calendar/working-days.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import { AppealSchema, readAppeals } from '../appeal/record.ts';
import { readSignals, SignalSchema } from '../signal-view.ts';
import { IN_TIME_BY_APPEAL } from '../judge/in-time.ts';
import { keepLook } from './keep-look.ts';

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const Moment = Type.String({ format: 'date-time' });
/** Steps that a page shows: the newest. */
const MOST_STEPS = 100;

/**
 * A person's own reckoning (本人事实): facts, signals, appeals and who looked, no score and no rank. It is shown to that person only: whoever
 * asks for another's is refused, whether that other exists or not, and the try is shown to the one whose page it was.
 */
export const showPerson = route({
  method: 'GET',
  path: '/api/evaluation/people/:account',
  summary: { zh: '我的监察信号和办理事实', en: 'My signals and facts' },
  allow: 'evaluation.own.read',
  params: Type.Object({ account: Type.String({ minLength: 1, maxLength: 120 }) }),
  reply: Type.Object({
    facts: Type.Object({
      steps: Type.Integer(),
      done: Type.Integer(),
      inTime: Type.Integer(),
      open: Type.Integer(),
      noLimit: Type.Integer(),
      expectedDays: Type.Number(),
      actualDays: Type.Number(),
    }),
    signals: Type.Array(
      Type.Object({
        ...SignalSchema.properties,
        appealUntil: Moment,
        mayAppeal: Type.Boolean({ description: '可以申诉 / may be appealed' }),
      }),
    ),
    steps: Type.Array(
      Type.Object({
        app: Type.String(),
        caseNo: Type.String(),
        item: Type.String(),
        step: Type.String(),
        state: Type.String(),
        level: Type.String(),
        startedAt: Nullable(Moment),
        endedAt: Nullable(Moment),
        dueAt: Nullable(Moment),
        expected: Nullable(Type.Number()),
        actual: Nullable(Type.Number()),
        stops: Type.Integer(),
      }),
    ),
    appeals: Type.Array(AppealSchema),
    looks: Type.Array(
      Type.Object({
        byName: Type.String(),
        byUnit: Nullable(Type.String()),
        what: Type.String(),
        refused: Type.Boolean(),
        at: Moment,
      }),
    ),
  }),
  errors: [Forbidden],
  examples: { own: { as: 'street-clerk', params: { account: 'clerk.ruijin' } } },
  // The refusal rolls its transaction back; that somebody tried is written before.
  prepare: async ({ actor, params: { account }, services }) => {
    if (account === actor.account) return;
    const looker = systemActor({ name: 'evaluation', trace: actor.trace });
    await services.database.tx({ module: 'evaluation', actor: looker }, (db) =>
      keepLook(db, { of: account, by: actor, what: 'page', refused: true }),
    );
  },
  handler: async ({ db, actor, clock, params: { account } }) => {
    if (account !== actor.account || actor.behalf) throw Forbidden.with();
    const now = clock.now();
    const { calendar } = await readCalendar(db);
    const { days } = await amountsAt(db, { days: { id: 'evaluation.appeal.file', unit: 'working-day' } }, now);
    const facts = await db.one<
      Record<'steps' | 'done' | 'inTime' | 'open' | 'noLimit' | 'expectedDays' | 'actualDays', number>
    >(sql`
      select count(*)::int as steps, count(*) filter (where state = 'done')::int as done, count(*) filter (where state = 'done' and due_at is not null and (ended_at <= due_at or ${IN_TIME_BY_APPEAL}))::int as "inTime",
        count(*) filter (where state in ('running', 'stopped'))::int as open, count(*) filter (where due_at is null)::int as "noLimit",
        coalesce(sum(expected) filter (where not provisional), 0)::float8 as "expectedDays", coalesce(sum(actual) filter (where not provisional), 0)::float8 as "actualDays"
      from evaluation.run r where handler = ${account} and state <> 'void'`);
    const steps = await db.rows<{
      app: string;
      caseNo: string;
      item: string;
      step: string;
      state: string;
      level: string;
      startedAt: Date | null;
      endedAt: Date | null;
      dueAt: Date | null;
      expected: number | null;
      actual: number | null;
      stops: number;
    }>(sql`
      select app, case_no as "caseNo", item, step, state, level, started_at as "startedAt", ended_at as "endedAt", due_at as "dueAt", expected::float8 as expected,
        actual::float8 as actual, stops
      from evaluation.run where handler = ${account} and state <> 'void' order by started_at desc nulls last, app, run limit ${MOST_STEPS}::int`);
    const appeals = await readAppeals(db, sql`a.filed_by = ${account}`, now);
    const looks = await db.rows<{
      byName: string;
      byUnit: string | null;
      what: string;
      refused: boolean;
      at: Date;
    }>(sql`
      select by_name as "byName", by_unit as "byUnit", what, refused, at from evaluation.look where of_account = ${account} order by at desc limit 50`);
    const appealed = new Set(appeals.map(({ signal }) => signal));
    const signals = await readSignals(db, sql`s.handler = ${account}`);
    return {
      facts,
      signals: signals.map((signal) => {
        const until = addWorkingDays({ from: new Date(signal.toldAt), days, calendar }).dueAt;
        const mayAppeal = signal.state === 'standing' && now < until && !appealed.has(signal.id);
        return { ...signal, appealUntil: until.toISOString(), mayAppeal };
      }),
      steps: steps.map((row) => ({
        ...row,
        startedAt: row.startedAt?.toISOString() ?? null,
        endedAt: row.endedAt?.toISOString() ?? null,
        dueAt: row.dueAt?.toISOString() ?? null,
      })),
      appeals,
      looks: looks.map((look) => ({ ...look, at: look.at.toISOString() })),
    };
  },
});
