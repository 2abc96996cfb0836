import { port } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import type { Keyring } from '#platform/kernel/secret.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { FieldDeclaration } from './check/declaration.ts';
import type { ClaimWindow } from './claim-window.ts';

/**
 * A place where department data can go (导入目标): a base database declares its fields and how claims become golden
 * records; `exchange` does the rest (reading, mapping, checks, quarantine, landing, progress, resuming).
 * Modules give theirs in the manifest: `provides: [importTarget.provide(personTarget)]`, `uses: ['exchange']`,
 * `jobs: [loadJob(personTarget)]`.
 */
export type ImportTarget = {
  /** `population.person`; the part before the dot is the module whose role loads the claims. */
  id: string;
  /** Module whose role loads the claims, where it is a lower layer than the module that provides the target. */
  module?: string;
  title: Text;
  /** Catalogued resources that its claims end in. */
  feeds?: readonly string[];
  fields: readonly FieldDeclaration[];
  /** Faults that need the database, e.g. a building code that does not exist: by row number. Set-based, one call a chunk. */
  check?(context: { db: Db; rows: readonly CheckedRow[] }): Promise<RowFault[]>;
  /**
   * Turns a chunk of published claims (≤ 500) into golden records, in one transaction under the module's role, with a few
   * set-based statements. Must be repeatable: the same claims again change nothing.
   */
  load(context: { db: Db; claims: readonly Claim[]; keyring: Keyring; dataset: DatasetInfo }): Promise<LoadResult>;
  /** The same for a range of claims, where the database can do it by itself: no claim leaves it. `claims`: how many there were. */
  loadWindow?(context: {
    db: Db;
    batch: string;
    window: ClaimWindow;
    dataset: DatasetInfo;
  }): Promise<LoadResult & { claims: number }>;
};

export const importTarget = port<ImportTarget>('exchange.target');

/** What is said of the data set that the claims come from. */
export type DatasetInfo = {
  id: string;
  title: Text;
  unit: string;
  badge: 'sample' | 'real' | 'reference';
  licence?: string;
  attribution?: string;
  sourceUrl?: string;
};

export type LoadResult = { created: number; changed: number; unchanged: number; conflicts: number };

/** A row after mapping and field checks: values are canonical (dates ISO, codes, trimmed); secrets still in clear, in memory only. */
export type CheckedRow = { row: number; values: Record<string, string | null> };

/** One fault of one row (校验问题): where it is, which rule, and why, for people. */
export type RowFault = { row: number; column: string; field?: string; rule: string; reason: Text; value?: string };

/**
 * A claim (来源声明): what one source record says, never changed. Fields of type `citizen-id` are never in clear: they are
 * `{ "h": look-up key, "s": sealed value, "m": masked text }` in the payload.
 */
export type Claim = {
  id: number;
  dataset: string;
  /** Unit that sent it, e.g. `civil-affairs`. */
  unit: string;
  batch: string;
  row: number;
  /** Stable key of the record at its source (hashed). */
  sourceKey: string;
  receivedAt: Date;
  payload: Record<string, ClaimValue>;
};
export type SecretValue = { h: string; s: string; m: string };
export type ClaimValue = string | SecretValue | null;

export function isSecret(value: ClaimValue | undefined): value is SecretValue {
  return typeof value === 'object' && value !== null && 'h' in value;
}

/** Kind of look-up key for identity numbers; the same in every module, so that they can be matched. */
export const ID_KIND = 'id18';

/** The plain text of a payload value, or undefined where it is secret or absent. */
export function plain(payload: Record<string, ClaimValue>, field: string): string | undefined {
  const value = payload[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
