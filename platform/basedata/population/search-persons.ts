import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { nameForm } from '#platform/basedata/shared/text-forms.ts';
import { resident } from './resources.ts';

const Item = itemOf(resident, [
  'pid',
  'name',
  'sex',
  'birthDate',
  'address',
  'buildingCode',
  'committeeCode',
  'householdNo',
  'relation',
]);
const PAGE = 30;
type Found = {
  pid: string;
  name: string | null;
  sex: string | null;
  birthDate: string | null;
  address: string | null;
  buildingCode: string | null;
  committeeCode: string | null;
  householdNo: string | null;
  relation: string | null;
};

/** People of the caller's area by the beginning of their name, in order of name. */
export const searchPersons = route({
  method: 'GET',
  path: '/api/population/persons',
  summary: { zh: '按姓名查找居民', en: 'Find residents by name' },
  allow: 'population.person.read',
  query: Type.Object({
    q: Type.Optional(Type.String({ maxLength: 50, description: 'beginning of the name' })),
    committee: Type.Optional(Type.String({ pattern: '^[0-9]{6,12}$', description: 'area code' })),
    building: Type.Optional(Type.String({ maxLength: 40 })),
    cursor: Type.Optional(Type.String({ maxLength: 300 })),
  }),
  reply: Type.Object({ persons: Type.Array(Item), next: Type.Union([Type.String(), Type.Null()]) }),
  examples: { own: { as: 'street-clerk', query: { q: '王' }, purpose: 'community-care' } },
  handler: async ({ db, query }) => {
    const q = nameForm(query.q ?? '');
    const after = readCursor(query.cursor);
    const conditions = [sql`true`];
    if (q !== '') conditions.push(sql`name collate "C" >= ${q} and name collate "C" < ${`${q}\u{10ffff}`}`);
    if (query.committee !== undefined)
      conditions.push(sql`committee_code >= ${query.committee} and committee_code < ${`${query.committee}~`}`);
    if (query.building !== undefined) conditions.push(sql`building_code = ${query.building}`);
    if (after) conditions.push(sql`(name collate "C", pid) > (${after.name}, ${after.pid}::uuid)`);
    const where = conditions.reduce((a, b) => sql`${a} and ${b}`);
    const rows = await db.rows<Found>(sql`
      select pid, name, sex, birth_date as "birthDate", residence_address as address, building_code as "buildingCode", committee_code as "committeeCode",
        household_no as "householdNo", relation
      from population.person where ${where} order by name collate "C", pid limit ${PAGE + 1}::int`);
    const persons = rows.slice(0, PAGE);
    const last = persons.at(-1);
    return { persons, next: rows.length > PAGE && last ? writeCursor({ name: last.name ?? '', pid: last.pid }) : null };
  },
});

function writeCursor(at: { name: string; pid: string }): string {
  return Buffer.from(JSON.stringify([at.name, at.pid])).toString('base64url');
}

function readCursor(cursor: string | undefined): { name: string; pid: string } | undefined {
  if (cursor === undefined) return undefined;
  try {
    const [name, pid] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [unknown, unknown];
    return typeof name === 'string' && typeof pid === 'string' && /^[0-9a-f-]{36}$/.test(pid)
      ? { name, pid }
      : undefined;
  } catch {
    return undefined;
  }
}
