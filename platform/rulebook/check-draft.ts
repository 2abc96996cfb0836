import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { checkDecision, DecisionNotEditable, findDecision } from './decision-record.ts';
import { CheckSchema, RuleParams, TableSchema, TestsSchema } from './decision-schemas.ts';
import { replaceTable } from './dmn/replace-table.ts';

/** Checks a table while it is typed: cells, test cases, overlaps, gaps. Nothing is kept. */
export const checkDraft = route({
  method: 'POST',
  path: '/api/rulebook/decisions/:id/check',
  summary: { zh: '检查决策表', en: 'Check a decision table' },
  allow: 'rulebook.draft.edit',
  repeatable: true,
  params: RuleParams,
  body: Type.Object({ table: TableSchema, tests: TestsSchema }, { additionalProperties: false }),
  reply: CheckSchema,
  errors: [NotFound, DecisionNotEditable],
  examples: {
    own: { as: 'unit-head', params: { id: 'service.elder-allowance' }, body: exampleChange() },
    foreign: { as: 'unit-head', params: { id: 'audit.no-such.rule' }, body: exampleChange() },
  },
  handler: async ({ db, params: { id }, body }) => {
    const { value, table } = await findDecision(db, id);
    if (!table) throw DecisionNotEditable.with();
    return checkDecision({ ...value, dmn: replaceTable(value.dmn, body.table), tests: body.tests });
  },
});

/** A small table that every example may send. */
export function exampleChange() {
  return {
    table: {
      hitPolicy: 'UNIQUE' as const,
      inputs: [{ label: '年龄', expression: 'age', typeRef: 'number' }],
      outputs: [{ label: '符合条件', name: 'eligible', typeRef: 'boolean' }],
      rules: [
        { inputs: ['< 65'], outputs: ['false'] },
        { inputs: ['>= 65'], outputs: ['true'] },
      ],
    },
    tests: [
      {
        name: '65 岁生日当天',
        input: { 'birth date': '1961-05-01', on: '2026-05-01', 'Shanghai hukou': true },
        expected: true,
      },
    ],
  };
}
