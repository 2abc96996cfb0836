import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { carryOut } from './act.ts';
import type { CaseRow } from './case-row.ts';
import { NotRatable } from './errors.ts';
import { maskText } from './mask-text.ts';
import { CASE_MOVED, emitLast } from './tell.ts';

type Of = { db: Db; row: CaseRow; report: string; account: string; now: Date };

/** A reporter rates what was done (评价): once; whoever is not satisfied is called back. The row is held. Gives the state afterwards. */
export async function rateHeld(of: Of & { satisfied: boolean; opinion: string | undefined }): Promise<string> {
  const { db, row, report, account, now, satisfied } = of;
  if (row.state !== 'closed' && row.state !== 'evaluated') throw NotRatable.with();
  const opinion = of.opinion === undefined ? null : maskText(of.opinion);
  const rated = await db.run(sql`
    update incident.report set satisfied = ${satisfied}::boolean, opinion = ${opinion}::text, rated_at = ${now}::timestamptz
    where id = ${report}::uuid and satisfied is null and withdrawn_at is null`);
  if (rated === 0) throw NotRatable.with();
  const hand = { roles: ['reporter'], account } as const;
  // A second complaint joins the first: one call for each reporter, one time for all.
  if (!satisfied && !row.complaint) return (await carryOut({ db, row, act: { act: 'complain' }, hand, now })).state;
  if (satisfied && row.state === 'closed' && !row.complaint)
    return (await carryOut({ db, row, act: { act: 'evaluate' }, hand, now })).state;
  return row.state;
}

/** A report is taken back (撤回): where others reported the same the case goes on. The row is held. Gives the state afterwards. */
export async function withdrawHeld({ db, row, report, account, now }: Of): Promise<string> {
  const alone = row.reports <= 1;
  const after = alone
    ? await carryOut({ db, row, act: { act: 'withdraw' }, hand: { roles: ['reporter'], account }, now })
    : row;
  await db.run(
    sql`update incident.report set withdrawn_at = coalesce(withdrawn_at, ${now}::timestamptz) where id = ${report}::uuid`,
  );
  // The case itself has not moved; whoever counted this report is told all the same.
  if (!alone) emitLast(db, { type: CASE_MOVED, subject: row.id, data: { case: row.id, act: 'leave' } });
  return after.state;
}

/** A reporter says what was asked for (补充说明). The row is held. */
export async function answerHeld({ db, row, account, now, text }: Omit<Of, 'report'> & { text: string }) {
  return carryOut({
    db,
    row,
    act: { act: 'answer-facts' },
    hand: { roles: ['reporter'], account },
    now,
    brought: { text: maskText(text) },
  });
}
