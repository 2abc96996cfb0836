import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { Forbidden, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { DraftTaken, findDraft } from './decision-record.ts';
import { RuleParams } from './decision-schemas.ts';

/** Withdraws one's own draft; it stays on record. */
export const withdrawDraft = route({
  method: 'DELETE',
  path: '/api/rulebook/decisions/:id/draft',
  summary: { zh: '撤回决策表草稿', en: 'Withdraw the draft of a decision' },
  allow: 'rulebook.draft.edit',
  params: RuleParams,
  reply: Type.Object({ withdrawn: Type.Boolean() }),
  errors: [NotFound, Forbidden, DraftTaken],
  examples: {
    own: { as: 'unit-head', params: { id: 'service.elder-allowance' } },
    foreign: { as: 'unit-head', params: { id: 'audit.no-such.rule' } },
  },
  handler: async ({ db, actor, params: { id } }) => {
    const open = await findDraft(db, id, true);
    if (!open) throw NotFound.with();
    if (open.author !== actor.account) throw DraftTaken.with({ extra: { author: open.authorName } });
    await db.run(sql`update rulebook.draft set state = 'withdrawn' where rule = ${id} and state = 'open'`);
    return { withdrawn: true };
  },
});
