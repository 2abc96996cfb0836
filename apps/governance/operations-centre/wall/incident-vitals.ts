import { systemActor } from '#platform/kernel/actor.ts';
import type { LiveKind } from '#platform/kernel/live-kind.ts';
import { json, sql } from '#platform/kernel/sql.ts';
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

const openIncidents = ({ services, actor }: SourceContext, most: number): Promise<WallItem[]> =>
  services.database.tx({ module: 'ops', actor, readOnly: true }, async (db) => {
    const rows = await db.rows<Row>(sql`
      select id, title, level, state, first_at as at, lon, lat, sample from ops.incident
      where state = 'open' and exercise is null order by level, last_at desc, id limit ${most}::int`);
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

/** Vitals of composite incidents (复合事件体征). Exercises do not count. */
export const incidentVitals: VitalSource = {
  id: 'incident',
  title: { zh: '复合事件', en: 'Composite incidents' },
  read: async (context) => {
    const { services } = context;
    const open = await openIncidents(context, 1_000);
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
        },
      ],
    };
  },
  queue: ({ most, ...context }) => openIncidents(context, most),
  behind: async ({ vital, most, ...context }) => (vital === 'incident.open' ? openIncidents(context, most) : undefined),
};

/** Composite incidents as they come (复合事件动态): for who sees the district. */
export const liveIncident: LiveKind = {
  name: 'incident',
  types: ['ops.incident.made', 'ops.incident.level'],
  action: 'ops.incident.read',
  read: async (db, subjects) => {
    const rows = await db.rows<{ id: string; no: string; zh: string; en: string; level: number; state: string }>(sql`
      select i.id, i.no, i.title->>'zh' as zh, i.title->>'en' as en, i.level, i.state
      from jsonb_array_elements_text(${json(subjects)}::text::jsonb) s(id) join ops.incident i on i.id::text = s.id where i.exercise is null`);
    return new Map(rows.map(({ id, ...row }) => [id, { row }]));
  },
};
