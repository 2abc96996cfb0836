import { createHash } from 'node:crypto';
import { type Static, Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { type FieldFault, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { FieldTypeSchema } from '#platform/catalog/form/form-record.ts';
import { CounterMoved } from './counter-errors.ts';
import { draftOf, holdSession, sealDraft, SessionParams, WORK, Words } from './counter-record.ts';

const Value = Type.Union([Type.String({ maxLength: 4000 }), Type.Number(), Type.Boolean()]);
const Slug = Type.String({ pattern: '^[a-z][a-z0-9-]{0,60}$' });
const MaybeText = Type.Union([Type.String(), Type.Null()]);

/** Where a value comes from: a unit's record, the card, what the person answered in an earlier case, or the clerk's keyboard. */
const OriginSchema = Type.Object({
  kind: Type.Union([Type.Literal('record'), Type.Literal('card'), Type.Literal('earlier'), Type.Literal('clerk')]),
  /** Unit of the record, or code of the earlier case. */
  from: MaybeText,
  at: MaybeText,
});
export const DraftFieldSchema = Type.Object({
  element: Type.String(),
  title: Words,
  group: Type.String(),
  type: FieldTypeSchema,
  required: Type.Boolean(),
  choices: Type.Union([Type.Array(Type.String()), Type.Null()]),
  value: Type.Union([Value, Type.Null()]),
  origin: Type.Union([OriginSchema, Type.Null()]),
  /** A unit has verified it: it is disputed there, not changed here. */
  verified: Type.Boolean(),
});
const DraftMaterialSchema = Type.Object({
  id: Type.String(),
  title: Words,
  source: Type.String(),
  required: Type.Boolean(),
  parts: Type.Array(Type.Object({ item: Type.String(), id: Type.String() })),
  document: MaybeText,
  name: MaybeText,
  /** The original stays with the office: it gets a barcode and a custody. */
  keep: Type.Boolean(),
});
export const DraftSchema = Type.Object({
  items: Type.Array(Type.Object({ code: Type.String(), version: Type.Integer(), title: Words, unit: Type.String() })),
  situations: Type.Record(Type.String(), Type.Record(Type.String(), Type.String())),
  next: Type.Array(
    Type.Object({
      item: Type.String(),
      id: Type.String(),
      title: Words,
      help: Type.Union([Words, Type.Null()]),
      options: Type.Array(Type.Object({ value: Type.String(), title: Words })),
    }),
  ),
  fields: Type.Array(DraftFieldSchema),
  materials: Type.Array(DraftMaterialSchema),
  contact: Type.Object({ name: Type.String(), phone: Type.String() }),
});
export type Draft = Static<typeof DraftSchema>;
export type DraftField = Draft['fields'][number];

const isEmpty = (value: DraftField['value']): boolean => value === null || value === '';

/** What was typed in the type of its field; what is no number stays as it was typed, and is told. */
function asTyped(field: DraftField, value: Exclude<DraftField['value'], null>): Exclude<DraftField['value'], null> {
  if (field.type !== 'number' || typeof value !== 'string') return value;
  const number = Number(value);
  return value.trim() !== '' && Number.isFinite(number) ? number : value;
}

/** What is still missing before it can be shown to the person, each at its place. */
export function draftFaults(draft: Draft): FieldFault[] {
  const need = (pointer: string, zh: string, en: string): FieldFault => ({
    pointer,
    rule: 'required',
    message: { zh: `请填写${zh}`, en: `${en} is missing` },
  });
  return [
    ...draft.next.map(({ title, id }) => need(`/situations/${id}`, title.zh, title.en)),
    ...draft.fields
      .filter(({ required, value }) => required && isEmpty(value))
      .map(({ element, title }) => need(`/answers/${element}`, title.zh, title.en)),
    ...draft.fields
      .filter(({ type, value }) => type === 'number' && typeof value === 'string' && value !== '')
      .map(({ element, title }) => ({
        pointer: `/answers/${element}`,
        rule: 'type',
        message: { zh: `${title.zh}应填数字`, en: `${title.en} is a number` },
      })),
    ...draft.materials
      .filter(({ source, required, document }) => source === 'upload' && required && document === null)
      .map(({ id, title }) => need(`/materials/${id}`, title.zh, title.en)),
    ...(draft.contact.name.trim().length < 2 ? [need('/contact/name', '联系人', 'Contact')] : []),
    ...(/^[0-9+-]{7,20}$/.test(draft.contact.phone) ? [] : [need('/contact/phone', '联系电话', 'Phone')]),
  ];
}

/** Fields that are there without anybody typing, of all that the form has (预填率). */
export function prefilledOf(draft: Draft): { filled: number; of: number } {
  const filled = draft.fields.filter(
    ({ value, origin }) => !isEmpty(value) && origin !== null && origin.kind !== 'clerk',
  );
  return { filled: filled.length, of: draft.fields.length };
}

/** What exactly is confirmed: items, answers, files and contact, in one order, at this visit: what a card has signed is not used at another. */
export function digestOf(draft: Draft, { challenge }: { challenge: string }): string {
  const { items, situations, fields, materials, contact } = draft;
  const said = {
    visit: challenge,
    items: items.map(({ code, version }) => [code, version]),
    situations,
    answers: fields
      .map(({ element, value }) => [element, value])
      .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    materials: materials.map(({ id, document, keep }) => [id, document, keep]),
    contact: [contact.name, contact.phone],
  };
  return createHash('sm3').update(JSON.stringify(said)).digest('hex');
}

/**
 * Keeps what the clerk types and scans (录入), step by step: nothing is lost with the page, and the second screen shows it at once. What was
 * confirmed before counts no more.
 */
export const saveDraft = route({
  ...WORK,
  method: 'PUT',
  path: '/api/service-hall/counter/sessions/:id/draft',
  summary: { zh: '保存录入', en: 'Keep what is typed and scanned' },
  params: SessionParams,
  body: Type.Object(
    {
      answers: Type.Record(Slug, Type.Union([Value, Type.Null()])),
      files: Type.Record(
        Slug,
        Type.Object(
          {
            document: Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }),
            name: Type.String({ maxLength: 200 }),
            keep: Type.Boolean(),
          },
          { additionalProperties: false },
        ),
      ),
      contact: Type.Object(
        { name: Type.String({ maxLength: 80 }), phone: Type.String({ maxLength: 20 }) },
        { additionalProperties: false },
      ),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ version: Type.Integer(), filled: Type.Integer(), of: Type.Integer() }),
  errors: [NotFound, InvalidInput, CounterMoved],
  examples: {
    own: {
      as: 'street-clerk',
      params: { id: 'fixture:counter-formed' },
      body: { answers: {}, files: {}, contact: { name: '样例', phone: '13800000000' } },
    },
    foreign: {
      as: 'street-clerk',
      params: { id: 'fixture:counter-foreign' },
      body: { answers: {}, files: {}, contact: { name: '', phone: '' } },
    },
  },
  handler: async ({ db, services, params: { id }, body }) => {
    const session = await holdSession(db, id, 'open', 'asked', 'confirmed');
    const draft = draftOf(services.keyring, session);
    if (!draft) throw CounterMoved.with();
    const fields = draft.fields.map((field): DraftField => {
      const value = body.answers[field.element];
      if (field.verified || value === undefined || value === field.value) return field;
      if (value === null || value === '') return { ...field, value: null, origin: null };
      return { ...field, value: asTyped(field, value), origin: { kind: 'clerk', from: null, at: null } };
    });
    const materials = draft.materials.map((material) => ({ ...material, ...body.files[material.id] }));
    const next: Draft = { ...draft, fields, materials, contact: body.contact };
    await db.run(sql`
      update service_hall.counter_session set draft = ${sealDraft(services.keyring, id, next)}, version = version + 1, state = 'open', digest = null,
        confirmed_at = null, confirmed_by = null, signature = null where id = ${id}::uuid`);
    return { version: session.version + 1, ...prefilledOf(next) };
  },
});
