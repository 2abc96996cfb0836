import { Type, type Static } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { OVERSIGHT_UNIT, titleOf } from '../grant-record.ts';
import { TextSchema } from '../item-detail.ts';
import { findSame, SameFieldSchema } from './find-same.ts';

const MaybeText = Type.Union([Type.String(), Type.Null()]);
export const FIELD_TYPES = ['text', 'number', 'date', 'choice', 'yes-no'] as const;
export const FieldTypeSchema = Type.Union([
  Type.Literal('text'),
  Type.Literal('number'),
  Type.Literal('date'),
  Type.Literal('choice'),
  Type.Literal('yes-no'),
]);
export const FormParams = Type.Object({ id: Type.String({ pattern: '^[a-z][a-z0-9-]{1,60}$' }) });
export const FieldParams = Type.Object({
  ...FormParams.properties,
  name: Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,60}$' }),
});

/**
 * How a field of a form gets its value (取数方式): asked of people · obtained from its source · waiting for a grant (asked meanwhile or
 * not) · asked although it is shared, which the unit that shares it has allowed, refused or not decided.
 */
export const FieldWaySchema = Type.Union([
  Type.Literal('asked'),
  Type.Literal('obtained'),
  Type.Literal('waiting'),
  Type.Literal('asked-meanwhile'),
  Type.Literal('exception-asked'),
  Type.Literal('exception-allowed'),
  Type.Literal('exception-refused'),
]);

export const FormFieldSchema = Type.Object({
  name: Type.String(),
  title: TextSchema,
  type: FieldTypeSchema,
  choices: Type.Union([Type.Array(Type.String()), Type.Null()]),
  required: Type.Boolean(),
  element: MaybeText,
  way: FieldWaySchema,
  source: Type.Union([
    Type.Object({
      resource: Type.String(),
      resourceTitle: TextSchema,
      field: Type.String(),
      fieldTitle: TextSchema,
      owner: Type.String(),
      /** Name of the app's need under which it is granted; null where the app has declared none. */
      take: MaybeText,
    }),
    Type.Null(),
  ]),
  exception: Type.Union([
    Type.Object({
      reason: Type.String(),
      by: MaybeText,
      /** Unit that shares the data and decides. */
      owner: MaybeText,
      note: MaybeText,
      decidedBy: MaybeText,
      mayDecide: Type.Boolean(),
    }),
    Type.Null(),
  ]),
  /** Shared fields that ask for the same, where it is asked for without an exception. */
  same: Type.Array(SameFieldSchema),
});

export const FormSchema = Type.Object({
  id: Type.String(),
  app: Type.String(),
  appTitle: TextSchema,
  unit: Type.String(),
  title: TextSchema,
  mayDesign: Type.Boolean(),
  fields: Type.Array(FormFieldSchema),
  steps: Type.Array(
    Type.Object({
      at: Type.String(),
      step: Type.String(),
      field: Type.String(),
      name: MaybeText,
      unit: MaybeText,
      reason: MaybeText,
    }),
  ),
});
export type Form = Static<typeof FormSchema>;

export type FormRow = { id: string; app: string; unit: string; title: Text };
type FieldRow = {
  name: string;
  title: Text;
  type: (typeof FIELD_TYPES)[number];
  choices: string[] | null;
  required: boolean;
  element: string | null;
  resource: string | null;
  field: string | null;
  askMeanwhile: boolean;
  exceptionReason: string | null;
  exceptionBy: string | null;
  exceptionOwner: string | null;
  exceptionState: 'asked' | 'allowed' | 'refused' | null;
  exceptionNote: string | null;
  exceptionDecidedBy: string | null;
  resourceTitle: Text | null;
  fieldTitle: Text | null;
  owner: string | null;
  take: string | null;
  live: boolean;
};

/** Units design their own forms. */
export const mayDesign = (actor: Actor, form: FormRow): boolean =>
  actor.post === 'data-officer' && actor.unit === form.unit;
/** Whether something is asked for in spite of its source is decided by the unit that shares it, or by the one that runs the catalogue. */
export const mayDecide = (actor: Actor, owner: string | null): boolean =>
  actor.post === 'data-officer' && (actor.unit === OVERSIGHT_UNIT || (owner !== null && actor.unit === owner));

