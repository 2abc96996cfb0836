import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { ClassCorrection, ClassCorrections } from './hooks.ts';
import { maskText } from './mask-text.ts';

/** Classes that operators put right when they accepted or filed a case, from the timeline; of several in one case the last. */
export const correctedClasses: ClassCorrections = {
  since: ({ services, since, limit }) =>
    services.database.tx(
      { module: 'incident', actor: systemActor({ name: 'class-corrections' }), readOnly: true },
      async (db): Promise<ClassCorrection[]> => {
        const rows = await db.rows<ClassCorrection>(sql`
          select * from (
            select distinct on (c.id) c.id as "caseId", c.no, e.data ->> 'before' as before, c.class, e.at, c.description as text
            from incident.event e join incident.case_file c on c.id = e.case_id
            where e.kind in ('accept', 'establish') and e.data ? 'before' and e.at >= ${since}::timestamptz and e.data ->> 'before' <> c.class
            order by c.id, e.seq desc) w
          order by w.at desc, w.no limit ${limit}::int`);
        return rows.map((row) => ({ ...row, text: maskText(row.text) }));
      },
    ),
};
