import type { Actor } from './actor.ts';
import { port } from './app.ts';
import type { Db } from './db.ts';

/** What a page learns of the subject of an event: a few small values of levels L1 and L2, never personal data. */
export type LiveRow = {
  row: Record<string, string | number | boolean | null>;
  /** Area code of the row, for who sees an area. */
  area?: string;
  /** Units whose row it is. */
  units?: readonly string[];
};

/**
 * Events of the house that pages may follow (实时事件): which types, who may, and what they are told. Declared by the module that owns
 * what the events are about; the list of them is closed, so that an event nobody has declared reaches nobody.
 */
export type LiveKind = {
  /** What pages ask for, e.g. `case`. */
  name: string;
  types: readonly string[];
  /** Action of a manifest: who may do it may follow. */
  action: string;
  /**
   * Rows of the subjects, all of a look in one question, under the module's role for the whole district. A subject that is missing is not told.
   * Without it only who sees the whole district is told, the id alone.
   */
  read?(db: Db, subjects: readonly string[]): Promise<ReadonlyMap<string, LiveRow>>;
};
export const liveKind = port<LiveKind>('kernel.live-kind');

/** Whether a row is one of those that the caller's post sees: the district all, an area its own, a unit its own. */
export function seesRow(actor: Pick<Actor, 'reach' | 'area' | 'unit'>, row: LiveRow | undefined): boolean {
  if (actor.reach === 'district') return true;
  if (!row) return false;
  if (actor.unit !== undefined && row.units?.includes(actor.unit)) return true;
  // An area of the district as a whole says nothing about a post that sees its own unit only.
  return (actor.area?.length ?? 0) >= STREET && row.area?.startsWith(actor.area as string) === true;
}
const STREET = 9;
