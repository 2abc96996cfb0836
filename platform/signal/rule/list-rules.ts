import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { LogicSchema } from './rule.ts';
import { readRules } from './rule-record.ts';

export const RuleSchema = Type.Object({
  id: Type.String(),
  version: Type.Integer(),
  title: Type.Object({ zh: Type.String(), en: Type.String() }),
  kind: Type.String(),
  logic: LogicSchema,
  decision: Type.String(),
  severity: Type.String(),
  unit: Type.String(),
  parent: Type.Union([Type.String(), Type.Null()]),
  enabled: Type.Boolean(),
});

/** The rules that raise alerts (预警规则), for everybody who sees alerts: nobody is alarmed by what they cannot look up. */
export const listRules = route({
  method: 'GET',
  path: '/api/signal/rules',
  summary: { zh: '预警规则', en: 'Rules that raise alerts' },
  allow: 'signal.alert.read',
  reply: Type.Object({ rules: Type.Array(RuleSchema) }),
  examples: { own: { as: 'duty-officer' } },
  handler: async ({ db }) => ({ rules: [...(await readRules(db)).values()] }),
});
