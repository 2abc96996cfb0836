import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { holdDraft, ProcessParams } from './draft-record.ts';
import { knownTo } from './known.ts';
import { lintDefinition } from './lint-definition.ts';
import { ProcessReply, showProcess } from './process-view.ts';
import { lastVersion, publishVersion } from './published-versions.ts';
import { DraftMoved, NothingNew, OwnDraft, ProcessFaulty } from './studio-errors.ts';

/**
 * Publishes the draft as a new version, which never changes. Four eyes (双人复核): another person of the unit than the one who
 * changed it last, and exactly the draft that this person has seen. A definition with faults is refused with the elements named.
 */
export const publishProcess = route({
  method: 'POST',
  path: '/api/workflow/processes/:id/publish',
  summary: { zh: '发布流程', en: 'Publish a process' },
  allow: 'workflow.process.draft',
  params: ProcessParams,
  body: Type.Object({ revision: Type.Integer({ minimum: 1 }) }, { additionalProperties: false }),
  reply: ProcessReply,
  errors: [NotFound, DraftMoved, OwnDraft, NothingNew, ProcessFaulty],
  examples: {
    own: { as: 'data-officer', params: { id: 'shop-sign-new' }, body: { revision: 1 } },
    foreign: { as: 'data-officer', params: { id: 'foreign-sign' }, body: { revision: 1 } },
  },
  handler: async ({ db, actor, services, params: { id }, body: { revision } }) => {
    const draft = await holdDraft(db, id);
    if (draft.revision !== revision) throw DraftMoved.with({ extra: { revision: draft.revision } });
    if (draft.changedBy === actor.account) throw OwnDraft.with();
    if ((await lastVersion(db, id))?.xml === draft.xml && !draft.retired) throw NothingNew.with();
    const { findings, definition } = await lintDefinition(draft.xml, (needs) =>
      knownTo(db, services, { app: draft.app, needs }),
    );
    const errors = findings.filter(({ severity }) => severity === 'error');
    const [first] = errors;
    if (first || !definition)
      throw ProcessFaulty.with({
        detail: first && {
          zh: `“${first.name ?? draft.name}”：${first.message.zh}（共 ${errors.length} 处）`,
          en: `“${first.name ?? draft.name}”: ${first.message.en} (${errors.length} in all)`,
        },
        fields: errors.map(({ element, rule, message }) => ({ pointer: `/xml#${element ?? ''}`, rule, message })),
        extra: { findings },
      });
    const version = await publishVersion(db, { definition, xml: draft.xml, app: draft.app });
    await db.run(sql`update workflow.draft set retired_at = null where process = ${id}`);
    await db.emit({ type: 'workflow.process.published', subject: id, data: { process: id, version: String(version) } });
    return showProcess(db, id);
  },
});
