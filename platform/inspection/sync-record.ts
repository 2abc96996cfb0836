import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { byOurClock } from '#platform/kernel/device-clock.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { attachDocument } from '#platform/document/attach-document.ts';
import { FileGone } from '#platform/document/document-errors.ts';
import { type Answer, AnswerSchema, answerFaults, digestOf, type Item, readChecklist, verdictOf } from './checklist.ts';
import { PHOTO_ROWS } from './files.ts';
import { outcomeOf } from './sync-rules.ts';
import { RecordReused, TaskNotOpen } from './task-record.ts';

const Moment = Type.String({ format: 'date-time' });

/**
 * Takes in what was filled on site (同步检查记录), one record a call, as often as the device likes: its id makes it single. Where somebody else's record
 * came between, both are kept and the reply says so; nothing is overwritten. The time of the device and ours are both kept, and ours counts.
 */
export const syncRecord = route({
  method: 'PUT',
  path: '/api/inspection/records/:id',
  summary: { zh: '同步检查记录', en: 'Take in a record' },
  allow: 'inspection.record.write',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  body: Type.Object(
    {
      task: Type.String({ format: 'uuid' }),
      /** The record that the device knew as the counting one when it was filled. */
      base: Type.Union([Type.String({ format: 'uuid' }), Type.Null()]),
      filledAt: Moment,
      sentAt: Moment,
      answers: Type.Array(AnswerSchema, { maxItems: 300 }),
      position: Type.Optional(
        Type.Object(
          {
            lon: Type.Number({ minimum: -180, maximum: 180 }),
            lat: Type.Number({ minimum: -90, maximum: 90 }),
            accuracy: Type.Number({ minimum: 0, maximum: 100_000 }),
          },
          { additionalProperties: false },
        ),
      ),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    outcome: Type.String({
      description: 'saved, known (it was here already) or conflict (another came between; both are kept)',
    }),
    filledAt: Moment,
    skewSeconds: Type.Integer(),
    current: Type.Union([Type.String({ format: 'uuid' }), Type.Null()]),
  }),
  errors: [NotFound, InvalidInput, RecordReused, TaskNotOpen, FileGone],
  examples: {
    own: {
      as: 'street-clerk',
      params: { id: '0190a0a0-1111-7000-8000-000000000001' },
      body: example('fixture:inspection-task'),
    },
    foreign: {
      as: 'street-clerk',
      params: { id: '0190a0a0-1111-7000-8000-000000000002' },
      body: example('fixture:inspection-foreign-task'),
    },
  },
  handler: async ({ db, params, body, actor }) => {
    const task = await db.first<{
      checklist: string;
      version: number;
      state: string;
      record: string | null;
      now: Date;
    }>(sql`
      select checklist, version, state, record, kernel.now() as now from inspection.task where id = ${body.task}::uuid for update`);
    if (!task) throw NotFound.with();
    const digest = digestOf([body.answers, body.position ?? null, body.filledAt]);
    const known = await db.first<{ id: string; digest: string; task: string; filledAt: Date; skewSeconds: number }>(sql`
      select id, digest, task, filled_at as "filledAt", skew_seconds as "skewSeconds" from inspection.record where id = ${params.id}::uuid`);
    const outcome = outcomeOf({
      record: { id: params.id, digest, task: body.task, base: body.base },
      known,
      current: task.record,
    });
    if (outcome === 'reused') throw RecordReused.with();
    if (known)
      return { outcome, filledAt: known.filledAt.toISOString(), skewSeconds: known.skewSeconds, current: task.record };
    if (task.state === 'void') throw TaskNotOpen.with();
    const items = (await readChecklist(db, task.checklist, task.version))?.items ?? [];
    const fields = answerFaults(items, body.answers);
    if (fields.length > 0) throw InvalidInput.with({ fields });
    const { madeAt: filledAt, skewSeconds } = byOurClock(
      { madeAt: new Date(body.filledAt), sentAt: new Date(body.sentAt) },
      task.now,
    );
    const { position } = body;
    await db.run(sql`
      insert into inspection.record (id, task, base, answers, digest, device_filled_at, device_sent_at, received_at, filled_at, skew_seconds, lon, lat, accuracy, state, by_account, by_name)
      values (${params.id}::uuid, ${body.task}::uuid, ${body.base}::uuid, ${JSON.stringify(body.answers)}::text::jsonb, ${digest}, ${body.filledAt}::timestamptz, ${body.sentAt}::timestamptz,
        ${task.now}::timestamptz, ${filledAt}::timestamptz, ${skewSeconds}::int, ${position?.lon ?? null}::float8, ${position?.lat ?? null}::float8, ${position?.accuracy ?? null}::float8,
        ${outcome === 'saved' ? 'counts' : 'conflict'}, ${actor.account}, ${actor.name})`);
    const photos = body.answers.flatMap((answer) => answer.photos ?? []);
    await attachDocument(db, { files: photos, kind: PHOTO_ROWS, subject: params.id });
    await writeFindings(db, { task: body.task, record: params.id, items, answers: body.answers });
    if (outcome === 'saved') {
      await db.run(
        sql`update inspection.record set state = 'aside' where task = ${body.task}::uuid and id <> ${params.id}::uuid and state = 'counts'`,
      );
      await db.run(
        sql`update inspection.task set record = ${params.id}::uuid, state = case when state = 'conflict' then state else 'done' end where id = ${body.task}::uuid`,
      );
    } else await db.run(sql`update inspection.task set state = 'conflict' where id = ${body.task}::uuid`);
    await db.emit({ type: `inspection.record.${outcome}`, subject: params.id, data: { task: body.task } });
    return {
      outcome,
      filledAt: filledAt.toISOString(),
      skewSeconds,
      current: outcome === 'saved' ? params.id : task.record,
    };
  },
});

