import { Type, type Static } from 'typebox';
import { FieldTypeSchema } from '#platform/catalog/form/form-record.ts';
import { ITEM_KINDS, type ItemKind } from './item-terms.ts';

export const NameSchema = (most: number) =>
  Type.Object({
    zh: Type.String({ minLength: 1, maxLength: most }),
    en: Type.String({ minLength: 1, maxLength: most * 2 }),
  });
export const TextSchema = Type.Object({ zh: Type.String(), en: Type.String() });
export const SlugSchema = Type.String({ pattern: '^[a-z][a-z0-9-]{0,60}$' });

/** All of these questions are answered with one of the values named. */
export const ConditionSchema = Type.Record(SlugSchema, Type.Array(SlugSchema, { minItems: 1, maxItems: 20 }));
export type Condition = Static<typeof ConditionSchema>;
/** Any of these conditions holds; absent = always. */
const When = Type.Optional(Type.Array(ConditionSchema, { minItems: 1, maxItems: 20 }));

/** A guided question (情形引导) whose answer decides what is asked next, which materials are needed and which fields are shown. */
export const QuestionSchema = Type.Object(
  {
    id: SlugSchema,
    title: NameSchema(120),
    help: Type.Optional(NameSchema(300)),
    options: Type.Array(Type.Object({ value: SlugSchema, title: NameSchema(80) }, { additionalProperties: false }), {
      minItems: 2,
      maxItems: 20,
    }),
    when: When,
  },
  { additionalProperties: false },
);

/** A material (材料) and where it comes from. */
const MaterialSchema = Type.Object(
  {
    id: SlugSchema,
    title: NameSchema(120),
    source: Type.Union([Type.Literal('data'), Type.Literal('certificate'), Type.Literal('upload')]),
    required: Type.Boolean(),
    resource: Type.Optional(Type.String({ maxLength: 120 })),
    field: Type.Optional(Type.String({ maxLength: 80 })),
    /** Type of certificate (证照类型代码). */
    certificateType: Type.Optional(Type.String({ maxLength: 40 })),
    copies: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
    /** The paper itself has to be shown. */
    original: Type.Optional(Type.Boolean()),
    /** Why it is handed in although a unit has it. */
    why: Type.Optional(Type.String({ minLength: 6, maxLength: 300 })),
    when: When,
  },
  { additionalProperties: false },
);

export const GROUPS = ['applicant', 'enterprise', 'agent', 'premises', 'matter', 'delivery'] as const;
const GroupSchema = Type.Unsafe<(typeof GROUPS)[number]>(Type.Union(GROUPS.map((group) => Type.Literal(group))));

/** A field of the item's form: the data element (数据元) that it asks for, and within what limits. */
export const FieldSchema = Type.Object(
  {
    element: SlugSchema,
    title: NameSchema(80),
    group: GroupSchema,
    type: FieldTypeSchema,
    required: Type.Boolean(),
    choices: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 80 }), { minItems: 2, maxItems: 60 })),
    maxLength: Type.Optional(Type.Integer({ minimum: 1, maximum: 4000 })),
    minimum: Type.Optional(Type.Number()),
    maximum: Type.Optional(Type.Number()),
    pattern: Type.Optional(Type.String({ maxLength: 200 })),
    /** Resource and field that a unit shares it as: obtained, not asked for. */
    resource: Type.Optional(Type.String({ maxLength: 120 })),
    field: Type.Optional(Type.String({ maxLength: 80 })),
    /** Why it is asked for although a unit shares it. */
    why: Type.Optional(Type.String({ minLength: 6, maxLength: 300 })),
    when: When,
  },
  { additionalProperties: false },
);
export type FormField = Static<typeof FieldSchema>;

export const LimitSchema = Type.Object(
  {
    amount: Type.Integer({ minimum: 0, maximum: 1000 }),
    unit: Type.Union([Type.Literal('wd'), Type.Literal('day'), Type.Literal('month')]),
  },
  { additionalProperties: false },
);

const KINDS = Object.keys(ITEM_KINDS) as ItemKind[];
export const KindSchema = Type.Unsafe<ItemKind>(Type.Union(KINDS.map((kind) => Type.Literal(kind))));
export const AudienceSchema = Type.Union([Type.Literal('person'), Type.Literal('enterprise')]);

/** One entry of the implementing list (实施清单, GB/T 39554.2), as far as people and cases need it. */
export const DefinitionSchema = Type.Object(
  {
    title: NameSchema(120),
    /** What people call it. */
    aliases: Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { maxItems: 20 }),
    kind: KindSchema,
    audience: Type.Array(AudienceSchema, { minItems: 1, maxItems: 2 }),
    /** Life events (人生事件、企业生命周期) in which people look for it. */
    events: Type.Array(SlugSchema, { maxItems: 6 }),
    basis: Type.Array(
      Type.Object(
        { law: NameSchema(120), article: Type.String({ minLength: 1, maxLength: 80 }) },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 20 },
    ),
    legalLimit: LimitSchema,
    promisedLimit: LimitSchema,
    /** Law leaves discretion (自由裁量). */
    discretion: Type.Boolean(),
    /** Notify-and-commit (告知承诺): rulebook entry that says within how many days it is checked afterwards. */
    notifyAndCommit: Type.Optional(
      Type.Object({ rule: Type.String({ maxLength: 80 }) }, { additionalProperties: false }),
    ),
    /** Fen. */
    fee: Type.Optional(
      Type.Object(
        {
          amount: Type.String({ pattern: '^[1-9][0-9]{0,12}$' }),
          basis: NameSchema(120),
          /** When it falls due: once the application is accepted, or before the certificate is made out (absent). */
          due: Type.Optional(Type.Union([Type.Literal('acceptance'), Type.Literal('issue')])),
        },
        { additionalProperties: false },
      ),
    ),
    certificateType: Type.Optional(Type.String({ maxLength: 40 })),
    /** How often somebody has to come. */
    visits: Type.Integer({ minimum: 0, maximum: 9 }),
    /** What can be done from afar; the depth (网办深度) follows from it and is never entered. */
    online: Type.Object(
      {
        download: Type.Boolean(),
        submit: Type.Boolean(),
        signature: Type.Boolean(),
        materials: Type.Boolean(),
        payment: Type.Boolean(),
        certificate: Type.Boolean(),
        post: Type.Boolean(),
      },
      { additionalProperties: false },
    ),
    /** System of the state or the city (条线系统) that it is handled in. */
    system: Type.Optional(NameSchema(80)),
    /** Accepted at every centre of the district (全区通办). */
    anyCentre: Type.Boolean(),
    where: Type.Object(
      { place: NameSchema(120), hours: NameSchema(120), phone: Type.String({ minLength: 3, maxLength: 40 }) },
      { additionalProperties: false },
    ),
    questions: Type.Array(QuestionSchema, { maxItems: 20 }),
    materials: Type.Array(MaterialSchema, { maxItems: 60 }),
    fields: Type.Array(FieldSchema, { maxItems: 120 }),
    /** Decision of the rulebook (DMN) by which it may be granted by machine (秒批), where law leaves no discretion. */
    decision: Type.Optional(Type.String({ maxLength: 80 })),
    /** Workflow definition by which it is handled. */
    process: Type.Optional(Type.String({ maxLength: 80 })),
  },
  { additionalProperties: false },
);
export type ItemDefinition = Static<typeof DefinitionSchema>;
export type Question = ItemDefinition['questions'][number];
export type Material = ItemDefinition['materials'][number];
