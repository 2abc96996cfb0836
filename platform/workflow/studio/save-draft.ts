import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { holdDraft, modelOf, nameIn, ProcessParams, Xml } from './draft-record.ts';
import { ProcessReply, showProcess } from './process-view.ts';
import { DraftMoved, UnreadableFile } from './studio-errors.ts';

/**
 * Keeps what was drawn. Faults do not refuse a draft, a file that cannot be read does: at its place, and the draft kept before
 * stays as it was. Who began from an older draft is told, so that nobody overwrites what a colleague drew.
 */
export const saveDraft = route({
  method: 'PUT',
  path: '/api/workflow/processes/:id',
  summary: { zh: '保存流程草稿', en: 'Keep the draft of a process' },
  allow: 'workflow.process.draft',
  params: ProcessParams,
  body: Type.Object({ xml: Xml, revision: Type.Integer({ minimum: 1 }) }, { additionalProperties: false }),
  reply: ProcessReply,
  errors: [NotFound, UnreadableFile, DraftMoved],
  bodyLimit: 4_000_000,
  examples: {
    own: {
      as: 'data-officer',
      params: { id: 'shop-sign' },
      body: { xml: 'fixture:process-xml', revision: 1 },
    },
    foreign: {
      as: 'data-officer',
      params: { id: 'foreign-sign' },
      body: { xml: 'fixture:foreign-process-xml', revision: 1 },
    },
  },
  prepare: ({ body: { xml } }) => modelOf(xml),
  handler: async ({ db, actor, params: { id }, body: { xml, revision }, prepared: model }) => {
    const draft = await holdDraft(db, id);
    const name = nameIn(model, id);
    if (draft.xml === xml) return showProcess(db, id);
    if (draft.revision !== revision)
      throw DraftMoved.with({
        detail: {
          zh: `${draft.changedByName}已保存过新的草稿`,
          en: `${draft.changedByName} has kept a newer draft`,
        },
        extra: { revision: draft.revision },
      });
    await db.run(sql`
      update workflow.draft set xml = ${xml}, name = ${name}, revision = revision + 1, retired_at = null,
        changed_by = ${actor.account}, changed_by_name = ${actor.name}, changed_at = kernel.now()
      where process = ${id}`);
    return showProcess(db, id);
  },
});
