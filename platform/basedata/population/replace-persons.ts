import type { Consumer, JobHandler } from '#platform/kernel/app.ts';
import { mayReadBuildings } from '#platform/basedata/shared/buildings.ts';
import { rebuildPersons } from './load-persons.ts';
import { misplacedPersons } from './place-persons.ts';

const FIRST = '00000000-0000-0000-0000-000000000000';

/** Gives persons the committee of their building once buildings have come or changed. */
export const placeJob: JobHandler = {
  name: 'place',
  async run({ tx, signal, heartbeat }) {
    if (!(await tx(mayReadBuildings))) return;
    for (let after: string | undefined = FIRST; after !== undefined && !signal.aborted; ) {
      const from: string = after;
      after = await tx(async (db) => {
        const pids = await misplacedPersons(db, from);
        await rebuildPersons(db, pids);
        return pids.at(-1);
      });
      await heartbeat();
    }
  },
};

/** Buildings were loaded, or the grant on them decided: look again where people live. */
export const placeOnBuildings: Consumer = {
  name: 'place-on-buildings',
  type: 'exchange.batch.loaded',
  handle: async ({ event, db }) => {
    if (event.data.target === 'space.building') await db.enqueue({ name: 'place', payload: {}, key: 'place' });
  },
};
export const placeOnGrant: Consumer = {
  name: 'place-on-grant',
  type: 'catalog.grant.approved',
  handle: async ({ event, db }) => {
    if (event.data.taker === 'population') await db.enqueue({ name: 'place', payload: {}, key: 'place' });
  },
};
