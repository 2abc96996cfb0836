import { Type } from 'typebox';

export const Words = Type.Object({ zh: Type.String(), en: Type.String() });
export const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
export const PolicyShape = Type.Object({
  id: Type.String(),
  effect: Type.Union([Type.Literal('permit'), Type.Literal('forbid')]),
  words: Words,
  text: Type.String({ description: 'Cedar' }),
  source: Type.String({ description: 'file below the repository root, or the district register' }),
});
export const HolderShape = Type.Object({ post: Type.String(), title: Words });

const CaseFields = {
  who: Type.String({ maxLength: 40, description: 'post' }),
  does: Type.String({ maxLength: 80, description: 'action' }),
  with: Type.Optional(
    Type.Object(
      {
        reach: Type.Optional(Type.Union([Type.Literal('own'), Type.Literal('district')])),
        assurance: Type.Optional(Type.Integer({ minimum: 1, maximum: 4 })),
        unit: Type.Optional(Type.String({ maxLength: 80 })),
        area: Type.Optional(Type.String({ maxLength: 12 })),
        acting: Type.Optional(Type.Boolean()),
        kind: Type.Optional(Type.String({ maxLength: 80 })),
        level: Type.Optional(Type.Integer({ minimum: 1, maximum: 4 })),
        owner: Type.Optional(Type.String({ maxLength: 80 })),
        own: Type.Optional(Type.Boolean()),
        attribute: Type.Optional(Type.String({ maxLength: 60 })),
        disclosure: Type.Optional(Type.Union([Type.Literal('card'), Type.Literal('single')])),
        purpose: Type.Optional(Type.String({ maxLength: 60 })),
        purposeHeld: Type.Optional(Type.Boolean()),
        zone: Type.Optional(Type.Union([Type.Literal('office'), Type.Literal('internet')])),
        at: Type.Optional(
          Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T[0-9:.]+(Z|[+-]\\d{2}:\\d{2})$', description: 'moment' }),
        ),
      },
      { additionalProperties: false },
    ),
  ),
  expect: Type.Union([Type.Literal('allow'), Type.Literal('deny')]),
  by: Type.Optional(Type.String({ maxLength: 100, description: 'policy that decides' })),
  why: Words,
};
export const CaseShape = Type.Object(CaseFields, { additionalProperties: false });
export const CaseResultShape = Type.Object({
  ...CaseFields,
  passed: Type.Boolean(),
  got: Type.Union([Type.Literal('allow'), Type.Literal('deny')]),
  reasons: Type.Array(Type.String()),
});
export const FaultShape = Type.Object({
  source: Type.String(),
  policy: Type.Optional(Type.String()),
  message: Type.String(),
});
