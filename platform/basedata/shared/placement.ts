import type { Consumer, JobHandler } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { mayReadBuildings } from './buildings.ts';

/**
 * What a base database needs to follow the buildings: files arrive in any order, and the grant on buildings may come after
 * the people. Once buildings were loaded or granted, a job looks again at every record whose place is not right.
 */
export function placement(options: {
  module: string;
  /** Smallest possible key. */
  first: string;
  /** Keys of up to some hundred records above `after` whose place is wrong, in order. */
  misplaced(db: Db, after: string): Promise<string[]>;
  rebuild(db: Db, keys: readonly string[]): Promise<unknown>;
}): { job: JobHandler; consumers: Consumer[] } {
  const again = (db: Db) => db.enqueue({ name: 'place', payload: {}, key: 'place' });
  return {
    job: {
      name: 'place',
      async run({ tx, signal, heartbeat }) {
        if (!(await tx(mayReadBuildings))) return;
        let after: string | undefined = options.first;
        while (after !== undefined && !signal.aborted) {
          const from: string = after;
          after = await tx(async (db) => {
            const keys = await options.misplaced(db, from);
            await options.rebuild(db, keys);
            return keys.at(-1);
          });
          await heartbeat();
        }
      },
    },
    consumers: [
      {
        name: 'place-on-buildings',
        type: 'exchange.batch.loaded',
        handle: async ({ event, db }) => {
          if (event.data.target === 'space.building') await again(db);
        },
      },
      {
        name: 'place-on-grant',
        type: 'catalog.grant.approved',
        handle: async ({ event, db }) => {
          if (event.data.taker === options.module) await again(db);
        },
      },
    ],
  };
}
