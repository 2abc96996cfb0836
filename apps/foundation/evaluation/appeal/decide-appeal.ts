import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { Forbidden, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { endClock } from '#platform/calendar/clock.ts';
import { LEVELS, rankOf } from '../judge/reached.ts';
import { takeBack } from '../judge/signals.ts';
import type { SignalView } from '../signal-view.ts';
import { keepLook } from '../person/keep-look.ts';
import { AppealClosed, DecidesOwnAppeal } from './errors.ts';
import { appealClock, AppealSchema, readAppeals } from './record.ts';

/** The office’s list of appeals (申诉待办), the open ones first. Reading one is a look at the person, which that person sees. */
export const listAppeals = route({
  method: 'GET',
  path: '/api/evaluation/appeals',
  summary: { zh: '待决定的申诉', en: 'Appeals to decide' },
  allow: 'evaluation.appeal.decide',
  query: Type.Object(
    { state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('upheld'), Type.Literal('refused')])) },
    { additionalProperties: false },
  ),
  reply: Type.Object({ appeals: Type.Array(AppealSchema) }),
  examples: { own: { as: 'security-auditor' } },
  handler: async ({ db, actor, clock, query }) => {
    const appeals = await readAppeals(db, sql`a.state = ${query.state ?? 'open'}`, clock.now());
    const filers = await db.rows<{ filed_by: string }>(
      sql`select distinct filed_by from evaluation.appeal where id = any (${appeals.map(({ id }) => id)}::uuid[])`,
    );
    for (const { filed_by } of filers) await keepLook(db, { of: filed_by, by: actor, what: 'appeal', refused: false });
    return { appeals };
  },
});

/**
 * Decides on an appeal (申诉决定): another person than the one who filed it or whose step it was. Upheld, the signal falls, and what
 * weighs at least as much in the same step with it; it is not raised again, and the scores follow.
 */
export const decideAppeal = route({
  method: 'POST',
  path: '/api/evaluation/appeals/:id/decision',
  summary: { zh: '决定申诉', en: 'Decide on an appeal' },
  allow: 'evaluation.appeal.decide',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  body: Type.Object(
    {
      decision: Type.Union([Type.Literal('upheld'), Type.Literal('refused')]),
      opinion: Type.String({ minLength: 4, maxLength: 1000 }),
    },
    { additionalProperties: false },
  ),
  reply: AppealSchema,
  errors: [NotFound, Forbidden, AppealClosed, DecidesOwnAppeal],
  examples: {
    own: {
      as: 'security-auditor',
      params: { id: 'fixture:evaluation-appeal' },
      body: { decision: 'upheld', opinion: '停表文书真实有效，信号撤回。' },
    },
  },
  handler: async ({ db, actor, clock, params: { id }, body: { decision, opinion } }) => {
    if (actor.kind !== 'person' || actor.behalf) throw Forbidden.with();
    const row = await db.first<{
      state: string;
      filed_by: string;
      handler: string | null;
      clock: string;
      signal: string;
    }>(sql`select state, filed_by, handler, clock, signal from evaluation.appeal where id = ${id}::uuid for update`);
    if (!row) throw NotFound.with();
    if (row.filed_by === actor.account || row.handler === actor.account) throw DecidesOwnAppeal.with();
    if (row.state !== 'open') throw AppealClosed.with();
    const now = clock.now();
    await endClock(db, { kind: appealClock, clock: row.clock, at: now });
    await db.run(sql`
      update evaluation.appeal set state = ${decision}, opinion = ${opinion.trim()}, decided_by = ${actor.account}, decided_name = ${actor.name}, decided_at = ${now}::timestamptz
      where id = ${id}::uuid`);
    if (decision === 'upheld') await uphold({ db, signal: row.signal, now });
    await keepLook(db, { of: row.filed_by, by: actor, what: 'appeal', refused: false });
    await db.emit({ type: 'evaluation.appeal.decided', subject: id, data: { decision, signal: row.signal } });
    const [shown] = await readAppeals(db, sql`a.id = ${id}::uuid`, now);
    if (!shown) throw NotFound.with();
    return shown;
  },
});

async function uphold({
  db,
  signal,
  now,
}: {
  db: Parameters<typeof takeBack>[0]['db'];
  signal: string;
  now: Date;
}): Promise<void> {
  const found = await db.one<{ app: string; run: string; rule: string; level: SignalView['level'] }>(
    sql`select app, run, rule, level from evaluation.signal where id = ${signal}::uuid`,
  );
  const heavier = LEVELS.filter((level) => rankOf(level) >= rankOf(found.level));
  const rows = await db.rows<{ id: string }>(sql`
    select id from evaluation.signal where app = ${found.app} and run = ${found.run} and rule = ${found.rule} and state = 'standing' and level = any (${heavier}::text[])`);
  await takeBack({ db, now, ids: rows.map(({ id }) => id), why: 'appeal' });
  // Judged anew at the next round: what it shows on the wall, and the second yellow of other passages of the case.
  await db.run(sql`
    update evaluation.run r set cap = ${found.level}, dirty_since = coalesce(r.dirty_since, ${now}::timestamptz)
    where r.app = ${found.app} and r.run = ${found.run}`);
  await db.run(sql`
    update evaluation.run o set dirty_since = coalesce(o.dirty_since, ${now}::timestamptz)
    from evaluation.run r where r.app = ${found.app} and r.run = ${found.run} and o.app = r.app and o.case_no = r.case_no and o.step = r.step and o.run <> r.run`);
}
