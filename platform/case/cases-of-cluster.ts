import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { json, type Sql, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { CASE_LINE, type CaseLine } from './case-figures.ts';
import { classesAt } from './classes.ts';
import type { CaseCluster } from './cluster-source.ts';
import { scopeOf } from './list-cases.ts';

/** Metres of a degree of latitude; of longitude times the cosine. A cluster is small: a plane is exact enough. */
const METRES_A_DEGREE = 111_320;

/** Came after the last day looked at into the circle of `w`, and was not found to be nothing. */
const inCircle: Sql = sql`c.reported_at >= ((w."scannedTo" + 1)::timestamp at time zone 'Asia/Shanghai') and c.state not in ('merged', 'rejected', 'cancelled')
  and power((c.lat - w.lat) * ${METRES_A_DEGREE}::float8, 2) + power((c.lon - w.lon) * ${METRES_A_DEGREE}::float8 * cos(radians(w.lat)), 2) <= power(greatest(w."radiusM", 100), 2)`;

/** Cases of a cluster that the caller may see, and those of its class that came into its circle after the last day looked at; the newest first. */
export function casesOfCluster(options: {
  services: Services;
  actor: Actor;
  cluster: CaseCluster;
  most: number;
}): Promise<{ counted: CaseLine[]; since: CaseLine[] }> {
  const { services, actor, cluster, most } = options;
  return services.database.tx({ module: 'incident', actor, readOnly: true }, async (db) => {
    const scope = scopeOf(actor);
    const counted = await db.rows<CaseLine>(sql`
      select ${CASE_LINE} from incident.case_file c where ${scope} and c.no = any(${[...cluster.cases]}::text[]) order by c.reported_at desc, c.id limit ${most}::int`);
    const since = await db.rows<CaseLine>(sql`
      select ${CASE_LINE} from incident.case_file c join jsonb_to_record(${json(cluster)}::text::jsonb) as w(class text, lon float8, lat float8, "radiusM" float8, "scannedTo" date)
        on c.class = w.class and ${inCircle} where ${scope} order by c.reported_at desc, c.id limit ${most}::int`);
    return { counted, since };
  });
}

/** Of each cluster how many cases of its class came into its circle after the last day looked at, and whether all of its cases are of the sample. */
export function growthOf(options: {
  services: Services;
  actor: Actor;
  clusters: readonly CaseCluster[];
}): Promise<ReadonlyMap<string, { since: number; sample: boolean }>> {
  const { services, actor, clusters } = options;
  return services.database.tx({ module: 'incident', actor, readOnly: true }, async (db) => {
    const scope = scopeOf(actor);
    const rows = await db.rows<{ id: string; since: number; sample: boolean }>(sql`
      select w.id, (select count(*)::int from incident.case_file c where ${scope} and c.class = w.class and ${inCircle})  as since,
        coalesce((select bool_and(c.sample) from incident.case_file c where ${scope} and c.no in (select jsonb_array_elements_text(w.cases))), false) as sample
      from jsonb_to_recordset(${json(clusters)}::text::jsonb) as w(id text, class text, lon float8, lat float8, "radiusM" float8, "scannedTo" date, cases jsonb)`);
    return new Map(rows.map(({ id, ...growth }) => [id, growth]));
  });
}

/** Names of the classes in force (类别名称), by code. */
export function classNames(options: {
  services: Services;
  actor: Actor;
  now: Date;
}): Promise<ReadonlyMap<string, Text>> {
  const { services, actor, now } = options;
  return services.database.tx({ module: 'incident', actor, readOnly: true }, async (db) => {
    const classes = await classesAt(db, now);
    return new Map(classes.map(({ code, name }) => [code, name]));
  });
}
