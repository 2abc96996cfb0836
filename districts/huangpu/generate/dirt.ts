/** Plants faults of known kinds at the rates of `baseline.json`; every planted fault is written to the truth. */
import type { Random } from './random.ts';
import type { Row } from './writers.ts';

/** Faults that a check of one row, or of the file, can see. */
export type VisibleFault =
  | 'wrong-check-digit'
  | 'impossible-date'
  | 'swapped-columns'
  | 'missing-name'
  | 'unknown-building'
  | 'bad-phone'
  | 'duplicate-row'
  | 'shared-id';
/** Variants that a standardiser must undo: the row is valid. */
export type HiddenFault = 'full-width-digits' | 'trailing-spaces' | 'name-variant' | 'lower-case-x';
export type Fault = VisibleFault | HiddenFault;

/** Which column of a department's file plays which part; a missing part gets no fault of that kind. */
export interface Roles {
  id?: string;
  name?: string;
  birth?: string;
  phone?: string;
  building?: string;
  address?: string;
}

/** ASCII letters and digits in their full-width form 全角. */
export function toFullWidth(text: string): string {
  return text.replace(/[0-9A-Za-z]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
}

/** Same text with another last character, so that a check character no longer fits. */
export function breakCheck(id: string): string {
  const last = id.at(-1) ?? '';
  return id.slice(0, -1) + (last === '5' ? '6' : '5');
}

export function createDirt({
  random,
  rates,
}: {
  random: Random;
  rates: Readonly<Record<string, number>>;
}): (row: Row, roles: Roles) => { row: Row; faults: Fault[]; twice: boolean } {
  const previous = new Map<string, string>();
  const text = (row: Row, column: string | undefined): string =>
    column === undefined ? '' : String(row[column] ?? '');
  return (given, roles) => {
    const row = { ...given };
    const faults: Fault[] = [];
    const plant = (fault: Fault, column: string | undefined, change: (value: string) => string): void => {
      const hit = random.chance(rates[fault] ?? 0);
      const before = text(row, column);
      if (!hit || column === undefined || before === '') return;
      const after = change(before);
      if (after === before) return;
      row[column] = after;
      faults.push(fault);
    };
    plant('lower-case-x', roles.id, (value) => value.replace(/X$/, 'x'));
    plant('full-width-digits', roles.address ?? roles.phone, toFullWidth);
    plant('trailing-spaces', roles.name, (value) => `${value}${random.chance(0.3) ? '\u3000' : '  '}`);
    plant('name-variant', roles.name, (value) => (value.length === 2 ? `${value[0]} ${value[1]}` : value));
    // At most one fault a row that spoils it, so that a report can be compared one to one.
    const spoil = random.next();
    const spoilers: [Fault, string | undefined, (value: string) => string][] = [
      ['wrong-check-digit', roles.id, breakCheck],
      ['impossible-date', roles.birth, (value) => `${value.slice(0, 4)}-02-30`],
      ['missing-name', roles.name, () => ''],
      ['bad-phone', roles.phone, (value) => value.slice(0, 7)],
      ['unknown-building', roles.building, () => '310101999B99999'],
      ['swapped-columns', roles.name, (value) => value],
      ['shared-id', roles.id, (value) => previous.get(roles.id ?? '') ?? value],
    ];
    let upTo = 0;
    for (const [fault, column, change] of spoilers) {
      upTo += rates[fault] ?? 0;
      if (spoil >= upTo) continue;
      if (column !== undefined && text(row, column) !== '') {
        const before = text(row, column);
        if (fault === 'swapped-columns' && roles.id !== undefined) {
          row[column] = row[roles.id];
          row[roles.id] = before;
          faults.push(fault);
        } else if (change(before) !== before) {
          row[column] = change(before);
          faults.push(fault);
        }
      }
      break;
    }
    if (roles.id !== undefined && faults.length === 0) previous.set(roles.id, text(given, roles.id));
    return { row, faults, twice: random.chance(rates['duplicate-row'] ?? 0) };
  };
}
