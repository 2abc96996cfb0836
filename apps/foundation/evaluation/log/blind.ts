import type { Services } from '#platform/kernel/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';

/** How an app is heard (数据来源状态). */
export type Hearing = {
  app: string;
  heardAt: Date;
  open: number;
  /** live: events arrive · quiet: nothing open · blind: open steps and silence · throttled: more arrives than is judged. */
  state: 'live' | 'quiet' | 'blind' | 'throttled';
};

const HOUR_MS = 3_600_000;

/** The state of one app at a moment. Silence while steps are open is never green (盲区). */
export function hearingOf(options: {
  heardAt: Date;
  open: number;
  throttled: boolean;
  now: Date;
  blindAfterMs: number;
}): Hearing['state'] {
  const { heardAt, open, throttled, now, blindAfterMs } = options;
  if (open > 0 && now.getTime() - heardAt.getTime() >= blindAfterMs) return 'blind';
  if (throttled) return 'throttled';
  return open > 0 ? 'live' : 'quiet';
}

export async function blindAfter(db: Db, now: Date): Promise<number> {
  const { hours } = await amountsAt(db, { hours: { id: 'evaluation.blind-after', unit: 'hour' } }, now);
  return hours * HOUR_MS;
}

/** Keeps when an app was blind (盲区时长) and tells its beginning: `evaluation.app.blind`. */
export async function watchSilence(services: Services): Promise<void> {
  await services.database.tx({ module: 'evaluation', actor: systemActor({ name: 'evaluation' }) }, keepBlind);
}

export async function keepBlind(db: Db): Promise<void> {
  const { now } = await db.one<{ now: Date }>(sql`select kernel.now() as now`);
  const silentSince = new Date(now.getTime() - (await blindAfter(db, now)));
  const open = sql`exists (select from evaluation.run r where r.app = f.app and r.state in ('running', 'stopped'))`;
  await db.run(sql`
    update evaluation.blind b set until = greatest(f.heard_at, b.since + interval '1 millisecond') from evaluation.feed f
    where f.app = b.app and b.until is null and (f.heard_at > ${silentSince}::timestamptz or not ${open})`);
  await db.rows(sql`
    with gone as (
      insert into evaluation.blind (app, since) select f.app, ${now}::timestamptz from evaluation.feed f where f.heard_at <= ${silentSince}::timestamptz and ${open}
        and not exists (select from evaluation.blind b where b.app = f.app and b.until is null) on conflict do nothing returning app)
    select kernel.emit('evaluation.app.blind', app, jsonb_build_object('app', app)) from gone`);
}
