import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sql } from '#platform/kernel/sql.ts';
import { closePeriod } from './close-period.ts';
import { type FeeHouse, openFeeHouse, UNIT } from './fixtures/house.ts';
import { type Journal, post } from './post.ts';
import { sealJournals, verifyLedger } from './seal.ts';

let house: FeeHouse;
beforeAll(async () => {
  house = await openFeeHouse();
  await house.tx((db) =>
    db.run(sql`
      insert into ledger.account (code, title, side, guarded, source) values ('9901', '{"zh":"额度","en":"Ceiling"}', 'debit', true, 'test'),
        ('9902', '{"zh":"来源","en":"Source"}', 'credit', false, 'test')`),
  );
}, 300_000);
afterAll(() => house?.close());

const tx: FeeHouse['tx'] = (work, module = 'fee-desk') => house.tx(work, module);
let events = 0;
const move = (debit: string, credit: string, fen: bigint, more: Partial<Journal> = {}): Journal => ({
  unit: UNIT,
  event: `event-${(events += 1)}`,
  text: '测试记账',
  entries: [
    { account: debit, control: { year: '2026' }, debit: fen },
    { account: credit, control: { year: '2026' }, credit: fen },
  ],
  ...more,
});
const book = (journal: Journal, module?: string) => tx((db) => post(db, journal), module);
const balance = (account: string, unit = UNIT) =>
  tx((db) =>
    db.first<{ debit: string; credit: string; entries: number }>(
      sql`select sum(debit)::text as debit, sum(credit)::text as credit, sum(entries)::int as entries from ledger.balance where account = ${account} and unit = ${unit}`,
    ),
  );

type Part = { debit: string; credit: string; year: string; fen: bigint };
const entriesOf = (parts: readonly Part[], sign: 1n | -1n): Journal['entries'] =>
  parts.flatMap(({ debit, credit, year, fen }) => [
    { account: debit, control: { year }, debit: sign * fen },
    { account: credit, control: { year }, credit: sign * fen },
  ]);

