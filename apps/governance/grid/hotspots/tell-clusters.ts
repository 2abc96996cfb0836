import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { CaseCluster, ClusterSource } from '#platform/case/cluster-source.ts';

/** The newest hot spots, for who watches the district (案件聚集): by the rights of who asks. All of a run are of the sample or none. */
export const tellClusters: ClusterSource = {
  read: async ({ services, actor }) => {
    const clusters = await services.database.tx({ module: 'grid', actor, readOnly: true }, (db) =>
      db.rows<CaseCluster>(sql`
        select h.id, h.class, h.street, h.lon, h.lat, h.radius as "radiusM", h.from_day::text as "fromDay", h.to_day::text as "toDay", h.observed, h.expected, h.p,
          r.to_day::text as "scannedTo", r.replications, h.cases, false as sample
        from grid.hotspot h join (select distinct on (class) * from grid.scan_run order by class, finished_at desc) r on r.id = h.run
        where r.finished_at > kernel.now() - interval '7 days' order by h.to_day desc, h.p, h.observed desc, h.id`),
    );
    const { heard } = await services.database.tx(
      { module: 'grid', actor: systemActor({ name: 'figures' }), readOnly: true },
      (db) => db.one<{ heard: Date | null }>(sql`select max(finished_at) as heard from grid.scan_run`),
    );
    return { heard, clusters };
  },
};
