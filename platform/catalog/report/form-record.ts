import { type Static, Type } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { json, type Sql, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { OVERSIGHT_UNIT } from '../grant-record.ts';
import { TextSchema } from '../item-detail.ts';
import {
  digestOf,
  type KnownField,
  type Mapping,
  MappingSchema,
  MAPPING_STATES,
  type MappingState,
  stateOf,
  wordsOf,
} from './mapping.ts';
import type { Period } from './period.ts';

const strict = { additionalProperties: false };
const Title = Type.Object(
  { zh: Type.String({ minLength: 1, maxLength: 200 }), en: Type.String({ minLength: 1, maxLength: 200 }) },
  strict,
);
export const FormParams = Type.Object({ form: Type.String({ pattern: '^[a-z][a-z0-9-]{1,60}$' }) });
const PeriodSchema = Type.Union([Type.Literal('month'), Type.Literal('quarter'), Type.Literal('year')]);

/** A form of an upper level (上级报表) as its filling unit registers it. */
export const NewFormSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9-]{1,60}$' }),
    no: Type.String({ minLength: 1, maxLength: 60 }),
    title: Title,
    authority: Title,
    period: PeriodSchema,
    published: Type.Optional(Type.Boolean()),
    subject: Type.Optional(Type.Union([Type.Literal('persons'), Type.Literal('firms')])),
    cells: Type.Array(
      Type.Object(
        {
          code: Type.String({ pattern: '^[A-Za-z0-9.]{1,20}$' }),
          title: Title,
          measuredIn: Title,
          totalOf: Type.Optional(Type.Array(Type.String({ maxLength: 20 }), { maxItems: 60 })),
          mapping: Type.Optional(MappingSchema),
        },
        strict,
      ),
      { minItems: 1, maxItems: 200 },
    ),
  },
  strict,
);
export type NewForm = Static<typeof NewFormSchema>;

export const CellSchema = Type.Object({
  code: Type.String(),
  title: TextSchema,
  measuredIn: TextSchema,
  totalOf: Type.Array(Type.String()),
  mapping: Type.Union([MappingSchema, Type.Null()]),
  words: Type.Union([TextSchema, Type.Null()]),
  state: Type.Unsafe<MappingState>(Type.Union(MAPPING_STATES.map((each) => Type.Literal(each)))),
  mappedAt: Type.Union([Type.String(), Type.Null()]),
  mappedName: Type.Union([Type.String(), Type.Null()]),
});
export type CellView = Static<typeof CellSchema>;

export const FormSchema = Type.Object({
  id: Type.String(),
  no: Type.String(),
  title: TextSchema,
  authority: TextSchema,
  period: PeriodSchema,
  unit: Type.String(),
  published: Type.Boolean(),
  subject: Type.Union([Type.Literal('persons'), Type.Literal('firms'), Type.Null()]),
  sample: Type.Boolean(),
});
export type FormView = Static<typeof FormSchema>;

/** Forms that a person may see: of the own unit; all for the unit that runs the catalogue and auditors. */
export function formsOf(db: Db): Sql {
  const { unit, post } = db.actor;
  return unit === OVERSIGHT_UNIT || post === 'security-auditor' ? sql`true` : sql`f.unit = ${unit ?? ''}`;
}

const COLUMNS = sql`f.id, f.no, f.title, f.authority, f.period, f.unit, f.published, f.subject, f.sample`;

export function findForms(db: Db, where: Sql): Promise<FormView[]> {
  return db.rows<FormView>(sql`select ${COLUMNS} from catalog.report_form f where ${where} order by f.no, f.id`);
}

/** A form that the caller may see; another's looks like none. */
export async function readForm(db: Db, id: string): Promise<FormView> {
  const [form] = await findForms(db, sql`f.id = ${id} and ${formsOf(db)}`);
  if (!form) throw NotFound.with();
  return form;
}

/** A form of the caller's own unit, held. */
export async function holdForm(db: Db, id: string): Promise<FormView> {
  const held = await db.first<FormView>(
    sql`select ${COLUMNS} from catalog.report_form f where f.id = ${id} and f.unit = ${db.actor.unit ?? ''} for update`,
  );
  if (!held) throw NotFound.with();
  return held;
}

