import { systemActor } from '#platform/kernel/actor.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { startClock } from '#platform/calendar/clock.ts';
import { demandClock, reviewClock } from '#platform/catalog/register/clocks.ts';
import type { Content } from '#platform/catalog/register/content.ts';
import { putForm } from '#platform/catalog/report/form-record.ts';

const ENTRY: Content = {
  title: { zh: '样例台账', en: '' },
  summary: { zh: '样例', en: '' },
  class: '303999',
  system: '样例系统',
  providerCode: '',
  format: 'database',
  items: [{ name: '编号', type: 'string' }],
  level: 'L2',
  sharing: 'conditional',
  sharingCondition: '依法履职需要',
  sharingMethod: 'platform',
  opening: 'closed',
  openingCondition: '',
  updates: 'monthly',
  related: [],
};

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
    const entry = async (
      unit: string,
      options: { published?: boolean; revised?: boolean; submitted?: boolean } = {},
    ): Promise<string> => {
      const id = uuidv7();
      const content = json({ ...ENTRY, title: { zh: `样例台账 ${id}`, en: '' } });
      const clock = options.submitted
        ? await startClock(db, { kind: reviewClock, subject: id, event: 'submitted' })
        : null;
      await db.run(sql`
        insert into catalog.entry (id, unit, state, code, content, proposal, proposed, proposed_by, proposed_name, submitted_at, review_clock, made_at)
        values (${id}::uuid, ${unit}, ${options.published ? 'published' : 'draft'}, case when ${options.published ?? false}::boolean then catalog.next_code(${ENTRY.class}) end,
          case when ${options.published ?? false}::boolean then ${content}::text::jsonb end, 'new', ${content}::text::jsonb, 'fixture', '样例编目人',
          case when ${options.submitted ?? false}::boolean then kernel.now() end, ${clock?.id ?? null}::uuid, kernel.now())`);
      if (options.published)
        await db.run(
          sql`update catalog.entry set proposal = 'revision', published_at = kernel.now(), version = 1 where id = ${id}::uuid`,
        );
      if (options.published && !options.revised)
        await db.run(
          sql`update catalog.entry set proposal = null, proposed = null, proposed_by = null, proposed_name = null where id = ${id}::uuid`,
        );
      return id;
    };
    const line = async (list: 'duty' | 'demand', unit: string): Promise<string> => {
      const id = uuidv7();
      const clock =
        list === 'demand' ? await startClock(db, { kind: demandClock, subject: id, event: 'demanded' }) : null;
      await db.run(sql`
        insert into catalog.list_entry (id, list, unit, title, reason, article, valid_from, made_by, made_name, made_unit, made_at, state, clock)
        values (${id}::uuid, ${list}, ${unit}, '{"zh":"样例","en":"Sample"}', '样例', '样例条款', '2026-01-01', 'fixture', '样例', 'street-310101023', kernel.now(),
          ${list === 'demand' ? 'open' : 'in-force'}, ${clock?.id ?? null}::uuid)`);
      return id;
    };
    const civil = 'civil-affairs';
    return {
      entry: await entry(civil),
      'entry-to-drop': await entry(civil, { published: true, revised: true }),
      'entry-to-submit': await entry(civil),
      'entry-to-withdraw': await entry(civil, { published: true }),
      'entry-to-change': await entry(civil, { published: true }),
      'entry-to-review': await entry('street-310101023', { submitted: true }),
      'foreign-entry': await entry('public-security'),
      duty: await line('duty', civil),
      'foreign-duty': await line('duty', 'public-security'),
      demand: await line('demand', civil),
      'foreign-demand': await line('demand', 'public-security'),
      pack: await own('2026-01', 'filling'),
      'pack-to-submit': await own('2026-02', 'filling'),
      'pack-to-review': await own('2026-03', 'submitted'),
      'foreign-pack': await pack('fixture-foreign', 'public-security', { period: '2026-01', state: 'filling' }),
      'quality-rule': await rule('population.household', 'address', 'civil-affairs'),
      'foreign-quality-rule': await rule('population.resident', 'name', 'public-security'),
    };
  });
}
