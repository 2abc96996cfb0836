import { offsetAt, NANOS_A_SECOND } from './temporal.ts';
import { type FeelDate, type FeelTime, isContext, isList, isNumber, type Value } from './values.ts';

const two = (n: number): string => String(n).padStart(2, '0');

/** Text of a value as `string()` gives it (10.3.4.1); texts inside lists and contexts stand in quotes. */
export function textOf(value: Value, inside = false): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return inside ? JSON.stringify(value) : value;
  if (typeof value === 'boolean') return String(value);
  if (isNumber(value)) return value.toFixed();
  if (isList(value)) return `[${value.map((item) => textOf(item, true)).join(', ')}]`;
  if (isContext(value)) return `{${[...value].map(([key, v]) => `${keyText(key)}: ${textOf(v, true)}`).join(', ')}}`;
  const text = plainText(value as Exclude<typeof value, ReadonlyMap<string, Value> | readonly Value[]>);
  return text;
}

const keyText = (key: string): string => (/[{}[\],:"]/.test(key) ? JSON.stringify(key) : key);

function plainText(
  value: Exclude<Value, null | boolean | string | ReadonlyMap<string, Value> | readonly Value[] | { d: number[] }>,
): string {
  if (isNumber(value)) return value.toFixed();
  switch (value.kind) {
    case 'date':
      return dateText(value);
    case 'time':
      return timeText(value);
    case 'date and time':
      return `${dateText(value.date)}T${timeText(value.time, value.date)}`;
    case 'years and months duration': {
      const months = Math.abs(value.months);
      const [y, m] = [Math.floor(months / 12), months % 12];
      return `${value.months < 0 ? '-' : ''}P${y ? `${y}Y` : ''}${m || !y ? `${m}M` : ''}`;
    }
    case 'days and time duration': {
      const nanos = value.nanos < 0n ? -value.nanos : value.nanos;
      const seconds = nanos / BigInt(NANOS_A_SECOND);
      const fraction = String(nanos % BigInt(NANOS_A_SECOND))
        .padStart(9, '0')
        .replace(/0+$/, '');
      const [d, h, m, s] = [seconds / 86_400n, (seconds / 3600n) % 24n, (seconds / 60n) % 60n, seconds % 60n];
      const clock = `${h ? `${h}H` : ''}${m ? `${m}M` : ''}${s || fraction ? `${s}${fraction ? `.${fraction}` : ''}S` : ''}`;
      const body = `${d ? `${d}D` : ''}${clock ? `T${clock}` : ''}`;
      return `${value.nanos < 0n ? '-' : ''}P${body || 'T0S'}`;
    }
    case 'range': {
      const [a, b] = [textOf(value.start, true), textOf(value.end, true)];
      if (value.operator) return `${value.operator} ${value.start === null ? b : a}`;
      return `${value.startIncluded ? '[' : '('}${a}..${b}${value.endIncluded ? ']' : ')'}`;
    }
    case 'function':
      return `function(${value.params.map(({ name }) => name).join(', ')})`;
  }
}

function dateText({ year, month, day }: FeelDate): string {
  const y = `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}`;
  return `${y}-${two(month)}-${two(day)}`;
}

function timeText(time: FeelTime, date?: FeelDate): string {
  const seconds = Math.floor(time.nanos / NANOS_A_SECOND);
  const fraction = String(time.nanos % NANOS_A_SECOND)
    .padStart(9, '0')
    .replace(/0+$/, '');
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${fraction && `.${fraction}`}`;
  if (time.zone !== null) return `${clock}@${time.zone}`;
  const offset = offsetAt(time, date);
  if (offset === null) return clock;
  if (offset === 0) return `${clock}Z`;
  const [h, m, s] = [
    Math.floor(Math.abs(offset) / 3600),
    Math.floor(Math.abs(offset) / 60) % 60,
    Math.abs(offset) % 60,
  ];
  return `${clock}${offset < 0 ? '-' : '+'}${two(h)}:${two(m)}${s ? `:${two(s)}` : ''}`;
}
