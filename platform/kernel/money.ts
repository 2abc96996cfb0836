/** Money (金额) in renminbi: a `bigint` of fen (分), never a float. */

/** An amount in fen. */
export type Fen = bigint;

/** Units in which a file may state amounts: yuan 元, ten thousand 万元, hundred million 亿元. */
export type MoneyUnit = '元' | '万元' | '亿元';

const DECIMALS: Readonly<Record<MoneyUnit, number>> = { 元: 2, 万元: 6, 亿元: 10 };
const AMOUNT = /^([+-]?)(?:[¥￥]|RMB)?([+-]?)([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]+))?(元|万元|亿元|万|亿)?$/;

/**
 * Reads `1,234.50`, `¥1234.5`, `1234元`, `50万元`; half width. `unit` holds where the text names none. `undefined` if it is no
 * amount or has a part below one fen: nothing is rounded in silence.
 */
export function parseMoney(input: string, options: { readonly unit?: MoneyUnit } = {}): Fen | undefined {
  const parts = AMOUNT.exec(input.replace(/\s+/g, ''));
  if (parts === null) return undefined;
  const [, before = '', behind = '', whole = '', fraction = '', named] = parts;
  if (before !== '' && behind !== '') return undefined;
  const unit: MoneyUnit =
    named === '万' || named === '万元'
      ? '万元'
      : named === '亿' || named === '亿元'
        ? '亿元'
        : named === '元'
          ? '元'
          : (options.unit ?? '元');
  const decimals = DECIMALS[unit];
  const kept = fraction.slice(0, decimals).padEnd(decimals, '0');
  if (/[1-9]/.test(fraction.slice(decimals))) return undefined;
  const value = BigInt(whole.replaceAll(',', '') + kept);
  return before === '-' || behind === '-' ? -value : value;
}

/** `1234.50`, or `1,234.50` with `group`, or `¥1,234.50` with `symbol`. Always two decimals. */
export function formatMoney(fen: Fen, options: { readonly group?: boolean; readonly symbol?: boolean } = {}): string {
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0');
  const whole = digits.slice(0, -2);
  const yuan = options.group === true || options.symbol === true ? whole.replace(/\B(?=(?:[0-9]{3})+$)/g, ',') : whole;
  return `${fen < 0n ? '-' : ''}${options.symbol === true ? '¥' : ''}${yuan}.${digits.slice(-2)}`;
}

/**
 * Splits an amount by weights so that the parts add up to it exactly: each part gets its floor, the fen left over go to the
 * largest remainders, the earlier one first. RangeError if there is no positive weight or one is negative.
 */
export function splitMoney(total: Fen, weights: readonly (bigint | number)[]): Fen[] {
  const shares = weights.map((weight) => BigInt(weight));
  const sum = shares.reduce((all, share) => all + share, 0n);
  if (sum <= 0n || shares.some((share) => share < 0n)) throw new RangeError('weights must be >= 0 with a positive sum');
  const amount = total < 0n ? -total : total;
  const parts = shares.map((share) => (amount * share) / sum);
  const rest = Number(amount - parts.reduce((all, part) => all + part, 0n));
  const order = shares
    .map((share, index) => ({ index, remainder: (amount * share) % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of order.slice(0, rest)) parts[index] = (parts[index] ?? 0n) + 1n;
  return total < 0n ? parts.map((part) => -part) : parts;
}

/** `amount × numerator / denominator`, half a fen rounded away from zero (四舍五入). RangeError if the denominator is not positive. */
export function timesRatio(amount: Fen, numerator: bigint, denominator: bigint): Fen {
  if (denominator <= 0n) throw new RangeError('denominator must be positive');
  const product = amount * numerator;
  const half = product < 0n ? -denominator : denominator;
  return (product * 2n + half) / (denominator * 2n);
}
