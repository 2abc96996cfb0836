import { Type } from 'typebox';
import { maskPhone } from '#platform/kernel/mask.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';
import { household, resident } from '#platform/basedata/population/resources.ts';

/**
 * One line of the desk. Name and home stand in clear, since nobody can visit without them; the phone is masked here and is
 * opened in the person card, one named reading each. The identity number is not taken at all.
 */
export const ResidentItem = Type.Object({
  ...itemOf(resident, [
    'pid',
    'name',
    'sex',
    'birthDate',
    'phone',
    'householdNo',
    'relation',
    'buildingCode',
    'room',
    'address',
    'residenceFrom',
  ]).properties,
  buildingAddress: Type.Union([Type.String(), Type.Null()]),
  household: Type.Union([itemOf(household, ['headName', 'members']), Type.Null()]),
});

type Text = string | null;
export type ResidentRow = {
  pid: string;
  name: Text;
  sex: Text;
  birthDate: Text;
  phone: Text;
  householdNo: Text;
  relation: Text;
  buildingCode: Text;
  room: Text;
  address: Text;
  residenceFrom: Text;
  buildingAddress: Text;
  headName: Text;
  members: number | null;
};

/** Columns of `resident` r, `household` h and `building` b that make a line. */
export const residentColumns: Sql = sql`r.pid, r.name, r.sex, r.birth_date::text as "birthDate", r.phone, r.household_no as "householdNo",
  r.relation, r.building_code as "buildingCode", r.room, r.residence_address as address, r.residence_from::text as "residenceFrom",
  b.address as "buildingAddress", h.head_name as "headName", h.members`;

export function toResident({ headName, members, ...row }: ResidentRow) {
  return {
    ...row,
    phone: row.phone && maskPhone(row.phone),
    household: members === null ? null : { headName, members },
  };
}
