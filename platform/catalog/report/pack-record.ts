import { type Static, Type } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import { TextSchema } from '../item-detail.ts';
import { FormSchema, formsOf, knownResources, namesOf, readForm } from './form-record.ts';
import { type Mapping, MappingSchema, wordsOf } from './mapping.ts';
import { periodBefore } from './period.ts';

const MaybeText = Type.Union([Type.String(), Type.Null()]);
const MaybeNumber = Type.Union([Type.Number(), Type.Null()]);
export const PackParams = Type.Object({ id: Type.String({ format: 'uuid' }) });

export const ValueSchema = Type.Object({
  code: Type.String(),
  title: TextSchema,
  measuredIn: TextSchema,
  totalOf: Type.Array(Type.String()),
  origin: Type.Union([Type.Literal('item'), Type.Literal('typed'), Type.Literal('none')]),
  value: MaybeNumber,
  /** Withheld where the form is published: too few stand behind it, or it would give away another. */
  withheld: Type.Boolean(),
  /** The number of the confirmed report of the period before. */
  before: MaybeNumber,
  mapping: Type.Union([MappingSchema, Type.Null()]),
  words: Type.Union([TextSchema, Type.Null()]),
  /** The grant that it came through; null = the unit's own item. */
  through: MaybeText,
  problem: MaybeText,
  reason: MaybeText,
  typedName: MaybeText,
});

/** A filled form of one period (报表): where each number comes from, and what is left to a person. */
export const PackSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  form: FormSchema,
  period: Type.String(),
  state: Type.Union([Type.Literal('filling'), Type.Literal('submitted'), Type.Literal('confirmed')]),
  asOf: Type.String(),
  filledName: Type.String(),
  submittedAt: MaybeText,
  returnedReason: MaybeText,
  reviewedName: MaybeText,
  reviewedAt: MaybeText,
  values: Type.Array(ValueSchema),
  /** Cells that nobody had to type, and the minutes that each is assumed to save. */
  automatic: Type.Integer(),
  minutesPerCell: Type.Number(),
  mayFill: Type.Boolean(),
  mayReview: Type.Boolean(),
});
export type PackView = Static<typeof PackSchema>;

type Row = Pick<PackView, 'id' | 'period' | 'state' | 'filledName' | 'returnedReason' | 'reviewedName'> & {
  form: string;
  filledBy: string;
  asOf: Date;
  submittedAt: Date | null;
  reviewedAt: Date | null;
};
type ValueRow = Omit<PackView['values'][number], 'words' | 'before' | 'mapping' | 'title'> & {
  title: Text;
  mapping: Mapping | null;
};

/** A pack that the caller may see; another unit's looks like none. */
export async function readPack(db: Db, id: string): Promise<PackView> {
  const row = await db.first<Row>(sql`
    select p.id, p.form, p.period, p.state, p.as_of as "asOf", p.filled_by as "filledBy", p.filled_name as "filledName", p.submitted_at as "submittedAt",
      p.returned_reason as "returnedReason", p.reviewed_name as "reviewedName", p.reviewed_at as "reviewedAt"
    from catalog.report_pack p join catalog.report_form f on f.id = p.form where p.id = ${id}::uuid and ${formsOf(db)}`);
  if (!row) throw NotFound.with();
  const form = await readForm(db, row.form);
  const values = await db.rows<ValueRow>(sql`
    select v.code, c.title, c.measured_in as "measuredIn", c.total_of as "totalOf", v.origin, v.value::float8 as value, v.withheld, v.mapping, v.through, v.problem, v.reason,
      v.typed_name as "typedName"
    from catalog.report_value v join catalog.report_cell c on c.form = ${row.form} and c.code = v.code where v.pack = ${id}::uuid order by c.ord, c.code`);
  const earlier = new Map(
    (
      await db.rows<{ code: string; value: number | null }>(sql`
        select v.code, case when v.withheld then null else v.value::float8 end as value from catalog.report_pack p join catalog.report_value v on v.pack = p.id
        where p.form = ${row.form} and p.period = ${periodBefore(form.period, row.period) ?? ''} and p.state = 'confirmed'`)
    ).map(({ code, value }) => [code, value]),
  );
  const known = await knownResources(
    db,
    values.flatMap(({ mapping }) => (mapping ? [mapping.resource] : [])),
  );
  const own = form.unit === db.actor.unit;
  const { form: _form, filledBy, ...rest } = row;
  return {
    ...rest,
    form,
    asOf: row.asOf.toISOString(),
    submittedAt: row.submittedAt?.toISOString() ?? null,
    reviewedAt: row.reviewedAt?.toISOString() ?? null,
    values: values.map((value) => ({
      ...value,
      before: earlier.get(value.code) ?? null,
      words: value.mapping ? wordsOf(value.mapping, namesOf(value.mapping, known.get(value.mapping.resource))) : null,
    })),
    automatic: values.filter(({ origin }) => origin === 'item').length,
    minutesPerCell: (await amountAt(db, 'catalog.report.minutes-per-cell')).amount,
    mayFill: own && row.state === 'filling' && db.actor.post === 'data-officer',
    mayReview: own && row.state === 'submitted' && filledBy !== db.actor.account,
  };
}

/** A pack of the caller's own unit, held until the end of the transaction. */
export async function holdPack(
  db: Db,
  id: string,
): Promise<{ id: string; form: string; state: PackView['state']; filledBy: string }> {
  const held = await db.first<{ id: string; form: string; state: PackView['state']; filledBy: string }>(sql`
    select id, form, state, filled_by as "filledBy" from catalog.report_pack where id = ${id}::uuid and unit = ${db.actor.unit ?? ''} for update`);
  if (!held) throw NotFound.with();
  return held;
}
