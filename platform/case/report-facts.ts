import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { LostReport, ReportFact, ReportFacts } from './hooks.ts';

/** What other modules may know of reports: who stands in a case, by id, whether it was accepted, and whether that was lost again. */
export const caseReports: ReportFacts = {
  of: ({ services, ...asked }) =>
    services.database.tx(
      { module: 'incident', actor: systemActor({ name: 'report-facts' }), readOnly: true },
      (db): Promise<ReportFact[]> =>
        db.rows<ReportFact>(sql`
          select w.report, w.person, w.street, w.first, w.lost, case when w.lost in ('rejected', 'cancelled') then w.why end as why,
            w.lost is null and w.state not in ('reported', 'merged')
              and exists (select from incident.event e where e.case_id = w.case_id and e.kind in ('accept', 'establish')) as accepted
          from (
            select r.id as report, r.person, r.at, c.id as case_id, c.street, c.state, l.text as why,
              r.id = (select o.id from incident.report o where o.case_id = c.id order by o.at, o.id limit 1) as first,
              case when r.withdrawn_at is not null then 'withdrawn' when l.kind = 'reject' then 'rejected' when l.kind = 'cancel' then 'cancelled' end as lost
            from incident.report r join incident.case_file c on c.id = r.case_id
              left join lateral (
                select e.kind, e.text from incident.event e where e.case_id = c.id and e.kind in ('reject', 'cancel') order by e.seq desc limit 1) l on true
            where c.id = ${asked.case ?? null}::uuid or r.id = ${asked.report ?? null}::uuid) w
          order by w.at, w.report`),
    ),
  lost: ({ services, limit }) =>
    services.database.tx(
      { module: 'incident', actor: systemActor({ name: 'report-facts' }), readOnly: true },
      (db): Promise<LostReport[]> =>
        db.rows<LostReport>(sql`
          select r.id as report, c.no, c.class, e.at, coalesce(e.text, '') as why
          from incident.event e join incident.case_file c on c.id = e.case_id join incident.report r on r.case_id = c.id
          where e.kind in ('reject', 'cancel') and r.person is not null and r.withdrawn_at is null order by e.seq desc, r.at limit ${limit}::int`),
    ),
};
