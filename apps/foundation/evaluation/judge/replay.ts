import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { shanghaiDate, shanghaiMidnight } from '#platform/kernel/dates.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type Found, LEVEL_RULE, weigh } from './judge-runs.ts';

/** Passages of one replay: the newest since the day. */
const MOST = 1_000;
const SHOWN = 50;

/**
 * Judges what began since a day by the rule of today (重新判级). A new rule holds for what begins after it; whoever wants it to reach back sees the
 * difference first, and only then, with `apply`, has it done: the next rounds judge those passages by today's rule.
 */
export const replay = route({
  method: 'POST',
  path: '/api/evaluation/replay',
  summary: { zh: '按现行规则重新判级', en: 'Judge anew by the rule of today' },
  allow: 'evaluation.rule.switch',
  repeatable: true,
  body: Type.Object({ from: Type.String({ format: 'date' }), apply: Type.Boolean() }, { additionalProperties: false }),
  reply: Type.Object({
    passages: Type.Integer(),
    more: Type.Boolean({ description: '还有更早的未计入 / there are more than were looked at' }),
    raised: Type.Integer({ description: '将新发出的信号 / signals that would be raised' }),
    withdrawn: Type.Integer({ description: '将撤回的信号 / signals that would be taken back' }),
    applied: Type.Boolean(),
    examples: Type.Array(
      Type.Object({ caseNo: Type.String(), step: Type.String(), before: Type.String(), after: Type.String() }),
    ),
  }),
  examples: { own: { as: 'security-auditor', body: { from: '2026-01-01', apply: false } } },
  handler: async ({ db, clock, body: { from, apply } }) => {
    const now = clock.now();
    const today = shanghaiDate(now);
    const rows = await db.rows<Found & { level: string; caseNo: string; step: string }>(sql`
      select app, run, cap, ${today}::text as "judgeOn", level, case_no as "caseNo", step from evaluation.run
      where started_at >= ${shanghaiMidnight(from)}::timestamptz order by started_at desc, app, run limit ${MOST + 1}::int`);
    const found = rows.slice(0, MOST);
    const judged = await weigh({ db, found, now });
    const standing = await db.rows<{ key: string }>(sql`
      select s.app || ' ' || s.run || ' ' || s.level as key from evaluation.signal s
      join unnest(${found.map(({ app }) => app)}::text[], ${found.map(({ run }) => run)}::text[]) as w(app, run) using (app, run)
      where s.state = 'standing' and s.rule = ${LEVEL_RULE}`);
    const before = new Set(standing.map(({ key }) => key));
    const after = new Set(
      judged.flatMap(({ row, judged: { reached } }) => reached.map(({ level }) => `${row.app} ${row.run} ${level}`)),
    );
    const levels = new Map(judged.map(({ row, judged: { level } }) => [`${row.app} ${row.run}`, level]));
    if (apply)
      await db.run(sql`
        update evaluation.run r set judge_on = ${today}::date, dirty_since = coalesce(r.dirty_since, ${now}::timestamptz)
        from unnest(${found.map(({ app }) => app)}::text[], ${found.map(({ run }) => run)}::text[]) as w(app, run) where r.app = w.app and r.run = w.run`);
    return {
      passages: found.length,
      more: rows.length > MOST,
      raised: [...after].filter((key) => !before.has(key)).length,
      withdrawn: [...before].filter((key) => !after.has(key)).length,
      applied: apply,
      examples: found
        .map(({ app, run, level, caseNo, step }) => ({
          caseNo,
          step,
          before: level,
          after: levels.get(`${app} ${run}`) ?? level,
        }))
        .filter((one) => one.before !== one.after)
        .slice(0, SHOWN),
    };
  },
});
