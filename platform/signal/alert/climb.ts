import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { type Holder, listHolders } from '#platform/identity/organisation/holders.ts';
import { nextRung } from '../ladder/ladder.ts';
import { tell } from '../tell/tell.ts';
import { note } from './alert-record.ts';
import { dutyNow, type OnDuty } from './duty-roster.ts';
import { onDuty } from './on-duty.ts';
import { readSettings } from './settings.ts';
import { endStorms } from './storm.ts';

/** Alerts of one round. */
const BATCH = 300;
/** So many alerts of one source for one person in one round are told as one, with their number. Level I is always told by itself. */
const SINGLE = 5;
const actor = systemActor({ name: 'ladder' });

type Duty = { holders: readonly Holder[]; roster: readonly OnDuty[] };
type Due = { id: string; number: string; level: number; unit: string; source: string; step: number; title: Text };

/**
 * Climbs the ladder (逐级上报): tells the next step of every alert whose time is over and that nobody has acknowledged. Which step was told stands
 * at the alert and is committed with the messages, and alerts that another process has in hand are skipped: so nobody is told twice, and a
 * restart goes on where it was. Says how many alerts went a step.
 */
export async function climb(services: Services): Promise<number> {
  const tx = <T>(work: (db: Db) => Promise<T>) => services.database.tx({ module: 'signal', actor }, work);
  const waits = await tx((db) =>
    db.first(sql`select from signal.alert where next_step_at <= kernel.now() and state = 'open' limit 1`),
  );
  if (!waits) return 0;
  // Read before the transaction: on the embedded database a second one would wait for the first.
  const duty = { holders: await listHolders(services), roster: await dutyNow(services) };
  let all = 0;
  for (;;) {
    const moved = await tx((db) => climbSome(db, duty, services.clock.now()));
    all += moved;
    if (moved < BATCH) return all;
  }
}

async function climbSome(db: Db, duty: Duty, now: Date): Promise<number> {
  const due = await db.rows<Due>(sql`
    select id, number, level, unit, source, step, title from signal.alert where next_step_at <= kernel.now() and state = 'open'
    order by level, next_step_at, id limit ${BATCH}::int for update skip locked`);
  if (due.length === 0) return 0;
  const { ladder } = await readSettings(db, now);
  const toTell = new Map<string, { account: string; alerts: Due[]; step: number }>();
  for (const alert of due) {
    const found = await nextRung({
      ladder,
      told: alert.step,
      who: (step) => onDuty({ unit: alert.unit, step, ...duty }),
      nobody: ({ role }, step) => note(db, { alert: alert.id, what: 'nobody', step, note: role }),
    });
    if (!found) {
      await db.run(sql`update signal.alert set next_step_at = null where id = ${alert.id}::uuid`);
      await note(db, { alert: alert.id, what: 'unanswered' });
      continue;
    }
    const { place, rung: step, accounts } = found;
    await db.run(sql`
      update signal.alert set step = ${place}::int, next_step_at = kernel.now() + ${step.minutes}::float8 * interval '1 minute' where id = ${alert.id}::uuid`);
    for (const account of accounts) {
      await note(db, { alert: alert.id, what: 'told', step: place, account, note: step.role });
      const key = `${account} ${place} ${alert.source}`;
      const group = toTell.get(key) ?? { account, alerts: [], step: place };
      group.alerts.push(alert);
      toTell.set(key, group);
    }
  }
  for (const group of toTell.values()) await tellGroup(db, group, now);
  return due.length;
}

async function tellGroup(
  db: Db,
  group: { account: string; alerts: readonly Due[]; step: number },
  now: Date,
): Promise<void> {
  const { account, alerts, step } = group;
  const graver = alerts.filter(({ level }) => level === 1);
  const others = alerts.filter(({ level }) => level !== 1);
  const single = others.length > SINGLE ? graver : alerts;
  for (const { id, level, title } of single)
    await tell(db, {
      accounts: [account],
      message: { key: `alert:${id}:${level}:${step}`, about: 'alert', subject: id, level, step, title },
    });
  const [first] = others;
  if (single === alerts || first === undefined) return;
  const minute = Math.floor(now.getTime() / 60_000);
  const title = {
    zh: `${first.source}：${others.length} 条预警`,
    en: `${first.source}: ${others.length} alerts`,
  };
  const level = Math.min(...others.map((alert) => alert.level));
  await tell(db, {
    accounts: [account],
    message: { key: `storm:${first.source}:${minute}:${step}`, about: 'storm', subject: first.id, level, step, title },
  });
}

/** Ends storms that are over (风暴解除), by the clock. */
export async function calmStorms(services: Services): Promise<number> {
  return services.database.tx({ module: 'signal', actor }, async (db) =>
    endStorms(db, (await readSettings(db, services.clock.now())).stormPerMinute),
  );
}
