import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { isCalendarDate } from '#platform/kernel/dates.ts';
import { Conflict, Forbidden, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { exampleChange } from './check-draft.ts';
import { checkDecision, DecisionNotEditable, DraftTaken, findDecision, findDraft } from './decision-record.ts';
import { CheckSchema, RuleParams, TableSchema, TestsSchema } from './decision-schemas.ts';
import { replaceTable } from './dmn/replace-table.ts';

/**
 * Saves a change of a decision as a draft (草稿): it may be faulty still, it changes nothing yet. A rule has one open draft, and its author
 * alone writes in it.
 */
export const saveDraft = route({
  method: 'PUT',
  path: '/api/rulebook/decisions/:id/draft',
  summary: { zh: '保存决策表草稿', en: 'Save a draft of a decision' },
  allow: 'rulebook.draft.edit',
  params: RuleParams,
  body: Type.Object(
    {
      table: TableSchema,
      tests: TestsSchema,
      validFrom: Type.String({
        pattern: '^\\d{4}-\\d{2}-\\d{2}$',
        description: '生效日期 / first day on which it holds',
      }),
      reason: Type.String({ minLength: 2, maxLength: 500, description: '修改理由 / why it is changed' }),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ revision: Type.Integer(), check: CheckSchema }),
  errors: [NotFound, Forbidden, Conflict, DecisionNotEditable, DraftTaken, InvalidInput],
  examples: {
    own: {
      as: 'unit-head',
      params: { id: 'service.elder-allowance' },
      body: { ...exampleChange(), validFrom: '2027-01-01', reason: '按新文件调整（样例）' },
    },
    foreign: {
      as: 'unit-head',
      params: { id: 'audit.no-such.rule' },
      body: { ...exampleChange(), validFrom: '2027-01-01', reason: '按新文件调整（样例）' },
    },
  },
  handler: async ({ db, actor, clock, params: { id }, body }) => {
    if (actor.kind !== 'person' || actor.behalf) throw Forbidden.with();
    if (!isCalendarDate(body.validFrom))
      throw InvalidInput.with({
        fields: [
          { pointer: '/validFrom', rule: 'date', message: { zh: '没有这一天', en: 'is no day of the calendar' } },
        ],
      });
    const { version, value, table } = await findDecision(db, id);
    if (!table) throw DecisionNotEditable.with();
    const changed = { ...value, dmn: replaceTable(value.dmn, body.table), tests: body.tests };
    const check = checkDecision(changed);
    const open = await findDraft(db, id, true);
    if (open && open.author !== actor.account) throw DraftTaken.with({ extra: { author: open.authorName } });
    const written = open
      ? sql`update rulebook.draft set base_version = ${version}::int, revision = revision + 1, value = ${JSON.stringify(changed)}::text::jsonb,
          valid_from = ${body.validFrom}::text::date, reason = ${body.reason}, saved_at = ${clock.now()}::timestamptz where rule = ${id} and state = 'open'`
      : sql`insert into rulebook.draft (id, rule, base_version, value, valid_from, reason, author, author_name, saved_at)
          values (${uuidv7()}::uuid, ${id}, ${version}::int, ${JSON.stringify(changed)}::text::jsonb, ${body.validFrom}::text::date, ${body.reason},
            ${actor.account}, ${actor.name}, ${clock.now()}::timestamptz) on conflict do nothing`;
    if ((await db.run(written)) === 0) throw Conflict.with();
    return { revision: (open?.revision ?? 0) + 1, check };
  },
});
