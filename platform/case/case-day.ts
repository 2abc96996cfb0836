import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { scopeOf } from './list-cases.ts';

export type CaseDay = {
  reported: number;
  closed: number;
  /** Of the closed ones that had a time to be handled in, those handled within it. */
  timed: number;
  onTime: number;
  sample: number;
  /** The classes most reported, at most five. */
  classes: { class: string; name: Text; n: number }[];
};

/** Cases of a span (一日案件), by the rights of the actor; `to` is not within it. */
export function caseDay(options: { services: Services; actor: Actor; from: Date; to: Date }): Promise<CaseDay> {
  const { services, actor, from, to } = options;
  return services.database.tx({ module: 'incident', actor, readOnly: true }, async (db) => {
    const scope = scopeOf(actor);
    const within = sql`${scope} and c.reported_at >= ${from}::timestamptz and c.reported_at < ${to}::timestamptz`;
    const counts = await db.one<Omit<CaseDay, 'classes'>>(sql`
      select (select count(*)::int from incident.case_file c where ${within}) as reported, (select count(*)::int from incident.case_file c where ${within} and c.sample) as sample,
        o.closed, o.timed, o."onTime"
      from (select count(*)::int as closed, (count(*) filter (where c.handle_due_at is not null))::int as timed, (count(*) filter (where c.handled_at <= c.handle_due_at))::int as "onTime"
        from incident.case_file c where ${scope} and c.state in ('closed', 'evaluated', 'archived') and c.closed_at >= ${from}::timestamptz and c.closed_at < ${to}::timestamptz) o`);
    const classes = await db.rows<CaseDay['classes'][number]>(sql`
      select c.class, coalesce((select k.name from incident.class k where k.code = c.class order by k.valid_from desc limit 1), jsonb_build_object('zh', c.class, 'en', c.class)) as name,
        count(*)::int as n
      from incident.case_file c where ${within} group by c.class order by n desc, c.class limit 5`);
    return { ...counts, classes };
  });
}
