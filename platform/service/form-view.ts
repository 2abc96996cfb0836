import { Type, type Static } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { FieldTypeSchema } from '#platform/catalog/form/form-record.ts';
import { formOf, type MergedForm, mergeForms, savingOf } from './form-merge.ts';
import { TextSchema } from './item-definition.ts';
import { type PublishedItem, publishedItems } from './item-record.ts';
import { choose, type Chosen, type SituationAnswers } from './item-situation.ts';

const Code = Type.String({ pattern: '^[0-9A-Z]{31}([0-9]{2})?$' });
const Slug = Type.String({ pattern: '^[a-z][a-z0-9-]{0,60}$' });
/** Items of one application; a bundle (一件事) is nothing but several of them. */
export const ItemsSchema = Type.Array(Code, { minItems: 1, maxItems: 20 });
/** Answers to the guided questions, by item. */
export const SituationsSchema = Type.Record(Code, Type.Record(Slug, Slug));
export const AnswersSchema = Type.Record(
  Slug,
  Type.Union([Type.String({ maxLength: 4000 }), Type.Number(), Type.Boolean()]),
);
export type Situations = Readonly<Record<string, SituationAnswers>>;

/** A joined form as people get it. */
export const FormViewSchema = Type.Object({
  items: Type.Array(
    Type.Object({ code: Type.String(), version: Type.Integer(), title: TextSchema, unit: Type.String() }),
  ),
  /** Questions that come next, one an item at most. */
  next: Type.Array(
    Type.Object({
      item: Type.String(),
      id: Type.String(),
      title: TextSchema,
      help: Type.Union([TextSchema, Type.Null()]),
      options: Type.Array(Type.Object({ value: Type.String(), title: TextSchema })),
    }),
  ),
  /** What was answered, in words. */
  answered: Type.Array(Type.Object({ item: Type.String(), id: Type.String(), title: TextSchema, answer: TextSchema })),
  /** Answers that count. */
  situations: SituationsSchema,
  fields: Type.Array(
    Type.Object({
      element: Type.String(),
      title: TextSchema,
      group: Type.String(),
      type: FieldTypeSchema,
      required: Type.Boolean(),
      choices: Type.Union([Type.Array(Type.String()), Type.Null()]),
      /** Where it is obtained from instead of being asked for. */
      source: Type.Union([Type.Object({ resource: Type.String(), field: Type.String() }), Type.Null()]),
      /** Items that need it: nobody else gets it. */
      items: Type.Array(Type.String()),
    }),
  ),
  /** Materials, each once for all items that ask for it under the same name. */
  materials: Type.Array(
    Type.Object({
      id: Type.String(),
      title: TextSchema,
      source: Type.String(),
      required: Type.Boolean(),
      original: Type.Boolean(),
      from: Type.Union([Type.String(), Type.Null()]),
      items: Type.Array(Type.String()),
      /** What each item calls it. */
      parts: Type.Array(Type.Object({ item: Type.String(), id: Type.String() })),
    }),
  ),
  saving: Type.Object({ separate: Type.Integer(), joined: Type.Integer(), asked: Type.Integer() }),
  conflicts: Type.Array(
    Type.Object({
      element: Type.String(),
      kind: Type.String(),
      solved: Type.Boolean(),
      items: Type.Array(Type.String()),
    }),
  ),
});
export type FormView = Static<typeof FormViewSchema>;

export type OpenForm = { items: PublishedItem[]; chosen: Map<string, Chosen>; form: MergedForm };

/** The form of these items in this situation. Throws NOT_FOUND where one of them is not published. */
export async function openForm(db: Db, codes: readonly string[], situations: Situations): Promise<OpenForm> {
  const items = await publishedItems(db, codes);
  if (items.length < new Set(codes).size) throw NotFound.with();
  const chosen = new Map(items.map(({ code, definition }) => [code, choose(definition, situations[code] ?? {})]));
  const form = mergeForms(items.map(({ code }) => formOf(code, chosen.get(code)?.fields ?? [])));
  return { items, chosen, form };
}

export function viewOf({ items, chosen, form }: OpenForm): FormView {
  const materials = new Map<string, FormView['materials'][number]>();
  for (const [item, { materials: own }] of chosen)
    for (const { id, title, source, required, original = false, resource, field, certificateType } of own) {
      const from = certificateType ?? (resource && field ? `${resource}.${field}` : null);
      // One paper of one name is handed in once, whatever each unit calls it by itself.
      const key = `${source} ${from ?? title.zh}`;
      const known = materials.get(key);
      if (known) {
        known.items.push(item);
        known.parts.push({ item, id });
        known.required ||= required;
        known.original ||= original;
      } else materials.set(key, { id, title, source, required, original, from, items: [item], parts: [{ item, id }] });
    }
  return {
    items: items.map(({ code, version, definition, unit }) => ({ code, version, title: definition.title, unit })),
    next: [...chosen].flatMap(([item, { next }]) =>
      next ? [{ item, id: next.id, title: next.title, help: next.help ?? null, options: next.options }] : [],
    ),
    answered: items.flatMap(({ code, definition }) =>
      definition.questions.flatMap(({ id, title, options }) => {
        const given = options.find(({ value }) => value === chosen.get(code)?.answers[id]);
        return given ? [{ item: code, id, title, answer: given.title }] : [];
      }),
    ),
    situations: Object.fromEntries([...chosen].map(([item, { answers }]) => [item, { ...answers }])),
    fields: form.fields.map(({ element, title, group, type, required, choices, source, parts }) => ({
      element,
      title,
      group,
      type,
      required,
      choices: choices ?? null,
      source: source ?? null,
      items: parts.map(({ item }) => item),
    })),
    materials: [...materials.values()],
    saving: savingOf(form),
    conflicts: form.conflicts,
  };
}
