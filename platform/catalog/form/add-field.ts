import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { OVERSIGHT_UNIT } from '../grant-record.ts';
import { TextSchema } from '../item-detail.ts';
import { findSame } from './find-same.ts';
import { assertSource, SourceSchema } from './form-source.ts';
import { ChoicesMissing, FieldExists, ObtainNotCollect, SourceNotShared } from './form-errors.ts';
import { FieldTypeSchema, FormParams, FormSchema, holdForDesign, noteFormStep, readForm } from './form-record.ts';

/**
 * Adds a field to a form. What another unit shares already is refused with where it is to be had: it is obtained from there, or asked for
 * with a reason that the unit that shares it has to allow first.
 */
export const addField = route({
  method: 'POST',
  path: '/api/catalog/forms/:id/fields',
  summary: { zh: '给表单添加字段', en: 'Add a field to a form' },
  allow: 'catalog.form.design',
  params: FormParams,
  body: Type.Object(
    {
      name: Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,60}$' }),
      title: TextSchema,
      type: FieldTypeSchema,
      choices: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 80 }), { maxItems: 50 })),
      required: Type.Boolean(),
      element: Type.Optional(Type.String({ maxLength: 80 })),
      /** Obtain it from here instead of asking. */
      source: Type.Optional(SourceSchema),
      /** Why it is to be asked for although it is shared. */
      exception: Type.Optional(Type.String({ minLength: 6, maxLength: 500 })),
    },
    { additionalProperties: false },
  ),
  reply: FormSchema,
  status: 201,
  errors: [NotFound, FieldExists, ObtainNotCollect, SourceNotShared, ChoicesMissing],
  examples: {
    own: {
      as: 'data-officer',
      params: { id: 'relief-application' },
      body: { name: 'remark', title: { zh: '备注', en: 'Remark' }, type: 'text', required: false },
    },
    foreign: {
      as: 'data-officer',
      params: { id: 'shop-survey' },
      body: { name: 'remark', title: { zh: '备注', en: 'Remark' }, type: 'text', required: false },
    },
  },
  handler: async ({ db, services, actor, params: { id }, body }) => {
    const form = await holdForDesign(db, id);
    const { name, title, type, choices, required, element, source, exception } = body;
    if (type === 'choice' && (choices?.length ?? 0) < 2)
      throw ChoicesMissing.with({
        fields: [{ pointer: '/choices', rule: 'minItems', message: ChoicesMissing.title }],
      });
    if (source) await assertSource({ db, services, form, source });
    const same = source ? [] : await findSame(db, { title: title.zh, element });
    if (same.length > 0 && exception === undefined)
      throw ObtainNotCollect.with({
        fields: [{ pointer: '/title/zh', rule: 'obtain', message: ObtainNotCollect.title }],
        extra: { same },
      });
    const excepted = same.length > 0 ? exception : undefined;
    const added = await db.run(sql`
      insert into catalog.form_field (form, name, ord, title, type, choices, required, element, resource, field, exception_reason, exception_by, exception_owner, exception_state)
      values (${id}, ${name}, (select coalesce(max(ord), 0) + 1 from catalog.form_field where form = ${id}), ${json(title)}::text::jsonb, ${type}, ${choices ? json(choices) : null}::text::jsonb,
        ${required}, ${element ?? null}::text, ${source?.resource ?? null}::text, ${source?.field ?? null}::text, ${excepted ?? null}::text, ${excepted ? actor.name : null}::text, ${excepted ? (same.find(({ owner }) => owner !== form.unit)?.owner ?? OVERSIGHT_UNIT) : null}::text, ${excepted ? 'asked' : null}::text)
      on conflict (form, name) do nothing`);
    if (added === 0)
      throw FieldExists.with({ fields: [{ pointer: '/name', rule: 'unique', message: FieldExists.title }] });
    await noteFormStep(db, {
      form: id,
      step: source ? 'obtained' : excepted ? 'exception-asked' : 'added',
      field: name,
      reason: excepted,
    });
    return readForm({ db, services, id });
  },
});
