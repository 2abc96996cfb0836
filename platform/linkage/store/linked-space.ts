import type { Db } from '#platform/kernel/db.ts';
import type { Parameters } from '../model/parameters.ts';
import type { Space, Stated } from '../model/space.ts';

/** A base database that has its records linked: called in its own transactions, under its own role. */
export type LinkedSpace = {
  readonly space: Space;
  readonly parameters: Parameters;
  /** What records state, by number; a record that is gone is left out. */
  readonly statedOf: (db: Db, records: readonly number[]) => Promise<ReadonlyMap<number, Stated>>;
  /** How many people must agree before their word counts: two where the data are L4 (背靠背复核). */
  readonly reviewers: number;
};

/** A record that is taken in. */
export type NewRecord = {
  readonly record: number;
  readonly stated: Stated;
  /** The subject that a verified identifier names for it. */
  readonly anchor?: string;
};

/** A record that belongs elsewhere than before. */
export type Move = { readonly record: number; readonly from: string | undefined; readonly to: string };
