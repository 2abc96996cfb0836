import { port } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';

/** One number of a form that is to be published: persons or firms behind it, and the largest single one. */
export type PublishedCell = {
  code: string;
  count: number;
  value: number;
  largest: number | null;
  totalOf: readonly string[];
};

/** Says which cells of a published form are withheld (小单元抑制, K8), by the rules of the day. Provided by `indicator`. */
export type CellProtection = {
  withheld(
    db: Db,
    options: { cells: readonly PublishedCell[]; subject: 'persons' | 'firms' },
  ): Promise<ReadonlySet<string>>;
};
export const cellProtection = port<CellProtection>('catalog.cellProtection');
