import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import type { Text } from '#platform/kernel/text.ts';
import { fitting } from './case-answers.ts';
import { carryOver } from './form-carry.ts';
import { formOf, mergeForms } from './form-merge.ts';
import { knownOf, overwritten, type Prefill, prefillOf } from './form-prefill.ts';
import { faultsOf, schemaOf } from './form-schema.ts';
import { AnswersSchema, FormViewSchema, ItemsSchema, openForm as open, SituationsSchema, viewOf } from './form-view.ts';
import { FormFaulty } from './item-errors.ts';
import { versionOf } from './item-record.ts';
import { choose } from './item-situation.ts';

const example = { items: ['fixture:service-published'], situations: {} };

/** Guided questions, the exact materials and the joined form for one item or several, as the answers stand. Nothing is kept. */
export const openForm = route({
  method: 'POST',
  path: '/api/service/forms/open',
  summary: { zh: '按情形打开申请表', en: 'Open the form for a situation' },
  allow: 'public',
  repeatable: true,
  body: Type.Object({ items: ItemsSchema, situations: SituationsSchema }, { additionalProperties: false }),
  reply: FormViewSchema,
  errors: [NotFound],
  examples: { own: { as: 'anonymous', body: example } },
  handler: async ({ db, body: { items, situations } }) => viewOf(await open(db, items, situations)),
});

/** The joined form of items as JSON Schema 2020-12, for systems of others. */
export const formSchema = route({
  method: 'GET',
  path: '/api/service/forms/schema',
  summary: { zh: '申请表的 JSON Schema', en: 'A form as JSON Schema' },
  allow: 'public',
  query: Type.Object({
    /** Codes, with commas between them. */
    items: Type.String({ pattern: '^[0-9A-Z]{31,33}(,[0-9A-Z]{31,33}){0,19}$' }),
  }),
  reply: Type.Object({ schema: Type.Unknown() }),
  errors: [NotFound],
  examples: { own: { as: 'anonymous', query: { items: 'fixture:service-published' } } },
  handler: async ({ db, query }) => {
    const { items } = await open(db, query.items.split(','), {});
    // Without a situation all fields are there that any situation may ask for; only those that all ask for are required.
    const form = mergeForms(
      items.map(({ code, definition }) =>
        formOf(
          code,
          definition.fields.map((field) => ({ ...field, required: field.required && field.when === undefined })),
        ),
      ),
    );
    const title = items.map(({ definition }) => definition.title.zh).join('、');
    return { schema: schemaOf(form, { id: `urn:smart-district:form:${form.items.join(':')}`, title }) };
  },
});

const Verified: Text = {
  zh: '这一项由来源单位核实，不能在这里改写；如有误，请提出异议',
  en: 'its source has verified this: it is not changed here; dispute it if it is wrong',
};

/**
 * Says what is wrong with the answers before they are sent, each at its field. What a source has verified of the caller is not overwritten by an
 * answer: it has to be disputed there.
 */
export const checkForm = route({
  method: 'POST',
  path: '/api/service/forms/check',
  summary: { zh: '检查申请表', en: 'Check answers' },
  allow: 'public',
  repeatable: true,
  body: Type.Object(
    { items: ItemsSchema, situations: SituationsSchema, answers: AnswersSchema },
    { additionalProperties: false },
  ),
  reply: Type.Object({ complete: Type.Boolean() }),
  errors: [NotFound, FormFaulty],
  examples: { own: { as: 'anonymous', body: 'fixture:service-answers' } },
  prepare: async ({ services, actor, body: { items, situations } }): Promise<Prefill | undefined> => {
    if (actor.person === undefined && actor.entity === undefined) return undefined;
    const { form } = await services.database.tx({ module: 'service', actor, readOnly: true }, (db) =>
      open(db, items, situations),
    );
    return prefillOf({ services, actor, fields: form.fields });
  },
  handler: async ({ db, body: { items, situations, answers }, prepared }) => {
    const { form, chosen } = await open(db, items, situations);
    // What is on record need not be said.
    const onFile = prepared ? fitting(form, knownOf(prepared)) : {};
    const faults = [
      ...faultsOf(form, { ...onFile, ...answers }),
      ...(prepared ? overwritten(form, prepared, answers) : [])
        .filter(({ element }) => onFile[element] !== undefined)
        .map(({ element }) => ({ pointer: `/answers/${element}`, rule: 'verified', message: Verified })),
    ];
    if (faults.length > 0) throw FormFaulty.with({ fields: faults });
    return { complete: [...chosen.values()].every(({ next }) => next === undefined) };
  },
});

/** An item changed while somebody was filling in its form: the new form, with the answers that still fit. */
export const carryForm = route({
  method: 'POST',
  path: '/api/service/forms/carry',
  summary: { zh: '事项有新版本：带着已填内容换到新表', en: 'Carry answers over to the current form' },
  allow: 'public',
  repeatable: true,
  body: Type.Object(
    {
      /** Versions that the answers were given to. */
      items: Type.Array(
        Type.Object(
          { code: ItemsSchema.items, version: Type.Integer({ minimum: 1 }) },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 20 },
      ),
      situations: SituationsSchema,
      answers: AnswersSchema,
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    /** Some item came out in a new version meanwhile. */
    changed: Type.Boolean(),
    form: FormViewSchema,
    answers: AnswersSchema,
    added: Type.Array(Type.String()),
    dropped: Type.Array(Type.String()),
    refit: Type.Array(Type.String()),
  }),
  errors: [NotFound],
  examples: {
    own: {
      as: 'anonymous',
      body: { items: [{ code: 'fixture:service-published', version: 1 }], situations: {}, answers: {} },
    },
  },
  handler: async ({ db, body: { items, situations, answers } }) => {
    const now = await open(
      db,
      items.map(({ code }) => code),
      situations,
    );
    const forms = [];
    for (const { code, version } of items) {
      const definition = await versionOf(db, code, version);
      if (!definition) throw NotFound.with();
      forms.push(formOf(code, choose(definition, situations[code] ?? {}).fields));
    }
    const current = new Map(now.items.map(({ code, version }) => [code, version]));
    return {
      changed: items.some(({ code, version }) => current.get(code) !== version),
      form: viewOf(now),
      ...carryOver({ from: mergeForms(forms), to: now.form, answers }),
    };
  },
});
