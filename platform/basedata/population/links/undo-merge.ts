import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { Forbidden, NotFound } from '#platform/kernel/errors.ts';
import { unmerge } from '#platform/linkage/store/unmerge.ts';
import { linkedPersons } from '../link-claims.ts';
import { followMoves } from './follow-moves.ts';
import { usesOfMerge } from './list-uses.ts';
import { reviewerOf } from './pair.ts';

/**
 * Takes a merge back (拆分): both persons have their claims and their history again, and stay apart whatever arrives. The reply
 * says since when they were one: who decided on the merged record in that time must look again, and is told by the event
 * `population.person.unmerged`.
 */
export const undoMerge = route({
  method: 'POST',
  path: '/api/population/merges/:id/undo',
  summary: { zh: '撤销归并', en: 'Take a merge back' },
  allow: 'population.link.undo',
  params: Type.Object({ id: Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }) }),
  reply: Type.Object({
    records: Type.Integer(),
    since: Type.String(),
    /** How many uses of the merged record are told of it; `GET /merges/:id/uses` lists them. */
    uses: Type.Integer(),
  }),
  errors: [NotFound],
  examples: { own: { as: 'data-officer', params: { id: 'fixture:merge' }, purpose: 'data-quality' } },
  handler: async ({ db, actor, params }) => {
    if (actor.kind !== 'person' || actor.behalf) throw Forbidden.with();
    const linked = await linkedPersons(db);
    const used = await usesOfMerge(db, params.id);
    const undone = await unmerge({ db, linked, entry: params.id, by: reviewerOf(actor) });
    if (!undone) throw NotFound.with();
    await followMoves(db, undone.moves);
    // Each use is told by itself: who decided on the merged record must look again.
    for (const { id, kind } of used?.uses ?? [])
      await db.emit({ type: 'population.merge.used', subject: id, data: { merge: params.id, kind } });
    return { records: undone.moves.length, since: undone.since.toISOString(), uses: used?.uses.length ?? 0 };
  },
});
