import type { Db } from '#platform/kernel/db.ts';
import { join, type Sql, sql } from '#platform/kernel/sql.ts';
import type { CaseClass } from '../classes.ts';
import type { Text } from '#platform/kernel/text.ts';
import { CLOSED_STATES } from '../lifecycle.ts';
import { fault } from './fault.ts';
import type { Value } from './xml.ts';

/** At most so many requests, of so many days (GeoReport v2, GET Service Requests). */
const MOST = 1000;
const SPAN_DAYS = 90;
const DAY_MS = 86_400_000;
/** Around a place, metres: beyond the standard, as several endpoints have it. */
const NEAREST_M = 50;
const FURTHEST_M = 2000;
const DEGREE_M = 111_000;

type Row = {
  no: string;
  state: string;
  class: string;
  text: string;
  unit: string | null;
  at: Date;
  updatedAt: Date;
  dueAt: Date | null;
  address: string | null;
  lat: number;
  lon: number;
  mediaUrl: string | null;
  reports: number;
  /** District that an outside pin was handed to, or is offered to. */
  neighbour: string | null;
};

export type Asked = {
  ids?: readonly string[];
  serviceCode?: string;
  status?: string;
  startDate?: string;
  endDate?: string;
  lat?: string;
  long?: string;
  radius?: string;
};

export const listOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

/** Time zone is part of a date here (ISO 8601 as in the W3C note): one without is refused, nothing is guessed. */
function momentOf(name: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  // In an address `+` is a blank unless it was escaped: clients forget that.
  const found = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[ +-]\d{2}:\d{2})$/.test(text)
    ? new Date(text.replace(' ', '+'))
    : undefined;
  if (!found || Number.isNaN(found.getTime()))
    throw fault(400, `${name} must be a date and time with its time zone, e.g. 2026-11-26T08:00:00Z`);
  return found;
}

/** Conditions over the columns `no`, `at`, `class`, `over`, `lat` and `lon` of `q`. */
function conditionsOf(asked: Asked, now: Date): Sql[] {
  // Overrides all other arguments.
  if (asked.ids && asked.ids.length > 0) return [sql`q.no = any(${[...asked.ids]}::text[])`];
  const start = momentOf('start_date', asked.startDate);
  const end = momentOf('end_date', asked.endDate);
  const to = end ?? (start ? new Date(start.getTime() + SPAN_DAYS * DAY_MS) : now);
  const from = start ?? new Date(to.getTime() - SPAN_DAYS * DAY_MS);
  if (from > to) throw fault(400, 'start_date is after end_date');
  if (to.getTime() - from.getTime() > SPAN_DAYS * DAY_MS)
    throw fault(400, `start_date and end_date may not span more than ${SPAN_DAYS} days`);
  const wanted = [sql`q.at between ${from}::timestamptz and ${to}::timestamptz`];
  const codes = listOf(asked.serviceCode);
  if (codes.length > 0) wanted.push(sql`q.class = any(${codes}::text[])`);
  const states = new Set(listOf(asked.status));
  if ([...states].some((each) => each !== 'open' && each !== 'closed'))
    throw fault(400, 'status must be open, closed or both');
  if (states.size === 1) wanted.push(states.has('closed') ? sql`q.over` : sql`not q.over`);
  return [...wanted, ...around(asked)];
}

function around({ lat, long, radius }: Asked): Sql[] {
  if (lat === undefined && long === undefined) return [];
  const [y, x, metres] = [Number(lat), Number(long), Number(radius ?? NEAREST_M)];
  if (!(Math.abs(y) <= 85 && Math.abs(x) <= 180)) throw fault(400, 'lat and long must be numbers of degrees (WGS 84)');
  if (!(metres > 0 && metres <= FURTHEST_M)) throw fault(400, `radius must be metres, ${FURTHEST_M} at most`);
  const shrink = Math.cos((y * Math.PI) / 180);
  return [
    sql`((q.lat - ${y}::float8) ^ 2 + ((q.lon - ${x}::float8) * ${shrink}::float8) ^ 2) <= ${(metres / DEGREE_M) ** 2}::float8`,
  ];
}

