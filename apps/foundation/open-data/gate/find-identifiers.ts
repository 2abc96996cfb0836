import { isCitizenId } from '#platform/kernel/codes/citizen-id.ts';
import { isMobile } from '#platform/kernel/codes/mobile.ts';
import type { Table } from '../schema.ts';

const ROOM = /\d+\s*(室|房)(?!屋)|\broom\s*\d+/i;
const IDENTITY = /(?<!\d)\d{17}[\dXx](?!\d)/g;
const MOBILE = /(?<!\d)1[3-9]\d{9}(?!\d)/;

type Found = { name: string; what: 'declared' | 'identity-number' | 'phone' | 'room' };

/**
 * Columns that hold identity numbers, phones or rooms (直接标识符), whatever they were declared to be, in any row and within any text: one such
 * value is enough, because nobody publishes one by intention.
 */
export function findIdentifiers(table: Table): Found[] {
  return table.fields.flatMap(({ name, role, type }, at): Found[] => {
    if (role === 'identifier') return [{ name, what: 'declared' }];
    if (type === 'geometry') return [];
    let filled = 0;
    let phones = 0;
    for (const row of table.rows) {
      const value = row[at];
      if (value === null || value === undefined || value === '' || typeof value === 'boolean') continue;
      // Full-width digits are digits.
      const text = String(value).normalize('NFKC');
      filled += 1;
      for (const [number] of text.matchAll(IDENTITY))
        if (isCitizenId(number, { allowSample: true })) return [{ name, what: 'identity-number' }];
      const phone = isMobile(text);
      if (phone) phones += 1;
      if (table.about !== 'thing' && (phone || MOBILE.test(text))) return [{ name, what: 'phone' }];
      if (table.about === 'person' && ROOM.test(text)) return [{ name, what: 'room' }];
    }
    // A running number may look like a phone now and then; a column of things that are mostly phones holds phones.
    return phones > filled / 2 ? [{ name, what: 'phone' }] : [];
  });
}
