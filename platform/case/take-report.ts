import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { openAreaLocator, type Whereabouts } from '#platform/geo/area-locator.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import { askAround, type Known } from './ask-around.ts';
import { OTHER_EVENT } from './classes.ts';
import { metresBetween } from './duplicates.ts';
import { fileReport, type Report } from './file-report.ts';
import { holdReport } from './hold-report.ts';
import { keepOutside, outsideOfClient } from './outside-reports.ts';
import { gateOf } from './report-gate.ts';

/** A report as its sender gives it: the class may be open. */
export type Given = Omit<Report, 'class' | 'owner' | 'keeper' | 'flags'> & { class?: string };

/** What the house knows of a report before the transaction of the case begins. */
export type Around = Known & { where: Whereabouts | null; ofPart: Whereabouts | null };

/** The receipt (回执), whatever became of the report: a case, held for a person, or offered to a neighbour. */
export type Receipt = {
  id: string;
  no: string;
  token: string;
  state: string;
  reportedAt: string;
  /** Name of the street; empty outside. */
  street: string;
  class: string;
  flags: string[];
  /** Name of the district that an outside pin is offered to; null where none is known, or inside. */
  neighbour: Text | null;
};

/** Asks everybody who may know more of a report: areas, register of parts, proposer of classes. Call it in `prepare`. */
export async function lookAround(
  services: Services,
  given: { part?: string; class?: string; text: string; lon: number; lat: number },
): Promise<Around> {
  const locator = await openAreaLocator(services);
  const known = await askAround(services, given);
  const at = known.part ?? given;
  return { ...known, where: locator.whereabouts(given.lon, given.lat), ofPart: locator.whereabouts(at.lon, at.lat) };
}

export const classOf = (given: { class?: string }, { part, proposed }: Around): string =>
  given.class ?? part?.classes[0] ?? proposed ?? OTHER_EVENT;

/**
 * Takes a report by whatever door (统一受理入口): what was sent before gives its receipt again; a pin outside is kept for the neighbour; above the
 * usual number it is held for a person; else it is a case. Throws INCIDENT_TOO_MANY_REPORTS above the last limit only.
 */
export async function takeReport(options: {
  db: Db;
  services: Services;
  now: Date;
  given: Given;
  around: Around;
  /** Names under which the sender may have reported before. */
  senders: readonly string[];
}): Promise<Receipt> {
  const { db, services, now, given, around, senders } = options;
  const code = classOf(given, around);
  const earlier = await earlierOf(db, given);
  if (earlier) return { ...earlier, class: code };
  const gate = await gateOf(db, { senders, now });
  if (!around.where) {
    const kept = await keepOutside({ db, services, now, report: { ...given, class: code } });
    return { ...kept, street: '', class: code, flags: ['outside'] };
  }
  const report = await placed(db, { given, around, code, now, where: around.where });
  if (gate !== 'file') {
    const held = await holdReport({ db, services, now, cause: gate, ...report });
    return { ...held, street: report.where.street.name, class: code, flags: ['held'], neighbour: null };
  }
  const made = await fileReport({ db, services, now, ...report });
  return {
    id: made.report,
    no: made.no,
    token: made.token,
    state: made.state,
    reportedAt: made.reportedAt.toISOString(),
    street: report.where.street.name,
    class: code,
    flags: [...(report.report.flags ?? [])],
    neighbour: null,
  };
}

/** The register knows where a part stands better than a phone does, unless the two speak of different places. */
async function placed(
  db: Db,
  options: { given: Given; around: Around; code: string; now: Date; where: Whereabouts },
): Promise<{ report: Report; where: Whereabouts }> {
  const { given, around, code, now } = options;
  const { part, missing, ofPart } = around;
  const { amount: far } = await amountAt(db, 'incident.part.far', now);
  const near = part !== undefined && metresBetween(part, given) <= far && ofPart !== null;
  const flags = [
    ...(given.noted?.skewed ? ['clock-skew'] : []),
    ...(missing ? ['part-unknown'] : []),
    ...(part && !near ? ['part-far'] : []),
    ...(code === OTHER_EVENT && given.class === undefined ? ['class-open'] : []),
  ];
  return {
    where: near && ofPart ? ofPart : options.where,
    report: {
      ...given,
      class: code,
      lon: near ? part.lon : given.lon,
      lat: near ? part.lat : given.lat,
      owner: part?.owner ?? null,
      keeper: part?.keeper ?? null,
      flags,
    },
  };
}

/** Sent before, by the same sender under the same id: the receipt of then, in whatever state it is now. */
async function earlierOf(db: Db, { reporter, clientId }: Given): Promise<Omit<Receipt, 'class'> | undefined> {
  type Row = { id: string; no: string; token: string; state: string; at: Date; street: string };
  const filed = await db.first<Row>(sql`
    select id, no, token, state, reported_at as at, street from incident.report_of_client(${reporter.account}, ${clientId}::uuid)`);
  const held =
    filed ??
    (await db.first<Row>(
      sql`select id, no, token, state, at, street from incident.held_of_client(${reporter.account}, ${clientId}::uuid) where state <> 'taken'`,
    ));
  if (held)
    return {
      ...held,
      reportedAt: held.at.toISOString(),
      flags: held === filed ? [] : ['held'],
      neighbour: null,
    };
  const outside = await outsideOfClient(db, { account: reporter.account, clientId });
  return outside && { ...outside, street: '', flags: ['outside'] };
}
