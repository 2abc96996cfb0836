import { loadEconomy } from '#districts/huangpu/load.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';

/** A few series, and releases and loads of the units whose first demo accounts the examples of the routes call as. */
export async function fixtureEconomy(house: TestHouse): Promise<Record<string, unknown>> {
  const { services } = house;
  await loadEconomy({ services, only: ['EXPORTS', 'MARKET_PRICE'] });
  return services.database.tx({ module: 'economy', actor: systemActor({ name: 'fixture' }) }, async (db) => {
    const release = async (owner: string, state: 'planned' | 'loaded'): Promise<string> => {
      const id = uuidv7();
      await db.run(sql`
        insert into economy.release (id, title, period, owner, embargo_until, state, prepared_by, prepared_name, badge)
        values (${id}::uuid, '{"zh":"月报","en":"Monthly figures"}', '2030-01', ${owner}, '2030-02-18T02:00:00Z'::timestamptz, ${state}, 'data.nobody', '拟制人', 'sample')`);
      return id;
    };
    const load = async (of: string, unit: string): Promise<string> => {
      const id = uuidv7();
      await db.run(sql`
        insert into economy.load (id, release, unit, file_name, file_digest, format, state, rows_read, values_ok, sent_by, sent_name, sent_at)
        values (${id}::uuid, ${of}::uuid, ${unit}, 'a.csv', 'x', 'csv', 'questioned', 1, 1, 'data.nobody', '拟制人', kernel.now())`);
      return id;
    };
    const planned = await release('civil-affairs', 'planned');
    const foreign = await release('statistics', 'planned');
    const series = await db.rows<{ id: string; level: string }>(
      sql`select s.id, i.level from economy.series s join economy.indicator i on i.code = s.indicator order by s.id`,
    );
    const published = await db.one<{ id: string }>(
      sql`select id from economy.release where state = 'published' order by published_at desc limit 1`,
    );
    return {
      'economy-planned': planned,
      'economy-foreign': foreign,
      'economy-loaded': await release('street-310101023', 'loaded'),
      'economy-load': await load(planned, 'civil-affairs'),
      'economy-foreign-load': await load(foreign, 'statistics'),
      'economy-series': series.find((each) => each.level === 'L1')?.id,
      'economy-internal-series': series.find((each) => each.level === 'L2')?.id,
      'economy-published': published.id,
    };
  });
}
