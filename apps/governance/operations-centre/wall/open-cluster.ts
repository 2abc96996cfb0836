import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { casesOfCluster } from '#platform/case/cases-of-cluster.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { readRules } from '../incident/correlation-rules.ts';
import { IncidentSchema, incidentView, readIncidents } from '../incident/incident-record.ts';
import { lockCorrelation, makeIncident } from '../incident/take-seen.ts';
import { WrongState } from '../errors.ts';
import { readClusters } from './cluster-vitals.ts';
import { clusterKey } from './cluster-key.ts';
import { ClusterParams } from './show-cluster.ts';

const MOST = 200;

/**
 * Makes a cluster a composite incident (转为复合事件): a person's judgement, so that options can be compared and units ordered. Its open cases become members by
 * hand, by reference; what is a member of another incident stays there. Once a cluster.
 */
export const openCluster = route({
  method: 'POST',
  path: '/api/ops/clusters/:id/incident',
  summary: { zh: '把聚集转为复合事件', en: 'Make a cluster an incident' },
  allow: 'ops.incident.change',
  params: ClusterParams,
  body: Type.Object({}, { additionalProperties: false }),
  status: 201,
  reply: IncidentSchema,
  errors: [NotFound, WrongState],
  examples: { own: { as: 'duty-officer', params: { id: 'fixture:hotspot' }, body: {} } },
  prepare: async ({ actor, services, params }) => {
    const context = { services, actor, now: services.clock.now() };
    const cluster = (await readClusters(context))?.clusters.find(({ id }) => id === params.id);
    return cluster && { cluster, ...(await casesOfCluster({ ...context, cluster, most: MOST })) };
  },
  handler: async ({ db, clock, prepared: found }) => {
    if (!found) throw NotFound.with();
    const { cluster } = found;
    await lockCorrelation(db);
    const rules = await readRules(db, clock.now());
    const key = clusterKey(cluster.id);
    if (await db.first(sql`select from ops.incident where key = ${key} and exercise is null`))
      throw WrongState.with({ detail: { zh: '这处聚集已经转为复合事件', en: 'an incident was made of it already' } });
    const cases = [...found.since, ...found.counted];
    const all = cases.map((line) => ({ ...line, id: uuidv7(), at: line.reportedAt.toISOString() }));
    await db.run(sql`
      insert into ops.member (id, source, ref, class, title, level, lon, lat, at, state, ended_at, origin, sample)
      select w.id, 'case', w.no, ${cluster.class}, jsonb_build_object('zh', '案件 ' || w.no, 'en', 'Case ' || w.no), 4, w.lon, w.lat, w.at, w.state,
        case when w.state in ('closed', 'evaluated', 'archived') then kernel.now() end, 'public', w.sample
      from jsonb_to_recordset(${JSON.stringify(all)}::text::jsonb) as w(id uuid, no text, lon float8, lat float8, at timestamptz, state text, sample boolean)
      on conflict do nothing`);
    const members = await db.rows<{
      id: string;
      source: string;
      ref: string;
      at: Date;
      lon: number;
      lat: number;
      level: number;
    }>(sql`
      select id, source, ref, at, lon, lat, level from ops.member
      where source = 'case' and exercise is null and incident is null and ref = any(${cases.map(({ no }) => no)}::text[]) order by at, ref`);
    if (members.length === 0)
      throw WrongState.with({
        detail: { zh: '这些案件都已在别的复合事件里', en: 'all of its cases are members of other incidents' },
      });
    const id = await makeIncident(db, {
      key,
      family: rules.families.get(cluster.class)?.[0] ?? 'cluster',
      members,
      many: rules.many,
      at: members.at(-1)?.at ?? clock.now(),
      byHand: true,
    });
    const [made] = await readIncidents(db, sql`where i.id = ${id}::uuid`);
    if (!made) throw NotFound.with();
    return incidentView(made);
  },
});
