import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { bundlePlan } from './bundle-plan.ts';
import { findBundle } from './bundle-record.ts';
import { FormViewSchema, openForm, viewOf } from './form-view.ts';
import { ConditionSchema, QuestionSchema, TextSchema } from './item-definition.ts';

const BundleSchema = Type.Object({
  id: Type.String(),
  title: TextSchema,
  lead: TextSchema,
  /** Unit that leads it. */
  unit: Type.String(),
  event: Type.String(),
  items: Type.Array(Type.String()),
  sample: Type.Boolean(),
});
type Bundle = { id: string; title: Text; lead: Text; unit: string; event: string; items: string[]; sample: boolean };
const COLUMNS = sql`b.id, b.title, b.lead, b.unit, b.event, b.sample,
  array(select i.item from service.bundle_item i join service.item t on t.code = i.item where i.bundle = b.id and t.state = 'published' order by i.ord) as items`;

/** Bundles (一件事): several items of several units that people do as one thing. */
export const listBundles = route({
  method: 'GET',
  path: '/api/service/bundles',
  summary: { zh: '一件事', en: 'Bundles' },
  allow: 'public',
  reply: Type.Object({ bundles: Type.Array(BundleSchema) }),
  examples: { own: { as: 'anonymous' } },
  handler: async ({ db }) => ({
    bundles: await db.rows<Bundle>(sql`select ${COLUMNS} from service.bundle b where b.version > 0 order by b.ord`),
  }),
});

/** One bundle with its joined form: every data element once, with who needs it and where units ask for it differently. */
export const showBundle = route({
  method: 'GET',
  path: '/api/service/bundles/:id',
  summary: { zh: '一件事的联办表单', en: 'A bundle and its joined form' },
  allow: 'public',
  params: Type.Object({ id: Type.String({ pattern: '^[a-z][a-z0-9-]{1,60}$' }) }),
  reply: Type.Object({
    ...BundleSchema.properties,
    /** Guided questions (情形引导) whose answers choose the items. */
    questions: Type.Array(QuestionSchema),
    /** In which situation each item is needed; null = always. */
    needed: Type.Array(
      Type.Object({ item: Type.String(), when: Type.Union([Type.Array(ConditionSchema), Type.Null()]) }),
    ),
    /** Applied for now, all of it is done by then (承诺时限, the critical path). */
    promisedAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
    form: FormViewSchema,
  }),
  errors: [NotFound],
  examples: { own: { as: 'anonymous', params: { id: 'restaurant' } } },
  handler: async ({ db, clock, params: { id } }) => {
    const bundle = await db.first<Bundle>(
      sql`select ${COLUMNS} from service.bundle b where b.id = ${id} and b.version > 0`,
    );
    if (!bundle) throw NotFound.with();
    const { published } = await findBundle(db, id);
    const opened = await openForm(db, bundle.items, {});
    // An item that was withdrawn is waited for no longer.
    const items = (published?.items ?? []).flatMap(({ item, after, when }) =>
      bundle.items.includes(item)
        ? [{ item, after: after.filter((before) => bundle.items.includes(before)), when }]
        : [],
    );
    const { calendar } = await readCalendar(db);
    const plan = bundlePlan({ definition: { items }, published: opened.items, from: clock.now(), calendar });
    return {
      ...bundle,
      questions: published?.questions ?? [],
      needed: items.map(({ item, when }) => ({ item, when: when ?? null })),
      promisedAt: plan?.end.toISOString() ?? null,
      form: viewOf(opened),
    };
  },
});
