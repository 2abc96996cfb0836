import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { Logic } from './rule.ts';

export const SEVERITIES = ['minor', 'moderate', 'severe', 'extreme'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** A rule that raises alerts (预警规则). */
export type RuleRow = {
  id: string;
  version: number;
  title: Text;
  kind: string;
  logic: Logic;
  decision: string;
  severity: Severity;
  unit: string;
  parent: string | null;
  enabled: boolean;
};

/** Rules by id; all of them without ids. */
export async function readRules(db: Db, ids?: readonly string[]): Promise<Map<string, RuleRow>> {
  const which = ids === undefined ? sql`` : sql`where id = any(${[...ids]}::text[])`;
  const rows = await db.rows<RuleRow>(sql`
    select id, version, title, kind, logic, decision, severity, unit, parent, enabled from signal.rule ${which} order by id`);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Writes a rule; one that changes gets the next version, one that is the same stays. */
export async function putRule(db: Db, rule: Omit<RuleRow, 'version'>): Promise<number> {
  const { id, title, kind, logic, decision, severity, unit, parent, enabled } = rule;
  const row = await db.first<{ version: number }>(sql`
    insert into signal.rule as r (id, version, title, kind, logic, decision, severity, unit, parent, enabled, changed_at, changed_by)
    values (${id}, 1, ${JSON.stringify(title)}::text::jsonb, ${kind}, ${JSON.stringify(logic)}::text::jsonb, ${decision}, ${severity}, ${unit}, ${parent}::text, ${enabled}::boolean,
      kernel.now(), ${db.actor.account})
    on conflict (id) do update set version = r.version + 1, title = excluded.title, kind = excluded.kind, logic = excluded.logic, decision = excluded.decision,
      severity = excluded.severity, unit = excluded.unit, parent = excluded.parent, enabled = excluded.enabled, changed_at = excluded.changed_at, changed_by = excluded.changed_by
    where (r.title, r.kind, r.logic, r.decision, r.severity, r.unit, r.parent, r.enabled) is distinct from
      (excluded.title, excluded.kind, excluded.logic, excluded.decision, excluded.severity, excluded.unit, excluded.parent, excluded.enabled)
    returning version`);
  return row?.version ?? (await readRules(db, [id])).get(id)?.version ?? 1;
}
