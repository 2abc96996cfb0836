import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { FormParams, FormSchema, readForm } from './form-record.ts';

/** One form: how each field gets its value, and which fields ask for what is shared already. */
export const showForm = route({
  method: 'GET',
  path: '/api/catalog/forms/:id',
  summary: { zh: '一张表单的字段与来源', en: 'A form, its fields and their sources' },
  allow: 'catalog.form.read',
  params: FormParams,
  reply: FormSchema,
  errors: [NotFound],
  examples: { own: { as: 'data-officer', params: { id: 'relief-application' } } },
  handler: ({ db, services, params: { id } }) => readForm({ db, services, id }),
});