type CellRow = {
  code: string;
  title: Text;
  measuredIn: Text;
  totalOf: string[];
  mapping: Mapping | null;
  digest: string | null;
  mappedAt: Date | null;
  mappedName: string | null;
};
type Known = { title: Text; fields: KnownField[] };

/** What the catalogue says of the resources that some mappings use. */
export async function knownResources(db: Db, ids: readonly string[]): Promise<Map<string, Known>> {
  const rows = await db.rows<{ id: string; title: Text; fields: KnownField[] }>(sql`
    select r.id, r.title, (select jsonb_agg(jsonb_build_object('name', f.name, 'title', f.title, 'type', f.type) order by f.ord) from catalog.field f where f.resource = r.id) as fields
    from catalog.resource r where r.id = any(${[...ids]}::text[])`);
  return new Map(rows.map(({ id, ...known }) => [id, known]));
}

/** The cells of a form with the state of their mappings as of now. */
export async function readCells(db: Db, form: string): Promise<(CellView & { digest: string | null })[]> {
  const rows = await db.rows<CellRow>(sql`
    select code, title, measured_in as "measuredIn", total_of as "totalOf", mapping, mapped_digest as digest, mapped_at as "mappedAt", mapped_name as "mappedName"
    from catalog.report_cell where form = ${form} order by ord, code`);
  const known = await knownResources(
    db,
    rows.flatMap(({ mapping }) => (mapping ? [mapping.resource] : [])),
  );
  return rows.map((row) => {
    const of = row.mapping ? known.get(row.mapping.resource) : undefined;
    return {
      ...row,
      mappedAt: row.mappedAt?.toISOString() ?? null,
      state: stateOf({ mapping: row.mapping, digest: row.digest, fields: of?.fields }),
      words: row.mapping ? wordsOf(row.mapping, namesOf(row.mapping, of)) : null,
    };
  });
}

export function namesOf(mapping: Mapping, known: Known | undefined): { resource: Text; field(name: string): Text } {
  return {
    resource: known?.title ?? { zh: mapping.resource, en: mapping.resource },
    field: (name) => known?.fields.find((field) => field.name === name)?.title ?? { zh: name, en: name },
  };
}

/** Writes a form with its cells; a cell keeps the mapping that it had where the file names none. Returns false where the form is another unit's. */
export async function putForm(db: Db, options: { form: NewForm; unit: string; sample: boolean }): Promise<boolean> {
  const { form, unit, sample } = options;
  const made = await db.run(sql`
    insert into catalog.report_form (id, no, title, authority, period, unit, published, subject, sample, made_at, made_name)
    values (${form.id}, ${form.no}, ${json(form.title)}::text::jsonb, ${json(form.authority)}::text::jsonb, ${form.period}, ${unit}, ${form.published ?? false}::boolean,
      ${form.subject ?? null}::text, ${sample}::boolean, kernel.now(), ${db.actor.name}) on conflict (id) do nothing`);
  if (made === 0) return false;
  const known = await knownResources(
    db,
    form.cells.flatMap(({ mapping }) => (mapping ? [mapping.resource] : [])),
  );
  const cells = form.cells.map(({ code, title, measuredIn, totalOf = [], mapping }, ord) => {
    // A mapping to what this installation does not hold is kept and shows as broken, not dropped in silence.
    const digest = mapping && (digestOf(mapping, known.get(mapping.resource)?.fields ?? []) ?? '');
    return {
      code,
      ord,
      title,
      measured_in: measuredIn,
      total_of: totalOf,
      mapping: mapping ?? null,
      digest: digest ?? null,
    };
  });
  await db.run(sql`
    insert into catalog.report_cell (form, code, ord, title, measured_in, total_of, mapping, mapped_digest, mapped_at, mapped_name)
    select ${form.id}, c.code, c.ord, c.title, c.measured_in, c.total_of, c.mapping, c.digest, case when c.mapping is not null then kernel.now() end,
      case when c.mapping is not null then ${db.actor.name} end
    from jsonb_to_recordset(${json(cells)}::text::jsonb) as c(code text, ord int, title jsonb, measured_in jsonb, total_of text[], mapping jsonb, digest text)`);
  return true;
}

export type { Period };
