/**
 * Survivorship (存活规则): which of several sources' values becomes the golden one. A pure function of the set of claims,
 * so the result does not depend on the order in which files arrive, and can be computed again at any time.
 */

/** What one source record says of one subject. */
export type Statement = {
  /** Claim id: grows with arrival. */
  claim: number;
  dataset: string;
  unit: string;
  batch: string;
  row: number;
  /** Key of the record at its source; a later claim of the same record replaces an earlier one. */
  sourceKey: string;
  /** ISO instant. */
  receivedAt: string;
  values: Readonly<Record<string, string>>;
  /** A correction (更正): this value of the attribute, as the same unit states it, is known to be wrong. */
  refutes?: { attribute: string; value: string };
};

/**
 * How one group of attributes is decided. The group comes from one statement as a whole (an address and its building
 * belong together); `attributes[0]` leads: a statement without it has nothing to say here.
 */
export type Rule = {
  attributes: readonly [string, ...string[]];
  /** Units in order of authority (一数一源); others follow behind, all alike. */
  units: readonly string[];
  /** A date that goes before authority: what began last holds (e.g. `residenceFrom`). */
  newestBy?: string;
};

/** Where a golden value comes from: claim, dataset, unit, instant of arrival, begin of validity if stated. */
export type Source = { c: number; d: string; u: string; at: string; from?: string };
export type GoldenValue = { value: string; source: Source };
export type Golden = Record<string, GoldenValue>;

/** The statements that still stand: of each source record the last one, without the values that a correction has refuted. */
export function standing(statements: Iterable<Statement>): Statement[] {
  const last = new Map<string, Statement>();
  const corrections: Statement[] = [];
  for (const statement of statements) {
    const key = `${statement.dataset}\u0000${statement.sourceKey}`;
    const before = last.get(key);
    if (!before || arrival(statement, before) > 0) last.set(key, statement);
    if (statement.refutes) corrections.push(statement);
  }
  if (corrections.length === 0) return [...last.values()];
  const said = [...statements];
  return corrections
    .sort(arrival)
    .reduce((all, correction) => all.map((s) => without(s, correction, said)), [...last.values()]);
}

/**
 * What is left of a statement after a correction. A source goes on sending what it holds until it has corrected its own record, so
 * its wrong value does not count, however late it comes; once the unit has said something else since, its word counts again.
 */
function without(statement: Statement, correction: Statement, said: readonly Statement[]): Statement {
  const { attribute, value } = correction.refutes as { attribute: string; value: string };
  if (statement === correction || statement.unit !== correction.unit || statement.values[attribute] !== value)
    return statement;
  const adopted = said.some(
    (s) =>
      s.unit === correction.unit &&
      !s.refutes &&
      s.values[attribute] !== undefined &&
      s.values[attribute] !== value &&
      arrival(s, correction) > 0 &&
      arrival(statement, s) > 0,
  );
  if (adopted) return statement;
  const { [attribute]: _refuted, ...values } = statement.values;
  return { ...statement, values };
}

/** Statements that speak to a rule, the best first. */
export function ranked(statements: Iterable<Statement>, rule: Rule): Statement[] {
  const lead = rule.attributes[0];
  return [...statements].filter((s) => s.values[lead] !== undefined).sort((a, b) => compare(a, b, rule));
}

/** The golden record of one subject from its standing statements. */
export function survive(statements: Iterable<Statement>, rules: readonly Rule[]): Golden {
  const golden: Golden = {};
  const all = standing(statements);
  for (const rule of rules) {
    const best = all.reduce<Statement | undefined>((a, b) => {
      if (b.values[rule.attributes[0]] === undefined) return a;
      return a === undefined || compare(b, a, rule) < 0 ? b : a;
    }, undefined);
    if (!best) continue;
    for (const attribute of rule.attributes) {
      const value = best.values[attribute];
      if (value !== undefined) golden[attribute] = { value, source: sourceOf(best, rule) };
    }
  }
  return golden;
}

/** Values that other sources give for an attribute and that did not become golden, the best first. */
export function othersOf(options: {
  statements: Iterable<Statement>;
  rules: readonly Rule[];
  attribute: string;
  golden: GoldenValue | undefined;
}): GoldenValue[] {
  const { rules, attribute, golden } = options;
  const rule = rules.find((r) => r.attributes.includes(attribute));
  if (!rule) return [];
  return ranked(standing(options.statements), rule).flatMap((s) => {
    const value = s.values[attribute];
    return value === undefined || value === golden?.value ? [] : [{ value, source: sourceOf(s, rule) }];
  });
}

export function sourceOf(statement: Statement, rule?: Rule): Source {
  const from = rule?.newestBy === undefined ? undefined : statement.values[rule.newestBy];
  return {
    c: statement.claim,
    d: statement.dataset,
    u: statement.unit,
    at: statement.receivedAt,
    ...(from === undefined ? {} : { from }),
  };
}

/** Negative if `a` goes before `b`: later begin, then authority, then later arrival. Never 0 for two claims. */
function compare(a: Statement, b: Statement, rule: Rule): number {
  if (rule.newestBy !== undefined) {
    const x = a.values[rule.newestBy] ?? '';
    const y = b.values[rule.newestBy] ?? '';
    if (x !== y) return x > y ? -1 : 1;
  }
  return authority(a, rule) - authority(b, rule) || -arrival(a, b);
}

function authority(statement: Statement, rule: Rule): number {
  const at = rule.units.indexOf(statement.unit);
  return at < 0 ? rule.units.length : at;
}

/** Positive if `a` arrived after `b`. */
export function arrival(a: Statement, b: Statement): number {
  return a.receivedAt === b.receivedAt ? a.claim - b.claim : a.receivedAt > b.receivedAt ? 1 : -1;
}
