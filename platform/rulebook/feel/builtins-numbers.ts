import type { Decimal as Base } from 'decimal.js';
import { builtin } from './define.ts';
import { daysTime, yearsMonths } from './temporal.ts';
import { Decimal, type DaysTime, type Value, type YearsMonths } from './values.ts';

/** Numeric functions (10.3.4.5). */
const SCALE_LEAST = -6111;
const SCALE_MOST = 6176;

const rounded =
  (mode: Base.Rounding) =>
  (n: Decimal, scale?: Decimal): Value => {
    const places = scale?.trunc().toNumber() ?? 0;
    if (places < SCALE_LEAST || places > SCALE_MOST) return null;
    if (places >= 0) return n.toDecimalPlaces(Math.min(places, 6176), mode);
    const unit = new Decimal(10).pow(-places);
    return n.div(unit).toDecimalPlaces(0, mode).mul(unit);
  };

export const NUMBERS = [
  builtin('decimal', { '(n: number, scale: number)': rounded(Decimal.ROUND_HALF_EVEN) }),
  builtin('floor', {
    '(n: number)': rounded(Decimal.ROUND_FLOOR),
    '(n: number, scale: number)': rounded(Decimal.ROUND_FLOOR),
  }),
  builtin('ceiling', {
    '(n: number)': rounded(Decimal.ROUND_CEIL),
    '(n: number, scale: number)': rounded(Decimal.ROUND_CEIL),
  }),
  builtin('round up', { '(n: number, scale: number)': rounded(Decimal.ROUND_UP) }),
  builtin('round down', { '(n: number, scale: number)': rounded(Decimal.ROUND_DOWN) }),
  builtin('round half up', { '(n: number, scale: number)': rounded(Decimal.ROUND_HALF_UP) }),
  builtin('round half down', { '(n: number, scale: number)': rounded(Decimal.ROUND_HALF_DOWN) }),
  builtin('abs', {
    '(n: number)': (n: Decimal) => n.abs(),
    '(n: ymd)': (n: YearsMonths) => yearsMonths(Math.abs(n.months)),
    '(n: dtd)': (n: DaysTime) => daysTime(n.nanos < 0n ? -n.nanos : n.nanos),
  }),
  builtin('modulo', {
    '(dividend: number, divisor: number)': (a: Decimal, b: Decimal) =>
      b.isZero() ? null : a.sub(b.mul(a.div(b).floor())),
  }),
  builtin('sqrt', { '(number: number)': (n: Decimal) => (n.isNeg() && !n.isZero() ? null : n.sqrt()) }),
  builtin('log', { '(number: number)': (n: Decimal) => (n.gt(0) ? n.ln() : null) }),
  builtin('exp', { '(number: number)': (n: Decimal) => n.exp() }),
  builtin('odd', { '(number: number)': (n: Decimal) => (n.isInteger() ? !n.mod(2).isZero() : null) }),
  builtin('even', { '(number: number)': (n: Decimal) => (n.isInteger() ? n.mod(2).isZero() : null) }),
];
