import { systemActor } from '#platform/kernel/actor.ts';
import type { JobHandler, Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { analyse } from './analyse.ts';

/**
 * Publishes what is approved and whose moment has come, release by release. Figures, release and event become visible with one
 * commit; killed in the middle, the next round does it, and two processes skip each other's rows.
 */
export async function publishDue(services: Services): Promise<number> {
  let done = 0;
  for (;;) {
    const one = await services.database.tx({ module: 'economy', actor: systemActor({ name: 'release' }) }, publishOne);
    if (!one) break;
    done += 1;
  }
  if (done > 0) services.wake();
  return done;
}

async function publishOne(db: Db): Promise<boolean> {
  const release = await db.first<{ id: string; at: Date }>(sql`
    select id, kernel.now() as at from economy.release where state = 'approved' and embargo_until <= kernel.now() order by embargo_until limit 1 for update skip locked`);
  if (!release) return false;
  const { id, at } = release;
  await db.run(
    sql`update economy.release set state = 'published', published_at = ${at}::timestamptz where id = ${id}::uuid`,
  );
  await db.run(sql`update economy.observation set published_at = ${at}::timestamptz where release = ${id}::uuid`);
  await endRestated(db, id);
  await db.emit({ type: 'economy.release.published', subject: id, data: { release: id } });
  await db.enqueue({ name: 'analyse', payload: { release: id }, key: id });
  return true;
}

/** An index on a new base year ends the one on the old base: its last period stays what was published last. */
async function endRestated(db: Db, release: string): Promise<void> {
  await db.run(sql`
    update economy.series old set followed_by = new.id,
      ended = (select max(o.period) from economy.observation o where o.series = old.id and o.published_at is not null)
    from economy.series new
    where new.id in (select series from economy.observation where release = ${release}::uuid) and new.price_base like 'I%' and old.price_base like 'I%'
      and old.price_base < new.price_base and old.ended is null and old.id <> new.id and old.freq = new.freq and old.indicator = new.indicator and old.area = new.area
      and old.industry = new.industry and old.ownership = new.ownership and old.adjustment = new.adjustment and old.accumulation = new.accumulation`);
}

/** Computes activity index and nowcast anew after a release. */
export const analyseJob: JobHandler = {
  name: 'analyse',
  attempts: 3,
  async run({ payload, services, tx }) {
    await analyse({ release: payload.release ?? '', tx, now: services.clock.now() });
  },
};
