import { Type } from 'typebox';
import { DecisionTest } from './entry-file.ts';

const Cell = Type.String({ maxLength: 1000 });
const Name = Type.String({ maxLength: 200 });
const strict = { additionalProperties: false };

/** A decision table as it is edited; the shape of `DecisionTable` in `dmn/model.ts`. */
export const TableSchema = Type.Object(
  {
    hitPolicy: Type.Union([
      Type.Literal('UNIQUE'),
      Type.Literal('ANY'),
      Type.Literal('PRIORITY'),
      Type.Literal('FIRST'),
      Type.Literal('RULE ORDER'),
      Type.Literal('OUTPUT ORDER'),
      Type.Literal('COLLECT'),
    ]),
    aggregation: Type.Optional(
      Type.Union([Type.Literal('SUM'), Type.Literal('COUNT'), Type.Literal('MIN'), Type.Literal('MAX')]),
    ),
    inputs: Type.Array(
      Type.Object(
        { label: Type.Optional(Name), expression: Cell, typeRef: Type.Optional(Name), values: Type.Optional(Cell) },
        strict,
      ),
      { minItems: 1, maxItems: 30 },
    ),
    outputs: Type.Array(
      Type.Object(
        {
          name: Type.Optional(Name),
          label: Type.Optional(Name),
          typeRef: Type.Optional(Name),
          values: Type.Optional(Cell),
          default: Type.Optional(Cell),
        },
        strict,
      ),
      { minItems: 1, maxItems: 10 },
    ),
    rules: Type.Array(
      Type.Object(
        { id: Type.Optional(Name), inputs: Type.Array(Cell), outputs: Type.Array(Cell), note: Type.Optional(Cell) },
        strict,
      ),
      { minItems: 1, maxItems: 300 },
    ),
  },
  strict,
);
export const TestsSchema = Type.Array(DecisionTest, { maxItems: 300 });

/** What was found in a table: `TableCheck` in `dmn/check-table.ts`. */
export const CheckSchema = Type.Object({
  faults: Type.Array(Type.Object({ row: Type.Integer(), column: Type.Integer(), message: Type.String() })),
  tests: Type.Array(
    Type.Object({
      name: Type.String(),
      passed: Type.Boolean(),
      value: Type.Unknown(),
      messages: Type.Array(Type.String()),
    }),
  ),
  analysis: Type.Object({
    overlaps: Type.Array(
      Type.Object({
        rows: Type.Array(Type.Integer()),
        example: Type.Array(Type.Unknown()),
        conflict: Type.Boolean(),
      }),
    ),
    gaps: Type.Array(Type.Object({ example: Type.Array(Type.Unknown()) })),
    unreachable: Type.Array(Type.Integer()),
    unclear: Type.Array(Type.Object({ row: Type.Integer(), input: Type.Integer() })),
    complete: Type.Boolean(),
  }),
  conflicts: Type.Integer(),
  findings: Type.Integer(),
  ready: Type.Boolean(),
});

export const RuleParams = Type.Object({ id: Type.String({ maxLength: 120 }) });
