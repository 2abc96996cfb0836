import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { readJournal } from '#platform/linkage/store/journal.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { linkedPersons } from '../link-claims.ts';
import { resident } from '../resources.ts';

const pid = itemOf(resident, ['pid']).properties.pid;

/** Which records went from one person to another, when and why (归并日志), newest first. */
export const listMerges = route({
  method: 'GET',
  path: '/api/population/merges',
  summary: { zh: '归并日志', en: 'Journal of merges' },
  allow: 'population.link.review',
  reply: Type.Object({
    merges: Type.Array(
      Type.Object({
        id: Type.String(),
        kind: Type.Union([Type.Literal('merge'), Type.Literal('unmerge')]),
        from: pid,
        to: pid,
        records: Type.Integer(),
        by: Type.String(),
        at: Type.String(),
        /** True if it was taken back. */
        undone: Type.Boolean(),
      }),
    ),
  }),
  examples: { own: { as: 'data-officer', purpose: 'data-quality' } },
  handler: async ({ db }) => {
    const entries = await readJournal({ db, linked: await linkedPersons(db) });
    const undone = new Set(entries.map((e) => e.undoes));
    return {
      merges: entries.map(({ id, kind, fromSubject, toSubject, records, by, at }) => ({
        id,
        kind,
        from: fromSubject,
        to: toSubject,
        records: records.length,
        by,
        at: at.toISOString(),
        undone: undone.has(id),
      })),
    };
  },
});
