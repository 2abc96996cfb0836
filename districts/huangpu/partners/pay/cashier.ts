import { formatMoney } from '#platform/kernel/money.ts';
import { FAULTS, type Fault } from './faults.ts';
import type { Trade } from './trades.ts';

/** A page of its own without script; colours are the system's. */
export const CASHIER_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const STYLE = `
  :root { color-scheme: light dark; font: 100%/1.6 system-ui, sans-serif }
  body { margin: 0; background: Canvas; color: CanvasText }
  main { max-width: 26rem; margin: 0 auto; padding: 1.5rem 1rem }
  .badge { display: inline-block; border: 1px solid; border-radius: 0.25rem; padding: 0 0.5rem; font-size: 0.875rem }
  .amount { font-size: 2.25rem; font-variant-numeric: tabular-nums; margin: 0.5rem 0 }
  form { display: grid; gap: 0.75rem; margin-top: 1.5rem }
  button, select { font: inherit; min-height: 2.75rem; width: 100%; box-sizing: border-box }
  small { display: block }`;

/** What can be told to befall the notice. */
const CHOICES: Record<Extract<Fault, 'delay' | 'duplicate' | 'drop' | 'bad-signature' | 'wrong-amount'>, string> = {
  delay: '延迟 30 秒 Delayed by 30 s',
  duplicate: '重复三次 Sent three times',
  drop: '丢失 Lost',
  'bad-signature': '首次签名错误 First one badly signed',
  'wrong-amount': '金额错误 Wrong amount',
};

/** The fault that a form names, if it is one of those on the page. */
export function chosenFault(value: string | null): Fault | undefined {
  return FAULTS.find((fault) => fault === value && Object.hasOwn(CHOICES, fault));
}

/** The cashier (收银台) of the sample: a person pays or goes away. */
export function cashierPage(trade: Trade, now: Date): string {
  const open = trade.state === 'NOTPAY' && trade.expires_at > now;
  const state =
    trade.state === 'NOTPAY'
      ? open
        ? '待支付 To be paid'
        : '已超时 Too late'
      : trade.state === 'CLOSED'
        ? '已关闭 Closed'
        : '已支付 Paid';
  const options = Object.entries(CHOICES).map(([value, text]) => `<option value="${value}">${text}</option>`);
  const forms = `
    <form method="post" action="${trade.token}/pay">
      <label>支付后通知 What befalls the notice
        <select name="fault"><option value="">正常送达 Arrives as it should</option>${options.join('')}</select></label>
      <button>确认支付 Pay</button>
    </form>
    <form method="post" action="${trade.token}/cancel"><button>取消 Do not pay</button></form>`;
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>样例收银台</title><style>${STYLE}</style></head>
<body><main>
  <p class="badge">样例 Sample</p>
  <h1>样例收银台<small>Sample cashier: no money moves</small></h1>
  <p>${escaped(trade.description)}</p>
  <p class="amount">${formatMoney(BigInt(trade.total), { symbol: true })}</p>
  <p role="status">${state}</p>
  ${open ? forms : '<p>请回到缴费页面。<br>Go back to the page where you came from.</p>'}
</main></body></html>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
