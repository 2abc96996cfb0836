import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { domainError, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { openAreaLocator } from '#platform/geo/area-locator.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import { TooManyReports } from './errors.ts';
import { maskText } from './mask-text.ts';

export const HandedOver = domainError({
  code: 'INCIDENT_HANDED_OVER',
  status: 409,
  title: { zh: '这条区外上报已经转交', en: 'This report was handed over already' },
  action: { zh: '请刷新后查看转交给了谁。', en: 'Reload to see to whom.' },
});

const HOUR_MS = 3_600_000;
const Moment = Type.String({ format: 'date-time' });
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const Pin = Type.Object({
  receipt: Type.String({ description: '回执号' }),
  text: Type.String(),
  lon: Type.Number(),
  lat: Type.Number(),
  at: Moment,
  handedTo: MaybeText,
  note: MaybeText,
  handedAt: Type.Union([Moment, Type.Null()]),
});
type PinRow = {
  receipt: string;
  text: string;
  lon: number;
  lat: number;
  at: Date;
  handedTo: string | null;
  note: string | null;
  handedAt: Date | null;
};
const COLUMNS = sql`receipt, text, lon, lat, at, handed_to as "handedTo", note, handed_at as "handedAt"`;
const viewOf = (row: PinRow) => ({
  ...row,
  at: row.at.toISOString(),
  handedAt: row.handedAt?.toISOString() ?? null,
});

/**
 * Takes in what lies outside of the district (区外上报) against a receipt: a person hands it over to whom it concerns. It is no case here and starts
 * no clock. Sent twice it is one.
 */
export const reportOutside = route({
  method: 'POST',
  path: '/api/incident/outside-reports',
  summary: { zh: '区外问题转交', en: 'Hand in a problem outside of the district' },
  allow: 'incident.report',
  body: Type.Object(
    {
      clientId: Type.String({ format: 'uuid' }),
      text: Type.String({ minLength: 2, maxLength: 2000 }),
      lon: Type.Number({ minimum: -180, maximum: 180 }),
      lat: Type.Number({ minimum: -90, maximum: 90 }),
    },
    { additionalProperties: false },
  ),
  reply: Pin,
  status: 201,
  errors: [InvalidInput, TooManyReports],
  examples: {
    own: {
      as: 'citizen',
      body: {
        clientId: '019a0000-0000-7000-8000-00000000c3f1',
        text: '对岸路口路灯不亮',
        lon: 121.53,
        lat: 31.235,
      },
    },
  },
  prepare: async ({ body, services }) => (await openAreaLocator(services)).whereabouts(body.lon, body.lat),
  handler: async ({ db, actor, clock, body, prepared: inside }) => {
    if (inside)
      throw InvalidInput.with({
        fields: [
          {
            pointer: '/lon',
            rule: 'outside',
            message: { zh: '这个位置在本区内，请直接上报', en: 'lies in the district: report it as usual' },
          },
        ],
      });
    const now = clock.now();
    const earlier = await db.first<PinRow>(
      sql`select ${COLUMNS} from incident.outside_pin where account = ${actor.account} and client_id = ${body.clientId}::uuid`,
    );
    if (earlier) return viewOf(earlier);
    const { most } = await amountsAt(db, { most: { id: 'incident.report.most', unit: 'report' } }, now);
    const { n } = await db.one<{ n: number }>(sql`
      select count(*)::int as n from incident.outside_pin where account = ${actor.account} and at > ${new Date(now.getTime() - HOUR_MS)}::timestamptz`);
    if (n >= most) throw TooManyReports.with();
    const day = shanghaiDate(now).replaceAll('-', '');
    const next = await db.one<{ n: string }>(sql`select kernel.next_number('outside-pin', ${day})::text as n`);
    const row = await db.one<PinRow>(sql`
      insert into incident.outside_pin (id, receipt, client_id, account, text, lon, lat, at)
      values (${uuidv7()}::uuid, ${`WQ${day}${next.n.padStart(6, '0')}`}, ${body.clientId}::uuid, ${actor.account}, ${maskText(body.text.trim())},
        ${body.lon}::float8, ${body.lat}::float8, ${now}::timestamptz)
      returning ${COLUMNS}`);
    return viewOf(row);
  },
});

/** Reports for places outside of the district: what waits first, the oldest on top; everybody else sees their own. */
export const listOutside = route({
  method: 'GET',
  path: '/api/incident/outside-reports',
  summary: { zh: '区外上报', en: 'Reports from outside of the district' },
  allow: 'incident.report',
  reply: Type.Object({ reports: Type.Array(Pin) }),
  examples: { own: { as: 'duty-officer' } },
  handler: async ({ db }) => {
    const rows = await db.rows<PinRow>(
      sql`select ${COLUMNS} from incident.outside_pin order by handed_at is not null, at limit 500`,
    );
    return { reports: rows.map(viewOf) };
  },
});

/** Hands one over (转交): a person says to whom, and the receipt tells it to whoever reported. */
export const handOver = route({
  method: 'POST',
  path: '/api/incident/outside-reports/:receipt/hand-over',
  summary: { zh: '转交区外上报', en: 'Hand a report over' },
  allow: 'incident.case.centre',
  params: Type.Object({ receipt: Type.String({ pattern: '^WQ[0-9]{14}$' }) }),
  body: Type.Object(
    {
      to: Type.String({ minLength: 2, maxLength: 120 }),
      note: Type.String({ minLength: 2, maxLength: 500 }),
    },
    { additionalProperties: false },
  ),
  reply: Pin,
  errors: [NotFound, HandedOver],
  examples: {
    own: {
      as: 'duty-officer',
      params: { receipt: 'fixture:outside-receipt' },
      body: { to: '浦东新区城运中心', note: '已电话告知并发送位置' },
    },
  },
  handler: async ({ db, actor, clock, params, body }) => {
    const row = await db.first<PinRow>(sql`
      update incident.outside_pin set handed_to = ${body.to}, note = ${body.note}, handed_by = ${actor.account}, handed_at = ${clock.now()}::timestamptz
      where receipt = ${params.receipt} and handed_at is null returning ${COLUMNS}`);
    if (row) return viewOf(row);
    const there = await db.first(sql`select 1 as there from incident.outside_pin where receipt = ${params.receipt}`);
    throw (there ? HandedOver : NotFound).with();
  },
});