/**
 * Requests as third parties read them: those that third parties sent, outside pins among them. What residents tell the district itself is not published (有条件共享).
 * A request keeps its number when it is merged, and says what became of the case that it is part of. Of several reports under one number the first counts.
 */
export async function readRequests(db: Db, asked: Asked, now: Date): Promise<Row[]> {
  const rows = await db.rows<Row>(sql`
    select q.no, q.state, q.class, q.text, q.unit, q.at, q."updatedAt", q."dueAt", q.address, q.lat, q.lon, q."mediaUrl", q.reports, q.neighbour from (
      select f.no, c.state, c.class, r.text, c.unit, r.at, greatest(coalesce(c.closed_at, c.updated_at), r.at) as "updatedAt",
        case when c.state in ('dispatched', 'handling') then c.due_at end as "dueAt", c.address, f.lat, f.lon, r.media_url as "mediaUrl", c.reports,
        c.state = any(${[...CLOSED_STATES]}::text[]) as over, null::text as neighbour, r.id
      from incident.report r join incident.case_file c on c.id = r.case_id join incident.case_file f on f.id = r.first_case
      where r.channel = 'open311' and r.withdrawn_at is null
      union all
      select o.no, case o.state when 'handed' then 'handed' else 'outside' end, o.class, o.text, null, o.at, coalesce(o.handed_at, o.at), null, o.address, o.lat, o.lon, o.media_url, 1,
        o.state = 'handed', coalesce(o.handed_to, o.neighbour_name ->> 'zh'), o.id
      from incident.outside_report o where o.source = 'open311'
      union all
      select h.no, 'rejected', h.class, h.text, null, h.at, h.decided_at, null, h.address, h.lat, h.lon, h.media_url, 1, true, null, h.id
      from incident.held_report h where h.source = 'open311' and h.state = 'refused'
    ) q where ${join(conditionsOf(asked, now), ' and ')} order by q.at desc, q.id desc limit ${MOST}::int`);
  // The newest come first, so that the last of a number is its first report.
  return [...new Map(rows.map((row) => [row.no, row])).values()];
}

const STATE_NOTES: Record<string, string> = {
  reported: '已收到，等待受理',
  facts: '等待上报人补充',
  accepted: '已受理',
  established: '已立案',
  dispatched: '已派遣',
  ruling: '正在确定责任单位',
  handling: '处置中',
  suspended: '暂缓处置',
  handled: '已处置，等待核查',
  verified: '核查通过',
  closed: '已结案',
  evaluated: '已结案',
  rejected: '不予受理',
  merged: '已并入同一问题',
  cancelled: '已撤销',
  archived: '已归档',
  outside: '位置在区外，等待移交',
  handed: '已移交',
};

/** A request in the fields of GeoReport v2 (GET Service Requests). */
export function requestOf(
  row: Row,
  names: { classes: ReadonlyMap<string, CaseClass>; units: ReadonlyMap<string, Text> },
  /** `extensions=true`: with what the standard has no field for. */
  extended: boolean,
): Value {
  const closed = row.state === 'handed' || (CLOSED_STATES as readonly string[]).includes(row.state);
  const service = names.classes.get(row.class);
  const notes = STATE_NOTES[row.state] ?? null;
  return {
    service_request_id: row.no,
    status: closed ? 'closed' : 'open',
    status_notes: notes !== null && row.neighbour !== null ? `${notes}：${row.neighbour}` : notes,
    service_name: service?.name.zh ?? row.class,
    service_code: row.class,
    description: row.text,
    agency_responsible: row.unit === null ? row.neighbour : (names.units.get(row.unit)?.zh ?? row.unit),
    service_notice: service?.close.zh ?? null,
    requested_datetime: w3(row.at),
    updated_datetime: w3(row.updatedAt),
    expected_datetime: row.dueAt === null ? null : w3(row.dueAt),
    address: row.address,
    address_id: null,
    zipcode: null,
    lat: row.lat,
    long: row.lon,
    media_url: row.mediaUrl,
    ...(extended && { extended_attributes: { state: row.state, reports: row.reports } }),
  };
}

/** “W3 format, eg 2010-01-01T00:00:00Z”. */
const w3 = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;
