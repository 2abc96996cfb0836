import { systemActor } from '#platform/kernel/actor.ts';
import type { LiveKind } from '#platform/kernel/live-kind.ts';
import { json, type Sql, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { SourceContext, VitalSource, WallItem } from './vital-source.ts';

type Row = {
  id: string;
  title: Text;
  level: number;
  state: string;
  at: Date;
  lon: number;
  lat: number;
  sample: boolean;
};

const RATE_DAYS = 30;
const sinceOf = (now: Date): Date => new Date(now.getTime() - RATE_DAYS * 86_400_000);
const FROM = { zh: '复合事件表 ops.incident、ops.member', en: 'Incidents, ops.incident and ops.member' };
/** Incidents made since, each with its earliest member of which it is known who found it. */
const foundSince = (since: Date): Sql => sql`
  from ops.incident i join lateral (
    select m.origin from ops.member m where m.incident = coalesce(i.merged_into, i.id) and m.origin is not null order by m.at, m.ref limit 1) first on true
  where i.exercise is null and i.state <> 'merged' and i.made_at >= ${since}::timestamptz
    and not exists (select from ops.incident_entry e where e.incident = i.id and e.what = 'split' and not e.data ? 'into')`;

const readIncidentItems = ({ services, actor }: SourceContext, rest: Sql): Promise<WallItem[]> =>
  services.database.tx({ module: 'ops', actor, readOnly: true }, async (db) => {
    const rows = await db.rows<Row>(
      sql`select i.id, i.title, i.level, i.state, i.first_at as at, i.lon, i.lat, i.sample ${rest}`,
    );
    return rows.map(({ at, state, ...row }) => ({
      ...row,
      kind: 'incident' as const,
      // An open incident is no alert that waits for somebody.
      state: state === 'open' ? 'standing' : state,
      at: at.toISOString(),
      dueAt: null,
      path: `/ops/incidents/${row.id}`,
    }));
  });

const openIncidents = (context: SourceContext, most: number): Promise<WallItem[]> =>
  readIncidentItems(
    context,
    sql`from ops.incident i where i.state = 'open' and i.exercise is null order by i.level, i.last_at desc, i.id limit ${most}::int`,
  );

/** Vitals of composite incidents (复合事件体征). Exercises do not count. */
export const incidentVitals: VitalSource = {
  id: 'incident',
  title: { zh: '复合事件', en: 'Composite incidents' },
  read: async (context) => {
    const { services } = context;
    const open = await openIncidents(context, 1_000);
    const since = sinceOf(context.now);
    const found = await services.database.tx({ module: 'ops', actor: context.actor, readOnly: true }, (db) =>
      db.one<{ made: number; early: number }>(sql`
        select count(*)::int as made, (count(*) filter (where first.origin <> 'public'))::int as early ${foundSince(since)}`),
    );
    const { heard } = await services.database.tx(
      { module: 'ops', actor: systemActor({ name: 'figures' }), readOnly: true },
      (db) => db.one<{ heard: Date | null }>(sql`select max(at) as heard from ops.member where exercise is null`),
    );
    return {
      heard,
      vitals: [
        {
          id: 'incident.open',
          title: { zh: '复合事件', en: 'Composite incidents' },
          value: open.length,
          unit: 'count',
          about: {
            what: {
              zh: '进行中的复合事件：类别可合并、相距 300 米和 30 分钟以内的案件和预警，三件以上；演练不算。',
              en: 'Open composite incidents: three or more cases and alerts that go together, within 300 m and 30 minutes; exercises do not count.',
            },
            period: { zh: '此刻', en: 'Now' },
            from: FROM,
          },
        },
        {
          id: 'incident.early',
          title: { zh: '先于市民发现（30 日）', en: 'Found before the public (30 days)' },
          value: found.made === 0 ? null : (100 * found.early) / found.made,
          unit: 'percent',
          about: {
            what: {
              zh: '复合事件最早的一件来自传感器、巡查或值班人员，而不是市民上报的比例。拆出的不另算，演练不算。',
              en: 'Composite incidents whose first member came from a device, a patrol or somebody on duty and not from the public. What was split off is not counted again, nor are exercises.',
            },
            period: { zh: `近 ${RATE_DAYS} 日形成`, en: `Made in the last ${RATE_DAYS} days` },
            from: FROM,
            of: {
              n: found.early,
              d: found.made,
              names: { n: { zh: '先发现', en: 'found first' }, d: { zh: '复合事件', en: 'incidents' } },
            },
          },
        },
      ],
    };
  },
  queue: ({ most, ...context }) => openIncidents(context, most),
  behind: async ({ vital, most, ...context }) => {
    if (vital === 'incident.open') return openIncidents(context, most);
    if (vital !== 'incident.early') return undefined;
    // What the public found first: there is something to learn from it.
    return readIncidentItems(
      context,
      sql`${foundSince(sinceOf(context.now))} and first.origin = 'public' order by i.made_at desc limit ${most}::int`,
    );
  },
};

/** Composite incidents as they come (复合事件动态): for who sees the district. */
export const liveIncident: LiveKind = {
  name: 'incident',
  types: ['ops.incident.made', 'ops.incident.level', 'ops.incident.changed'],
  action: 'ops.incident.read',
  read: async (db, subjects) => {
    const rows = await db.rows<{ id: string; no: string; zh: string; en: string; level: number; state: string }>(sql`
      select i.id, i.no, i.title->>'zh' as zh, i.title->>'en' as en, i.level, i.state
      from jsonb_array_elements_text(${json(subjects)}::text::jsonb) s(id) join ops.incident i on i.id::text = s.id where i.exercise is null`);
    return new Map(rows.map(({ id, ...row }) => [id, { row }]));
  },
};
