import { Type } from 'typebox';
import type { Services } from '#platform/kernel/app.ts';
import { route } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import type { Db } from '#platform/kernel/db.ts';
import { domainError, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { Words } from './act-route.ts';
import type { Report } from './file-report.ts';
import { maskText } from './mask-text.ts';
import { outsideReport } from './resources.ts';

export const HandedAlready = domainError({
  code: 'INCIDENT_HANDED',
  status: 409,
  title: { zh: '这条上报已经移交', en: 'It was handed over already' },
  action: { zh: '请刷新后查看移交给了哪个区。', en: 'Reload to see to which district.' },
});

export type OutsideReceipt = {
  id: string;
  no: string;
  token: string;
  state: string;
  reportedAt: string;
  neighbour: Text | null;
};

/**
 * Keeps a report whose pin lies outside the district (区外上报) under a receipt `WQ…`: whoever reports is not sent away to look for the right
 * office. It names the neighbour in whose outline the pin lies, where one is known. Nothing is timed; a person hands it over.
 */
export async function keepOutside(options: {
  db: Db;
  services: Services;
  now: Date;
  /** Without a place where all that is known is a text address of another district. */
  report: Pick<Report, 'clientId' | 'text' | 'address' | 'source' | 'class' | 'apiKey' | 'mediaUrl' | 'reporter'> & {
    lon: number | null;
    lat: number | null;
  };
}): Promise<OutsideReceipt> {
  const { db, services, now, report } = options;
  const { reporter } = report;
  const day = shanghaiDate(now).replaceAll('-', '');
  const { n } = await db.one<{ n: string }>(sql`select kernel.next_number('outside', ${day})::text as n`);
  const made = { id: uuidv7(), no: `WQ${day}${n.padStart(6, '0')}`, token: crypto.randomUUID() };
  const around = await db.rows<{ code: string; name: Text; inside: boolean }>(
    sql`select code, name, inside from incident.neighbours_at(${report.lon}::float8, ${report.lat}::float8)`,
  );
  const [nearest] = around;
  await db.run(sql`
    insert into incident.outside_report (id, no, client_id, account, person, entity, source, class, api_key, media_url, text, lon, lat, address, state, at, token, neighbour, neighbour_name, near_line, sample)
    values (${made.id}::uuid, ${made.no}, ${report.clientId}::uuid, ${reporter.account}, ${reporter.person}::uuid, ${reporter.entity}::text, ${report.source}, ${report.class},
      ${report.apiKey ?? null}::uuid, ${report.mediaUrl ?? null}::text, ${maskText(report.text.trim())}, ${report.lon}::float8, ${report.lat}::float8,
      ${report.address ?? null}::text, 'open', ${now}::timestamptz, ${made.token}::uuid, ${nearest?.code ?? null}::text, ${nearest ? json(nearest.name) : null}::text::jsonb,
      ${around.length > 1 || nearest?.inside === false}::boolean, ${services.config.sample}::boolean)`);
  await db.emit({ type: 'incident.outside.reported', subject: made.id, data: { no: made.no } });
  return { ...made, state: 'outside', reportedAt: now.toISOString(), neighbour: nearest?.name ?? null };
}

/** The receipt of what the sender has sent before under this id. */
export async function outsideOfClient(
  db: Db,
  { account, clientId }: { account: string; clientId: string },
): Promise<OutsideReceipt | undefined> {
  const row = await db.first<{ id: string; no: string; token: string; at: Date; neighbour: Text | null }>(
    sql`select id, no, token, at, neighbour_name as neighbour from incident.outside_of_client(${account}, ${clientId}::uuid)`,
  );
  return (
    row && {
      id: row.id,
      no: row.no,
      token: row.token,
      state: 'outside',
      reportedAt: row.at.toISOString(),
      neighbour: row.neighbour,
    }
  );
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
        ...itemOf(outsideReport, [
          'no',
          'text',
          'lon',
          'lat',
          'address',
          'state',
          'at',
          'source',
          'neighbour',
          'neighbourName',
          'nearLine',
          'handedTo',
          'note',
          'sample',
        ]).properties,
      }),
    ),
  }),
  examples: { own: { as: 'duty-officer' } },
  handler: async ({ db }) => {
    const rows = await db.rows<{
      no: string;
      text: string;
      lon: number | null;
      lat: number | null;
      address: string | null;
      state: string;
      at: Date;
      source: string;
      neighbour: string | null;
      neighbourName: Text | null;
      nearLine: boolean;
      handedTo: string | null;
      note: string | null;
      sample: boolean;
    }>(sql`
      select no, text, lon, lat, address, state, at, source, neighbour, neighbour_name as "neighbourName", near_line as "nearLine", handed_to as "handedTo", note, sample from incident.outside_report
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
