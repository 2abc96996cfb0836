import type { Consumer, JobHandler } from '#platform/kernel/app.ts';
import { reconcileChunk } from './reconcile.ts';

const NAME = 'reconcile';

/** Compares the registers for the whole district, a chunk a transaction. */
export const reconcileJob: JobHandler = {
  name: NAME,
  run: async ({ tx, signal, heartbeat }) => {
    for (let after: string | undefined = ''; after !== undefined && !signal.aborted; await heartbeat()) {
      const from: string = after;
      after = (await tx((db) => reconcileChunk(db, from))).last;
    }
  },
};

/** After each load of this base, and after buildings were placed, the registers are compared again. */
export const reconcileAfterLoad: Consumer = {
  name: NAME,
  type: 'exchange.batch.loaded',
  handle: async ({ event, db }) => {
    if (event.data.target === 'space.building' || event.data.target?.startsWith('legal-entity.') === true)
      await db.enqueue({ name: NAME, payload: {}, key: NAME });
  },
};
