import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { FieldParams, FormSchema, holdForDesign, noteFormStep, readForm } from './form-record.ts';

/** Takes a field out of a form. What was filled in before stays with its application. */
export const removeField = route({
  method: 'DELETE',
  path: '/api/catalog/forms/:id/fields/:name',
  summary: { zh: '删除表单字段', en: 'Take a field out of a form' },
  allow: 'catalog.form.design',
  params: FieldParams,
  reply: FormSchema,
  errors: [NotFound],
  examples: {
    own: { as: 'data-officer', params: { id: 'relief-application', name: 'bankAccount' } },
    foreign: { as: 'data-officer', params: { id: 'shop-survey', name: 'shopName' } },
  },
  handler: async ({ db, services, params: { id, name } }) => {
    await holdForDesign(db, id);
    if ((await db.run(sql`delete from catalog.form_field where form = ${id} and name = ${name}`)) === 0)
      throw NotFound.with();
    await noteFormStep(db, { form: id, step: 'removed', field: name });
    return readForm({ db, services, id });
  },
});