describe('the books', () => {
  it('book an event once, and refuse it with other content', async () => {
    const journal = move('1002', '2103', 100n);
    const first = await book(journal);
    expect(first.fresh).toBe(true);
    expect(await book(journal)).toEqual({ id: first.id, fresh: false });
    await expect(book({ ...journal, text: '别的内容' })).rejects.toMatchObject({
      spec: { code: 'EVENT_BOOKED_OTHERWISE' },
    });
  });

  it('refuse what does not balance in the journal or in a control key, in words and by raw SQL', async () => {
    const journal = move('1002', '2103', 100n);
    const [debit] = journal.entries;
    const other = { account: '2103', control: { year: '2027' }, credit: 100n };
    for (const entries of [[debit!, { ...other, credit: 90n }], [debit!, other], [debit!]])
      await expect(book({ ...journal, entries })).rejects.toMatchObject({ spec: { code: 'JOURNAL_UNBALANCED' } });
    const raw = tx(async (db) => {
      const { id } = await post(db, move('1002', '2103', 5n));
      await db.run(sql`
        insert into ledger.entry (journal, no, app, unit, red, account, control, side, fen) values (${id}::uuid, 9, 'fee-desk', ${UNIT}, false, '1002', '', 'debit', 7)`);
    });
    await expect(raw).rejects.toMatchObject({ constraint: 'journal_balanced' });
  });

  it('let nobody change or add to what was booked, whatever their rights', async () => {
    const { id } = await book(move('1002', '2103', 100n));
    await expect(
      tx((db) => db.run(sql`update ledger.entry set fen = 1 where journal = ${id}::uuid`)),
    ).rejects.toMatchObject({ code: '42501' });
    await expect(
      tx((db) => db.run(sql`delete from ledger.journal where id = ${id}::uuid`), 'ledger'),
    ).rejects.toMatchObject({ code: '42501' });
    await expect(tx((db) => db.run(sql`update ledger.balance set debit = 0`))).rejects.toMatchObject({ code: '42501' });
    const later = tx((db) =>
      db.run(sql`
        insert into ledger.entry (journal, no, app, unit, red, account, control, side, fen) values (${id}::uuid, 3, 'fee-desk', ${UNIT}, false, '1002', '', 'debit', 7)`),
    );
    await expect(later).rejects.toMatchObject({ constraint: 'entry_with_journal' });
    if (house.admin) {
      await expect(house.admin(`update ledger.entry set fen = 1 where journal = '${id}'`)).rejects.toThrow(
        'insert-only',
      );
      await expect(house.admin('truncate ledger.journal cascade')).rejects.toThrow('insert-only');
    }
  });

  it('keep the books of modules apart', async () => {
    await book(move('1002', '2103', 100n), 'other-desk');
    const seen = await tx((db) => db.rows<{ app: string }>(sql`select distinct app from ledger.journal`));
    expect(seen).toEqual([{ app: 'fee-desk' }]);
    await expect(book(move('1002', '2103', 1n, { app: 'other-desk' }))).rejects.toMatchObject({ code: '42501' });
  });

  it('take back in red what was booked and no more, in parts and together', async () => {
    const { id } = await book(move('1002', '2103', 100n));
    const back = (fen: bigint) => book(move('1002', '2103', -fen, { reverses: id }));
    await back(60n);
    await expect(back(41n)).rejects.toMatchObject({ constraint: 'journal_reversal' });
    const { id: red } = await back(40n);
    await expect(back(1n)).rejects.toMatchObject({ constraint: 'journal_reversal' });
    await expect(book(move('1002', '2103', -1n, { reverses: red }))).rejects.toMatchObject({
      constraint: 'journal_reversal',
    });
    await expect(book(move('1002', '2103', -5n))).rejects.toMatchObject({ spec: { code: 'JOURNAL_UNBALANCED' } });
    expect(await balance('2103')).toMatchObject({ credit: expect.stringMatching(/^\d+$/) });
  });

  it('refuse a month that is closed', async () => {
    const closed = { unit: 'street-310101013', date: '2026-01-31' };
    await book(move('1002', '2103', 100n, closed));
    await tx((db) => closePeriod(db, { unit: closed.unit, month: '2026-01' }));
    await expect(book(move('1002', '2103', 100n, closed))).rejects.toMatchObject({ spec: { code: 'PERIOD_CLOSED' } });
    await book(move('1002', '2103', 100n, { ...closed, date: '2026-02-01' }));
    await book(move('1002', '2103', 100n, { ...closed, unit: UNIT }));
  });

  it('never let a guarded line fall below zero, with 64 bookings at a time', async () => {
    const unit = 'ceiling';
    await book(move('9901', '9902', 1_000n, { unit }));
    const tries = await Promise.allSettled(Array.from({ length: 64 }, () => book(move('9902', '9901', 90n, { unit }))));
    const refused = tries.filter((each) => each.status === 'rejected');
    expect(refused.map(({ reason }) => reason.spec?.code)).toEqual(Array(53).fill('BALANCE_TOO_LOW'));
    expect(await balance('9901', unit)).toMatchObject({ debit: '1000', credit: '990', entries: 12 });
  });

  it('keep every sum at zero and every balance the sum of its entries, whatever is booked', async () => {
    const ACCOUNTS = ['1002', '1218', '2103', '2307', '9901'];
    const part = fc.record({
      debit: fc.constantFrom(...ACCOUNTS),
      credit: fc.constantFrom(...ACCOUNTS),
      year: fc.constantFrom('2025', '2026', '2027'),
      fen: fc.bigInt({ min: 1n, max: 10n ** 12n }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.array(part, { minLength: 1, maxLength: 5 }), fc.boolean()), {
          minLength: 1,
          maxLength: 6,
        }),
        async (journals) => {
          for (const [parts, back] of journals) {
            const made = await book(move('', '', 0n, { entries: entriesOf(parts, 1n), unit: 'random' })).catch(
              (error: { spec?: { code: string } }) => {
                expect(error.spec?.code).toBe('BALANCE_TOO_LOW');
              },
            );
            if (made && back)
              await book(
                move('', '', 0n, {
                  unit: 'random',
                  reverses: made.id,
                  entries: entriesOf(parts, -1n),
                }),
              ).catch((error: { spec?: { code: string } }) => expect(error.spec?.code).toBe('BALANCE_TOO_LOW'));
          }
        },
      ),
      { numRuns: 25, seed: 310101 },
    );
    const off = await tx((db) =>
      db.rows(
        sql`select control, sum(debit) - sum(credit) as off from ledger.balance group by app, unit, control having sum(debit) <> sum(credit)`,
      ),
    );
    expect(off).toEqual([]);
    expect(await verifyLedger(house.services)).toEqual([]);
  });

  it('chain the journals, and find one that was changed by whoever owns the database', async () => {
    // A transaction of somebody else on the server may hold the watermark back for a moment.
    const sealed = () =>
      vi.waitFor(async () => {
        await sealJournals(house.services);
        const open = sql`select id from ledger.journal except select left(unnest(journals), 36)::uuid from ledger.seal`;
        expect(await tx((db) => db.rows(open), 'ledger')).toEqual([]);
      }, 20_000);
    await sealed();
    await Promise.all(Array.from({ length: 8 }, () => book(move('1002', '2103', 7n))));
    await sealed();
    expect(await verifyLedger(house.services)).toEqual([]);
    if (!house.admin) return;
    const { id } = await book(move('1002', '2103', 7n));
    await sealed();
    const change = (text: string) =>
      house.admin?.(
        `set session_replication_role = replica; update ledger.journal set text = '${text}' where id = '${id}'`,
      );
    await change('改动');
    expect(await verifyLedger(house.services)).toEqual([
      `journal ${id} says something else than when it was booked`,
      `journal ${id} is not what was sealed`,
    ]);
    await change('测试记账');
    expect(await verifyLedger(house.services)).toEqual([]);
  });
});
