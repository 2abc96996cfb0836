import { type Static, Type } from 'typebox';
import { ConditionSchema, NameSchema, QuestionSchema, SlugSchema } from './item-definition.ts';

/** Fewer than two items are no bundle; more nobody fills in at once. */
export const BUNDLE_ITEMS = { fewest: 2, most: 20 } as const;

/**
 * A bundle (一件事, 国办发〔2024〕3号) as its leading unit draws it: which items belong to it, in which situation each is needed, and which waits
 * for which. Its form, its materials and its promise follow from the items and are never entered.
 */
export const BundleDefinitionSchema = Type.Object(
  {
    title: NameSchema(60),
    lead: NameSchema(160),
    /** Life event (人生事件、企业生命周期) in which people look for it. */
    event: SlugSchema,
    /** Guided questions (情形引导) whose answers choose the items. */
    questions: Type.Array(QuestionSchema, { maxItems: 10 }),
    items: Type.Array(
      Type.Object(
        {
          item: Type.String({ pattern: '^[0-9A-Z]{31}([0-9]{2})?$' }),
          /** Items of the bundle that must be granted first (前置事项). */
          after: Type.Array(Type.String({ pattern: '^[0-9A-Z]{31}([0-9]{2})?$' }), { maxItems: BUNDLE_ITEMS.most }),
          when: Type.Optional(Type.Array(ConditionSchema, { minItems: 1, maxItems: 20 })),
        },
        { additionalProperties: false },
      ),
      { maxItems: BUNDLE_ITEMS.most },
    ),
  },
  { additionalProperties: false },
);
export type BundleDefinition = Static<typeof BundleDefinitionSchema>;
