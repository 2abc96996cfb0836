import type { Db } from '#platform/kernel/db.ts';
import type { Holder } from '#platform/identity/organisation/holders.ts';
import { ruleAt } from '#platform/rulebook/rule-at.ts';

/** A row of a ladder as the rulebook has it, by the names of its columns. */
export type LadderRow = Readonly<Record<string, string | number | boolean>>;

/**
 * The ladder of a rule (升级阶梯), its rows in order. Alerts that nobody acknowledges, orders that nobody receives and cases on which a unit stays silent
 * climb one each; what a row says is theirs, how one climbs is `nextRung`. Throws where the rule is no table.
 */
export async function readLadder(db: Db, rule: string, at?: Date): Promise<LadderRow[]> {
  const { value } = await ruleAt(db, rule, at);
  if (typeof value !== 'object') throw new Error(`${rule} is no table`);
  return value.rows.map((row) => Object.fromEntries(value.columns.map((name, i) => [name, row[i] ?? ''])));
}

/**
 * The next rung that somebody holds (下一级), after `told` rungs; undefined where none is left. One that nobody holds is passed at once and given to
 * `nobody`: nothing ever waits for an empty chair. `place` counts from 1.
 */
export async function nextRung<R>(options: {
  ladder: readonly R[];
  told: number;
  who(rung: R): Promise<readonly string[]> | readonly string[];
  nobody(rung: R, place: number): Promise<void> | void;
}): Promise<{ rung: R; place: number; accounts: readonly string[] } | undefined> {
  const { ladder, told, who, nobody } = options;
  for (const [at, rung] of ladder.entries()) {
    if (at < told) continue;
    const accounts = await who(rung);
    if (accounts.length > 0) return { rung, place: at + 1, accounts };
    await nobody(rung, at + 1);
  }
  return undefined;
}

/** Who holds one of these posts in the unit, or anywhere in the district. Residents hold theirs without a unit and stand on no ladder. */
export function holdersOf(
  holders: readonly Holder[],
  of: { posts: readonly string[]; where: 'unit' | 'district'; unit: string | null },
): string[] {
  const found = holders.filter(
    ({ post, unit }) => unit !== null && of.posts.includes(post) && (of.where === 'district' || unit === of.unit),
  );
  return [...new Set(found.map(({ account }) => account))];
}
