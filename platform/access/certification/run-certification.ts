import { endHolding, listHolders } from '#platform/identity/organisation/holders.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { quarterOf } from './quarter.ts';

const actor = systemActor({ name: 'certification' });

/** Opens the certification of the quarter (开始复核), once: one entry for each holder of a post in a unit. */
export async function openCertification(services: Services): Promise<number> {
  const now = services.clock.now();
  const { quarter, due } = quarterOf(now);
  // Past its term the quarter is left alone: an installation that starts late must not take rights away on the spot.
  if (due <= now) return 0;
  const holders = (await listHolders(services)).flatMap(({ unit, ...holder }) =>
    unit === null ? [] : [{ ...holder, unit }],
  );
  const heads = new Set(holders.filter(({ post }) => post === 'unit-head').map(({ unit }) => unit));
  const staffing = holders.map(({ post, unit }) => post === 'unit-head' || !heads.has(unit));
  return services.database.tx({ module: 'access', actor }, async (db) => {
    const made = await db.run(sql`
      insert into access.certification (id, quarter, unit, account, name, post, due, by_staffing, state)
      select i, ${quarter}, u, a, n, p, ${due}::timestamptz, s, 'open'
      from unnest(${holders.map(() => uuidv7())}::uuid[], ${holders.map((h) => h.unit)}::text[], ${holders.map((h) => h.account)}::text[], ${holders.map((h) => h.name)}::text[],
        ${holders.map((h) => h.post)}::text[], ${staffing}::boolean[]) as h(i, u, a, n, p, s)
      on conflict (quarter, unit, account, post) do nothing`);
    if (made > 0) await db.emit({ type: 'access.certification.opened', subject: quarter });
    return made;
  });
}

/** What nobody confirmed by the end of the term lapses (逾期失效). */
export async function lapseCertification(services: Services): Promise<number> {
  const now = services.clock.now();
  const overdue = await services.database.tx({ module: 'access', actor, readOnly: true }, (db) =>
    db.rows<{ id: string; account: string; post: string; unit: string }>(
      sql`select id, account, post, unit from access.certification where state = 'open' and due <= ${now}::timestamptz order by id limit 500`,
    ),
  );
  for (const { id, ...holder } of overdue) {
    await endHolding({ services, holder });
    await services.database.tx({ module: 'access', actor }, async (db) => {
      await db.run(sql`update access.certification set state = 'lapsed' where id = ${id}::uuid and state = 'open'`);
      await db.emit({ type: 'access.certification.lapsed', subject: id });
    });
  }
  return overdue.length;
}
