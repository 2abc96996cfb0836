import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { carryOut } from './case-act.ts';
import { tellCase } from './case-event.ts';
import { subCases } from './case-row.ts';
import { RULES } from './case-state.ts';

/**
 * Closes an item of a case that was taken in twice (重复收件并案): it is withdrawn in the applicant's place, who asked once, with the code
 * that it was joined into; the case that is kept says so in its timeline. Nothing is taken out of either file. Done again it changes
 * nothing. `too-late` = it was decided meanwhile, or one of the two is not there.
 */
export function joinCase(options: {
  services: Services;
  actor: Actor;
  code: string;
  no: number;
  into: string;
}): Promise<'joined' | 'too-late'> {
  const { services, actor, code, no, into } = options;
  return services.database.tx({ module: 'service', actor }, async (db) => {
    const [row] = await subCases(db, sql`c.code = ${code} and s.no = ${no}::int for update of s`);
    const kept = await db.first<{ id: string }>(sql`select id from service.case_file where code = ${into}`);
    if (!row || !kept) return 'too-late';
    if (row.state === 'withdrawn') return 'joined';
    if (!RULES.withdraw.from.includes(row.state)) return 'too-late';
    const now = services.clock.now();
    const text = `与 ${into} 为同一申请，已并案，凭原回执可继续查询。`;
    const hand = { roles: ['applicant'] as const, account: actor.account };
    await carryOut({ db, row, act: { act: 'withdraw' }, hand, now, brought: { text, data: { into } } });
    tellCase(db, {
      caseId: kept.id,
      at: now,
      kind: 'joined',
      shown: true,
      text: `另一窗口的收件 ${code} 已并入本件。`,
      still: true,
    });
    return 'joined';
  });
}
