import { DIMENSIONS } from '../codes.ts';
import { firstDay, lastDay } from '../period.ts';
import { SdmxError, syntax } from './errors.ts';
import { AGENCY, ATTRIBUTES, type AttributeId, FLOW, MEASURE, STRUCTURE, TIME, VERSION } from './model.ts';

/** One condition on a component: alternatives (comma), each a conjunction (plus) of operator and value. */
export type Condition = readonly { op: Operator; value: string }[];
export type Filter = { component: string; any: readonly Condition[] };
const OPERATORS = ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'co', 'nc', 'sw', 'ew'] as const;
export type Operator = (typeof OPERATORS)[number];

/** A data query, whichever version of the interface it came by. */
export type DataQuery = {
  /** Keys: for each dimension the codes, undefined = all. Any key may match. Empty = everything. */
  keys: readonly (readonly (readonly string[] | undefined)[])[];
  filters: readonly Filter[];
  updatedAfter?: Date;
  asOf?: Date;
  firstN?: number;
  lastN?: number;
  history: boolean;
  at: string;
  attributes: ReadonlySet<AttributeId>;
  measure: boolean;
  /** Series keys without observations. */
  seriesOnly: boolean;
  offset: number;
  limit?: number;
};

export type Query = Readonly<Record<string, string | string[] | undefined>>;
const DIMENSION_IDS: readonly string[] = DIMENSIONS.map(({ id }) => id);
const COMPONENTS = [...DIMENSION_IDS, TIME, MEASURE, ...ATTRIBUTES.map(({ id }) => id)];
const MOST_KEYS = 500;

function once(query: Query, name: string): string | undefined {
  const value = query[name];
  if (Array.isArray(value)) throw syntax(`参数 ${name} 只能出现一次`, `parameter ${name} may be given once`);
  return value;
}

/** `/data/{context}/{agencyID}/{resourceID}/{version}/{key}` of SDMX REST 2.x, each part possibly absent or a wildcard. */
export function readV2(parts: readonly string[], query: Query): DataQuery {
  if (parts.length > 5) throw syntax('路径过长', 'the path has too many parts');
  const [context = '*', agency = '*', resource = '*', version = '*', key = '*'] = parts.map((part) => part || '*');
  const contexts = context.split(',');
  const allowed = ['*', 'dataflow', 'datastructure', 'provisionagreement'];
  if (contexts.some((c) => !allowed.includes(c)))
    throw syntax(`不认识的上下文 ${context}`, `unknown context ${context}`);
  const has = (list: string, id: string): boolean => list.split(',').some((each) => each === '*' || each === id);
  const flow =
    (has(context, 'dataflow') && has(resource, FLOW)) || (has(context, 'datastructure') && has(resource, STRUCTURE));
  if (!has(agency, AGENCY) || !flow || !version.split(',').some(versionMatches)) throw nothing();
  const filters = Object.entries(query).flatMap(([name, value]) => {
    const found = /^c\[([A-Za-z0-9_@$-]+)\]$/.exec(name);
    if (!found) return [];
    if (Array.isArray(value)) throw syntax(`${name} 只能出现一次`, `${name} may be given once`);
    return [filterOf(found[1] ?? '', value ?? '')];
  });
  return {
    ...common(query),
    keys: key === '*' ? [] : key.split(',').map((each) => keyOf(each, '*')),
    filters,
    ...listed(query),
    offset: wholeNumber(query, 'offset') ?? 0,
    limit: wholeNumber(query, 'limit'),
    asOf: instant(query, 'asOf'),
  };
}

