import { isCitizenId } from '#platform/kernel/codes/citizen-id.ts';
import { isMobile } from '#platform/kernel/codes/mobile.ts';
import type { Table } from '../schema.ts';

/** Rows that are looked at for numbers of persons. */
const LOOKED_AT = 2000;
const ROOM = /\d+\s*(室|房)(?!屋)|\broom\s*\d+/i;

type Found = { name: string; what: 'declared' | 'identity-number' | 'phone' | 'room' };

/**
 * Columns that hold identity numbers, phones or rooms (直接标识符), whatever they were declared to be: one such value is enough, because
 * nobody publishes one by intention.
 */
export function findIdentifiers(table: Table): Found[] {
  return table.fields.flatMap(({ name, role, type }, at): Found[] => {
    if (role === 'identifier') return [{ name, what: 'declared' }];
    if (type === 'geometry') return [];
    for (const row of table.rows.slice(0, LOOKED_AT)) {
      const text = String(row[at] ?? '');
      if (text.length === 18 && isCitizenId(text, { allowSample: true })) return [{ name, what: 'identity-number' }];
      if (isMobile(text) && table.about !== 'thing') return [{ name, what: 'phone' }];
      if (table.about === 'person' && ROOM.test(text)) return [{ name, what: 'room' }];
    }
    // A running number may look like a phone now and then; a column of things that are mostly phones holds phones.
    const filled = table.rows
      .slice(0, LOOKED_AT)
      .flatMap((row) => (row[at] === null || row[at] === '' ? [] : [String(row[at])]));
    return filled.length > 0 && filled.filter((text) => isMobile(text)).length > filled.length / 2
      ? [{ name, what: 'phone' }]
      : [];
  });
}
