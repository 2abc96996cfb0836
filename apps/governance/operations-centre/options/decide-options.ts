import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { TwoPersons, UnitGone, WrongState } from '../errors.ts';
import { refuseGone, writeDraft } from '../order/draft-order.ts';
import { CriterionSchema, OptionSchema, rate, readOptionSet, writeOptionSet } from './option-record.ts';

const Params = Type.Object({ id: Type.String({ format: 'uuid' }) });
const Moment = Type.String({ format: 'date-time' });
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const Reply = Type.Object({
  id: Type.String(),
  incident: Type.String(),
  question: Type.String(),
  state: Type.String(),
  criteria: Type.Array(CriterionSchema),
  options: Type.Array(
    Type.Object({
      ...OptionSchema.properties,
      id: Type.String(),
      closeness: Type.Number(),
      rank: Type.Integer(),
    }),
  ),
  sensitivity: Type.Array(Type.Object({ criterion: Type.String(), from: Type.Number(), to: Type.Number() })),
  madeName: Type.String(),
  madeAt: Moment,
  chosen: MaybeText,
  reason: MaybeText,
  decidedName: MaybeText,
  decidedAt: Type.Union([Moment, Type.Null()]),
  order: MaybeText,
  exercise: Type.Boolean(),
});

async function view(db: Db, id: string) {
  const found = await readOptionSet(db, id);
  if (!found) throw NotFound.with();
  const { set, options } = found;
  const { scores, sensitivity } = rate(set, options);
  const order = await db.first<{ id: string }>(sql`select id from ops.command_order where option_set = ${id}::uuid`);
  const { madeBy: _, ...shown } = set;
  return {
    ...shown,
    madeAt: set.madeAt.toISOString(),
    decidedAt: set.decidedAt?.toISOString() ?? null,
    options: options.map(({ position: _position, ...option }, i) => ({
      ...option,
      closeness: scores[i]?.closeness ?? 0,
      rank: scores[i]?.rank ?? 0,
    })),
    sensitivity,
    order: order?.id ?? null,
  };
}

/** Options side by side with their rank and how much hangs on each weight (方案比选). */
export const showOptions = route({
  method: 'GET',
  path: '/api/ops/options/:id',
  summary: { zh: '决策方案', en: 'Option set' },
  allow: 'ops.incident.read',
  params: Params,
  reply: Reply,
  errors: [NotFound],
  examples: { own: { as: 'district-leader', params: { id: 'fixture:ops-options' } } },
  handler: ({ db, params }) => view(db, params.id),
});

const EXAMPLE = {
  question: '积水点怎么处置',
  criteria: [
    {
      id: 'time',
      title: { zh: '见效时间', en: 'Time to effect' },
      weight: 3,
      direction: 'cost',
      unit: { zh: '分钟', en: 'min' },
    },
  ],
  options: [
    {
      title: '调泵车',
      demand: '调两台泵车抽排',
      units: ['emergency'],
      facts: { time: { value: 30, evidence: '去年同点实测' } },
    },
    {
      title: '封路绕行',
      demand: '封闭路段并引导绕行',
      units: ['traffic-police'],
      facts: { time: { value: 10, evidence: '交警预案' } },
    },
  ],
};

/** Draws up options (拟定方案): criteria are declared first, and every option says its value and evidence for each. */
export const drawUpOptions = route({
  method: 'POST',
  path: '/api/ops/options',
  summary: { zh: '拟定决策方案', en: 'Draw up options' },
  allow: 'ops.incident.change',
  body: Type.Object(
    {
      incident: Type.String({ format: 'uuid' }),
      question: Type.String({ minLength: 4, maxLength: 300 }),
      criteria: Type.Array(CriterionSchema, { minItems: 1, maxItems: 12 }),
      options: Type.Array(OptionSchema, { minItems: 2, maxItems: 10 }),
    },
    { additionalProperties: false },
  ),
  status: 201,
  reply: Reply,
  errors: [NotFound, InvalidInput, UnitGone],
  examples: { own: { as: 'duty-officer', body: { incident: 'fixture:ops-incident', ...EXAMPLE } } },
  prepare: async ({ body, services }) => {
    const missing = body.options.flatMap((option, i) =>
      body.criteria
        .filter(({ id }) => option.facts[id] === undefined)
        .map(({ id, title }) => ({
          pointer: `/options/${i}/facts/${id}`,
          rule: 'required',
          message: { zh: `缺少“${title.zh}”的数值和依据`, en: `has no value and evidence for ${title.en}` },
        })),
    );
    if (missing.length > 0) throw InvalidInput.with({ fields: missing });
    for (const [i, { units }] of body.options.entries()) await refuseGone(services, units, `/options/${i}/units`);
  },
  handler: async ({ db, body }) => {
    const incident = await db.first<{ id: string; exercise: string | null }>(
      sql`select id, exercise from ops.incident where id = ${body.incident}::uuid`,
    );
    if (!incident) throw NotFound.with();
    return view(db, await writeOptionSet(db, incident, body));
  },
});

/**
 * Decides (拍板): a named leader chooses with a reason, whatever the figures say. The others are kept with what they were rated, and the chosen one becomes
 * the draft of an order to its units. Who drew the options up does not decide on them.
 */
export const decideOptions = route({
  method: 'POST',
  path: '/api/ops/options/:id/decide',
  summary: { zh: '签署方案', en: 'Sign an option' },
  allow: 'ops.options.decide',
  params: Params,
  body: Type.Object(
    {
      option: Type.String({ format: 'uuid' }),
      reason: Type.String({ minLength: 4, maxLength: 1000 }),
      urgent: Type.Boolean(),
    },
    { additionalProperties: false },
  ),
  reply: Reply,
  errors: [NotFound, InvalidInput, WrongState, TwoPersons],
  examples: {
    own: {
      as: 'district-leader',
      params: { id: 'fixture:ops-options' },
      body: { option: 'fixture:ops-option', reason: '先保通行，再抽排', urgent: true },
    },
  },
  handler: async ({ db, params, body, actor, clock }) => {
    const found = await readOptionSet(db, params.id, true);
    if (!found) throw NotFound.with();
    const { set, options } = found;
    if (set.state !== 'open') throw WrongState.with();
    if (set.madeBy === actor.account) throw TwoPersons.with();
    const chosen = options.find(({ id }) => id === body.option);
    if (!chosen)
      throw InvalidInput.with({
        fields: [
          {
            pointer: '/option',
            rule: 'option',
            message: { zh: '请选择本组中的一个方案', en: 'must be one of these options' },
          },
        ],
      });
    const { scores } = rate(set, options);
    const kept = options.map(({ id }, i) => ({ option: id, ...scores[i] }));
    await db.run(sql`
      update ops.option_set set state = 'decided', chosen = ${chosen.id}::uuid, reason = ${body.reason}, decided_by = ${actor.account}, decided_name = ${actor.name},
        decided_at = kernel.now(), scores = ${JSON.stringify(kept)}::text::jsonb where id = ${set.id}::uuid`);
    await writeDraft(
      db,
      {
        title: chosen.title,
        demand: chosen.demand,
        urgent: body.urgent,
        units: chosen.units,
        dueMinutes: 120,
        feedbackMinutes: 30,
        incident: set.incident,
        optionSet: set.id,
      },
      clock.now(),
    );
    await db.emit({ type: 'ops.options.decided', subject: set.id, data: { options: set.id } });
    return view(db, set.id);
  },
});
