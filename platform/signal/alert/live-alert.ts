import type { LiveKind } from '#platform/kernel/live-kind.ts';
import { json, sql } from '#platform/kernel/sql.ts';

/** Alerts as they come and go (预警动态), for pages that follow them. What is collapsed in a storm makes no events of its own. */
export const liveAlert: LiveKind = {
  name: 'alert',
  types: [
    'signal.alert.raised',
    'signal.alert.level',
    'signal.alert.acknowledged',
    'signal.alert.cleared',
    'signal.alert.closed',
    'signal.storm.began',
  ],
  action: 'signal.alert.read',
  read: async (db, subjects) => {
    const rows = await db.rows<{
      id: string;
      number: string;
      zh: string;
      en: string;
      level: number;
      state: string;
      lon: number | null;
      lat: number | null;
      storm: boolean;
      unit: string;
    }>(sql`
      select a.id, a.number, a.title->>'zh' as zh, a.title->>'en' as en, a.level, a.state, a.lon, a.lat, a.storm, a.unit
      from jsonb_array_elements_text(${json(subjects)}::text::jsonb) s(id) join signal.alert a on a.id::text = s.id`);
    return new Map(rows.map(({ id, unit, ...row }) => [id, { row, units: [unit] }]));
  },
};