/** What does not conform becomes a finding (检查发现) of the record. */
async function writeFindings(
  db: Db,
  options: { task: string; record: string; items: readonly Item[]; answers: readonly Answer[] },
): Promise<void> {
  const { task, record, items, answers } = options;
  const rows = items.flatMap((item) => {
    const answer = answers.find((each) => each.item === item.id);
    if (!answer || verdictOf(item, answer) !== 'fails') return [];
    return [
      { id: uuidv7(), item: item.id, severity: item.severity, note: answer.note ?? '', photos: answer.photos ?? [] },
    ];
  });
  if (rows.length === 0) return;
  await db.run(sql`
    insert into inspection.finding (id, task, record, item, severity, note, photos)
    select w.id, ${task}::uuid, ${record}::uuid, w.item, w.severity, w.note, array(select jsonb_array_elements_text(w.photos)::uuid)
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as w(id uuid, item text, severity text, note text, photos jsonb)`);
}

/** Settles two records of one task (处理同步冲突): a person says which counts; the other stays, aside. */
export const settleConflict = route({
  method: 'PUT',
  path: '/api/inspection/tasks/:id/record',
  summary: { zh: '处理同步冲突', en: 'Settle a conflict of records' },
  allow: 'inspection.record.settle',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  body: Type.Object({ record: Type.String({ format: 'uuid' }) }, { additionalProperties: false }),
  reply: Type.Object({ record: Type.String({ format: 'uuid' }) }),
  errors: [NotFound, TaskNotOpen],
  examples: {
    own: {
      as: 'unit-head',
      params: { id: 'fixture:inspection-conflict' },
      body: { record: 'fixture:inspection-conflict-record' },
    },
    foreign: {
      as: 'unit-head',
      params: { id: 'fixture:inspection-foreign-task' },
      body: { record: 'fixture:inspection-conflict-record' },
    },
  },
  handler: async ({ db, params, body }) => {
    const task = await db.first<{ state: string }>(
      sql`select state from inspection.task where id = ${params.id}::uuid for update`,
    );
    if (!task) throw NotFound.with();
    if (task.state !== 'conflict') throw TaskNotOpen.with();
    const chosen = await db.run(
      sql`update inspection.record set state = 'counts' where id = ${body.record}::uuid and task = ${params.id}::uuid`,
    );
    if (chosen === 0) throw NotFound.with();
    await db.run(
      sql`update inspection.record set state = 'aside' where task = ${params.id}::uuid and id <> ${body.record}::uuid`,
    );
    await db.run(
      sql`update inspection.task set record = ${body.record}::uuid, state = 'done' where id = ${params.id}::uuid`,
    );
    await db.emit({ type: 'inspection.record.settled', subject: body.record, data: { task: params.id } });
    return { record: body.record };
  },
});

function example(task: string) {
  return {
    task,
    base: null,
    filledAt: '2026-11-26T08:00:00Z',
    sentAt: '2026-11-26T08:05:00Z',
    answers: [{ item: 'exit', value: true }],
  };
}
