import type { JobHandler } from '#platform/kernel/app.ts';
import { rebuildPersons } from '../load-persons.ts';

/** Computes some persons anew after a person's decision: whoever decides may not write persons. Repeatable. */
export const rebuildJob: JobHandler = {
  name: 'rebuild-persons',
  run: async ({ payload, tx }) => {
    await tx((db) => rebuildPersons(db, (payload.pids ?? '').split(',')));
  },
};