export async function findForm(db: Db, id: string): Promise<FormRow> {
  const form = await db.first<FormRow>(sql`select id, app, unit, title from catalog.form where id = ${id}`);
  if (!form) throw NotFound.with();
  return form;
}

/** The form, held until the end of the transaction, for a designer of its unit; to all others it does not exist. */
export async function holdForDesign(db: Db, id: string): Promise<FormRow> {
  const form = await db.first<FormRow>(sql`select id, app, unit, title from catalog.form where id = ${id} for update`);
  if (!form || !mayDesign(db.actor, form)) throw NotFound.with();
  return form;
}

export async function readForm({ db, services, id }: { db: Db; services: Services; id: string }): Promise<Form> {
  const form = await findForm(db, id);
  const rows = await db.rows<FieldRow>(sql`
    select f.name, f.title, f.type, f.choices, f.required, f.element, f.resource, f.field, f.ask_meanwhile as "askMeanwhile", f.exception_reason as "exceptionReason",
      f.exception_by as "exceptionBy", f.exception_owner as "exceptionOwner", f.exception_state as "exceptionState", f.exception_note as "exceptionNote", f.exception_decided_by as "exceptionDecidedBy",
      r.title as "resourceTitle", c.title as "fieldTitle", r.owner, g.name as take, coalesce(g.live, false) as live
    from catalog.form_field f
      left join catalog.resource r on r.id = f.resource
      left join catalog.field c on c.resource = f.resource and c.name = f.field
      left join lateral (
        select g.name, g.state = 'approved' and f.field = any (g.fields) and (g.valid_until is null or g.valid_until > kernel.now()) as live
        from catalog.grant g where g.taker = ${form.app} and g.resource = f.resource and f.field = any (g.wanted) order by 2 desc, 1 limit 1) g on true
    where f.form = ${id} order by f.ord, f.name`);
  const fields: Form['fields'] = [];
  for (const row of rows) {
    const asks = row.resource === null && row.exceptionState === null;
    fields.push({
      name: row.name,
      title: row.title,
      type: row.type,
      choices: row.choices,
      required: row.required,
      element: row.element,
      way: wayOf(row),
      source: sourceOf(row),
      exception:
        row.exceptionReason === null
          ? null
          : {
              reason: row.exceptionReason,
              by: row.exceptionBy,
              owner: row.exceptionOwner,
              note: row.exceptionNote,
              decidedBy: row.exceptionDecidedBy,
              mayDecide:
                row.exceptionState === 'asked' &&
                form.unit !== db.actor.unit &&
                mayDecide(db.actor, row.exceptionOwner),
            },
      same: asks ? await findSame(db, { title: row.title.zh, element: row.element }) : [],
    });
  }
  const steps = await db.rows<Omit<Form['steps'][number], 'at'> & { at: Date }>(
    sql`select at, step, field, name, unit, reason from catalog.form_step where form = ${id} order by seq desc limit 100`,
  );
  return {
    ...form,
    appTitle: titleOf(services, form.app),
    mayDesign: mayDesign(db.actor, form),
    fields,
    steps: steps.map((step) => ({ ...step, at: step.at.toISOString() })),
  };
}

function wayOf(row: FieldRow): Form['fields'][number]['way'] {
  if (row.exceptionState !== null) return `exception-${row.exceptionState}`;
  if (row.resource === null) return 'asked';
  if (row.live) return 'obtained';
  return row.askMeanwhile ? 'asked-meanwhile' : 'waiting';
}

function sourceOf(row: FieldRow): Form['fields'][number]['source'] {
  const { resource, field, resourceTitle, fieldTitle, owner, take } = row;
  if (!resource || !field || !resourceTitle || !fieldTitle || !owner) return null;
  return { resource, field, resourceTitle, fieldTitle, owner, take };
}

/** What a form has gone through: a row that nobody can change. */
export async function noteFormStep(
  db: Db,
  { form, step, field, reason }: { form: string; step: string; field: string; reason?: string },
): Promise<void> {
  await db.run(sql`
    insert into catalog.form_step (form, step, field, account, name, unit, reason)
    values (${form}, ${step}, ${field}, ${db.actor.account}, ${db.actor.name}, ${db.actor.unit ?? null}::text, ${reason ?? null}::text)`);
}
