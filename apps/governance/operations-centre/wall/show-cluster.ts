import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { casesOfCluster } from '#platform/case/cases-of-cluster.ts';
import type { CaseLine } from '#platform/case/case-figures.ts';
import { incidentOfCluster } from './cluster-key.ts';
import { readClusters } from './cluster-vitals.ts';

const MOST = 200;
const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const Moment = Type.String({ format: 'date-time' });
export const ClusterParams = Type.Object({ id: Type.String({ format: 'uuid' }) });
const CaseSchema = Type.Object({
  no: Type.String(),
  description: Type.String(),
  state: Type.String(),
  lon: Type.Number(),
  lat: Type.Number(),
  reportedAt: Moment,
  dueAt: Type.Union([Moment, Type.Null()]),
  sample: Type.Boolean(),
});
const shown = ({ reportedAt, dueAt, ...line }: CaseLine) => ({
  ...line,
  reportedAt: reportedAt.toISOString(),
  dueAt: dueAt?.toISOString() ?? null,
});

/** One cluster with its cases (一处聚集): what was counted, against what was expected, and what came since; by the rights of the caller. */
export const showCluster = route({
  method: 'GET',
  path: '/api/ops/clusters/:id',
  summary: { zh: '一处案件聚集', en: 'One cluster of cases' },
  allow: 'ops.wall.read',
  params: ClusterParams,
  reply: Type.Object({
    id: Type.String(),
    title: Words,
    class: Type.String(),
    rising: Type.Boolean(),
    lon: Type.Number(),
    lat: Type.Number(),
    radiusM: Type.Number(),
    fromDay: Type.String(),
    toDay: Type.String(),
    scannedTo: Type.String(),
    observed: Type.Integer(),
    expected: Type.Number(),
    p: Type.Number(),
    replications: Type.Integer(),
    sample: Type.Boolean(),
    counted: Type.Array(CaseSchema),
    since: Type.Array(CaseSchema),
    incident: Type.Union([Type.String(), Type.Null()], { description: '由此形成的复合事件 / the incident made of it' }),
    asOf: Moment,
  }),
  errors: [NotFound],
  examples: { own: { as: 'duty-officer', params: { id: 'fixture:hotspot' } } },
  prepare: async ({ actor, services, params }) => {
    const context = { services, actor, now: services.clock.now() };
    const cluster = (await readClusters(context))?.clusters.find(({ id }) => id === params.id);
    return cluster && { cluster, ...(await casesOfCluster({ ...context, cluster, most: MOST })) };
  },
  handler: async ({ db, clock, prepared: found }) => {
    if (!found) throw NotFound.with();
    const { class: of, ...cluster } = found.cluster;
    const incident = await db.first<{ id: string }>(incidentOfCluster(found.cluster.id));
    const { cases: _, street: _street, ...rest } = cluster;
    return {
      ...rest,
      class: of,
      counted: found.counted.map(shown),
      since: found.since.map(shown),
      incident: incident?.id ?? null,
      asOf: clock.now().toISOString(),
    };
  },
});
