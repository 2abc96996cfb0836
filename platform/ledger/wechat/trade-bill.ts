import { parse } from 'csv-parse/sync';
import { parseMoney } from '#platform/kernel/money.ts';
import { type BillRow, OutcomeUnknown } from '../payment-channel.ts';

/** Columns that are read, by the names of the first line: their order is not promised (交易账单). */
const COLUMNS = [
  '交易时间',
  '微信订单号',
  '商户订单号',
  '交易状态',
  '微信退款单号',
  '商户退款单号',
  '退款状态',
  '手续费',
  '订单金额',
  '申请退款金额',
] as const;
type Column = (typeof COLUMNS)[number];

/** The bill is not what the provider documents: nothing of it is believed. */
export class BillBroken extends OutcomeUnknown {
  override name = 'BillBroken';
}

/**
 * Reads the trade bill (交易账单) of a day: a line of names, a line for each payment and each refund, every cell behind a grave accent, then
 * names and values of the totals. Amounts are yuan. Throws `BillBroken` if a column is missing or the totals do not fit the rows.
 */
export function readTradeBill(csv: string): BillRow[] {
  const lines = parse(csv.replace(/^\ufeff/, ''), { relax_column_count: true, skip_empty_lines: true }) as string[][];
  const [names = [], ...rest] = lines;
  for (const column of COLUMNS) if (!names.includes(column)) throw new BillBroken(`the bill has no column ${column}`);
  const split = rest.findIndex(([first = '']) => first === '总交易单数');
  const totals = rest[split + 1];
  if (split < 0 || totals === undefined || rest.length !== split + 2) throw new BillBroken('the bill has no totals');
  const rows = rest.slice(0, split).map((cells, at) => rowOf(cells, names, at + 2));
  const [count = ''] = totals.map(bare);
  if (Number(count) !== rows.length) throw new BillBroken(`the bill has ${rows.length} rows and says ${count}`);
  assertSum(rows, 'payment', totals, rest[split] ?? [], '订单总金额');
  assertSum(rows, 'refund', totals, rest[split] ?? [], '申请退款总金额');
  return rows;
}

function rowOf(cells: readonly string[], names: readonly string[], line: number): BillRow {
  const cell = (column: Column): string => bare(cells[names.indexOf(column)] ?? '');
  const amount = (column: Column): bigint => {
    const fen = parseMoney(cell(column));
    if (fen === undefined) throw new BillBroken(`line ${line}: ${column} is no amount`);
    return fen;
  };
  const at = new Date(`${cell('交易时间').replace(' ', 'T')}+08:00`);
  if (Number.isNaN(at.getTime())) throw new BillBroken(`line ${line}: 交易时间 is no time`);
  const state = cell('交易状态');
  const common = { fee: amount('手续费'), at };
  if (state === 'SUCCESS')
    return {
      ...common,
      kind: 'payment',
      number: cell('商户订单号'),
      reference: cell('微信订单号'),
      state,
      amount: amount('订单金额'),
    };
  if (state === 'REFUND' || state === 'REVOKED')
    return {
      ...common,
      kind: 'refund',
      number: cell('商户退款单号'),
      reference: cell('微信退款单号'),
      state: cell('退款状态'),
      amount: amount('申请退款金额'),
    };
  throw new BillBroken(`line ${line}: 交易状态 ${state} is not known`);
}

function assertSum(
  rows: readonly BillRow[],
  kind: BillRow['kind'],
  totals: readonly string[],
  names: readonly string[],
  name: string,
) {
  const at = names.indexOf(name);
  const said = at < 0 ? undefined : parseMoney(bare(totals[at] ?? ''));
  const sum = rows.reduce((all, row) => (row.kind === kind ? all + row.amount : all), 0n);
  if (said !== sum) throw new BillBroken(`${name} does not fit the rows`);
}

/** A cell without the grave accent that keeps spreadsheets from rounding it. */
const bare = (cell: string): string => cell.replace(/^`/, '').trim();
