import type { Db } from '#platform/kernel/db.ts';
import { domainError, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { checkTable, type TableCheck } from './dmn/check-table.ts';
import type { DecisionTable, Model } from './dmn/model.ts';
import { readModel } from './dmn/read-model.ts';
import { hasOneTable } from './dmn/replace-table.ts';
import { type DecisionValue, isDecision } from './entry-file.ts';

export const DecisionNotEditable = domainError({
  code: 'DECISION_NOT_EDITABLE',
  status: 409,
  title: { zh: '这条规则不能用表格编辑', en: 'This rule cannot be edited as a table' },
  action: {
    zh: '只有恰好含一张决策表的模型可以在此编辑；其他模型请提交 DMN 文件。',
    en: 'Only a model with exactly one decision table is edited here; send others as a DMN file.',
  },
});
export const DraftTaken = domainError({
  code: 'DRAFT_TAKEN',
  status: 409,
  title: { zh: '已有他人的草稿', en: 'Somebody else has a draft of this rule' },
  action: { zh: '请先请起草人发布或撤回。', en: 'Ask its author to have it published or to withdraw it.' },
});
export const DraftOwn = domainError({
  code: 'DRAFT_OWN',
  status: 409,
  title: { zh: '不能审核自己起草的修改', en: 'A change is not checked by its own author' },
  action: {
    zh: '请由另一位有权的同事发布或核实。',
    en: 'Have another colleague with this right publish or verify it.',
  },
});
export const DraftNotReady = domainError({
  code: 'DRAFT_NOT_READY',
  status: 409,
  title: { zh: '草稿还不能发布', en: 'The draft cannot be published yet' },
  action: {
    zh: '须有测试用例且全部通过，各格可以读取，没有互相矛盾的行。',
    en: 'It needs test cases that all pass, cells that can be read, and no rows that contradict each other.',
  },
});
export const DraftLate = domainError({
  code: 'DRAFT_LATE',
  status: 409,
  title: { zh: '生效日期必须在今天之后', en: 'It must take effect after today' },
  action: {
    zh: '已经作出的决定不因修改而改变；请把生效日期改到明天或以后。',
    en: 'What has been decided stays decided: choose tomorrow or a later day.',
  },
});

/** A decision with its table, as the editor has it. */
export type DecisionRecord = { version: number; value: DecisionValue; model: Model; table: DecisionTable | undefined };

/** The decision of the newest version: of the period that holds on a day, or of the last one. */
export async function findDecision(db: Db, id: string, on?: string): Promise<DecisionRecord> {
  const holds =
    on === undefined
      ? sql``
      : sql`and valid_from <= ${on}::text::date and (valid_to is null or ${on}::text::date < valid_to)`;
  const row = await db.first<{ version: number; value: unknown }>(sql`
    select version, value from rulebook.entry where id = ${id} and version = (select max(w.version) from rulebook.entry w where w.id = ${id}) ${holds}
    order by valid_from desc limit 1`);
  if (!row || !isDecision(row.value)) throw NotFound.with();
  const model = readModel(row.value.dmn);
  return { version: row.version, value: row.value, model, table: tableOf(model, row.value) };
}

/** The table of a decision, where the model has that one only and the grid can edit it. */
export function tableOf(model: Model, value: DecisionValue): DecisionTable | undefined {
  const logic = model.decisions.find(({ name }) => name === value.decision)?.logic;
  return logic?.kind === 'table' && hasOneTable(value.dmn) ? logic.table : undefined;
}

export function checkDecision(value: DecisionValue): TableCheck {
  const model = readModel(value.dmn);
  const table = tableOf(model, value);
  if (!table) throw DecisionNotEditable.with();
  return checkTable(model, { table, decision: value.decision, tests: value.tests });
}

export type Draft = {
  rule: string;
  baseVersion: number;
  revision: number;
  value: DecisionValue;
  validFrom: string;
  reason: string;
  author: string;
  authorName: string;
  savedAt: Date;
};

/** The open draft of a rule; `hold` keeps others from it until the transaction ends. */
export async function findDraft(db: Db, rule: string, hold = false): Promise<Draft | undefined> {
  return db.first<Draft>(sql`
    select rule, base_version as "baseVersion", revision, value, valid_from::text as "validFrom", reason, author, author_name as "authorName", saved_at as "savedAt"
    from rulebook.draft where rule = ${rule} and state = 'open' ${hold ? sql`for update` : sql``}`);
}
