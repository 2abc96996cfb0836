import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { Conflict, domainError, Forbidden, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { DraftOwn } from './decision-record.ts';
import { ruleOf, type RuleRow } from './rule-at.ts';
import { RuleSchema, shownRule } from './show-entries.ts';

export const RuleVerified = domainError({
  code: 'RULE_VERIFIED',
  status: 409,
  title: { zh: '该规则已经核实', en: 'This rule has been verified already' },
  action: { zh: '请刷新查看核实人和日期。', en: 'Reload to see by whom and when.' },
});

/**
 * Verifies a rule (核实): a named person says that they have compared this version with its source. From then on automatic acts
 * may rest on it. What the person has not seen, a version that was recorded meanwhile, cannot be verified.
 */
export const verifyEntry = route({
  method: 'POST',
  path: '/api/rulebook/entries/:id/verify',
  summary: { zh: '核实规则', en: 'Verify a rule' },
  allow: 'rulebook.entry.verify',
  params: Type.Object({ id: Type.String({ maxLength: 120 }) }),
  body: Type.Object(
    {
      version: Type.Integer({ minimum: 1 }),
      validFrom: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
      note: Type.String({ minLength: 4, maxLength: 300, description: '如何核对 / how it was compared' }),
    },
    { additionalProperties: false },
  ),
  reply: RuleSchema,
  errors: [NotFound, Conflict, RuleVerified, DraftOwn],
  examples: {
    own: {
      as: 'unit-head',
      params: { id: 'audit.objection.answer' },
      body: { version: 1, validFrom: '2026-01-01', note: '与区级措施文本逐字核对（样例）' },
    },
    foreign: {
      as: 'unit-head',
      params: { id: 'audit.no-such.rule' },
      body: { version: 1, validFrom: '2026-01-01', note: '与区级措施文本逐字核对（样例）' },
    },
  },
  handler: async ({ db, actor, clock, params: { id }, body }) => {
    // A machine compares nothing, and who acts for another does not put the other's name under it.
    if (actor.kind !== 'person' || actor.behalf) throw Forbidden.with();
    const row = await db.first<RuleRow & { newest: number }>(sql`
      select e.id, e.version, e.valid_from::text as "validFrom", e.valid_to::text as "validTo", e.title, e.value, e.unit, e.kind, e.source_title as "sourceTitle",
        e.document_no as "documentNo", e.article, e.note, e.digest, v.verified_by as "verifiedBy", v.verified_name as "verifiedName", v.verified_on::text as "verifiedOn",
        (select max(w.version) from rulebook.entry w where w.id = e.id) as newest
      from rulebook.entry e left join rulebook.verification v on v.id = e.id and v.digest = e.digest
      where e.id = ${id} and e.version = ${body.version}::int and e.valid_from = ${body.validFrom}::text::date`);
    if (!row) throw NotFound.with();
    const { newest, ...entry } = row;
    if (newest !== row.version) throw Conflict.with();
    const own = await db.first(sql`
      select from rulebook.draft where rule = ${id} and published_version <= ${row.version}::int and valid_from = ${row.validFrom}::text::date and author = ${actor.account}`);
    if (own) throw DraftOwn.with();
    const on = shanghaiDate(clock.now());
    const made = await db.run(sql`
      insert into rulebook.verification (id, digest, verified_by, verified_name, verified_on, note)
      values (${id}, ${row.digest}, ${actor.account}, ${actor.name}, ${on}::date, ${body.note}) on conflict do nothing`);
    if (made === 0) throw RuleVerified.with();
    await db.emit({ type: 'rulebook.entry.verified', subject: id, data: { version: String(row.version) } });
    return shownRule(ruleOf({ ...entry, verifiedBy: actor.account, verifiedName: actor.name, verifiedOn: on }));
  },
});
