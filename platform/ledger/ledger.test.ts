import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartFaults, readChart } from './chart.ts';
import { compareBill, type Ours } from './compare-bill.ts';
import { controlKey } from './control-key.ts';
import { BANK, controlOf, takeFrom, TO_PAYER, TO_TREASURY, UNDER_WAY } from './fee-accounts.ts';
import { luhn } from './order.ts';
import type { BillRow } from './payment-channel.ts';

describe('the chart', () => {
  it('ships with what fees need', () => {
    const codes = readChart().accounts.map(({ code }) => code);
    for (const code of [BANK, UNDER_WAY, TO_TREASURY, TO_PAYER]) expect(codes).toContain(code);
  });

  it('is refused at the start with what is wrong in it', () => {
    const account = { code: '1002', title: { zh: '银行存款', en: 'Bank' }, side: 'debit', guarded: false };
    const faults = (accounts: unknown) => chartFaults({ source: 'x', accounts });
    expect(faults([account])).toEqual([]);
    expect(faults([account, account])).toEqual(['1002: stands twice']);
    expect(faults([{ ...account, code: '10a' }])).toEqual(['10a: a code has 4 to 12 digits']);
    expect(faults([{ ...account, side: 'left', guarded: undefined, title: { zh: '' } }])).toHaveLength(3);
    expect(chartFaults({})).toEqual(['the chart names no source']);
    expect(faults([])).toEqual(['the chart has no accounts']);
  });
});

describe('a control key', () => {
  it('is one text for one meaning, and is read back', () => {
    expect(controlKey({ item: '1030427', year: '2026' })).toBe('year=2026;item=1030427');
    expect(controlOf('year=2026;item=1030427')).toEqual({ year: '2026', item: '1030427' });
    expect(controlOf(controlKey({}))).toEqual({});
    for (const item of ['', 'a;b', 'a=b', ' a', 'a\n']) expect(() => controlKey({ item })).toThrow(RangeError);
  });
});

describe('an order number', () => {
  it('shows every wrong digit', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 10n ** 17n, max: 10n ** 18n - 1n }),
        fc.nat(18),
        fc.integer({ min: 1, max: 9 }),
        (body, at, by) => {
          const no = `${body}${luhn(String(body))}`;
          const wrong = `${no.slice(0, at)}${(Number(no[at]) + by) % 10}${no.slice(at + 1)}`;
          expect(luhn(wrong.slice(0, -1))).not.toBe(Number(wrong.at(-1)));
        },
      ),
    );
  });
});

describe('a refund in parts', () => {
  it('takes exactly its amount and leaves no part below zero', () => {
    const parts = fc.array(fc.bigInt({ min: 1n, max: 10n ** 9n }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(parts, fc.bigInt({ min: 1n, max: 10n ** 10n }), (fens, amount) => {
        const all = fens.map((fen, at) => ({ control: { item: String(at) }, fen }));
        const sum = fens.reduce((a, b) => a + b, 0n);
        if (amount > sum) return void expect(() => takeFrom(all, amount)).toThrow(RangeError);
        const taken = takeFrom(all, amount);
        expect(taken.reduce((a, { fen }) => a + fen, 0n)).toBe(amount);
        for (const { control, fen } of taken) expect(fen > 0n && fen <= (fens[Number(control.item)] ?? 0n)).toBe(true);
      }),
    );
  });
});

describe('the comparison of a bill', () => {
  const at = new Date('2026-11-25T02:00:00Z');
  const row = fc.record({
    kind: fc.constantFrom('payment' as const, 'refund' as const),
    number: fc.constantFrom(...'abcdefgh'),
    amount: fc.bigInt({ min: 1n, max: 3n }),
    state: fc.constantFrom('SUCCESS', 'SUCCESS', 'PROCESSING'),
  });
  const mine = fc.record({
    kind: fc.constantFrom('payment' as const, 'refund' as const),
    number: fc.constantFrom(...'abcdefgh'),
    amount: fc.bigInt({ min: 1n, max: 3n }),
    done: fc.boolean(),
  });
  const key = ({ kind, number }: { kind: string; number: string }) => `${kind} ${number}`;

  it('puts every row into one list and explains everything that does not agree', () => {
    fc.assert(
      fc.property(fc.uniqueArray(row, { selector: key }), fc.uniqueArray(mine, { selector: key }), (theirs, ours) => {
        const rows: BillRow[] = theirs.map((each) => ({ ...each, reference: each.number, fee: 0n, at }));
        const { matched, late, differences } = compareBill({ rows, ours: ours as Ours[] });
        const own = new Map(ours.map((each) => [key(each), each]));
        for (const each of rows) {
          const found = own.get(key(each));
          const same = found !== undefined && found.amount === each.amount && each.state === 'SUCCESS';
          expect(matched.includes(each)).toBe(same && found.done);
          expect(late.includes(each)).toBe(same && !found.done);
          const told = differences.filter((one) => one.subject === each.kind && one.number === each.number);
          expect(told).toHaveLength(same && found.done ? 0 : 1);
        }
        const there = new Set(rows.map(key));
        const gone = ours.filter((each) => each.done && !there.has(key(each))).map(({ number }) => number);
        expect(
          differences
            .filter(({ kind }) => kind === 'missing-there')
            .map(({ number }) => number)
            .sort(),
        ).toEqual(gone.sort());
      }),
    );
  });
});
