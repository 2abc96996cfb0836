import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { startClock } from '#platform/calendar/clock.ts';
import { measureAll } from '#platform/catalog/quality/measure.ts';
import { putClasses } from '#platform/catalog/register/class-codes.ts';
import { demandClock } from '#platform/catalog/register/clocks.ts';
import { putRegister } from '#platform/catalog/register/put-register.ts';
import { type NewForm, putForm } from '#platform/catalog/report/form-record.ts';
import { district } from './district.ts';
import { generateRegister, ITEMS, unitClasses } from './generate/register.ts';

type Line = { unit: string; by?: string; title: Text; reason: string; article?: string };
const read = async <T>(name: string): Promise<T> =>
  JSON.parse(await readFile(join(district.paths.data, name), 'utf8')) as T;

/**
 * What the catalogue of the sample district holds besides the data: items of other systems, the three lists, forms of upper levels,
 * and the quality of what was loaded. Repeatable.
 */
export async function loadCare(services: Services): Promise<void> {
  const forms = await read<{ unit: string; form: NewForm }[]>('report-forms.json');
  const lists = await read<Record<'negative' | 'duty' | 'demand', Line[]>>('catalogue-lists.json');
  const actor = { ...systemActor({ name: 'sample' }), name: '样例目录' };
  await services.database.tx({ module: 'catalog', actor }, async (db) => {
    await putClasses(db, unitClasses());
    await putRegister(db, { entries: generateRegister({ seed: district.seed, items: ITEMS }), sample: true });
    for (const { unit, form } of forms) await putForm(db, { form, unit, sample: true });
    if (await db.first(sql`select from catalog.list_entry where made_by = ${actor.account} limit 1`)) return;
    for (const [list, lines] of Object.entries(lists))
      for (const { unit, by, title, reason, article } of lines) {
        const id = uuidv7();
        const clock =
          list === 'demand' ? await startClock(db, { kind: demandClock, subject: id, event: 'demanded' }) : null;
        await db.run(sql`
          insert into catalog.list_entry (id, list, unit, title, reason, article, valid_from, made_by, made_name, made_unit, made_at, state, clock)
          values (${id}::uuid, ${list}, ${unit}, ${json(title)}::text::jsonb, ${reason}, ${article ?? null}::text, (kernel.now() at time zone 'Asia/Shanghai')::date, ${actor.account}, ${actor.name},
            ${by ?? 'data-centre'}, kernel.now(), ${clock ? 'open' : 'in-force'}, ${clock?.id ?? null}::uuid)`);
      }
  });
  await measureAll(services);
}
