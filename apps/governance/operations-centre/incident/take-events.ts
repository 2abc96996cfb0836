import type { Consumer } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { readRules } from './correlation-rules.ts';
import { takeSeen } from './take-seen.ts';

/** Cases have no level of their own: they count as the least grave. */
const CASE_LEVEL = 4;

/** A case has moved (案件): it is taken in once, whatever its first step is. */
export const takeCase: Consumer = {
  name: 'take-case',
  type: 'incident.case.moved',
  handle: async ({ event, db, services }) => {
    const id = event.data.case ?? '';
    const found = await db.first<{ no: string; class: string; lon: number; lat: number; at: Date }>(sql`
      select no, class, lon, lat, reported_at as at from ${db.share('case')} where id = ${id}::uuid and not exists (select from ops.member m where m.source = 'case' and m.ref = no)`);
    if (!found) return;
    const rules = await readRules(db, services.clock.now());
    if (!rules.families.has(found.class)) return;
    const title = { zh: `案件 ${found.no}`, en: `Case ${found.no}` };
    await takeSeen(db, { ...found, source: 'case', ref: found.no, level: CASE_LEVEL, title }, rules);
  },
};

/** An alert was raised (预警); what has no place cannot be near anything. */
export const takeAlert: Consumer = {
  name: 'take-alert',
  type: 'signal.alert.raised',
  handle: async ({ event, db, services }) => {
    const id = event.data.alert ?? '';
    const found = await db.first<{
      id: string;
      kind: string;
      title: { zh: string; en: string };
      level: number;
      lon: number | null;
      lat: number | null;
      at: Date;
    }>(sql`
      select id, kind, title, level, lon, lat, raised_at as at from ${db.share('alert')} where id = ${id}::uuid`);
    if (!found || found.lon === null || found.lat === null) return;
    const rules = await readRules(db, services.clock.now());
    if (!rules.families.has(found.kind)) return;
    const { kind, lon, lat, level, title, at } = found;
    await takeSeen(db, { source: 'alert', ref: found.id, class: kind, level, lon, lat, title, at }, rules);
  },
};
