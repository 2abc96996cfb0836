import { arrival, type Statement } from './survivorship.ts';

/**
 * Claims that carry one identifier but contradict each other in *all* traits (a person's name and birth date) are not
 * about one subject: a typing mistake at some source. They are held apart, never merged.
 */
export type SubjectRule = {
  /** Traits of which one must agree, e.g. `['name', 'birthDate']`. */
  traits: readonly string[];
  /** Units whose claim says who the holder of the identifier is, in order; then the claim that came first. */
  units: readonly string[];
};

/** Splits the claims of one identifier: `accepted` hang together through shared traits, `frozen` contradict them. */
export function holdApart(
  statements: Iterable<Statement>,
  rule: SubjectRule,
): { accepted: Statement[]; frozen: Statement[] } {
  const [anchor, ...rest] = [...statements].sort((a, b) => rankOf(a, rule) - rankOf(b, rule) || arrival(a, b));
  if (!anchor) return { accepted: [], frozen: [] };
  const accepted = [anchor];
  let open = rest;
  // Again and again, because a claim accepted late may be the link to one put aside before.
  for (;;) {
    const next = open.filter((s) => !accepted.some((a) => mayAgree(a, s, rule.traits)));
    if (next.length === open.length) return { accepted, frozen: open };
    const still = new Set(next);
    accepted.push(...open.filter((s) => !still.has(s)));
    open = next;
  }
}

/** False only if both state every trait and differ in each. */
function mayAgree(a: Statement, b: Statement, traits: readonly string[]): boolean {
  return traits.some((t) => a.values[t] === undefined || b.values[t] === undefined || a.values[t] === b.values[t]);
}

/** Who states no trait cannot be the anchor. */
function rankOf(statement: Statement, rule: SubjectRule): number {
  if (!rule.traits.some((t) => statement.values[t] !== undefined)) return rule.units.length + 1;
  const at = rule.units.indexOf(statement.unit);
  return at < 0 ? rule.units.length : at;
}
