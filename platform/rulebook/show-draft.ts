import { Type } from 'typebox';
import { route, type Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { checkDecision, findDecision, findDraft, tableOf } from './decision-record.ts';
import { CheckSchema, RuleParams, TableSchema, TestsSchema } from './decision-schemas.ts';
import { readModel } from './dmn/read-model.ts';

const Users = Type.Array(
  Type.Object({
    kind: Type.Union([
      Type.Literal('module'),
      Type.Literal('process'),
      Type.Literal('indicator'),
      Type.Literal('item'),
    ]),
    id: Type.String(),
    title: Type.Object({ zh: Type.String(), en: Type.String() }),
    lastUsed: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
  }),
);
const OpenDraft = Type.Object({
  revision: Type.Integer(),
  /** False: the rule has changed since; it must be saved again on the new version. */
  current: Type.Boolean(),
  mine: Type.Boolean(),
  author: Type.String(),
  savedAt: Type.String({ format: 'date-time' }),
  validFrom: Type.String({ format: 'date' }),
  reason: Type.String(),
  table: TableSchema,
  tests: TestsSchema,
  check: CheckSchema,
});

/** The open draft of a decision, and who depends on the rule (影响清单). */
export const showDraft = route({
  method: 'GET',
  path: '/api/rulebook/decisions/:id/draft',
  summary: { zh: '决策表草稿与影响清单', en: 'The draft of a decision and who depends on the rule' },
  allow: 'rulebook.draft.read',
  params: RuleParams,
  reply: Type.Object({ draft: Type.Union([OpenDraft, Type.Null()]), users: Users }),
  errors: [NotFound],
  examples: {
    own: { as: 'unit-head', params: { id: 'service.elder-allowance' } },
    foreign: { as: 'unit-head', params: { id: 'audit.no-such.rule' } },
  },
  handler: async ({ db, actor, services, params: { id } }) => {
    const { version } = await findDecision(db, id);
    const open = await findDraft(db, id);
    const table = open && tableOf(readModel(open.value.dmn), open.value);
    return {
      draft:
        open && table
          ? {
              revision: open.revision,
              current: open.baseVersion === version,
              mine: open.author === actor.account,
              author: open.authorName,
              savedAt: open.savedAt.toISOString(),
              validFrom: open.validFrom,
              reason: open.reason,
              table,
              tests: open.value.tests,
              check: checkDecision(open.value),
            }
          : null,
      users: await usersOf({ db, services, rule: id }),
    };
  },
});

export type RuleUser = {
  kind: 'module' | 'process' | 'indicator' | 'item';
  id: string;
  title: { zh: string; en: string };
  lastUsed: string | null;
};

/** Who has asked for a rule or has declared that it rests on it, the latest first. */
export async function usersOf({
  db,
  services,
  rule,
}: {
  db: Db;
  services: Services;
  rule: string;
}): Promise<RuleUser[]> {
  const rows = await db.rows<{ kind: RuleUser['kind']; id: string; title: string | null; lastUsed: Date | null }>(sql`
    select kind, id, title, last_used as "lastUsed" from rulebook.use where rule = ${rule} order by last_used desc nulls last, kind, id`);
  return rows.map(({ kind, id, title, lastUsed }) => {
    const module = kind === 'module' ? services.registry.modules.find((each) => each.id === id)?.title : undefined;
    return {
      kind,
      id,
      title: module ?? { zh: title ?? id, en: title ?? id },
      lastUsed: lastUsed?.toISOString() ?? null,
    };
  });
}
