import { type Sql, sql } from '#platform/kernel/sql.ts';

/** Key of the incident that a person makes of a cluster: one of each. */
export const clusterKey = (cluster: string): string => `cluster ${cluster}`;
export const incidentOfCluster = (cluster: string): Sql =>
  sql`select id from ops.incident where key = ${clusterKey(cluster)} and exercise is null`;
