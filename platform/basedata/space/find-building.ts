import { Type } from 'typebox';
import { route, type Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { geocode } from '../shared/address/geocode.ts';
import { addressBook } from './address-book.ts';
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
export async function findBuilding(options: {
  services: Services;
  db: Db;
  text: string;
}): Promise<FoundBuilding | undefined> {
  const { services, db, text } = options;
  const { status, candidates } = geocode(text, await addressBook(services, db));
  if (status !== 'found') return undefined;
  return db.first<FoundBuilding>(sql`
    select code, name, address, committee_code as "committeeCode", cell_code as "cellCode" from space.building where code = ${candidates[0]?.building ?? ''}`);
}

const Part = Type.Union([Type.String(), Type.Null()]);

/** An address as typed → its parts and its building, in short (地址解析); all that is known of it: `/api/space/geocode`. */
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
  handler: async ({ query, db, services }) => ({
    parts: normaliseAddress(query.text),
    building: (await findBuilding({ services, db, text: query.text })) ?? null,
  }),
});
