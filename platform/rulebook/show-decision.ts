import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { isCalendarDate } from '#platform/kernel/dates.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { checkDecision, findDecision } from './decision-record.ts';
import { CheckSchema, RuleParams, TableSchema, TestsSchema } from './decision-schemas.ts';

/** A decision (决策): its model, its table where there is one, its test cases and what stands out in it. Public, as law is. */
export const showDecision = route({
  method: 'GET',
  path: '/api/rulebook/decisions/:id',
  summary: { zh: '决策表与测试用例', en: 'A decision with its table and test cases' },
  allow: 'public',
  params: RuleParams,
  query: Type.Object(
    {
      on: Type.Optional(
        Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: '适用日期 / the day asked about' }),
      ),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    id: Type.String(),
    version: Type.Integer(),
    decision: Type.String(),
    /** What a case gives: names with the types of their values. */
    inputs: Type.Array(Type.Object({ name: Type.String(), type: Type.Union([Type.String(), Type.Null()]) })),
    table: Type.Union([TableSchema, Type.Null()]),
    tests: TestsSchema,
    check: Type.Union([CheckSchema, Type.Null()]),
    /** The model as XML of DMN. */
    dmn: Type.String(),
  }),
  errors: [NotFound, InvalidInput],
  examples: {
    own: { as: 'unit-head', params: { id: 'service.supervision-level' } },
    foreign: { as: 'unit-head', params: { id: 'audit.no-such.rule' } },
  },
  handler: async ({ db, params: { id }, query: { on } }) => {
    if (on !== undefined && !isCalendarDate(on))
      throw InvalidInput.with({
        fields: [
          { pointer: '/query/on', rule: 'date', message: { zh: '没有这一天', en: 'is no day of the calendar' } },
        ],
      });
    const { version, value, model, table } = await findDecision(db, id, on);
    return {
      id,
      version,
      decision: value.decision,
      inputs: model.inputs.map(({ name, typeRef }) => ({ name, type: typeRef ?? null })),
      table: table ?? null,
      tests: value.tests,
      check: table ? checkDecision(value) : null,
      dmn: value.dmn,
    };
  },
});
