import type { Services } from '#platform/kernel/app.ts';
import { toStored } from './datum.ts';
import { compileChecks } from './check/check.ts';
import { FirstRows } from './first-rows.ts';
import { compileMapping, type Mapping } from './mapping.ts';
import type { SourceRecord } from './read/types.ts';
import type { ImportTarget, RowFault } from './target.ts';

export type RowGate = {
  pass(
    record: SourceRecord,
  ): { ok: true; values: Record<string, string | null>; key: string } | { ok: false; key?: string; faults: RowFault[] };
  /** Column of the file that a field comes from. */
  columnOf(field: string): string;
};

/**
 * What a row must pass before it may become a claim: mapping, datum, field and cross-field checks, and that the file does
 * not hold the same record twice. Holds some 30 bytes a row of the file.
 */
export function createRowGate(options: { mapping: Mapping; target: ImportTarget; services: Services }): RowGate {
  const { mapping, target, services } = options;
  const map = compileMapping(mapping);
  const columnOf = (field: string) => mapping.fields[field]?.column ?? field;
  const mapped = new Set(Object.keys(mapping.fields));
  const check = compileChecks({
    fields: target.fields.filter((f) => f.required || mapped.has(f.name)),
    columnOf,
    allowSample: services.config.sample,
    today: services.clock.now(),
  });
  const seen = new FirstRows();
  return {
    columnOf,
    pass(record) {
      const { values, key } = map(record.values, record.row);
      const checked = check(values);
      if (!checked.ok)
        return {
          ok: false,
          key: key.trim() || undefined,
          faults: checked.faults.map((f) => ({ ...f, row: record.row })),
        };
      if (record.cells !== undefined && record.cells !== Object.keys(record.values).length) {
        const shifted = fault(record.row, '', 'cell-count', {
          zh: '本行单元格数与表头不符，列可能错位',
          en: 'The row has more or fewer cells than the header; columns may be shifted',
        });
        return { ...shifted, key: key.trim() || undefined };
      }
      if (key.trim() === '')
        return fault(record.row, mapping.key[0] ?? '', 'key-missing', { zh: '缺少主键', en: 'The key is missing' });
      const first = seen.before(key, record.row);
      if (first !== undefined) {
        return fault(record.row, mapping.key[0] ?? '', 'duplicate-row', {
          zh: `与第 ${first} 行重复`,
          en: `Repeats row ${first}`,
        });
      }
      return { ok: true, values: toStored(checked.value, target, mapping.crs), key };
    },
  };
}

function fault(
  row: number,
  column: string,
  rule: string,
  reason: { zh: string; en: string },
): { ok: false; faults: RowFault[] } {
  return { ok: false, faults: [{ row, column, rule, reason }] };
}
