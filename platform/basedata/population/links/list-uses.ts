import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { operationTitle } from '#platform/audit/titles.ts';
import { linkedPersons } from '../link-claims.ts';
import { Words } from './pair.ts';

const MOST = 500;

/** One use of a record while two persons were held to be one. */
export type Use = {
  id: string;
  kind: 'access' | 'dispute' | 'death' | 'answer';
  at: Date;
  /** null = a resident: the person, or who acts for them. Their names are nothing that this list is for. */
  name: string | null;
  unit: string | null;
  post: string | null;
  purpose: string | null;
  route: string | null;
  outcome: string;
};

/**
 * Everything that has used a merged record from its merge until it was taken back, or until now (归并期间的使用): reads, changes and
 * exports from the audit, disputes, decisions about a death, and answers to pairs. Newest first. Undefined where there is no such merge.
 */
export async function usesOfMerge(db: Db, id: string): Promise<{ since: Date; until: Date; uses: Use[] } | undefined> {
  const linked = await linkedPersons(db);
  const merge = await db.first<{ from: string; to: string; records: number[]; since: Date; until: Date }>(sql`
    select j.from_subject as "from", j.to_subject as "to", j.records, j.at as since,
      coalesce((select u.at from linkage.journal u where u.undoes = j.id order by u.at limit 1), kernel.now()) as until
    from linkage.journal j where j.app = ${db.module} and j.space = ${linked.space.id} and j.kind = 'merge' and j.id = ${id}::uuid`);
  if (!merge) return undefined;
  const { from, to, since, until, records } = merge;
  const subjects = [from, to];
  const uses = await db.rows<Use>(sql`
    select id::text, 'access' as kind, at, name, unit, post, purpose, route, outcome
    from audit.uses_of('person', ${subjects}::text[], ${since}::timestamptz, ${until}::timestamptz, ${MOST}::int)
    union all
    select d.id::text, 'dispute', d.filed_at, d.filed_name, d.filed_unit, null, null, null, d.state
    from dispute.dispute d where d.app = ${db.module} and d.subject_person = any(${subjects}::uuid[]) and d.filed_at between ${since}::timestamptz and ${until}::timestamptz
    union all
    select v.id::text, 'death', v.decided_at, v.decided_name, v.decided_unit, null, null, null, v.verdict
    from population.death_verdict v where v.pid = any(${subjects}::uuid[]) and v.decided_at between ${since}::timestamptz and ${until}::timestamptz
    union all
    select x.a || '/' || x.b, 'answer', x.at, x.reviewer, null, null, null, null, x.answer
    from linkage.answer x where x.app = ${db.module} and x.space = ${linked.space.id} and x.at between ${since}::timestamptz and ${until}::timestamptz
      and (x.a = any(${records.map(Number)}::bigint[]) or x.b = any(${records.map(Number)}::bigint[]))
    order by at desc limit ${MOST}::int`);
  const named = uses.map((use) => (use.unit === null && use.kind !== 'answer' ? { ...use, name: null } : use));
  return { since, until, uses: named };
}

/** Who has used a record while it was two people's, for whoever has to tell them (归并期间的使用清单). */
export const listUses = route({
  method: 'GET',
  path: '/api/population/merges/:id/uses',
  summary: { zh: '归并期间的使用清单', en: 'What has used a merged record' },
  allow: 'population.link.review',
  params: Type.Object({ id: Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }) }),
  reply: Type.Object({
    since: Type.String({ format: 'date-time' }),
    until: Type.String({ format: 'date-time' }),
    uses: Type.Array(
      Type.Object({
        id: Type.String(),
        kind: Type.Union([
          Type.Literal('access'),
          Type.Literal('dispute'),
          Type.Literal('death'),
          Type.Literal('answer'),
        ]),
        at: Type.String({ format: 'date-time' }),
        name: Type.Union([Type.String(), Type.Null()], { description: 'null = the person, or who acts for them' }),
        unit: Type.Union([Type.String(), Type.Null()]),
        post: Type.Union([Type.String(), Type.Null()]),
        purpose: Type.Union([Type.String(), Type.Null()]),
        what: Type.Union([Words, Type.Null()]),
        outcome: Type.String(),
      }),
    ),
  }),
  errors: [NotFound],
  examples: { own: { as: 'data-officer', params: { id: 'fixture:merge' } } },
  handler: async ({ db, services, params: { id } }) => {
    const found = await usesOfMerge(db, id);
    if (!found) throw NotFound.with();
    const titleOf = operationTitle(services);
    return {
      since: found.since.toISOString(),
      until: found.until.toISOString(),
      uses: found.uses.map(({ route: of, at, ...use }) => ({
        ...use,
        at: at.toISOString(),
        what: of === null ? null : titleOf(of),
      })),
    };
  },
});
