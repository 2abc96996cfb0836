import { Type } from 'typebox';
import type { Services } from '#platform/kernel/app.ts';
import { route } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import type { Db } from '#platform/kernel/db.ts';
import { domainError, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { Words } from './act-route.ts';
import { maskText } from './mask-text.ts';

const MaybeText = Type.Union([Type.String(), Type.Null()]);
export const HandedAlready = domainError({
  code: 'INCIDENT_HANDED',
  status: 409,
  title: { zh: '这条上报已经移交', en: 'It was handed over already' },
  action: { zh: '请刷新后查看移交给了哪个区。', en: 'Reload to see to which district.' },
});

/**
 * Keeps a report whose pin lies outside the district (区外上报) under a receipt `WQ…`: whoever reports is not sent away to look for the right
 * office. Nothing is timed; a person hands it over.
 */
export async function keepOutside(options: {
  db: Db;
  services: Services;
  now: Date;
  account: string;
  report: { clientId: string; text: string; lon: number; lat: number; address?: string };
}): Promise<{ id: string; no: string; token: string; state: string; reportedAt: string }> {
  const { db, services, now, account, report } = options;
  const earlier = await db.first<{ id: string; no: string; token: string; at: Date }>(
    sql`select id, no, token, at from incident.outside_of_client(${account}, ${report.clientId}::uuid)`,
  );
  if (earlier)
    return {
      id: earlier.id,
      no: earlier.no,
      token: earlier.token,
      state: 'outside',
      reportedAt: earlier.at.toISOString(),
    };
  const day = shanghaiDate(now).replaceAll('-', '');
  const { n } = await db.one<{ n: string }>(sql`select kernel.next_number('outside', ${day})::text as n`);
  const made = { id: uuidv7(), no: `WQ${day}${n.padStart(6, '0')}`, token: crypto.randomUUID() };
  await db.run(sql`
    insert into incident.outside_report (id, no, client_id, account, text, lon, lat, address, state, at, token, sample)
    values (${made.id}::uuid, ${made.no}, ${report.clientId}::uuid, ${account}, ${maskText(report.text.trim())}, ${report.lon}::float8, ${report.lat}::float8,
      ${report.address ?? null}::text, 'open', ${now}::timestamptz, ${made.token}::uuid, ${services.config.sample}::boolean)`);
  await db.emit({ type: 'incident.outside.reported', subject: made.id, data: { no: made.no } });
  return { ...made, state: 'outside', reportedAt: now.toISOString() };
}

/** Reports of pins outside (区外上报), those that nobody has handed over first. For the centre: they lie in no street. */
export const listOutside = route({
  method: 'GET',
  path: '/api/incident/outside-reports',
  summary: { zh: '区外上报', en: 'Reports outside the district' },
  allow: 'incident.case.centre',
  reply: Type.Object({
    reports: Type.Array(
      Type.Object({
        no: Type.String({ description: '回执编号' }),
        text: Type.String(),
        lon: Type.Number(),
        lat: Type.Number(),
        address: MaybeText,
        state: Type.Union([Type.Literal('open'), Type.Literal('handed')]),
        at: Type.String({ format: 'date-time' }),
        handedTo: MaybeText,
        note: MaybeText,
      }),
    ),
  }),
  examples: { own: { as: 'duty-officer' } },
  handler: async ({ db }) => {
    const rows = await db.rows<{
      no: string;
      text: string;
      lon: number;
      lat: number;
      address: string | null;
      state: 'open' | 'handed';
      at: Date;
      handedTo: string | null;
      note: string | null;
    }>(sql`
      select no, text, lon, lat, address, state, at, handed_to as "handedTo", note from incident.outside_report
      order by state desc, at desc, id limit 200`);
    return { reports: rows.map((row) => ({ ...row, at: row.at.toISOString() })) };
  },
});

/** A person hands it over to the district where it lies (移交), once, and says to whom and how. */
export const handOver = route({
  method: 'POST',
  path: '/api/incident/outside-reports/:no/hand-over',
  summary: { zh: '移交区外上报', en: 'Hand a report over' },
  allow: 'incident.case.centre',
  params: Type.Object({ no: Type.String({ pattern: '^WQ[0-9]{14}$' }) }),
  body: Type.Object({ to: Type.String({ minLength: 2, maxLength: 60 }), note: Words }, { additionalProperties: false }),
  reply: Type.Object({ no: Type.String(), state: Type.String() }),
  errors: [NotFound, HandedAlready],
  examples: {
    own: {
      as: 'duty-officer',
      params: { no: 'fixture:outside-report' },
      body: { to: '静安区', note: '已电话移交静安区城运中心' },
    },
  },
  handler: async ({ db, actor, clock, params: { no }, body }) => {
    const row = await db.first<{ state: string }>(
      sql`select state from incident.outside_report where no = ${no} for update`,
    );
    if (!row) throw NotFound.with();
    if (row.state !== 'open') throw HandedAlready.with();
    await db.run(sql`
      update incident.outside_report set state = 'handed', handed_to = ${body.to}, note = ${body.note}, handed_by = ${actor.account}, handed_at = ${clock.now()}::timestamptz
      where no = ${no}`);
    return { no, state: 'handed' };
  },
});
