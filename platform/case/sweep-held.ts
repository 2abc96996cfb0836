import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { auditTrail } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import { attachedFiles, detachDocument } from '#platform/document/attach-document.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import { PHOTO_KIND } from './act.ts';

const DAY_MS = 86_400_000;
/** Rows of each kind in one round; the next goes on. */
const ROUND = 200;
const actor = systemActor({ name: 'retention' });

/**
 * Deletes held reports and cooling-offs whose term of retention has passed (留存期满清理). The terms are the district's, in the rulebook, in days since the decision, or
 * since the cooling-off was over. What waits for a person is kept. Photos of a refused report go with it, those of one that was taken in belong to its case.
 * Each round that deletes something leaves an entry in the audit with its numbers; which reports they were is not kept, that is what the term is for. Says how many rows.
 */
export async function sweepHeld(services: Services): Promise<{ held: number; coolings: number }> {
  const now = services.clock.now();
  return services.database.tx({ module: 'incident', actor }, async (db) => {
    const terms = await amountsAt(
      db,
      { held: { id: 'incident.held.keep', unit: 'day' }, cooling: { id: 'incident.cooling.keep', unit: 'day' } },
      now,
    );
    const before = (days: number): Date => new Date(now.getTime() - days * DAY_MS);
    const gone = await db.rows<{ what: 'held' | 'cooling'; caseId: string | null; refused: boolean }>(sql`
      select what, case_id as "caseId", refused
      from incident.sweep_held(${before(terms.held)}::timestamptz, ${before(terms.cooling)}::timestamptz, ${now}::timestamptz, ${ROUND}::int)`);
    if (gone.length === 0) return { held: 0, coolings: 0 };
    const subjects = gone.flatMap(({ caseId, refused }) => (refused && caseId !== null ? [caseId] : []));
    for (const { subject, file } of await attachedFiles(db, { kind: PHOTO_KIND, subjects }))
      await detachDocument(db, { file, kind: PHOTO_KIND, subject });
    const coolings = gone.filter(({ what }) => what === 'cooling').length;
    const done = { held: gone.length - coolings, coolings };
    await services.registry.provided(auditTrail)[0]?.value.record(db, {
      route: `retention incident held ${done.held} cooling ${done.coolings}`,
      fields: [],
      subjects: [],
      outcome: 'changed',
    });
    return done;
  });
}
