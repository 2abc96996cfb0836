import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { normaliseAddress } from './normalise-address.ts';
import { buildings } from './resources.ts';

export type FoundBuilding = {
  code: string;
  name: string | null;
  address: string | null;
  committeeCode: string | null;
  cellCode: string | null;
};

/** The building that an address names, or undefined: never a guess, also not where two buildings share the address. `db` is bound to space. */
export async function findBuilding(db: Db, addressText: string): Promise<FoundBuilding | undefined> {
  const { key } = normaliseAddress(addressText);
  if (key === null) return undefined;
  const found = await db.rows<FoundBuilding>(sql`
    select code, name, address, committee_code as "committeeCode", cell_code as "cellCode"
    from space.building where address_key = ${key} order by code limit 2`);
  return found.length === 1 ? found[0] : undefined;
}

const Part = Type.Union([Type.String(), Type.Null()]);

/** An address as typed → its parts and its building (地址解析). */
export const lookUpAddress = route({
  method: 'GET',
  path: '/api/space/address',
  summary: { zh: '解析地址并找到建筑物', en: 'Parts of an address and its building' },
  allow: 'public',
  query: Type.Object({ text: Type.String({ minLength: 1, maxLength: 300 }) }),
  reply: Type.Object({
    parts: Type.Object({ road: Part, lane: Part, number: Part, room: Part, key: Part }),
    building: Type.Union([itemOf(buildings, ['code', 'name', 'address', 'committeeCode', 'cellCode']), Type.Null()]),
  }),
  examples: { own: { as: 'anonymous', query: { text: '瑞金二路118弄12号301室' } } },
  handler: async ({ query, db }) => ({
    parts: normaliseAddress(query.text),
    building: (await findBuilding(db, query.text)) ?? null,
  }),
});
