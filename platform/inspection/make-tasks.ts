import { randomBytes } from 'node:crypto';
import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { InvalidInput } from '#platform/kernel/errors.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { readChecklist } from './checklist.ts';
import { draw, poolDigest } from './draw.ts';
import { readTasks, TaskSchema } from './task-record.ts';

const Target = Type.Object(
  {
    target: Type.String({ minLength: 1, maxLength: 80 }),
    name: Type.String({ minLength: 1, maxLength: 120 }),
    address: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { additionalProperties: false },
);

/**
 * Makes tasks of a checklist (下达检查任务): for all targets named, or for a random draw of them with drawn inspectors (双随机). The seed of a draw and
 * what it was drawn from are kept, so that anybody can compute it again.
 */
export const makeTasks = route({
  method: 'POST',
  path: '/api/inspection/tasks',
  summary: { zh: '下达检查任务', en: 'Make inspection tasks' },
  allow: 'inspection.task.make',
  body: Type.Object(
    {
      checklist: Type.String({ maxLength: 80 }),
      dueOn: Type.String({ format: 'date' }),
      targets: Type.Array(Target, { minItems: 1, maxItems: 2_000 }),
      inspectors: Type.Array(Type.String({ maxLength: 80 }), { minItems: 1, maxItems: 500 }),
      draw: Type.Optional(
        Type.Object(
          {
            title: Type.String({ minLength: 2, maxLength: 100 }),
            howMany: Type.Integer({ minimum: 1, maximum: 2_000 }),
            perTask: Type.Integer({ minimum: 1, maximum: 5 }),
          },
          { additionalProperties: false },
        ),
      ),
    },
    { additionalProperties: false },
  ),
  status: 201,
  reply: Type.Object({
    tasks: Type.Array(TaskSchema),
    draw: Type.Union([Type.Object({ id: Type.String(), seed: Type.String(), pool: Type.String() }), Type.Null()]),
  }),
  errors: [InvalidInput],
  examples: {
    own: {
      as: 'unit-head',
      body: {
        checklist: 'fixture.exits',
        dueOn: '2099-01-01',
        targets: [{ target: 'shop-1', name: '样例商铺' }],
        inspectors: ['clerk.ruijin'],
      },
    },
  },
  handler: async ({ db, body, actor, clock }) => {
    const list = await readChecklist(db, body.checklist);
    const refuse = (pointer: string, zh: string, en: string) =>
      InvalidInput.with({ fields: [{ pointer, rule: 'exists', message: { zh, en } }] });
    if (!list) throw refuse('/checklist', '没有这份检查表', 'is no checklist');
    if (body.dueOn < shanghaiDate(clock.now())) throw refuse('/dueOn', '不能早于今天', 'cannot be before today');
    const drawn = body.draw ? await drawTasks(db, body, body.draw) : undefined;
    const chosen = drawn?.tasks ?? body.targets.map(({ target }) => ({ target, inspectors: body.inspectors }));
    const numbers = await db.one<{ first: string }>(
      sql`select kernel.next_numbers('inspection.task', ${body.dueOn.slice(0, 4)}, ${chosen.length}::int)::text as first`,
    );
    const rows = chosen.map(({ target, inspectors }, at) => {
      const named = body.targets.find((each) => each.target === target);
      const number = `JC${body.dueOn.slice(0, 4)}-${String(Number(numbers.first) + at).padStart(6, '0')}`;
      return { id: uuidv7(), number, target, name: named?.name ?? target, address: named?.address ?? null, inspectors };
    });
    await db.run(sql`
      insert into inspection.task (id, number, checklist, version, target, target_name, address, unit, inspectors, due_on, state, draw, made_by, made_at)
      select w.id, w.number, ${list.code}, ${list.version}::int, w.target, w.name, w.address, ${actor.unit ?? ''}, array(select jsonb_array_elements_text(w.inspectors)), ${body.dueOn}::date, 'open',
        ${drawn?.id ?? null}::uuid, ${actor.account}, kernel.now()
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as w(id uuid, number text, target text, name text, address text, inspectors jsonb)`);
    for (const { id } of rows) await db.emit({ type: 'inspection.task.made', subject: id });
    const ids = rows.map(({ id }) => id);
    return {
      tasks: await readTasks(db, sql`where t.id = any(${ids}::uuid[]) order by t.number`),
      draw: drawn ? { id: drawn.id, seed: drawn.seed, pool: drawn.pool } : null,
    };
  },
});

type Drawing = { targets: readonly { target: string }[]; inspectors: readonly string[] };

async function drawTasks(db: Db, body: Drawing, terms: { title: string; howMany: number; perTask: number }) {
  const seed = randomBytes(32).toString('hex');
  const targets = body.targets.map(({ target }) => target);
  const { howMany, perTask } = terms;
  if (howMany > new Set(targets).size || perTask > new Set(body.inspectors).size)
    throw InvalidInput.with({
      fields: [
        {
          pointer: howMany > new Set(targets).size ? '/draw/howMany' : '/draw/perTask',
          rule: 'range',
          message: { zh: '多于可供抽取的数量', en: 'is more than there are to draw from' },
        },
      ],
    });
  const tasks = draw({ seed, targets, howMany, inspectors: body.inspectors, perTask });
  const id = uuidv7();
  const pool = poolDigest(targets);
  await db.run(sql`
    insert into inspection.draw (id, title, seed, pool_sm3, inspectors_sm3, terms, drawn_at, drawn_by)
    values (${id}::uuid, ${terms.title}, ${seed}, ${pool}, ${poolDigest(body.inspectors)}, ${JSON.stringify({ howMany, perTask })}::text::jsonb, kernel.now(), ${db.actor.account})`);
  return { id, seed, pool, tasks };
}
