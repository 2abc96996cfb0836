import type { JobHandler, Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { ruleAt } from '#platform/rulebook/rule-at.ts';
import { repairCopies } from './cold-read.ts';
import { expireSets } from './expire-sets.ts';
import { daysOf } from './keeping.ts';
import { inSeries, moveCold, moveHot } from './move-tier.ts';
import { type PartRow, PART_COLUMNS } from './part.ts';

const named = ({ series = '', part = '' }: Record<string, string>) => ({ series, part });

/** Moves as jobs (冷热迁移任务): one that is interrupted is taken up again, by its lease. */
export const tierJobs: JobHandler[] = [
  { name: 'move-cold', run: ({ services, payload }) => moveCold(services, named(payload)) },
  { name: 'move-hot', run: ({ services, payload }) => moveHot(services, named(payload)) },
];

/** Queues what is old enough to leave the database, and what an interrupted move left between the tiers. */
export async function queueMoves(services: Services): Promise<number> {
  return inSeries(services, async (db) => {
    const all = await db.rows<{ id: string; coldAfter: string }>(
      sql`select id, cold_after as "coldAfter" from series.series order by id`,
    );
    let queued = 0;
    for (const { id, coldAfter } of all) {
      const days = daysOf(await ruleAt(db, coldAfter));
      const due = await db.rows<{ name: string; state: string }>(sql`
        select name, state from series.part where series = ${id} and (state in ('moving', 'returning')
          or (state = 'hot' and until_at <= kernel.now() - ${days}::int * interval '1 day' and (moved_at is null or moved_at <= kernel.now() - ${days}::int * interval '1 day'))) order by name`);
      for (const { name, state } of due) {
        await db.enqueue({
          name: state === 'returning' ? 'move-hot' : 'move-cold',
          payload: { series: id, part: name },
          key: `${id}/${name}`,
        });
        queued += 1;
      }
    }
    return queued;
  });
}

/** Reads every cold file back and restores a damaged copy from the other one. */
export async function checkCopies(services: Services): Promise<void> {
  const parts = await inSeries(services, (db) =>
    db.rows<PartRow>(sql`select ${PART_COLUMNS} from series.part where state = 'cold' order by series, name`),
  );
  for (const part of parts) {
    try {
      await repairCopies(services, part);
    } catch (error) {
      services.log.error({ part: `${part.series}/${part.name}`, err: String(error) }, 'a cold file is lost');
    }
  }
}

export const expireDaily = async (services: Services): Promise<void> => void (await expireSets(services));
