import type { Consumer } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { askBack } from '#platform/ledger/ask-back.ts';
import { cancelOrder, createOrder, type Payer } from '#platform/ledger/order.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import { CASE_MOVED, tellCase } from './case-event.ts';
import { type FeeState, type SubRow, subCases } from './case-row.ts';

const DAYS = 'service.fee.days';
const DAY_MS = 86_400_000;
/** Code of the charge where the catalogue of charges names none (收入项目). */
const CHARGE = 'service-fee';

/** States in which a fee that falls due with the acceptance is asked for. */
const ACCEPTED: ReadonlySet<string> = new Set(['accepted', 'review', 'stopped', 'decided']);
const ENDED: ReadonlySet<string> = new Set(['withdrawn', 'not-accepted']);

/**
 * What a case means for its fees (缴费): an order once it is due, none for what is not handled any more, and what was paid for that is asked back.
 * Who has no account pays at the window.
 */
export async function followFees(options: { db: Db; rows: readonly SubRow[]; now: Date }): Promise<SubRow[]> {
  const { db, rows, now } = options;
  const after: SubRow[] = [];
  for (const row of rows) {
    if (isDue(row)) after.push(await order({ db, row, now }));
    else if ((ENDED.has(row.state) || row.outcome === 'refused') && row.feeOrder !== null)
      after.push(await takeBack({ db, row, now }));
    else after.push(row);
  }
  return after;
}

function isDue({ terms: { fee }, state, outcome, feeState }: SubRow): boolean {
  if (!fee || (feeState !== null && feeState !== 'closed')) return false;
  if (fee.due === 'acceptance' && outcome !== 'refused') return ACCEPTED.has(state);
  return state === 'decided' && outcome === 'granted';
}

async function order({ db, row, now }: { db: Db; row: SubRow; now: Date }): Promise<SubRow> {
  const { fee } = row.terms;
  const payer = await payerOf(db, row);
  if (!fee || !payer) return mark(db, row, { feeOrder: null, feeState: 'window', feeRound: row.feeRound });
  const { amount: days } = await amountAt(db, DAYS, now);
  const round = row.feeRound + 1;
  const title = { zh: `${row.title.zh}：费用`, en: `${row.title.en}: fee` };
  const made = await createOrder(db, {
    subject: row.id,
    key: `${row.id}:${round}`,
    unit: row.unit,
    title,
    payer,
    lines: [{ item: CHARGE, title, amount: BigInt(fee.amount), basis: fee.basis.zh }],
    expiresAt: new Date(now.getTime() + days * DAY_MS),
  });
  const after = await mark(db, row, { feeOrder: made.id, feeState: 'open', feeRound: round });
  tell(db, after, { at: now, kind: 'fee', still: true });
  return after;
}

async function payerOf(db: Db, row: SubRow): Promise<Payer | undefined> {
  const { person, entity } = await db.one<{ person: string | null; entity: string | null }>(
    sql`select applicant_person as person, applicant_entity as entity from service.sub_case where id = ${row.id}::uuid`,
  );
  if (person !== null) return { person };
  return entity === null ? undefined : { entity };
}

/** An item that is not handled any more costs nothing: an open order ends, what was paid is asked back (a head of the unit decides). */
async function takeBack({ db, row, now }: { db: Db; row: SubRow; now: Date }): Promise<SubRow> {
  const { feeOrder } = row;
  if (feeOrder === null) return row;
  if (row.feeState === 'open') {
    await cancelOrder(db, { order: feeOrder });
    return mark(db, row, { ...row, feeState: 'closed' });
  }
  // What was paid for the examination stays with it, whatever comes out.
  if (row.feeState !== 'paid' || !ENDED.has(row.state)) return row;
  await askBack(db, { order: feeOrder, reason: row.state === 'withdrawn' ? '申请人撤回' : '不予受理' });
  const after = await mark(db, row, { ...row, feeState: 'refund' });
  tell(db, after, { at: now, kind: 'refund-asked', still: true });
  return after;
}

async function mark(db: Db, row: SubRow, fee: Pick<SubRow, 'feeOrder' | 'feeState' | 'feeRound'>): Promise<SubRow> {
  const { feeOrder, feeState, feeRound } = fee;
  await db.run(sql`
    update service.sub_case set fee_order = ${feeOrder}::uuid, fee_state = ${feeState}::text, fee_round = ${feeRound}::int where id = ${row.id}::uuid`);
  return { ...row, feeOrder, feeState, feeRound };
}

function tell(db: Db, row: SubRow, entry: { at: Date; kind: string; still?: boolean }): void {
  const data = row.feeOrder === null ? {} : { order: row.feeOrder };
  tellCase(db, { caseId: row.caseId, sub: row, shown: true, data, ...entry });
}

/** What the ledger tells of an order of ours: paid, the case goes on; expired, another one is made where it is still due. */
const orderTold = (of: {
  name: string;
  type: string;
  from: readonly FeeState[];
  to: FeeState;
  kind: string;
}): Consumer => ({
  name: of.name,
  type: of.type,
  handle: async ({ event, db }) => {
    if (event.data.app !== 'service') return;
    const [row] = await subCases(db, sql`s.fee_order = ${event.subject}::uuid for update of s`);
    if (!row?.feeState || !of.from.includes(row.feeState)) return;
    const { now } = await db.one<{ now: Date }>(sql`select kernel.now() as now`);
    tell(db, await mark(db, row, { ...row, feeState: of.to }), { at: now, kind: of.kind, still: true });
    await db.emit({ type: CASE_MOVED, subject: row.caseId, data: { case: row.caseId } });
  },
});

export const feeConsumers: readonly Consumer[] = [
  orderTold({ name: 'fee-paid', type: 'ledger.order.paid', from: ['open'], to: 'paid', kind: 'paid' }),
  orderTold({ name: 'fee-expired', type: 'ledger.order.expired', from: ['open'], to: 'closed', kind: 'fee-expired' }),
  orderTold({
    name: 'fee-refunded',
    type: 'ledger.order.refunded',
    from: ['refund'],
    to: 'refunded',
    kind: 'refunded',
  }),
];
