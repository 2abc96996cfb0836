import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { ExceptionNotAsked } from './form-errors.ts';
import { FieldParams, FormSchema, mayDecide, noteFormStep, readForm } from './form-record.ts';

/** The unit that shares the data (or the one that runs the catalogue) says whether a form may ask for them all the same. */
export const decideException = route({
  method: 'POST',
  path: '/api/catalog/forms/:id/fields/:name/exception',
  summary: { zh: '决定是否允许重复采集', en: 'Decide whether a field may be asked for all the same' },
  allow: 'catalog.form.design',
  params: FieldParams,
  body: Type.Object(
    { allow: Type.Boolean(), note: Type.String({ minLength: 2, maxLength: 500 }) },
    { additionalProperties: false },
  ),
  reply: FormSchema,
  errors: [NotFound, ExceptionNotAsked],
  examples: {
    own: {
      as: 'data-officer',
      params: { id: 'shop-survey', name: 'familySize' },
      body: { allow: true, note: '来源数据更新不及时' },
    },
    foreign: {
      as: 'data-officer',
      params: { id: 'shop-survey', name: 'ownerBirth' },
      body: { allow: true, note: '来源数据更新不及时' },
    },
  },
  handler: async ({ db, services, actor, params: { id, name }, body: { allow, note } }) => {
    const field = await db.first<{ owner: string | null; state: string | null; unit: string }>(sql`
      select f.exception_owner as owner, f.exception_state as state, o.unit from catalog.form_field f join catalog.form o on o.id = f.form
      where f.form = ${id} and f.name = ${name} for update of f`);
    // Nobody allows themselves what another unit shares.
    if (!field || field.unit === actor.unit || !mayDecide(actor, field.owner)) throw NotFound.with();
    if (field.state !== 'asked') throw ExceptionNotAsked.with();
    await db.run(sql`
      update catalog.form_field set exception_state = ${allow ? 'allowed' : 'refused'}, exception_note = ${note.trim()}, exception_decided_by = ${actor.name}, exception_at = kernel.now()
      where form = ${id} and name = ${name}`);
    await noteFormStep(db, {
      form: id,
      step: allow ? 'exception-allowed' : 'exception-refused',
      field: name,
      reason: note.trim(),
    });
    return readForm({ db, services, id });
  },
});
