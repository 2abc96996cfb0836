import { systemActor } from '#platform/kernel/actor.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { putForm } from '#platform/catalog/report/form-record.ts';

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
    const form = async (id: string, unit: string): Promise<void> => {
      const title = { zh: '样例报表', en: 'Sample report' };
      const cell = (code: string) => ({ code, title, measuredIn: { zh: '户', en: 'households' } });
      const cells = [cell('A1'), cell('A2')];
      await putForm(db, { form: { id, no: id, title, authority: title, period: 'month', cells }, unit, sample: true });
    };
    const pack = async (of: string, unit: string, options: { period: string; state: string }): Promise<string> => {
      const id = uuidv7();
      await db.run(sql`
        insert into catalog.report_pack (id, form, unit, period, state, as_of, filled_by, filled_name, submitted_at)
        values (${id}::uuid, ${of}, ${unit}, ${options.period}, ${options.state}, kernel.now(), 'fixture', '样例填报人', kernel.now())`);
      await db.run(sql`
        insert into catalog.report_value (pack, unit, code, origin, value) select ${id}::uuid, ${unit}, c, 'item', 1 from unnest('{A1,A2}'::text[]) c`);
      return id;
    };
    await form('fixture-own', 'civil-affairs');
    await form('fixture-foreign', 'public-security');
    const own = (period: string, state: string) => pack('fixture-own', 'civil-affairs', { period, state });
    return {
      pack: await own('2026-01', 'filling'),
      'pack-to-submit': await own('2026-02', 'filling'),
      'pack-to-review': await own('2026-03', 'submitted'),
      'foreign-pack': await pack('fixture-foreign', 'public-security', { period: '2026-01', state: 'filling' }),
      'quality-rule': await rule('population.household', 'address', 'civil-affairs'),
      'foreign-quality-rule': await rule('population.resident', 'name', 'public-security'),
    };
  });
}
