import type { Text } from '#platform/kernel/text.ts';

/** A passage as the rules see it: ids, times and numbers. */
export type Passage = {
  app: string;
  run: string;
  caseNo: string;
  item: string;
  step: string;
  unit: string;
  handler: string | null;
  startedAt: Date | null;
  endedAt: Date | null;
  stops: number;
  stoppedMs: number;
  asks: readonly string[];
  party: string | null;
  measure: number | null;
};

/** What a rule found: on which passage it shows, since when, and the numbers that explain it. */
export type Finding = {
  app: string;
  run: string;
  from: Date;
  facts: Record<string, number | string>;
  /** Where it shows on no passage of any case: what stands in the place of one. */
  beside?: Pick<Passage, 'caseNo' | 'item' | 'step' | 'unit' | 'handler'>;
};

/** A read of persons' data by an official: how many, when, for what; never of whom. */
export type Read = {
  id: string;
  at: Date;
  account: string;
  unit: string;
  module: string;
  purpose: string | null;
  persons: number;
};
/** A case of a process that did not go as it is drawn, by token replay. */
export type Misfit = { app: string; instance: string; missing: number; remaining: number; fitness: number };

/** Numbers of the rules (参数): rulebook entries `evaluation.rule.*`. */
export type Settings = {
  /** Corrections that may be asked for (一次告知). */
  corrections: number;
  /** Approvals closer to each other than this, and how many of them in a row. */
  burstSeconds: number;
  burstLength: number;
  /** Peers without which nothing is compared, the quantile of theirs, and the robust z from which something is an outlier. */
  peers: number;
  quantile: number;
  outlier: number;
  /** False alarms that chance alone may raise in one look at an item: with many peers the bound lies higher. */
  falseAlarms: number;
  /** Days around a read of persons' data in which the reader, or the reader's unit, has a case. */
  readDays: number;
  /** χ² of one applicant and one clerk from which chance is not believed. */
  chiSquare: number;
  /** Steps that receive and steps that decide. */
  receives: ReadonlySet<string>;
  decides: ReadonlySet<string>;
  /** Data elements that departments share already (一次录入、全程共享). */
  shared: ReadonlySet<string>;
  misfits: readonly Misfit[];
  reads: readonly Read[];
};

/**
 * A rule beyond time (监察规则). It says where to look, never that somebody did wrong: what it finds is a notice for a person. `precision`
 * is the share of its findings that must be right for it to stay on.
 */
export type Pattern = {
  id: string;
  title: Text;
  why: Text;
  precision: number;
  /**
   * Which passages it compares with each other: those of one item, those of one unit, or those that `misfits` and `reads` name. It is asked part
   * by part, so that no look holds up the house, whatever the district has.
   */
  within: 'item' | 'unit' | 'named';
  /** It is shipped switched off, and why: nobody has measured it, or it falls short of its precision. */
  shipsOff?: Text;
  find(passages: readonly Passage[], settings: Settings): Finding[];
};

export const groupBy = <T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
};

/** The value below which `q` of the sorted values lie (nearest rank). */
export function quantileOf(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? Number.NaN;
}

/** 0.6745: a normal distribution's MAD is that part of its standard deviation (Iglewicz and Hoaglin, 1993). */
const NORMAL = 0.6745;

/** Robust z of each value: how many spreads it lies above the median. Where more than half are equal there is no spread, and no outlier. */
export function robustZ(values: readonly number[]): number[] {
  const median = middle(values);
  const mad = middle(values.map((value) => Math.abs(value - median)));
  return values.map((value) => (mad === 0 ? 0 : (NORMAL * (value - median)) / mad));
}

/**
 * How far from its peers a value must lie (稳健 z 的界限). 3.5 is the bound for small samples (Iglewicz and Hoaglin, 1993): of 2,500 ordinary
 * decisions it calls more than one an outlier by chance alone. With more peers the bound is the quantile of the normal distribution beyond
 * which all of them together raise no more than `falseAlarms` (Bonferroni).
 */
export const outlierBound = (options: { peers: number; outlier: number; falseAlarms: number }): number =>
  Math.max(options.outlier, upperQuantile(options.falseAlarms / (2 * options.peers)));

/** The z that a standard normal value exceeds with probability p ≤ 0.5; error below 0.00045 (Abramowitz and Stegun, 26.2.23). */
export function upperQuantile(p: number): number {
  const t = Math.sqrt(-2 * Math.log(p));
  return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}
