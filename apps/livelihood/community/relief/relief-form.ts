import { Type } from 'typebox';
import { itemOf } from '#platform/kernel/resource.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { household, insured, resident } from '#platform/basedata/population/resources.ts';
import { type AppField, formFor } from '#platform/catalog/form/form-for-app.ts';

/** The form as civil affairs has registered it; what is asked is decided there, not here. */
export const FORM = 'relief-application';

/** What the desk can obtain of the applicant, by the resource that it comes from. */
export const ObtainedSchema = Type.Object({
  'population.resident': itemOf(resident, ['pid', 'name', 'address', 'birthDate']),
  'population.household': Type.Union([itemOf(household, ['members']), Type.Null()]),
  'population.insured': Type.Union([itemOf(insured, ['insured']), Type.Null()]),
});

type Resident = {
  pid: string;
  name: string | null;
  address: string | null;
  birthDate: string | null;
  householdNo: string | null;
  committeeCode: string | null;
};
export type ReliefForm = {
  fields: AppField[];
  /** Names of the fields that people have to answer now. */
  asked: Set<string>;
  committeeCode: string;
  obtained: {
    'population.resident': Omit<Resident, 'householdNo' | 'committeeCode'>;
    'population.household': { members: number } | null;
    'population.insured': { insured: boolean | null } | null;
  };
};

/**
 * The form for one applicant of the own area: what a grant in force gives is obtained, through the share views and for the caller's purpose;
 * the rest is asked for, also where the source holds nothing about this person.
 */
export async function reliefFormOf(db: Db, pid: string): Promise<ReliefForm> {
  const person = await db.first<Resident>(sql`
    select pid, name, residence_address as address, birth_date::text as "birthDate", household_no as "householdNo", committee_code as "committeeCode"
    from ${db.share('resident')} where pid = ${pid}::uuid and death_date is null`);
  if (!person?.committeeCode) throw NotFound.with();
  const { householdNo, committeeCode, ...facts } = person;
  const fields = await formFor(db, FORM);
  const live = (resource: string) => fields.some((field) => field.live && field.resource === resource);
  const obtained: ReliefForm['obtained'] = {
    'population.resident': facts,
    'population.household': live('population.household')
      ? ((await db.first<{ members: number }>(
          sql`select members from ${db.share('household')} where household_no = ${householdNo}::text`,
        )) ?? null)
      : null,
    'population.insured': live('population.insured')
      ? ((await db.first<{ insured: boolean | null }>(
          sql`select insured from ${db.share('insured')} where pid = ${pid}::uuid`,
        )) ?? null)
      : null,
  };
  const asked = new Set(
    fields.filter((field) => !field.live || valueOf(obtained, field) === null).map(({ name }) => name),
  );
  return { fields, asked, committeeCode, obtained };
}

/** What the source holds for a field; null where it holds nothing, or the desk cannot read it. */
export function valueOf(obtained: ReliefForm['obtained'], { resource, field }: Pick<AppField, 'resource' | 'field'>) {
  const row: object | null = obtained[resource as keyof ReliefForm['obtained']] ?? null;
  if (!row || field === null) return null;
  return (new Map<string, unknown>(Object.entries(row)).get(field) ?? null) as string | number | boolean | null;
}
