import type { Db } from '#platform/kernel/db.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { domainError } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { type DecisionValue, isDecision } from './entry-file.ts';
import { noteUse } from './uses.ts';

export type RuleTable = { columns: string[]; rows: (string | number | boolean)[][] };

/** A rulebook entry (规则条目) as it applied on a day. */
export type Rule = {
  id: string;
  version: number;
  /** `YYYY-MM-DD`; `validTo` is the first day on which it does not hold any more. */
  validFrom: string;
  validTo: string | null;
  title: Text;
  /** Of a decision: its name in the model. */
  value: number | string | boolean | RuleTable;
  /** The model, where the rule is a decision (决策). */
  decision?: DecisionValue;
  unit: string | null;
  kind: 'law' | 'standard' | 'measure';
  source: { title: string; documentNo: string | null; article: string | null };
  note: Text | null;
  digest: string;
  /** The named person who compared it with its source; undefined = 待核. */
  verified?: { by: string; name: string; on: string };
};

type Row = Omit<Rule, 'value' | 'decision' | 'validFrom' | 'validTo' | 'source' | 'verified'> & {
  value: Rule['value'] | DecisionValue;
  validFrom: string;
  validTo: string | null;
  sourceTitle: string;
  documentNo: string | null;
  article: string | null;
  verifiedBy: string | null;
  verifiedName: string | null;
  verifiedOn: string | null;
};

export const RuleUnverified = domainError({
  code: 'RULE_UNVERIFIED',
  status: 409,
  title: { zh: '所依据的规则尚未核实', en: 'The rule behind this has not been verified' },
  action: {
    zh: '该规则标有“待核”，系统不能据此自动作出不利处理；请由人工处理，或先核实规则。',
    en: 'The rule is marked as unverified, so nothing adverse may be done automatically: let a person decide, or have the rule verified first.',
  },
});

/** The rule that applies on a day (today if none is named), as the book stood at `knownAt`; undefined where none does. */
export async function findRule(
  db: Db,
  id: string,
  options: { on?: Date | string; knownAt?: Date } = {},
): Promise<Rule | undefined> {
  noteUse(db.module, id);
  const on = options.on instanceof Date ? shanghaiDate(options.on) : options.on;
  const row = await db.first<Row>(sql`
    select id, version, valid_from::text as "validFrom", valid_to::text as "validTo", title, value, unit, kind, source_title as "sourceTitle", document_no as "documentNo",
      article, note, digest, verified_by as "verifiedBy", verified_name as "verifiedName", verified_on::text as "verifiedOn"
    from rulebook.rule_at(${id}, coalesce(${on ?? null}::date, (kernel.now() at time zone 'Asia/Shanghai')::date), ${options.knownAt ?? null}::timestamptz)`);
  return row && ruleOf(row);
}

/** The rule that applies on a day. Throws where the book has none: a module asked for what its file does not hold. */
export async function ruleAt(db: Db, id: string, on?: Date | string): Promise<Rule> {
  const rule = await findRule(db, id, { on });
  if (!rule) throw new Error(`the rulebook has no ${id} for ${on === undefined ? 'today' : String(on)}`);
  return rule;
}

/** The value of a rule that must be a number, with its unit. */
export async function amountAt(
  db: Db,
  id: string,
  on?: Date | string,
): Promise<{ amount: number; unit: string; rule: Rule }> {
  const rule = await ruleAt(db, id, on);
  if (typeof rule.value !== 'number' || rule.unit === null) throw new Error(`${id} is no amount with a unit`);
  return { amount: rule.value, unit: rule.unit, rule };
}

/** Several amounts of one day in one question, each in the unit that the caller counts in. Throws where one is missing or counted otherwise. */
export async function amountsAt<Name extends string>(
  db: Db,
  wanted: Record<Name, { id: string; unit: string }>,
  on: Date | string,
): Promise<Record<Name, number>> {
  const names = Object.keys(wanted) as Name[];
  for (const name of names) noteUse(db.module, wanted[name].id);
  const day = on instanceof Date ? shanghaiDate(on) : on;
  const rows = await db.rows<{ id: string; value: unknown; unit: string | null }>(sql`
    select r.id, r.value, r.unit from unnest(${names.map((name) => wanted[name].id)}::text[]) as w(id), rulebook.rule_at(w.id, ${day}::date, null) r`);
  const found = new Map(rows.map((row) => [row.id, row]));
  const amounts = names.map((name) => {
    const { id, unit } = wanted[name];
    const rule = found.get(id);
    if (!rule) throw new Error(`the rulebook has no ${id} for ${day}`);
    if (typeof rule.value !== 'number' || rule.unit !== unit) throw new Error(`${id} is no number of ${unit}`);
    return [name, rule.value] as const;
  });
  return Object.fromEntries(amounts) as Record<Name, number>;
}

/** Refuses an automatic adverse act (自动作出不利处理) on a rule, or on a decision by one, that no named person has verified (K3). */
export function assertVerified(found: Rule | { rule: Rule }): void {
  const rule = 'rule' in found ? found.rule : found;
  if (!rule.verified) throw RuleUnverified.with({ detail: rule.title, extra: { rule: rule.id } });
}

export function ruleOf(row: Row): Rule {
  const { value, sourceTitle, documentNo, article, verifiedBy, verifiedName, verifiedOn, ...rest } = row;
  return {
    ...rest,
    ...(isDecision(value) ? { value: value.decision, decision: value } : { value }),
    source: { title: sourceTitle, documentNo, article },
    verified:
      verifiedBy !== null && verifiedName !== null && verifiedOn !== null
        ? { by: verifiedBy, name: verifiedName, on: verifiedOn }
        : undefined,
  };
}

export type RuleRow = Row;