/** `/data/{flowRef}/{key}/{providerRef}` of SDMX REST 1.x (SDMX 2.1), which most clients still speak. */
export function readV1(parts: readonly string[], query: Query): DataQuery {
  if (parts.length < 1 || parts.length > 3 || !parts[0]) throw syntax('缺少数据流', 'the dataflow is missing');
  const [flow = '', key = 'all', provider = 'all'] = parts;
  const pieces = flow.split(',');
  const [agency, id, version] = pieces.length === 1 ? ['all', flow, 'latest'] : [pieces[0], pieces[1], pieces[2]];
  if (pieces.length > 3) throw syntax('数据流写法有误', 'the flow reference is wrong');
  if (
    !['all', AGENCY].includes(agency ?? '') ||
    id !== FLOW ||
    !versionMatches(version === undefined || version === 'latest' || version === 'all' ? '*' : version)
  )
    throw nothing();
  if (!['all', AGENCY, `${AGENCY},${AGENCY}`].includes(provider)) throw nothing();
  const filters: Filter[] = [];
  const [start, end] = [once(query, 'startPeriod'), once(query, 'endPeriod')];
  const range = [
    ...(start ? [{ op: 'ge' as const, value: start }] : []),
    ...(end ? [{ op: 'le' as const, value: end }] : []),
  ];
  for (const { value } of range)
    if (firstDay(value) === undefined) throw syntax(`${value} 不是时期`, `${value} is no time period`);
  if (range.length > 0) filters.push({ component: TIME, any: [range] });
  const detail = once(query, 'detail') ?? 'full';
  const kinds: Record<string, Pick<DataQuery, 'attributes' | 'measure' | 'seriesOnly'>> = {
    full: { attributes: attributeSet(['all']), measure: true, seriesOnly: false },
    dataonly: { attributes: attributeSet(['none']), measure: true, seriesOnly: false },
    serieskeysonly: { attributes: attributeSet(['none']), measure: false, seriesOnly: true },
    nodata: { attributes: attributeSet(['series']), measure: false, seriesOnly: true },
  };
  const kind = kinds[detail];
  if (!kind) throw syntax(`detail 不能是 ${detail}`, `detail cannot be ${detail}`);
  return {
    ...common(query),
    ...kind,
    keys: key === 'all' || key === '' ? [] : [keyOf(key, '')],
    filters,
    offset: 0,
  };
}

function common(query: Query) {
  const at = once(query, 'dimensionAtObservation') ?? TIME;
  if (at !== 'AllDimensions' && at !== TIME && !DIMENSION_IDS.includes(at))
    throw syntax(`dimensionAtObservation 不能是 ${at}`, `dimensionAtObservation cannot be ${at}`);
  const history = once(query, 'includeHistory');
  if (history !== undefined && history !== 'true' && history !== 'false')
    throw syntax('includeHistory 只能是 true 或 false', 'includeHistory must be true or false');
  const updatedAfter = instant(query, 'updatedAfter');
  const asOf = instant(query, 'asOf');
  if (updatedAfter && asOf && updatedAfter > asOf)
    throw syntax('updatedAfter 晚于 asOf', 'updatedAfter is later than asOf');
  return {
    at,
    history: history === 'true',
    updatedAfter,
    firstN: wholeNumber(query, 'firstNObservations', 1),
    lastN: wholeNumber(query, 'lastNObservations', 1),
  };
}

function wholeNumber(query: Query, name: string, least = 0): number | undefined {
  const text = once(query, name);
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text) || Number(text) < least)
    throw syntax(`${name} 应为正整数`, `${name} must be a positive integer`);
  return Number(text);
}

/** `2009-05-15T14:15:00+01:00`, percent-encoded or with the plus as a form sends it; without a zone the service's own. */
function instant(query: Query, name: string): Date | undefined {
  const text = once(query, name)?.replace(/(\d) (\d\d:\d\d)$/, '$1+$2');
  if (text === undefined) return undefined;
  const shape = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?)?(Z|[+-]\d\d:\d\d)?$/;
  const zoned = /(Z|[+-]\d\d:\d\d)$/.test(text) && text.length > 10;
  const time = text.includes('T') ? text : `${text}T00:00:00`;
  const ms = shape.test(text) ? Date.parse(zoned ? text : `${time}+08:00`) : Number.NaN;
  if (Number.isNaN(ms)) throw syntax(`${name} 不是时间`, `${name} is no date-time`);
  return new Date(ms);
}

const NO_ATTRIBUTES = new Set(['none', 'msd', 'dataset']);

function attributeSet(wanted: readonly string[]): Set<AttributeId> {
  const chosen = wanted.flatMap((name): AttributeId[] => {
    if (NO_ATTRIBUTES.has(name)) return [];
    const whole = name === 'dsd' || name === 'all';
    const found = ATTRIBUTES.filter((a) => whole || (a.level as string) === name || (a.id as string) === name);
    if (found.length === 0) throw syntax(`没有属性 ${name}`, `there is no attribute ${name}`);
    return found.map(({ id }) => id);
  });
  return new Set(chosen);
}

function listed(query: Query): Pick<DataQuery, 'attributes' | 'measure' | 'seriesOnly'> {
  const names = (once(query, 'attributes') ?? 'dsd').split(',');
  const measures = (once(query, 'measures') ?? 'all').split(',');
  for (const each of measures)
    if (!['all', 'none', MEASURE].includes(each)) throw syntax(`没有度量 ${each}`, `there is no measure ${each}`);
  const measure = !measures.includes('none');
  const attributes = attributeSet(names);
  const onObservation = ATTRIBUTES.some(({ id, level }) => level === 'obs' && attributes.has(id));
  return { attributes, measure, seriesOnly: !measure && !onObservation };
}

