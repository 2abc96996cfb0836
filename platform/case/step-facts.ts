import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { StepFact, StepFacts } from './hooks.ts';

/** Steps with their limits, from the clocks of cases and the entry of the timeline that ended each: units and times, no accounts and no names. */
export const finishedSteps: StepFacts = {
  between: ({ services, from, to }) =>
    services.database.tx(
      { module: 'incident', actor: systemActor({ name: 'step-facts' }), readOnly: true },
      (db): Promise<StepFact[]> =>
        db.rows<StepFact>(sql`
          select c.id as "caseId", c.no, c.class, c.street, replace(k.kind, 'incident.', '') as step, e.by_unit as unit, k.due_at as "dueAt", k.ended_at as "doneAt",
            (dense_rank() over (order by e.by_account))::int as doer
          from calendar.clock k join incident.case_file c on c.id = k.subject::uuid
            join lateral (
              select e.by_unit, e.by_account from incident.event e where e.case_id = c.id and e.at = k.ended_at
                and e.kind = any (case k.kind when 'incident.accept' then array['accept', 'reject'] when 'incident.establish' then array['establish']
                  when 'incident.dispatch' then array['dispatch', 'refer'] else array['verify', 'rework'] end)
              order by e.seq limit 1) e on true
          where k.app = 'incident' and k.kind in ('incident.accept', 'incident.establish', 'incident.dispatch', 'incident.verify') and k.state = 'ended'
            and k.ended_at >= ${from}::timestamptz and k.ended_at < ${to}::timestamptz
          order by k.ended_at, c.no, k.kind`),
    ),
};
