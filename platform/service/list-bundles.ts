import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { FormViewSchema, openForm, viewOf } from './form-view.ts';
import { TextSchema } from './item-definition.ts';

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
    bundles: await db.rows<Bundle>(sql`select ${COLUMNS} from service.bundle b order by b.ord`),
  }),
});

/** One bundle with its joined form: every data element once, with who needs it and where units ask for it differently. */
export const showBundle = route({
  method: 'GET',
  path: '/api/service/bundles/:id',
  summary: { zh: '一件事的联办表单', en: 'A bundle and its joined form' },
  allow: 'public',
  params: Type.Object({ id: Type.String({ pattern: '^[a-z][a-z0-9-]{1,60}$' }) }),
  reply: Type.Object({ ...BundleSchema.properties, form: FormViewSchema }),
  errors: [NotFound],
  examples: { own: { as: 'anonymous', params: { id: 'restaurant' } } },
  handler: async ({ db, params: { id } }) => {
    const bundle = await db.first<Bundle>(sql`select ${COLUMNS} from service.bundle b where b.id = ${id}`);
    if (!bundle) throw NotFound.with();
    return { ...bundle, form: viewOf(await openForm(db, bundle.items, {})) };
  },
});
