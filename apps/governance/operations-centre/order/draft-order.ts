import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { endedFault } from '#platform/kernel/ended-units.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { entitySource } from '#platform/case/entity-timeline.ts';
import { unitsGone } from '#platform/identity/organisation/find-unit.ts';
import type { Services } from '#platform/kernel/app.ts';
import { UnitGone } from '../errors.ts';
import { Id, noteOrder, numberFor, OrderSchema, readOrders, viewOf } from './order-record.ts';

export type Draft = {
  title: string;
  demand: string;
  urgent: boolean;
  units: readonly string[];
  dueMinutes: number;
  feedbackMinutes: number;
  incident?: string;
  optionSet?: string;
  sample?: boolean;
};

/**
 * Refuses units that do not stand (撤销的单位): the field says which units do their work now, from the history of the organisation. It opens
 * its own transaction: called in `prepare`.
 */
export async function refuseGone(services: Services, units: readonly string[], pointer = '/units'): Promise<void> {
  const gone = await unitsGone(services, units);
  if (gone.length === 0) return;
  const fields = gone.map(({ code, name, nameEn, successors }) => {
    const at = `${pointer}/${units.indexOf(code)}`;
    if (name === null)
      return { pointer: at, rule: 'abolished', message: { zh: `没有单位 ${code}`, en: `${code} is no unit` } };
    const known = { zh: name, en: nameEn ?? name };
    const by = successors.map((each) => ({ code: each.code, name: { zh: each.name, en: each.nameEn } }));
    return endedFault({ name: known, successors: by }, at);
  });
  throw UnitGone.with({
    fields,
    extra: { successors: gone.flatMap(({ successors }) => successors.map(({ code }) => code)) },
  });
}

/** Writes a draft with its lines. An order about an incident of an exercise is one of the exercise. */
export async function writeDraft(db: Db, draft: Draft, now: Date): Promise<string> {
  const id = uuidv7();
  const no = await numberFor(db, 'ZL', now);
  const incident = draft.incident
    ? await db.first<{ exercise: string | null }>(
        sql`select exercise from ops.incident where id = ${draft.incident}::uuid`,
      )
    : undefined;
  if (draft.incident && !incident) throw NotFound.with();
  await db.run(sql`
    insert into ops.command_order (id, no, title, demand, urgent, state, incident, option_set, feedback_minutes, due_at, drafted_by, drafted_name, drafted_at, exercise, sample)
    values (${id}::uuid, ${no}, ${draft.title}, ${draft.demand}, ${draft.urgent}::boolean, 'draft', ${draft.incident ?? null}::uuid, ${draft.optionSet ?? null}::uuid,
      ${draft.feedbackMinutes}::int, kernel.now() + ${draft.dueMinutes}::float8 * interval '1 minute', ${db.actor.account}, ${db.actor.name}, kernel.now(),
      ${incident?.exercise ?? null}::uuid, ${draft.sample ?? false}::boolean)`);
  const lines = [...new Set(draft.units)].map((unit) => ({ id: uuidv7(), unit }));
  await db.run(sql`
    insert into ops.order_line (id, ord, unit, state)
    select w.id, ${id}::uuid, w.unit, 'drafted' from jsonb_to_recordset(${JSON.stringify(lines)}::text::jsonb) as w(id uuid, unit text)`);
  await noteOrder(db, { ord: id, what: 'drafted' });
  if (draft.incident)
    await db.run(sql`select kernel.add_link('follow_up_of', 'order', ${id}, 'emergency', ${draft.incident})`);
  await db.emit({ type: 'ops.order.drafted', subject: id, data: { order: id } });
  return id;
}

/** Drafts an order to one or many units (起草指令). Nobody is told before it is issued. */
export const draftOrder = route({
  method: 'POST',
  path: '/api/ops/orders',
  summary: { zh: '起草指令', en: 'Draft an order' },
  allow: 'ops.order.command',
  body: Type.Object(
    {
      title: Type.String({ minLength: 2, maxLength: 200 }),
      demand: Type.String({ minLength: 4, maxLength: 2000 }),
      urgent: Type.Boolean(),
      units: Type.Array(Type.String({ minLength: 1, maxLength: 61 }), { minItems: 1, maxItems: 40 }),
      dueMinutes: Type.Integer({ minimum: 5, maximum: 43_200 }),
      feedbackMinutes: Type.Integer({ minimum: 5, maximum: 1440 }),
      incident: Type.Optional(Id),
      about: Type.Optional(
        Type.Array(
          Type.Object(
            {
              kind: Type.Union([Type.Literal('case'), Type.Literal('alert')]),
              id: Type.String({ minLength: 1, maxLength: 80 }),
            },
            { additionalProperties: false },
          ),
          { maxItems: 20 },
        ),
      ),
    },
    { additionalProperties: false },
  ),
  status: 201,
  reply: OrderSchema,
  errors: [NotFound, InvalidInput, UnitGone],
  examples: {
    own: {
      as: 'duty-officer',
      body: {
        title: '排除路段积水',
        demand: '立即到场抽排，设置警示，30 分钟反馈一次。',
        urgent: true,
        units: ['emergency'],
        dueMinutes: 120,
        feedbackMinutes: 30,
      },
    },
  },
  // Both look into other modules, each in its own transaction.
  prepare: async ({ body, actor, services }) => {
    await refuseGone(services, body.units);
    for (const { kind, id } of body.about ?? []) {
      const source = services.registry.provided(entitySource).find(({ value }) => value.kind === kind)?.value;
      if (source && !(await source.read({ services, actor, id }))) throw NotFound.with();
    }
  },
  handler: async ({ db, body, actor, clock }) => {
    const now = clock.now();
    const id = await writeDraft(db, body, now);
    for (const about of body.about ?? [])
      await db.run(sql`select kernel.add_link('follow_up_of', 'order', ${id}, ${about.kind}, ${about.id})`);
    const [order] = await readOrders(db, sql`where o.id = ${id}::uuid`);
    if (!order) throw NotFound.with();
    return viewOf(order, { actor, now });
  },
});
