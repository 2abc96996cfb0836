import type { Actor } from '#platform/kernel/actor.ts';
import { port, type Services } from '#platform/kernel/app.ts';
import type { Text } from '#platform/kernel/text.ts';

/** Definition of a vital (指标口径): what it is, over which time, made of which tables, and for a rate or a mean its numerator and denominator. */
export type About = {
  what: Text;
  period: Text;
  from: Text;
  of?: { n: number; d: number; names: { n: Text; d: Text } };
};

/** A vital (城市体征) of a source: what stands on one tile. */
export type Vital = {
  id: string;
  title: Text;
  /** null: there is nothing to make a figure of (no case has ended yet, say). */
  value: number | null;
  unit: 'count' | 'percent' | 'minute';
  /** What is said of it where it is opened (口径). */
  about: About;
  /** Something to act on now: more than none of it is red. */
  act?: boolean;
  /** What the figure is made of, e.g. states or levels. */
  parts?: { id: string; title: Text; n: number }[];
  /** The last 24 hours, the oldest first. */
  hourly?: number[];
  /** Between limit and target of the rulebook it counts in the index; absent = it does not. `value` unless it is another measure of the same. */
  measure?: number | null;
};

/** One thing behind a tile or in the queue: a case, an alert, an order, with the page that shows it. */
export type WallItem = {
  id: string;
  kind: 'case' | 'alert' | 'incident' | 'order' | 'cluster';
  title: Text;
  /** The word of its state, as texts of the page name it. */
  state: string;
  /** I to IV where it has a level. */
  level: number | null;
  at: string;
  dueAt: string | null;
  path: string;
  lon: number | null;
  lat: number | null;
  sample: boolean;
};

export type SourceContext = { services: Services; actor: Actor; now: Date };

/**
 * Where vitals come from (体征来源): rooms of the operations centre provide one each. `heard` is when the source itself last said anything: where that is
 * longer ago than twice its interval (rulebook `ops.vital-sources`), its tiles are grey and their weight leaves the index.
 */
export type VitalSource = {
  id: string;
  title: Text;
  read(context: SourceContext): Promise<{ heard: Date | null; vitals: Vital[] }>;
  /** What stands in the queue of the wall, at most so many, what is due first. */
  queue?(context: SourceContext & { most: number }): Promise<WallItem[]>;
  /** What is behind a vital; undefined where it is none of this source. */
  behind(context: SourceContext & { vital: string; most: number }): Promise<WallItem[] | undefined>;
};
export const vitalSource = port<VitalSource>('ops.vital-source');
