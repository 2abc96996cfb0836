import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { Forbidden, NotFound } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { readJournal } from '#platform/linkage/store/journal.ts';
import { unmerge } from '#platform/linkage/store/unmerge.ts';
import { keysOf, linkedFirms } from '../link-claims.ts';
import { entities } from '../resources.ts';
import { followMoves } from './follow-moves.ts';
import { reviewerOf } from './pair.ts';

const uscc = itemOf(entities, ['uscc']).properties.uscc;

/** Which records went from one enterprise to another, when and why (归并日志), newest first. */
export const listFirmMerges = route({
  method: 'GET',
  path: '/api/legal-entity/merges',
  summary: { zh: '法人归并日志', en: 'Journal of merges of firms' },
  allow: 'legal-entity.link.review',
  reply: Type.Object({
    merges: Type.Array(
      Type.Object({
        id: Type.String(),
        kind: Type.Union([Type.Literal('merge'), Type.Literal('unmerge')]),
        from: uscc,
        to: uscc,
        records: Type.Integer(),
        by: Type.String(),
        at: Type.String(),
        undone: Type.Boolean(),
      }),
    ),
  }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db }) => {
    const entries = await readJournal({ db, linked: await linkedFirms(db) });
    const undone = new Set(entries.map((e) => e.undoes));
    const keys = await keysOf(
      db,
      entries.flatMap((e) => [e.fromSubject, e.toSubject]),
    );
    return {
      merges: entries.map(({ id, kind, fromSubject, toSubject, records, by, at }) => ({
        id,
        kind,
        from: keys.get(fromSubject) as string,
        to: keys.get(toSubject) as string,
        records: records.length,
        by,
        at: at.toISOString(),
        undone: undone.has(id),
      })),
    };
  },
});

/** Takes a merge back (拆分): both sides have their records and history again and stay apart whatever arrives. */
export const undoFirmMerge = route({
  method: 'POST',
  path: '/api/legal-entity/merges/:id/undo',
  summary: { zh: '撤销法人归并', en: 'Take a merge of firms back' },
  allow: 'legal-entity.link.undo',
  params: Type.Object({ id: Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }) }),
  reply: Type.Object({ records: Type.Integer(), since: Type.String() }),
  errors: [NotFound],
  examples: { own: { as: 'data-officer', params: { id: 'fixture:firm-merge' } } },
  handler: async ({ db, actor, params }) => {
    if (actor.kind !== 'person' || actor.behalf) throw Forbidden.with();
    const linked = await linkedFirms(db);
    const undone = await unmerge({ db, linked, entry: params.id, by: reviewerOf(actor) });
    if (!undone) throw NotFound.with();
    await followMoves(db, undone.moves);
    return { records: undone.moves.length, since: undone.since.toISOString() };
  },
});
