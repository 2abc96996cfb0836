import type { Consumer, JobHandler } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { reconcileChunk } from './reconcile.ts';

const NAME = 'reconcile';

/** True while a file about enterprises is being taken in: half a register is no register. Its own end has them compared. */
async function isLoading(db: Db): Promise<boolean> {
  const running = await db.first(sql`
    select 1 from exchange.batch b join exchange.dataset d on d.id = b.dataset
    where d.target = 'legal-entity.entity' and b.state in ('received', 'reading', 'publishing') limit 1`);
  return running !== undefined;
}

/** Compares the registers for the whole district, a chunk a transaction. */
export const reconcileJob: JobHandler = {
  name: NAME,
  run: async ({ tx, signal, heartbeat }) => {
    if (await tx(isLoading)) return;
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
