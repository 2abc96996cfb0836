import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { SourceNotShared } from './form-errors.ts';
import { FieldParams, FormSchema, holdForDesign, noteFormStep, readForm } from './form-record.ts';
import { assertSource, SourceSchema } from './form-source.ts';

/** A field that was asked for is obtained from its source from now on: it leaves the form as soon as a grant is in force. */
export const obtainField = route({
  method: 'POST',
  path: '/api/catalog/forms/:id/fields/:name/source',
  summary: { zh: '改为从来源获取', en: 'Obtain a field from its source' },
  allow: 'catalog.form.design',
  params: FieldParams,
  body: SourceSchema,
  reply: FormSchema,
  errors: [NotFound, SourceNotShared],
  examples: {
    own: {
      as: 'data-officer',
      params: { id: 'relief-application', name: 'insured' },
      body: { resource: 'population.insured', field: 'insured' },
    },
    foreign: {
      as: 'data-officer',
      params: { id: 'shop-survey', name: 'shopName' },
      body: { resource: 'population.insured', field: 'insured' },
    },
  },
  handler: async ({ db, services, params: { id, name }, body: source }) => {
    const form = await holdForDesign(db, id);
    await assertSource({ db, services, form, source });
    const changed = await db.run(sql`
      update catalog.form_field set ask_meanwhile = resource is null and coalesce(exception_state, 'allowed') = 'allowed', resource = ${source.resource}, field = ${source.field},
        exception_reason = null, exception_by = null, exception_owner = null, exception_state = null, exception_note = null, exception_decided_by = null, exception_at = null
      where form = ${id} and name = ${name}`);
    if (changed === 0) throw NotFound.with();
    await noteFormStep(db, {
      form: id,
      step: 'obtained',
      field: name,
      reason: `${source.resource}.${source.field}`,
    });
    return readForm({ db, services, id });
  },
});
