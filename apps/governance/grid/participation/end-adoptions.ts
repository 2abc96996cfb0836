import { Type } from 'typebox';
import { systemActor } from '#platform/kernel/actor.ts';
import { route, type Services } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { NotRenewable, PartAdopted } from './errors.ts';

/** Ends adoptions whose last day is over (认养到期终止); `until` is the last day, in Shanghai. Returns how many. */
export async function endAdoptions(services: Services): Promise<number> {
  const now = services.clock.now();
  return services.database.tx({ module: 'grid', actor: systemActor({ name: 'participation' }) }, async (db) => {
    const ended = await db.rows<{ id: string }>(sql`
      update grid.adoption set state = 'ended', ended_by = 'term', ended_at = ${now}::timestamptz where state = 'approved' and until < ${shanghaiDate(now)}::date returning id`);
    for (const { id } of ended) await db.emit({ type: 'grid.adoption.ended', subject: id });
    return ended.length;
  });
}

/** Goes on with an adoption that has ended by its term (续养): the same part or place is asked for again, and the street decides again. */
export const renewAdoption = route({
  allow: 'grid.participation.own',
  self: true,
  method: 'POST',
  path: '/api/grid/own-adoptions/:id/renew',
  summary: { zh: '续养', en: 'Renew an adoption' },
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  status: 201,
  reply: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  errors: [NotFound, NotRenewable, PartAdopted],
  examples: {
    own: { as: 'citizen', params: { id: 'fixture:grid-adoption-over' } },
    foreign: { as: 'citizen', params: { id: 'fixture:grid-adoption-other' } },
  },
  handler: async ({ db, clock, params: { id } }) => {
    const found = await db.first<{ over: boolean; part: string | null; renewed: boolean }>(sql`
      select a.state = 'ended' and a.ended_by = 'term' as over, a.part,
        exists (select 1 from grid.adoption r where r.renews = a.id and r.state in ('asked', 'approved')) as renewed
      from grid.adoption a where a.id = ${id}::uuid for update`);
    if (!found) throw NotFound.with();
    if (!found.over || found.renewed) throw NotRenewable.with();
    const made = uuidv7();
    const n = await db.run(sql`
      insert into grid.adoption (id, person, part, lon, lat, street, wish, state, asked_at, renews)
      select ${made}::uuid, person, part, lon, lat, street, wish, 'asked', ${clock.now()}::timestamptz, id from grid.adoption where id = ${id}::uuid on conflict do nothing`);
    // Somebody else looks after it meanwhile.
    if (n === 0) throw PartAdopted.with();
    return { id: made };
  },
});
