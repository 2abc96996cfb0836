import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { ReportFact, ReportFacts } from './hooks.ts';

/** What other modules may know of reports: who stands in a case, by id, and whether it was accepted. */
export const caseReports: ReportFacts = {
  of: ({ services, ...asked }) =>
    services.database.tx(
      { module: 'incident', actor: systemActor({ name: 'report-facts' }), readOnly: true },
      (db): Promise<ReportFact[]> =>
        db.rows<ReportFact>(sql`
          select r.id as report, r.person, c.street,
            r.id = (select o.id from incident.report o where o.case_id = c.id order by o.at, o.id limit 1) as first,
            c.state not in ('reported', 'rejected', 'cancelled', 'merged')
              and exists (select from incident.event e where e.case_id = c.id and e.kind in ('accept', 'establish')) as accepted,
            c.state = 'rejected' as rejected
          from incident.report r join incident.case_file c on c.id = r.case_id
          where r.withdrawn_at is null and (c.id = ${asked.case ?? null}::uuid or r.id = ${asked.report ?? null}::uuid)
          order by r.at, r.id`),
    ),
};
