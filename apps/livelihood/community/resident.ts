import { Type } from 'typebox';
import { maskPhone } from '#platform/kernel/mask.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';
import { personResource } from '#platform/basedata/population/resources.ts';

/**
 * One line of the desk. Name and home stand in clear, since nobody can visit without them; the phone is masked here and is
 * opened in the person card, one named reading each. The identity number is not taken at all.
 */
export const ResidentItem = Type.Intersect([
  itemOf(personResource, [
    'pid',
    'name',
    'sex',
    'birthDate',
    'phone',
    'householdNo',
    'relation',
    'buildingCode',
    'room',
    'residenceAddress',
    'residenceFrom',
  ]),
  Type.Object({
    buildingName: Type.Union([Type.String(), Type.Null()]),
    householdMembers: Type.Union([Type.Integer(), Type.Null()]),
    householdHead: Type.Union([Type.String(), Type.Null()]),
  }),
]);

export type ResidentRow = {
  pid: string;
  name: string | null;
  sex: string | null;
  birthDate: string | null;
  phone: string | null;
  householdNo: string | null;
  relation: string | null;
  buildingCode: string | null;
  room: string | null;
  residenceAddress: string | null;
  residenceFrom: string | null;
  buildingName: string | null;
  householdMembers: number | null;
  householdHead: string | null;
};

/** Columns of `resident` r, `household` h and `building` b that make a line. */
export const residentColumns: Sql = sql`r.pid, r.name, r.sex, r.birth_date::text as "birthDate", r.phone, r.household_no as "householdNo",
  r.relation, r.building_code as "buildingCode", r.room, r.residence_address as "residenceAddress", r.residence_from::text as "residenceFrom",
  b.address as "buildingName", h.members as "householdMembers", h.head_name as "householdHead"`;

export function toResident(row: ResidentRow): ResidentRow {
  return { ...row, phone: row.phone && maskPhone(row.phone) };
}
