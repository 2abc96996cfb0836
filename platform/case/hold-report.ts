import type { Services } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { attachDocument } from '#platform/document/attach-document.ts';
import type { Whereabouts } from '#platform/geo/area-locator.ts';
import { PHOTO_KIND } from './act.ts';
import { contactContext, type Report } from './file-report.ts';
import { maskText } from './mask-text.ts';

/** What desks name the heap of a sender by: a keyed digest, since nobody there needs to know whose it is. */
export const heapOf = (services: Services, account: string): string =>
  services.keyring.lookup('incident.heap', account);

/**
 * Holds a report for a person (待核上报) under a receipt `DH…`: nothing of it is lost, and nothing is begun with it. It has no clock, stands in no
 * queue of a unit and is nobody's double until somebody takes it in.
 */
export async function holdReport(options: {
  db: Db;
  services: Services;
  now: Date;
  where: Whereabouts;
  report: Report;
  cause: 'rate' | 'cooling';
}): Promise<{ id: string; no: string; token: string; state: 'held'; reportedAt: string }> {
  const { db, services, now, where, report, cause } = options;
  const { reporter, files = [] } = report;
  const day = shanghaiDate(now).replaceAll('-', '');
  const { n } = await db.one<{ n: string }>(sql`select kernel.next_number('held', ${day})::text as n`);
  const made = { id: uuidv7(), no: `DH${day}${n.padStart(6, '0')}`, token: crypto.randomUUID() };
  const caseId = uuidv7();
  const contact = reporter.contact
    ? services.keyring.seal(JSON.stringify(reporter.contact), contactContext(made.id))
    : null;
  await db.run(sql`
    insert into incident.held_report (id, case_id, no, client_id, account, heap, person, entity, contact, source, class, text, lon, lat, address, street, committee, cell, part, owner, keeper, flags,
      picture, photos, api_key, media_url, cause, at, token, sample)
    values (${made.id}::uuid, ${caseId}::uuid, ${made.no}, ${report.clientId}::uuid, ${reporter.account}, ${heapOf(services, reporter.account)}, ${reporter.person}::uuid, ${reporter.entity}::text,
      ${contact}::text, ${report.source}, ${report.class}, ${maskText(report.text.trim())}, ${report.lon}::float8, ${report.lat}::float8, ${report.address ?? null}::text,
      ${where.street.code}, ${where.committee.code}, ${where.cell.code}, ${report.part ?? null}::text, ${report.owner ?? null}::text, ${report.keeper ?? null}::text,
      ${[...(report.flags ?? [])]}::text[], ${report.picture ?? null}::text, ${files.length}::int, ${report.apiKey ?? null}::uuid, ${report.mediaUrl ?? null}::text, ${cause},
      ${now}::timestamptz, ${made.token}::uuid, ${services.config.sample}::boolean)`);
  // On the case that it may become: taken in, the photos are there already.
  await attachDocument(db, { files, kind: PHOTO_KIND, subject: caseId });
  return { ...made, state: 'held', reportedAt: now.toISOString() };
}
