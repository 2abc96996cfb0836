import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { startClock } from '#platform/calendar/clock.ts';
import { attachDocument } from '#platform/document/attach-document.ts';
import type { DeviceNote } from '#platform/calendar/device-skew.ts';
import type { DeviceMoment } from '#platform/kernel/device-clock.ts';
import type { Whereabouts } from '#platform/geo/area-locator.ts';
import { PHOTO_KIND, tellStep } from './act.ts';
import { STEP_CLOCKS } from './clocks.ts';
import { maskText } from './mask-text.ts';
import { emitLast, tell } from './tell.ts';

/** Who reported, and how they are reached; nothing of it for somebody who stays anonymous (匿名上报). */
export type Reporter = {
  account: string;
  person: string | null;
  entity: string | null;
  contact: { name?: string; phone?: string; email?: string } | null;
};

export type Report = {
  /** Made by the sender: what is sent twice is one report. */
  clientId: string;
  source: 'citizen' | 'grid' | 'hotline' | 'iot' | 'patrol' | 'open311';
  class: string;
  text: string;
  lon: number;
  lat: number;
  address?: string;
  part?: string;
  /** Units that own and keep the part, by the register. */
  owner?: string | null;
  keeper?: string | null;
  flags?: readonly string[];
  picture?: string;
  files?: readonly string[];
  apiKey?: string;
  mediaUrl?: string;
  /** What the device said of the time, and what of it the timeline says. */
  device?: DeviceMoment;
  noted?: DeviceNote;
  reporter: Reporter;
};
/** A part that the register does not know (部件未入库): whoever keeps the register adds it. Ids only. */
export const PART_MISSING = 'incident.part.missing';

export type Reported = { report: string; case: string; no: string; token: string; state: string; reportedAt: Date };

export const contactContext = (report: string): string => `incident:contact:${report}`;

/**
 * Takes in a report (上报) of whatever source as a case of its own, located by the server and timed by its clock: what a phone says of the time
 * counts for nothing. Sent twice it is one. The number comes last, since others wait for it.
 */
export async function fileReport(options: {
  db: Db;
  services: Services;
  now: Date;
  where: Whereabouts;
  report: Report;
  /** One that was held for a person before: its ids, its receipt and the moment at which it came. */
  held?: { id: string; caseId: string; token: string; at: Date; sealed: string | null };
}): Promise<Reported> {
  const { db, services, now, where, report, held } = options;
  const { reporter } = report;
  const earlier = await db.first<Reported & { case_id: string; reported_at: Date }>(sql`
    select id as report, case_id as "case", no, token, state, reported_at as "reportedAt"
    from incident.report_of_client(${reporter.account}, ${report.clientId}::uuid)`);
  if (earlier) return earlier;
  const [id, reportId, token] = held ? [held.caseId, held.id, held.token] : [uuidv7(), uuidv7(), crypto.randomUUID()];
  const reportedAt = held?.at ?? now;
  const text = maskText(report.text.trim());
  const clock = await startClock(db, { kind: STEP_CLOCKS.accept, subject: id, event: 'report', at: now });
  const no = await nextNumber(db, now);
  await db.run(sql`
    insert into incident.case_file (id, no, source, class, description, lon, lat, address, street, committee, cell, part, owner, keeper, flags, picture, state, reported_at, updated_at, clock, due_at, sample)
    values (${id}::uuid, ${no}, ${report.source}, ${report.class}, ${text}, ${report.lon}::float8, ${report.lat}::float8, ${report.address ?? null}::text,
      ${where.street.code}, ${where.committee.code}, ${where.cell.code}, ${report.part ?? null}::text, ${report.owner ?? null}::text, ${report.keeper ?? null}::text,
      ${[...(report.flags ?? [])]}::text[], ${report.picture ?? null}::text, 'reported', ${reportedAt}::timestamptz,
      ${now}::timestamptz, ${clock.id}::uuid, ${clock.dueAt}::timestamptz, ${services.config.sample}::boolean)`);
  const contact = reporter.contact
    ? services.keyring.seal(JSON.stringify(reporter.contact), contactContext(reportId))
    : (held?.sealed ?? null);
  await db.run(sql`
    insert into incident.report (id, case_id, first_case, client_id, account, person, entity, contact, channel, text, at, api_key, media_url, token, made_at, skew_seconds)
    values (${reportId}::uuid, ${id}::uuid, ${id}::uuid, ${report.clientId}::uuid, ${reporter.account}, ${reporter.person}::uuid, ${reporter.entity}::text, ${contact}::text,
      ${report.source}, ${text}, ${reportedAt}::timestamptz, ${report.apiKey ?? null}::uuid, ${report.mediaUrl ?? null}::text, ${token}::uuid,
      ${report.device?.madeAt ?? null}::timestamptz, ${report.device?.skewSeconds ?? null}::int)`);
  await attachDocument(db, { files: report.files ?? [], kind: PHOTO_KIND, subject: id });
  const data = {
    ...(report.files?.length && { files: report.files }),
    ...(report.noted && { device: report.noted }),
  };
  tell(db, { caseId: id, at: now, kind: 'report', shown: true, data });
  tellStep(db, {
    row: { id, no, class: report.class, unit: null },
    effect: { step: 'accept', phase: 'start' },
    clock: clock.id,
  });
  if (report.part !== undefined && report.flags?.includes('part-unknown'))
    emitLast(db, { type: PART_MISSING, subject: id, data: { case: no, part: report.part } });
  return { report: reportId, case: id, no, token, state: 'reported', reportedAt };
}

/** Number of a case (案件编号): `AJ`, the day, and a number of the day without a gap. */
async function nextNumber(db: Db, now: Date): Promise<string> {
  const day = shanghaiDate(now).replaceAll('-', '');
  const { n } = await db.one<{ n: string }>(sql`select kernel.next_number('case', ${day})::text as n`);
  return `AJ${day}${n.padStart(6, '0')}`;
}
