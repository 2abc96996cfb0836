import type { Consumer } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';

/** Acts that count in the evaluation. */
const COUNTED: ReadonlySet<string> = new Set(['rework', 'close', 'evaluate', 'complain']);

/** Keeps what happened to a case (案件动作), from its events: ids and times only, nothing of who did it. */
export const noteAct: Consumer = {
  name: 'evaluation-acts',
  type: 'incident.case.moved',
  async handle({ event, db }) {
    const act = event.data.act ?? '';
    if (!COUNTED.has(act)) return;
    await db.run(sql`
      insert into grid.case_act (id, case_id, act, at) values (${event.id}::uuid, ${event.subject}::uuid, ${act}, ${event.time}::timestamptz) on conflict do nothing`);
  },
};
