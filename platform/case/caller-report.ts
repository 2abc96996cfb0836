import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Whereabouts } from '#platform/geo/area-locator.ts';
import { type CaseRow, holdCase } from './case-row.ts';
import { classesAt } from './classes.ts';
import { contactContext, fileReport, type Report, type Reported } from './file-report.ts';
import { maskText } from './mask-text.ts';
import { likeliestTwin } from './merge-case.ts';
import { keepOutside, outsideOfClient } from './outside-reports.ts';
import { answerHeld, rateHeld, withdrawHeld } from './reporter-acts.ts';
import { tell } from './tell.ts';

/*
 * Reports that somebody else took for a caller (热线等代报): the hotline asks for these, each in a transaction of cases, outside of its own. What a caller
 * could do themselves is done in the same ways, under the account of the report.
 */

const HOTLINE = { ...systemActor({ name: 'hotline' }), name: '12345 热线' };
export const inCases = <T>(services: Services, work: (db: Db) => Promise<T>): Promise<T> =>
  services.database.tx({ module: 'incident', actor: HOTLINE }, work);

/** Whether there is such a class today. */
export const isClass = (services: Services, code: string): Promise<boolean> =>
  inCases(services, async (db) => (await classesAt(db, services.clock.now(), code)).length > 0);

/** Takes in a report for a caller, and names the case that is likeliest the same (疑似重复). Sent twice it is one. */
export async function fileForCaller(
  services: Services,
  of: { where: Whereabouts; report: Report },
): Promise<Reported & { twin: string | null }> {
  const now = services.clock.now();
  return inCases(services, async (db) => {
    const made = await fileReport({ db, services, now, ...of });
    return { ...made, twin: (await likeliestTwin(db, made.no, now)) ?? null };
  });
}

/** A receipt for the district where the place lies (区外回执). */
export function keepOutsideForCaller(
  services: Services,
  of: Pick<Parameters<typeof keepOutside>[0], 'report'>,
): Promise<{ no: string }> {
  const { clientId, reporter } = of.report;
  return inCases(
    services,
    async (db) =>
      (await outsideOfClient(db, { account: reporter.account, clientId })) ??
      (await keepOutside({ db, services, now: services.clock.now(), ...of })),
  );
}

/** What a reporter may read of a case: entries that are shown, with the unit that acted, never who in it. */
export type Told = { seq: number; kind: string; at: Date; unit: string | null; text: string | null };
export type CallerProgress = {
  case: string;
  no: string;
  state: string;
  unit: string | null;
  /** The unit asks for more time (申请延期). */
  asksTime: boolean;
  told: Told[];
};

/** How a report goes on (办理进展), from an entry on; a report that was merged tells of its new case from the merge on. */
export function progressForCaller(
  services: Services,
  of: { report: string; after: number },
): Promise<CallerProgress | undefined> {
  return inCases(services, async (db) => {
    const found = await db.first<Omit<CallerProgress, 'told'> & { first: string }>(sql`
      select c.id as "case", c.no, c.state, c.unit, coalesce(c.asked ->> 'kind' = 'extend', false) as "asksTime", r.first_case as first from incident.report r join incident.case_file c on c.id = r.case_id where r.id = ${of.report}::uuid`);
    if (!found) return undefined;
    const { first, ...progress } = found;
    const rows = await db.rows<Omit<Told, 'seq'> & { seq: string }>(sql`
      select e.seq::text as seq, e.kind, e.at, coalesce(e.data ->> 'unit', e.by_unit) as unit, e.text from incident.event e
      where e.shown and e.seq > ${of.after}::bigint and (e.case_id = ${first}::uuid
        or (e.case_id = ${progress.case}::uuid and e.seq > coalesce((select max(m.seq) from incident.event m where m.case_id = ${first}::uuid and m.kind = 'merge'), 0)))
      order by e.seq limit 200`);
    return { ...progress, told: rows.map(({ seq, ...row }) => ({ ...row, seq: Number(seq) })) };
  });
}

/** Adds what the caller said later (补充): where it was asked for, it is the answer. A contact that is given takes the place of the earlier one. */
export function supplementForCaller(
  services: Services,
  of: { report: string; account: string; text: string | undefined; contact: Report['reporter']['contact'] | undefined },
): Promise<void> {
  const { report, account, text, contact } = of;
  const now = services.clock.now();
  return inCases(services, async (db) => {
    const row = await heldOf(db, report);
    if (!row) return;
    if (text !== undefined && row.state === 'facts') await answerHeld({ db, row, account, now, text });
    else if (text !== undefined)
      tell(db, { caseId: row.id, at: now, kind: 'supplement', shown: true, text: maskText(text) });
    if (contact === undefined) return;
    const sealed = contact && services.keyring.seal(JSON.stringify(contact), contactContext(report));
    await db.run(sql`update incident.report set contact = ${sealed}::text where id = ${report}::uuid`);
  });
}

/** What the caller said when they were asked (回访): the rating of the report. Not satisfied or not solved: the centre calls back and decides. */
export function rateForCaller(
  services: Services,
  of: { report: string; account: string; satisfied: boolean; opinion: string | undefined },
): Promise<string | undefined> {
  return inCases(services, async (db) => {
    const row = await heldOf(db, of.report);
    return row && rateHeld({ db, row, now: services.clock.now(), ...of });
  });
}

/** Takes a report back for a caller; one that was taken back already is so. */
export function withdrawForCaller(
  services: Services,
  of: { report: string; account: string },
): Promise<string | undefined> {
  return inCases(services, async (db) => {
    const row = await heldOf(db, of.report);
    if (!row || row.state === 'cancelled') return row?.state;
    return withdrawHeld({ db, row, now: services.clock.now(), ...of });
  });
}

/** The case of a report, held until the transaction ends. */
export async function heldOf(db: Db, report: string): Promise<CaseRow | undefined> {
  const found = await db.first<{ no: string }>(
    sql`select c.no from incident.report r join incident.case_file c on c.id = r.case_id where r.id = ${report}::uuid`,
  );
  return found && holdCase(db, found.no);
}
