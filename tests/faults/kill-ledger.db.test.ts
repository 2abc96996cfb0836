import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Outcome, Said } from './ledger-child.ts';
import { kill, openPlace, type Place, startChild } from './place.ts';

/*
 * Orders are paid, refunded in part and settled by the provider's bill, while the process with both sides is killed (SIGKILL) at random points.
 * What is lost or doubled would show in the books, in the events, at the provider, or in the comparison of the bill.
 */
/** More for a long run: LEDGER_KILLS=40. */
const KILLS = Number(process.env.LEDGER_KILLS ?? (process.env.TEST_DATABASE_URL ? 2 : 1));
const ORDERS = 4;
/** A kill comes within this time after the process is ready. */
const WITHIN_MS = 900;
let place: Place;
let port: number;

beforeAll(async () => {
  // Notices come back to the port under which the order was placed: it is the same at each start.
  const free = createServer();
  await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
  port = (free.address() as AddressInfo).port;
  await new Promise((resolve) => free.close(resolve));
  place = await openPlace('kill-ledger');
});
afterAll(() => place?.close());

const start = (mode: 'work' | 'bill', kind: Said['kind']) =>
  startChild<Said>({
    place,
    program: 'ledger-child.ts',
    args: [mode, String(port), String(mode === 'work' ? ORDERS : 0)],
    wanted: (said) => said.kind === kind,
  });

async function killedAt(mode: 'work' | 'bill', within: number): Promise<void> {
  const { child } = await start(mode, 'ready');
  await new Promise((resolve) => setTimeout(resolve, Math.floor(Math.random() * within)));
  await kill(child);
}

async function finished(mode: 'work' | 'bill'): Promise<Outcome> {
  const { child, said } = await start(mode, 'done');
  await kill(child);
  if (said.kind !== 'done') throw new Error(said.kind);
  return said.outcome;
}

it(`pays, refunds and settles each order once although the process is killed ${KILLS + 1} times at random points`, async () => {
  for (let n = 0; n < KILLS; n++) await killedAt('work', WITHIN_MS);
  const done = {
    orders: ORDERS,
    paid: ORDERS,
    refunded: ORDERS,
    journals: 2 * ORDERS,
    paidEvents: ORDERS,
    trades: ORDERS,
    refunds: ORDERS,
  };
  expect(await finished('work')).toMatchObject({ ...done, faults: [], differences: 0 });
  await killedAt('bill', WITHIN_MS / 3);
  expect(await finished('bill')).toEqual({
    ...done,
    faults: [],
    differences: 0,
    settled: [
      { account: '1002', fen: ORDERS * 10_000 },
      { account: '1218', fen: 0 },
      { account: '2103', fen: -ORDERS * 10_000 },
    ],
  });
}, 240_000);
