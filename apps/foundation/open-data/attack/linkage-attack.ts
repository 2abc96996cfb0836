/**
 * An attacker (链接攻击), written apart from the gate and knowing nothing of it: it reads what was published, as anybody can, and a
 * register of the population with everything but the sensitive columns, as a neighbour or an employer might have. It says how many
 * persons it found again. The gate is judged by this, not by its own numbers.
 */
export type Published = {
  header: readonly string[];
  rows: readonly (readonly (string | number | boolean | null)[])[];
  count?: string;
};

export type Attack = {
  /** Persons in the attacker's register. */
  population: number;
  /** Found in the published rows as the only one who fits. */
  singled: number;
  /** Not singled out, but all rows that fit say the same of them. */
  disclosed: number;
  /** Cells of a statistic that show, or give by subtraction, fewer than `few`. */
  opened: number;
  share: number;
};

/** What the attacker knows of each person, under the published column names. */
export type Register = readonly Readonly<Record<string, string | number | boolean | null>>[];

export function attackRows(options: { published: Published; register: Register; secret: readonly string[] }): Attack {
  const { published, register, secret } = options;
  const known = published.header.filter((name) => !secret.includes(name) && register.some((person) => name in person));
  const places = known.map((name) => published.header.indexOf(name));
  const rows = new Map<string, (typeof published.rows)[number][]>();
  for (const row of published.rows) {
    const key = places.map((at) => String(row[at])).join('\u0001');
    rows.set(key, [...(rows.get(key) ?? []), row]);
  }
  const people = new Map<string, number>();
  const keyOf = (person: Register[number]) => known.map((name) => String(person[name])).join('\u0001');
  for (const person of register) people.set(keyOf(person), (people.get(keyOf(person)) ?? 0) + 1);
  const secrets = secret.map((name) => published.header.indexOf(name)).filter((at) => at >= 0);
  let singled = 0;
  let disclosed = 0;
  for (const [key, fitting] of rows) {
    const persons = people.get(key) ?? 0;
    if (persons === 0) continue;
    if (persons === 1 || fitting.length === 1) singled += Math.min(persons, fitting.length);
    // However many they are: if all rows that fit say the same, it is known of each of them.
    else if (secrets.some((at) => new Set(fitting.map((row) => row[at])).size === 1)) disclosed += persons;
  }
  return summary({ population: register.length, singled, disclosed, opened: 0 });
}

/**
 * A statistic is attacked by subtraction: whatever one total and its visible parts leave over is taken for the one hidden part. Repeated
 * until nothing new comes out. Cells that come to fewer than `few` persons are opened, shown or not.
 */
export function attackCells(options: { published: Published; total: string; few: number; population: number }): Attack {
  const { published, total, few, population } = options;
  const count = published.header.indexOf(published.count ?? 'count');
  const names = published.header.map((_, at) => at).filter((at) => at !== count);
  const cells = new Map<string, number | null>();
  const keyOf = (row: readonly unknown[]) => JSON.stringify(names.map((at) => String(row[at])));
  for (const row of published.rows) cells.set(keyOf(row), row[count] === null ? null : Number(row[count]));
  for (let again = true; again; ) {
    again = false;
    for (let dimension = 0; dimension < names.length; dimension++) {
      const families = new Map<string, { whole: string | undefined; parts: string[] }>();
      for (const key of cells.keys()) {
        const at = JSON.parse(key) as string[];
        const family = JSON.stringify(at.with(dimension, ''));
        const one = families.get(family) ?? { whole: undefined, parts: [] };
        if (at[dimension] === total) one.whole = key;
        else one.parts.push(key);
        families.set(family, one);
      }
      for (const { whole, parts } of families.values()) {
        if (whole === undefined) continue;
        const hidden = [whole, ...parts].filter((key) => cells.get(key) === null);
        if (hidden.length !== 1) continue;
        const sum = parts.reduce((all, key) => all + (cells.get(key) ?? 0), 0);
        const left = hidden[0] === whole ? sum : (cells.get(whole) ?? 0) - sum;
        cells.set(hidden[0] as string, left);
        again = true;
      }
    }
  }
  let opened = 0;
  let persons = 0;
  for (const value of cells.values())
    if (value !== null && value > 0 && value < few) {
      opened += 1;
      persons += value;
    }
  return summary({ population, singled: persons, disclosed: 0, opened });
}

function summary(found: Omit<Attack, 'share'>): Attack {
  const { population, singled, disclosed } = found;
  return { ...found, share: population === 0 ? 0 : (singled + disclosed) / population };
}
