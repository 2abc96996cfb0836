import type { Consumer, EventRecord, Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { readRules } from './correlation-rules.ts';
import { followMember } from './follow-member.ts';
import { takeSeen } from './take-seen.ts';

/** Cases have no level of their own: they count as the least grave. */
const CASE_LEVEL = 4;
/** Sources of cases that are somebody in the street, not somebody who was sent. */
const STAFF: ReadonlySet<string> = new Set(['grid', 'patrol', 'video', 'sensor']);

/**
 * A case has moved (案件): it is taken in once its class is one that goes together with others, whatever its step is, and followed from then on. What
 * counts is how the case stands now, so an event that comes late or twice changes nothing.
 */
export const takeCase: Consumer = {
  name: 'take-case',
  type: 'incident.case.moved',
  handle: async ({ event, db, services }) => {
    const found = await db.first<{
      no: string;
      class: string;
      lon: number;
      lat: number;
      at: Date;
      state: string;
      source: string;
      endedAt: Date | null;
      sample: boolean;
    }>(sql`
      select no, class, lon, lat, reported_at as at, state, source, closed_at as "endedAt", sample from ${db.share('case')} where id = ${event.data.case ?? ''}::uuid`);
    if (!found) return;
    const rules = await readRules(db, services.clock.now());
    const { no, source, ...thing } = found;
    const member = { source: 'case' as const, ref: no, level: CASE_LEVEL, ...thing };
    if (await followMember(db, member, rules)) return;
    // What was over before it was of a class that goes together began nothing.
    if (!rules.families.has(found.class) || found.endedAt) return;
    const title = { zh: `案件 ${no}`, en: `Case ${no}` };
    const origin = STAFF.has(source) ? ('staff' as const) : ('public' as const);
    await takeSeen(db, { ...member, title, origin }, rules);
  },
};

/** Alerts (预警): taken in when raised, followed when they become graver, are acknowledged, clear or close. What has no place cannot be near anything. */
async function followAlert({ event, db, services }: { event: EventRecord; db: Db; services: Services }): Promise<void> {
  const found = await db.first<{
    id: string;
    kind: string;
    title: Text;
    level: number;
    lon: number | null;
    lat: number | null;
    at: Date;
    state: string;
    source: string;
    clearedAt: Date | null;
    closedAt: Date | null;
  }>(sql`
    select id, kind, title, level, lon, lat, raised_at as at, state, source, cleared_at as "clearedAt", closed_at as "closedAt" from ${db.share('alert')}
    where id = ${event.data.alert ?? ''}::uuid`);
  if (!found || found.lon === null || found.lat === null) return;
  const rules = await readRules(db, services.clock.now());
  const { id, kind, title, level, lon, lat, at, clearedAt, closedAt } = found;
  const member = {
    source: 'alert' as const,
    ref: id,
    class: kind,
    level,
    lon,
    lat,
    at,
    state: closedAt === null && clearedAt !== null ? 'cleared' : found.state,
    endedAt: closedAt ?? clearedAt,
  };
  if (await followMember(db, member, rules)) return;
  if (!rules.families.has(kind) || member.endedAt) return;
  const origin = found.source.startsWith('person:') ? ('staff' as const) : ('sensor' as const);
  await takeSeen(db, { ...member, title, origin }, rules);
}

const alertConsumer = (what: string): Consumer => ({
  name: what === 'raised' ? 'take-alert' : `take-alert-${what}`,
  type: `signal.alert.${what}`,
  handle: followAlert,
});
export const takeAlerts = ['raised', 'level', 'acknowledged', 'cleared', 'closed'].map(alertConsumer);
