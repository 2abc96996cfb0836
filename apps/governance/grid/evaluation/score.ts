import { readFileSync } from 'node:fs';
import type { Text } from '#platform/kernel/text.ts';

/** What is said of one case in one month (评价事实); every number is a count of these. */
export const FLAGS = [
  'reported',
  'established',
  'due',
  'closed',
  'handled',
  'onTime',
  'reworked',
  'closedIn',
  'reopened',
  'rated',
  'satisfied',
] as const;
export type Flag = (typeof FLAGS)[number];
export type Fact = Record<Flag, boolean> & { no: string; class: string; street: string; unit: string | null };

/** A published formula (评价公式): in plain words, and as FEEL that gives the same number from the same facts. */
export type Formula = {
  id: string;
  title: Text;
  zh: string;
  en: string;
  numerator: { fact: Flag; among: Flag };
  denominator: { fact: Flag };
  feel: string;
  /** Which way is better; `none` is not ranked. */
  better: 'more' | 'less' | 'none';
};

export const FORMULAE: readonly Formula[] = JSON.parse(
  readFileSync(new URL('./formulae.json', import.meta.url), 'utf8'),
) as Formula[];

/** What happened to a case, as the register and its events tell. */
export type History = {
  reportedAt: Date;
  establishedAt: Date | null;
  handleDueAt: Date | null;
  handledAt: Date | null;
  closedAt: Date | null;
  acts: readonly { act: string; at: Date }[];
};

/** The flags of one case for a month [from, to), both moments; what came later is not looked at. */
export function flagsOf(of: History, from: Date, to: Date): Record<Flag, boolean> {
  const inside = (at: Date | null) => at !== null && at >= from && at < to;
  const by = (at: Date | null) => at !== null && at < to;
  const acts = of.acts.filter(({ at }) => at < to);
  const inMonth = acts.filter(({ at }) => at >= from);
  const ratings = inMonth.filter(({ act }) => act === 'evaluate' || act === 'complain');
  return {
    reported: inside(of.reportedAt),
    established: by(of.establishedAt),
    due: inside(of.handleDueAt),
    closed: by(of.closedAt),
    handled: inside(of.handledAt),
    onTime: by(of.handledAt) && of.handleDueAt !== null && (of.handledAt as Date) <= of.handleDueAt,
    reworked: acts.some(({ act }) => act === 'rework'),
    closedIn: inside(of.closedAt),
    reopened: acts.some(({ act }) => act === 'complain'),
    rated: ratings.length > 0,
    // The first answer counts: who was won over by a second try was not satisfied with the first.
    satisfied: ratings[0]?.act === 'evaluate',
  };
}

export type Kind = 'district' | 'area' | 'department' | 'post';
export type Score = {
  kind: Kind;
  object: string;
  indicator: string;
  numerator: number;
  denominator: number;
  value: number | null;
  rank: number | null;
  /** Of a post: how many hold it or worked in it. */
  holders?: number;
};

/** All numbers of a month from its facts (月度评价). Whoever has fewer than `fewest` in the denominator is not ranked; equal values share a rank. */
export function scoresOf(facts: readonly Fact[], terms: { district: string; fewest: number }): Score[] {
  const groups = new Map<string, { kind: Kind; object: string; facts: Fact[] }>();
  const add = (kind: Kind, object: string, fact?: Fact) => {
    const group = groups.get(`${kind} ${object}`) ?? { kind, object, facts: [] };
    groups.set(`${kind} ${object}`, group);
    if (fact) group.facts.push(fact);
  };
  add('district', terms.district);
  for (const fact of facts) {
    add('district', terms.district, fact);
    add('area', fact.street, fact);
    if (fact.unit !== null) add('department', fact.unit, fact);
  }
  const scores = [...groups.values()].flatMap(({ kind, object, facts: own }) =>
    FORMULAE.map(({ id, numerator, denominator }): Score => {
      const base = own.filter((fact) => fact[denominator.fact]);
      const hits = base.filter((fact) => fact[numerator.fact]).length;
      const value = base.length === 0 ? null : hits / base.length;
      return { kind, object, indicator: id, numerator: hits, denominator: base.length, value, rank: null };
    }),
  );
  for (const { id, better } of FORMULAE)
    for (const kind of ['area', 'department'] as const) {
      if (better === 'none') continue;
      const ranked = scores.filter(
        (score) => score.indicator === id && score.kind === kind && score.denominator >= terms.fewest,
      );
      for (const score of ranked)
        score.rank =
          1 +
          ranked.filter((other) =>
            better === 'more' ? (other.value ?? 0) > (score.value ?? 0) : (other.value ?? 0) < (score.value ?? 0),
          ).length;
    }
  return scores.sort(
    (a, b) => a.kind.localeCompare(b.kind) || (a.object < b.object ? -1 : a.object > b.object ? 1 : 0),
  );
}
