import type { Db } from '#platform/kernel/db.ts';
import { join, type Sql, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { CLOSED_STATES } from '../lifecycle.ts';
import { GeoReportError } from './fault.ts';
import type { Value } from './xml.ts';

/** At most so many requests, of so many days (GeoReport v2, GET Service Requests). */
const MOST = 1000;
const SPAN_DAYS = 90;
const DAY_MS = 86_400_000;

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
};

export type Asked = {
  ids?: string;
  serviceCode?: string;
  status?: string;
  startDate?: string;
  endDate?: string;
};

const listOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

/** Time zone is part of a date here (ISO 8601 as in the W3C note): one without is refused, nothing is guessed. */
function momentOf(name: string, text: string | undefined): Date | undefined {
  if (text === undefined || text === '') return undefined;
  // In an address `+` is a blank unless it was escaped: clients forget that.
  const found = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[ +-]\d{2}:\d{2})$/.test(text)
    ? new Date(text.replace(' ', '+'))
    : undefined;
  if (!found || Number.isNaN(found.getTime()))
    throw new GeoReportError(400, `${name} must be a date and time with its time zone, e.g. 2026-11-26T08:00:00Z`);
  return found;
}

function conditionsOf(asked: Asked, now: Date): Sql[] {
  const ids = listOf(asked.ids);
  // Overrides all other arguments.
  if (ids.length > 0) return [sql`f.no = any(${ids}::text[])`];
  const start = momentOf('start_date', asked.startDate);
  const end = momentOf('end_date', asked.endDate);
  const to = end ?? (start ? new Date(start.getTime() + SPAN_DAYS * DAY_MS) : now);
  const from = start ?? new Date(to.getTime() - SPAN_DAYS * DAY_MS);
  if (from > to) throw new GeoReportError(400, 'start_date is after end_date');
  if (to.getTime() - from.getTime() > SPAN_DAYS * DAY_MS)
    throw new GeoReportError(400, `start_date and end_date may not span more than ${SPAN_DAYS} days`);
  const wanted = [sql`r.at between ${from}::timestamptz and ${to}::timestamptz`];
  const codes = listOf(asked.serviceCode);
  if (codes.length > 0) wanted.push(sql`c.class = any(${codes}::text[])`);
  const states = listOf(asked.status);
  if (states.some((each) => each !== 'open' && each !== 'closed'))
    throw new GeoReportError(400, 'status must be open, closed or both');
  if (states.length === 1) {
    const over = sql`c.state = any(${[...CLOSED_STATES]}::text[])`;
    wanted.push(states[0] === 'closed' ? over : sql`not ${over}`);
  }
  return wanted;
}

/**
 * Requests as third parties read them: those that third parties sent. What residents tell the district itself is not published (有条件共享). A request keeps its
 * number when it is merged, and says what became of the case that it is part of.
 */
export async function readRequests(db: Db, asked: Asked, now: Date): Promise<Row[]> {
  const wanted = [sql`r.channel = 'open311'`, sql`r.withdrawn_at is null`, ...conditionsOf(asked, now)];
  return db.rows<Row>(sql`
    select f.no, c.state, c.class, r.text, c.unit, r.at, greatest(c.updated_at, r.at) as "updatedAt", c.due_at as "dueAt", c.address, f.lat, f.lon, r.media_url as "mediaUrl", c.reports
    from incident.report r join incident.case_file c on c.id = r.case_id join incident.case_file f on f.id = r.first_case
    where ${join(wanted, ' and ')} order by r.at desc, r.id desc limit ${MOST}::int`);
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
};

export function requestOf(
  row: Row,
  names: { classes: ReadonlyMap<string, Text>; units: ReadonlyMap<string, Text> },
  /** `extensions=true`: with what the standard has no field for. */
  extended: boolean,
): Value {
  const closed = (CLOSED_STATES as readonly string[]).includes(row.state);
  return {
    service_request_id: row.no,
    status: closed ? 'closed' : 'open',
    status_notes: STATE_NOTES[row.state] ?? null,
    service_name: names.classes.get(row.class)?.zh ?? row.class,
    service_code: row.class,
    description: row.text,
    agency_responsible: row.unit === null ? null : (names.units.get(row.unit)?.zh ?? row.unit),
    service_notice: null,
    requested_datetime: row.at.toISOString(),
    updated_datetime: row.updatedAt.toISOString(),
    expected_datetime: closed ? null : (row.dueAt?.toISOString() ?? null),
    address: row.address,
    address_id: null,
    zipcode: null,
    lat: row.lat,
    long: row.lon,
    media_url: row.mediaUrl,
    ...(extended && { extended_attributes: { state: row.state, reports: row.reports } }),
  };
}
