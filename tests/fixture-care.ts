import { systemActor } from '#platform/kernel/actor.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';

/** Rules, report packs and register entries that the examples of routes name: of civil affairs, and of another unit. */
export async function fixtureCare(house: TestHouse): Promise<Record<string, unknown>> {
  return house.services.database.tx({ module: 'catalog', actor: systemActor({ name: 'fixture' }) }, async (db) => {
    const rule = async (resource: string, field: string, unit: string): Promise<string> => {
      const id = uuidv7();
      await db.run(sql`
        insert into catalog.quality_rule (id, resource, field, kind, dimension, params, why, added_at, added_name, added_unit)
        values (${id}::uuid, ${resource}, ${field}, 'required', 'complete', '{}', '样例规则', kernel.now(), '样例数据专员', ${unit})`);
      return id;
    };
    return {
      'quality-rule': await rule('population.household', 'address', 'civil-affairs'),
      'foreign-quality-rule': await rule('population.resident', 'name', 'public-security'),
    };
  });
}
