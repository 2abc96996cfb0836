import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { WrongState } from '../errors.ts';
import { ownUnit } from '../scope.ts';
import { Done, Id, Line } from '../shapes.ts';

/** Settles a correction task (办结纠错): fixed with a version that was published after it, or declined with a reason. */
export const settleFeedback = route({
  method: 'POST',
  path: '/api/open-data/feedback/:id/settle',
  summary: { zh: '办结纠错任务', en: 'Settle a correction task' },
  allow: 'open-data.wish.answer',
  params: Id,
  body: Type.Object(
    { outcome: Type.Union([Type.Literal('fixed'), Type.Literal('declined')]), answer: Line(2, 600) },
    { additionalProperties: false },
  ),
  reply: Done,
  errors: [NotFound, WrongState],
  examples: {
    own: {
      as: 'data-officer',
      params: { id: 'fixture:feedback' },
      body: { outcome: 'declined', answer: '经核实，现有数据正确。' },
    },
    foreign: {
      as: 'data-officer',
      params: { id: 'fixture:foreign-feedback' },
      body: { outcome: 'declined', answer: '经核实，现有数据正确。' },
    },
  },
  handler: async ({ db, actor, clock, params: { id }, body: { outcome, answer } }) => {
    const task = await db.first<{ state: string; dataset: string; madeAt: Date }>(
      sql`select state, dataset, made_at as "madeAt" from open_data.feedback where id = ${id}::uuid and hidden_at is null and ${ownUnit(actor)} for update`,
    );
    if (!task) throw NotFound.with();
    if (task.state !== 'open') throw WrongState.with({ extra: { state: task.state } });
    const fixed =
      outcome === 'fixed'
        ? await db.first<{ id: string }>(sql`
            select v.id from open_data.dataset d join open_data.version v on v.id = d.current where d.id = ${task.dataset} and v.published_at > ${task.madeAt}::timestamptz`)
        : undefined;
    // "Fixed" without a newer version would be a word only.
    if (outcome === 'fixed' && !fixed) throw WrongState.with({ extra: { state: 'no-newer-version' } });
    await db.run(sql`
      update open_data.feedback set state = ${outcome}, answer = ${answer}, answered_at = ${clock.now()}::timestamptz, answered_name = ${actor.name}, fixed_in = ${fixed?.id ?? null}::uuid
      where id = ${id}::uuid`);
    return { id, state: outcome };
  },
});