/** One key. Absent dimensions at the end are all; `wild` is how the version of the interface writes "all". */
function keyOf(text: string, wild: '*' | ''): (readonly string[] | undefined)[] {
  const parts = text.split('.');
  if (parts.length > DIMENSION_IDS.length)
    throw syntax(
      `键有 ${parts.length} 段，维度只有 ${DIMENSION_IDS.length} 个`,
      `the key has ${parts.length} parts for ${DIMENSION_IDS.length} dimensions`,
    );
  return DIMENSION_IDS.map((_, i) => {
    const part = parts[i];
    if (part === undefined || part === '*' || part === wild) return undefined;
    const codes = part.split('+').filter(Boolean);
    if (codes.length === 0 || codes.length > MOST_KEYS || codes.some((c) => !/^[A-Za-z0-9_@$-]+$/.test(c)))
      throw syntax(`键的第 ${i + 1} 段有误`, `part ${i + 1} of the key is wrong`);
    return codes;
  });
}

function filterOf(component: string, text: string): Filter {
  if (!COMPONENTS.includes(component)) throw syntax(`没有成分 ${component}`, `there is no component ${component}`);
  if (text === '') throw syntax(`c[${component}] 没有值`, `c[${component}] has no value`);
  const any = text.split(',').map((alternative) =>
    alternative.split('+').map((each) => {
      const [, op, value] = /^(?:([a-z]{2}):)?(.*)$/s.exec(each) ?? [];
      if (op !== undefined && !(OPERATORS as readonly string[]).includes(op))
        throw syntax(`没有运算 ${op}`, `there is no operator ${op}`);
      if (!value) throw syntax(`c[${component}] 有空值`, `c[${component}] has an empty value`);
      if (component === TIME && firstDay(value) === undefined)
        throw syntax(`${value} 不是时期`, `${value} is no time period`);
      if (component === MEASURE && !Number.isFinite(Number(value)))
        throw syntax(`${value} 不是数`, `${value} is no number`);
      return { op: (op ?? 'eq') as Operator, value };
    }),
  );
  return { component, any };
}

/** Whether a value satisfies a filter. Time is compared by days: `ge:2020` means from its first day, `le:2020` until its last. */
export function satisfies(filter: Filter, value: string | number | null): boolean {
  return filter.any.some((all) => all.every((condition) => holds(filter.component, condition, value)));
}

function holds(component: string, { op, value: wanted }: Condition[number], value: string | number | null): boolean {
  if (value === null) return op === 'ne' || op === 'nc';
  const text = String(value);
  switch (op) {
    case 'co':
      return text.includes(wanted);
    case 'nc':
      return !text.includes(wanted);
    case 'sw':
      return text.startsWith(wanted);
    case 'ew':
      return text.endsWith(wanted);
    default:
  }
  const [order, inside] =
    component === TIME
      ? timeOrder(text, wanted)
      : component === MEASURE
        ? [Math.sign(Number(value) - Number(wanted)), Number(value) === Number(wanted)]
        : [text < wanted ? -1 : text > wanted ? 1 : 0, text === wanted];
  switch (op) {
    case 'eq':
      return inside;
    case 'ne':
      return !inside;
    case 'lt':
      return order < 0;
    case 'le':
      return order <= 0 || inside;
    case 'gt':
      return order > 0;
    case 'ge':
      return order >= 0 || inside;
    default:
      return false;
  }
}

/** Where a period lies to another: before, within, after. */
function timeOrder(period: string, wanted: string): [number, boolean] {
  const [from = '', to = ''] = [firstDay(period), lastDay(period)];
  const [start = '', end = ''] = [firstDay(wanted), lastDay(wanted)];
  const inside = from >= start && to <= end;
  return [inside ? 0 : to < start || from < start ? -1 : 1, inside];
}

/** `1.0.0`, `*`, `~` (latest), `+` (latest stable), and semantic wildcards such as `1+`, `1.0+.0`. */
export function versionMatches(wanted: string): boolean {
  if (wanted === '*' || wanted === '~' || wanted === '+' || wanted === VERSION) return true;
  if (!/^\d+[+~]?(\.\d+[+~]?)*$/.test(wanted)) throw syntax(`版本 ${wanted} 写法有误`, `version ${wanted} is wrong`);
  const ours = VERSION.split('.').map(Number);
  const parts = wanted.split('.');
  if (!/[+~]/.test(wanted)) return parts.every((part, i) => Number(part) === ours[i]);
  for (const [i, part] of parts.entries()) {
    const number = Number(part.replace(/[+~]/, ''));
    if (/[+~]$/.test(part)) return (ours[i] ?? 0) >= number;
    if ((ours[i] ?? 0) !== number) return false;
  }
  return true;
}

export const nothing = (): SdmxError => new SdmxError('none', { zh: '没有符合条件的数据', en: 'nothing matches' });
