import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { holdDraft, ProcessParams } from './draft-record.ts';
import { ProcessReply, showProcess } from './process-view.ts';

/** No new case begins on it; those under way go on to their end. Publishing it again takes it back into use. */
export const retireProcess = route({
  method: 'POST',
  path: '/api/workflow/processes/:id/retire',
  summary: { zh: '停用流程', en: 'Retire a process' },
  allow: 'workflow.process.draft',
  params: ProcessParams,
  reply: ProcessReply,
  errors: [NotFound],
  examples: {
    own: { as: 'data-officer', params: { id: 'shop-sign' } },
    foreign: { as: 'data-officer', params: { id: 'foreign-sign' } },
  },
  handler: async ({ db, params: { id } }) => {
    await holdDraft(db, id);
    await db.run(sql`update workflow.draft set retired_at = kernel.now() where process = ${id}`);
    await db.emit({ type: 'workflow.process.retired', subject: id, data: { process: id } });
    return showProcess(db, id);
  },
});
