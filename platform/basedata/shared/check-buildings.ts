import type { Db } from '#platform/kernel/db.ts';
import type { CheckedRow, RowFault } from '#platform/exchange/target.ts';
import { unknownBuildings } from './buildings.ts';

/** Rows that name a building which the register of buildings does not have. */
export async function checkBuildings({ db, rows }: { db: Db; rows: readonly CheckedRow[] }): Promise<RowFault[]> {
  const named = rows.flatMap(({ row, values }) => (values.buildingCode ? [{ row, code: values.buildingCode }] : []));
  const unknown = await unknownBuildings(
    db,
    named.map((n) => n.code),
  );
  return named
    .filter((n) => unknown.has(n.code))
    .map(({ row, code }) => ({
      row,
      column: 'buildingCode',
      field: 'buildingCode',
      rule: 'unknown-building',
      reason: { zh: `房屋编码 ${code} 不在房屋库中`, en: `There is no building with the code ${code}` },
      value: code,
    }));
}
