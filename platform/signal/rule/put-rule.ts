import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { endedFault, endedUnits } from '#platform/kernel/ended-units.ts';
import { type FieldFault, InvalidInput } from '#platform/kernel/errors.ts';
import { unitNames } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import { findRule } from '#platform/rulebook/rule-at.ts';
import { RuleSchema } from './list-rules.ts';
import { LogicSchema, logicFaults } from './rule.ts';
import { putRule, readRules } from './rule-record.ts';

const Id = Type.String({ pattern: '^[a-z][a-z0-9-]*(\\.[a-z0-9-]+)+$', maxLength: 80 });
const Words = Type.Object(
  { zh: Type.String({ minLength: 1, maxLength: 80 }), en: Type.String({ minLength: 1, maxLength: 120 }) },
  { additionalProperties: false },
);

/** Writes a rule (维护预警规则). Its logic, its level decision and its parent are checked before it may fire. */
export const putRuleRoute = route({
  method: 'PUT',
  path: '/api/signal/rules/:id',
  summary: { zh: '维护预警规则', en: 'Write a rule' },
  allow: 'signal.rule.write',
  params: Type.Object({ id: Id }),
  body: Type.Object(
    {
      title: Words,
      kind: Type.String({ pattern: '^[a-z][a-z0-9-]{1,40}$' }),
      logic: LogicSchema,
      decision: Type.String({ maxLength: 120 }),
      severity: Type.Union([
        Type.Literal('minor'),
        Type.Literal('moderate'),
        Type.Literal('severe'),
        Type.Literal('extreme'),
      ]),
      unit: Type.String({ minLength: 1, maxLength: 80 }),
      parent: Type.Union([Id, Type.Null()]),
      enabled: Type.Boolean(),
    },
    { additionalProperties: false },
  ),
  reply: RuleSchema,
  errors: [InvalidInput],
  examples: {
    own: {
      as: 'duty-officer',
      params: { id: 'sample.water-level' },
      body: {
        title: { zh: '积水超限', en: 'Water on the road' },
        kind: 'water-logging',
        logic: {
          condition: { kind: 'threshold', side: 'above', limit: 150, clearLimit: 135 },
          hits: 2,
          of: 3,
          clearAfter: 3,
          damping: { times: 3, withinSeconds: 1800, calmSeconds: 600 },
        },
        decision: 'signal.alert-level',
        severity: 'severe',
        unit: 'operations-centre',
        parent: null,
        enabled: true,
      },
    },
  },
  prepare: async ({ services }) => ({
    ended: await endedUnits(services),
    names: await services.registry.provided(unitNames)[0]?.value.all(services),
  }),
  handler: async ({ db, params, body, prepared: { ended, names } }) => {
    const fields: FieldFault[] = logicFaults(body.logic).map(({ pointer, zh, en }) => ({
      pointer: `/logic${pointer}`,
      rule: 'range',
      message: { zh, en },
    }));
    const decision = await findRule(db, body.decision);
    if (!decision?.decision)
      fields.push({
        pointer: '/decision',
        rule: 'exists',
        message: { zh: '规则库里没有这项决策', en: 'is no decision of the rulebook' },
      });
    // An alert of a unit that is none would be told to nobody there; a rule that is switched off raises none.
    const gone = body.enabled ? ended.get(body.unit) : undefined;
    if (gone) fields.push(endedFault(gone, '/unit'));
    else if (names && !names.has(body.unit))
      fields.push({ pointer: '/unit', rule: 'exists', message: { zh: '没有这个单位', en: 'is no unit' } });
    if (body.parent !== null && !(await isParent(db, params.id, body.parent)))
      fields.push({
        pointer: '/parent',
        rule: 'exists',
        message: { zh: '没有这条上级规则，或会首尾相接', en: 'is no other rule, or would close a circle' },
      });
    if (fields.length > 0) throw InvalidInput.with({ fields });
    await putRule(db, { id: params.id, ...body });
    const rule = (await readRules(db, [params.id])).get(params.id);
    if (!rule) throw new Error('a rule that was written is not there');
    return rule;
  },
});

/** The rule is there, and neither it nor what is above it is the child. */
async function isParent(db: Parameters<typeof readRules>[0], child: string, parent: string): Promise<boolean> {
  const row = await db.first<{ found: boolean; circle: boolean }>(sql`
    with recursive above as (
      select id, parent, 1 as n from signal.rule where id = ${parent}
      union all select r.id, r.parent, n + 1 from signal.rule r join above a on r.id = a.parent where n < 50)
    select count(*) > 0 as found, coalesce(bool_or(id = ${child}), false) as circle from above`);
  return row !== undefined && row.found && !row.circle && parent !== child;
}
