import { createHash } from 'node:crypto';
import type { Services } from '#platform/kernel/app.ts';
import { addDays, shanghaiDate, shanghaiDateTime } from '#platform/kernel/dates.ts';
import { formatMoney } from '#platform/kernel/money.ts';
import { sql } from '#platform/kernel/sql.ts';
import { befallen, within } from './faults.ts';
import { merchantOf } from './merchant.ts';
import { REFUND, type Refund } from './refunds.ts';
import { type Answer, refusal, TRADE, type Trade } from './trades.ts';

const HEAD =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,' +
  '退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
const FOOT = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';
/** The bill of a day is there from this hour of the next one. */
const READY_HOUR = 10;

/** 申请交易账单: where the bill lies and its digest. */
export async function announceBill(services: Services, day: string, address: (day: string) => string): Promise<Answer> {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return refusal(400, 'PARAM_ERROR', '账单日期格式不正确');
  const now = services.clock.now();
  const yesterday = addDays(shanghaiDate(now), -1);
  const hour = Number(shanghaiDateTime(now).slice(11, 13));
  if (day > yesterday) return refusal(400, 'INVALID_REQUEST', '账单日期须早于今天');
  if (day === yesterday && hour < READY_HOUR) return refusal(400, 'STATEMENT_CREATING', '账单生成中');
  const csv = await billOf(services, day);
  if (csv === undefined) return refusal(400, 'NO_STATEMENT_EXIST', '账单文件不存在');
  return {
    status: 200,
    body: { hash_type: 'SHA1', hash_value: createHash('sha1').update(csv).digest('hex'), download_url: address(day) },
  };
}

/** The bill as it was announced; made once, so that both are the same. Undefined for a day without trade. */
export async function billOf(services: Services, day: string): Promise<string | undefined> {
  const kept = bills.get(services.database)?.get(day);
  if (kept !== undefined) return kept;
  const csv = await made(services, day);
  if (csv !== undefined) {
    const days = bills.get(services.database) ?? new Map<string, string>();
    bills.set(services.database, days.set(day, csv));
  }
  return csv;
}
const bills = new WeakMap<Services['database'], Map<string, string>>();

async function made(services: Services, day: string): Promise<string | undefined> {
  const { merchant } = await merchantOf(services);
  return within(services, async (db) => {
    const on = sql`success_time >= ${day}::date::timestamp at time zone 'Asia/Shanghai' and success_time < (${day}::date + 1)::timestamp at time zone 'Asia/Shanghai'`;
    const trades = await db.rows<Trade>(
      sql`select ${TRADE} from pay_simulator.trade where ${on} order by success_time`,
    );
    const refunds = await db.rows<Refund & { total: string; transaction_id: string; description: string }>(sql`
      select r.*, t.total::text as total, t.transaction_id, t.description from (select ${REFUND} from pay_simulator.refund where ${on}) r
      join pay_simulator.trade t using (out_trade_no) order by r.success_time`);
    const { merchantId, appId } = merchant;
    const common = (at: Date | null, title: string) => ({
      交易时间: stamp(at),
      公众账号ID: appId,
      商户号: merchantId,
      特约商户号: '0',
      用户标识: 'sample-payer',
      交易类型: 'NATIVE',
      付款银行: 'OTHERS',
      货币种类: 'CNY',
      商品名称: title,
      手续费: '0.00000',
      费率: '0.00%',
    });
    const lines: string[][] = [];
    let paid = 0n;
    let back = 0n;
    for (const trade of trades) {
      const wrong = await befallen(db, { number: trade.out_trade_no, kinds: ['bill-drop', 'bill-amount'] });
      if (wrong?.kind === 'bill-drop') continue;
      const fen = BigInt(trade.total) + (wrong ? 1n : 0n);
      paid += fen;
      lines.push(
        lineOf({
          ...common(trade.success_time, trade.description),
          微信订单号: trade.transaction_id ?? '',
          商户订单号: trade.out_trade_no,
          交易状态: 'SUCCESS',
          应结订单金额: formatMoney(fen),
          订单金额: formatMoney(fen),
        }),
      );
    }
    for (const refund of refunds) {
      back += BigInt(refund.amount);
      lines.push(
        lineOf({
          ...common(refund.success_time, refund.description),
          微信订单号: refund.transaction_id,
          商户订单号: refund.out_trade_no,
          交易状态: 'REFUND',
          微信退款单号: refund.refund_id,
          商户退款单号: refund.out_refund_no,
          退款金额: formatMoney(BigInt(refund.amount)),
          退款类型: 'ORIGINAL',
          退款状态: refund.status,
          申请退款金额: formatMoney(BigInt(refund.amount)),
        }),
      );
    }
    if (lines.length === 0) return undefined;
    const sums = [
      String(lines.length),
      formatMoney(paid),
      formatMoney(back),
      '0.00',
      '0.00000',
      formatMoney(paid),
      formatMoney(back),
    ];
    return `\ufeff${[HEAD, ...lines.map(ticked), FOOT, ticked(sums)].join('\r\n')}\r\n`;
  });
}

/** A line in the order of the head; an amount that is not named is nothing. */
function lineOf(cells: Record<string, string>): string[] {
  return HEAD.split(',').map((name) => cells[name] ?? (name.endsWith('金额') ? '0.00' : ''));
}

/** Every cell behind a grave accent, so that spreadsheets keep its digits. */
const ticked = (cells: readonly string[]): string =>
  cells.map((cell) => `\`${cell.replaceAll(/[,\r\n"]/g, ' ')}`).join(',');
const stamp = (at: Date | null): string => (at === null ? '' : shanghaiDateTime(at));
