import type { Services } from '#platform/kernel/app.ts';
import { ProblemError } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import { carryOut } from './act.ts';
import { heldOf, inCases } from './caller-report.ts';
import type { Asked } from './case-row.ts';

/*
 * More time for a case on which somebody outside has set a limit (市热线等): whoever keeps that limit decides, not the unit's leader. Each in a transaction of
 * cases, outside of the caller's.
 */

/** More time that a unit asks for (申请延期). */
export type AskedExtension = Pick<Asked, 'by' | 'name' | 'reason' | 'document' | 'until'> & { unit: string | null };

/** What the unit asks for now; undefined where it asks for no more time. */
export function extensionAsked(services: Services, of: { report: string }): Promise<AskedExtension | undefined> {
  return inCases(services, async (db) => {
    const found = await db.first<{ asked: Asked; unit: string | null }>(sql`
      select c.asked, c.unit from incident.report r join incident.case_file c on c.id = r.case_id
      where r.id = ${of.report}::uuid and c.asked ->> 'kind' = 'extend'`);
    if (!found) return undefined;
    const { by, name, reason, document, until } = found.asked;
    return { by, name, reason, document, until, unit: found.unit };
  });
}

/**
 * Decides on it (批准、不同意延期) in the name of `account`, who must not be the one who asked; the words go into the timeline. Where it was granted but the time of the case
 * itself cannot get longer any more (it is over, or has been made longer before) the request is closed and the case keeps its time. False where nobody asks any more.
 */
export function decideExtension(
  services: Services,
  of: { report: string; account: string; granted: boolean; text: string },
): Promise<boolean> {
  const { report, account, granted, text } = of;
  const now = services.clock.now();
  const decide = (act: 'allow' | 'deny', words: string) =>
    inCases(services, async (db) => {
      const row = await heldOf(db, report);
      if (row?.asked?.kind !== 'extend') return false;
      const most = (await amountAt(db, 'incident.allowance.most', now)).amount;
      await carryOut({
        db,
        row,
        act: { act },
        hand: { roles: ['leader'], account },
        now,
        brought: { text: words, data: { kind: 'extend' }, most },
      });
      return true;
    });
  if (!granted) return decide('deny', text);
  return decide('allow', text).catch((error: unknown) => {
    if (error instanceof ProblemError && CLOCK_OVER.has(error.spec.code))
      return decide('deny', `${text}（本区时限不再延长）`);
    throw error;
  });
}
const CLOCK_OVER: ReadonlySet<string> = new Set(['CLOCK_NOT_RUNNING', 'CLOCK_NOT_EXTENSIBLE']);
