import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { titleOf } from '../grant-record.ts';
import { TextSchema } from '../item-detail.ts';
import { readForm } from './form-record.ts';

/** All forms of the district, those that ask most for what is shared already first. */
export const listForms = route({
  method: 'GET',
  path: '/api/catalog/forms',
  summary: { zh: '登记的业务表单', en: 'Forms of the units' },
  allow: 'catalog.form.read',
  reply: Type.Object({
    forms: Type.Array(
      Type.Object({
        id: Type.String(),
        title: TextSchema,
        unit: Type.String(),
        appTitle: TextSchema,
        fields: Type.Integer(),
        obtained: Type.Integer(),
        /** Fields that are asked for although another unit shares them. */
        duplicates: Type.Integer(),
        /** Reasons for asking all the same that wait for a decision. */
        undecided: Type.Integer(),
      }),
    ),
  }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db, services }) => {
    const ids = await db.rows<{ id: string }>(sql`select id from catalog.form order by id limit 500`);
    const forms = [];
    for (const { id } of ids) {
      const form = await readForm({ db, services, id });
      const count = (way: string) => form.fields.filter((field) => field.way === way).length;
      forms.push({
        id,
        title: form.title,
        unit: form.unit,
        appTitle: titleOf(services, form.app),
        fields: form.fields.length,
        obtained: count('obtained'),
        duplicates: form.fields.filter(({ same }) => same.length > 0).length,
        undecided: count('exception-asked'),
      });
    }
    return { forms: forms.sort((a, b) => b.duplicates - a.duplicates || (a.id < b.id ? -1 : 1)) };
  },
});
