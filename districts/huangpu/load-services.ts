import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { registerCatalogue } from '#platform/service/register-items.ts';
import { district } from './district.ts';
import { generateServices, type ServiceSample } from './generate/service-items.ts';

/** Months of use that stand behind the ratios. */
const MONTHS = 12;

/** Takes over the services of the sample district, with the use of the last twelve whole months. Repeatable. */
export async function loadServices(services: Services, sample?: ServiceSample): Promise<void> {
  const catalogue = sample ?? generateServices({ seed: district.seed });
  const actor = { ...systemActor({ name: 'sample' }), name: '样例事项' };
  await services.database.tx({ module: 'service', actor }, async (db) => {
    const fresh = new Set(
      await registerCatalogue(db, catalogue, { sample: true, by: { account: actor.account, name: actor.name } }),
    );
    const months = monthsBefore(shanghaiDate(services.clock.now()));
    const rows = catalogue.use
      .filter(({ item }) => fresh.has(item))
      .flatMap(({ item, cases, online }) =>
        months.map((month, at) => ({ item, month, cases: share(cases, at), online: share(online, at) })),
      );
    await db.run(sql`
      insert into service.item_use (item, month, cases, online)
      select r.item, r.month, r.cases, least(r.online, r.cases) from jsonb_to_recordset(${json(rows)}::text::jsonb) as r(item text, month date, cases int, online int)
      on conflict do nothing`);
  });
}

/** A year's number spread over its months, so that they add up to it. */
function share(total: number, at: number): number {
  return Math.floor((total * (at + 1)) / MONTHS) - Math.floor((total * at) / MONTHS);
}

/** First days of the whole months before a day. */
function monthsBefore(day: string): string[] {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return Array.from({ length: MONTHS }, (_, ago) =>
    new Date(Date.UTC(year, month - 2 - ago, 1)).toISOString().slice(0, 10),
  );
}
