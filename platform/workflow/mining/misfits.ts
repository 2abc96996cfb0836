import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Definition } from '../definition.ts';
import { byCase, readLog } from './read-log.ts';
import { type Counts, fits, fitnessOf, replayCase } from './replay.ts';

/** A case that did not go as it is drawn (不合规实例): steps that were missing where one should have been, and tokens left over. */
export type Misfit = { app: string; process: string; instance: string; fitness: number } & Pick<
  Counts,
  'missing' | 'remaining'
>;

/** Ended cases of each version that are replayed: the newest. */
const MOST_CASES = 500;

/** Replays the newest ended cases of every version of every process on its own drawing (令牌重放) and gives those that do not fit. */
export async function findMisfits(services: Services): Promise<Misfit[]> {
  const run = <T>(work: Parameters<typeof services.database.tx<T>>[1]) =>
    services.database.tx<T>({ module: 'workflow', actor: systemActor({ name: 'workflow' }) }, work);
  const versions = await run((db) =>
    db.rows<{ app: string; process: string; version: number }>(
      sql`select app, process, version from workflow.definition order by app, process, version`,
    ),
  );
  const found: Misfit[] = [];
  // One version a transaction: each is read and left before the next.
  for (const of of versions)
    found.push(
      ...(await run(async (db) => {
        const steps = (await readLog(db, { ...of, most: MOST_CASES })).filter(({ ended }) => ended);
        if (steps.length === 0) return [];
        const { graph } = await db.one<{ graph: Definition }>(sql`
          select graph from workflow.definition where app = ${of.app} and process = ${of.process} and version = ${of.version}::int`);
        return byCase(steps).flatMap((one): Misfit[] => {
          const counts = replayCase(graph, one);
          const [first] = one;
          if (!first || fits(counts)) return [];
          const { missing, remaining } = counts;
          const { app, process } = of;
          return [{ app, process, instance: first.instance, fitness: fitnessOf([counts]), missing, remaining }];
        });
      })),
    );
  return found;
}
