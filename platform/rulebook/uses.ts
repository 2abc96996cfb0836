import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';

/**
 * Who asks for which rule (规则使用方), so that those who depend on one are known when it changes. A question is noted in memory and
 * written by a timer: reading a rule stays a read. What a crash loses is a time of last use, no rule.
 */
const noted = new Map<string, { module: string; rule: string; at: Date }>();

export function noteUse(module: string, rule: string): void {
  noted.set(`${module} ${rule}`, { module, rule, at: new Date() });
}

/** Writes what has been noted, as the rulebook. */
export async function writeUses(db: Db): Promise<number> {
  const uses = [...noted.values()].filter(({ module }) => module !== 'rulebook');
  noted.clear();
  if (uses.length === 0) return 0;
  return db.run(sql`
    insert into rulebook.use (rule, kind, id, last_used)
    select u.rule, 'module', u.module, u.at from unnest(${uses.map(({ rule }) => rule)}::text[], ${uses.map(({ module }) => module)}::text[],
      ${uses.map(({ at }) => at.toISOString())}::timestamptz[]) as u(rule, module, at)
    on conflict (rule, kind, id) do update set last_used = greatest(rulebook.use.last_used, excluded.last_used)`);
}

export type UserKind = 'module' | 'process' | 'indicator' | 'item';

/** Declares that something rests on a rule before it has asked for it: a process definition, an indicator, a service item. */
export async function declareUse(
  db: Db,
  use: { rule: string; kind: UserKind; id: string; title?: string },
): Promise<void> {
  await db.rows(sql`select rulebook.declare_use(${use.rule}, ${use.kind}, ${use.id}, ${use.title ?? null}::text)`);
}

/** One event for each that depends on a rule, so that its owner is told of a new version without asking who else there is. */
export async function tellUsers(
  db: Db,
  { rule, version, validFrom }: { rule: string; version: number; validFrom: string },
): Promise<number> {
  const users = await db.rows<{ kind: UserKind; id: string }>(
    sql`select kind, id from rulebook.use where rule = ${rule} order by kind, id`,
  );
  for (const { kind, id } of users)
    await db.emit({
      type: 'rulebook.entry.changed',
      subject: rule,
      data: { version: String(version), validFrom, kind, user: id },
    });
  return users.length;
}
