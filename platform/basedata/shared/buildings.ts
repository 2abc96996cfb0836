import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type AddressBook, type BookAlias, buildBook } from './address/book.ts';
import { geocode, otherDistrict } from './address/geocode.ts';
import { splitAddress } from './text-forms.ts';

/** What a base database takes of `space.building`: code, address as compared, and the committee that it stands in. */
export type Building = { code: string; addressKey: string | null; committeeCode: string | null };

/** Manifest entry of a module that places its records: `takes: [takeBuildings('…')]`. */
export const takeBuildings = {
  name: 'building',
  resource: 'space.building',
  fields: ['code', 'addressKey', 'committeeCode', 'geometry'],
  purposes: ['data-quality'],
  why: { zh: '由房屋确定所在居委与街道', en: 'The building says which committee and street a record belongs to' },
} as const;

/** False until the housing authority has granted the view: loads go on, records stay without a committee. */
export async function mayReadBuildings(db: Db): Promise<boolean> {
  const view = db.share('building');
  const { may } = await db.one<{ may: boolean | null }>(
    sql`select (select has_table_privilege(current_user, c.oid, 'select') from pg_class c where c.oid = to_regclass(${view.sql})) as may`,
  );
  return may === true;
}

/**
 * Buildings by code and by address as written, for a chunk of records. An address that is not found letter by letter is read by the
 * geocoder (地址解析); what it is not sure of stays without a building.
 */
export async function buildingsFor(
  db: Db,
  wanted: { codes: readonly string[]; addresses: readonly string[] },
): Promise<{ byCode: Map<string, Building>; byAddress: Map<string, Building> }> {
  const byCode = new Map<string, Building>();
  const byAddress = new Map<string, Building>();
  if (wanted.codes.length + wanted.addresses.length === 0 || !(await mayReadBuildings(db)))
    return { byCode, byAddress };
  const keys = new Map(wanted.addresses.map((address) => [address, splitAddress(address)?.building ?? address]));
  const rows = await db.rows<Building>(sql`
    select code, address_key as "addressKey", committee_code as "committeeCode" from ${db.share('building')} where code = any(${[...new Set(wanted.codes)]}::text[])
    union
    select code, address_key, committee_code from ${db.share('building')} where address_key = any(${[...new Set(keys.values())]}::text[])
    order by code desc`);
  const register = await registerOf(db);
  const byKey = new Map<string, Building>();
  for (const row of rows) {
    // Nobody lives or works in a house that is gone.
    if (register.ended.has(row.code)) continue;
    byCode.set(row.code, row);
    // Of two buildings with one address the lower code wins, always.
    if (row.addressKey !== null) byKey.set(row.addressKey, row);
  }
  const open: string[] = [];
  for (const [address, key] of keys) {
    // The same road and number in another district is another house.
    if (otherDistrict(address, register.districts) !== undefined) continue;
    const found = byKey.get(key);
    if (found) byAddress.set(address, found);
    else open.push(address);
  }
  for (const [address, building] of await readByGrammar(db, open, register)) byAddress.set(address, building);
  return { byCode, byAddress };
}

/** What of the register is the same for every chunk of a load: other names, houses that are gone, and the book once it is needed. */
type Register = {
  revision: string;
  ended: ReadonlySet<string>;
  aliases: readonly BookAlias[];
  districts: AddressBook;
  book?: AddressBook;
};
/** By the view that a module reads buildings through. */
const registers = new Map<string, Register>();

/** The register as kept from the chunk before, as long as it is the one that the database has. */
async function registerOf(db: Db): Promise<Register> {
  const view = db.share('building').sql;
  const { revision } = await db.one<{ revision: string }>(sql`select space.book_revision() as revision`);
  const known = registers.get(view);
  if (known?.revision === revision) return known;
  const aliases = await db.rows<BookAlias>(sql`select alias, kind, target from space.other_names()`);
  const ended = await db.rows<{ code: string }>(sql`select code from space.ended_buildings() as e (code)`);
  const register: Register = {
    revision,
    ended: new Set(ended.map(({ code }) => code)),
    aliases,
    districts: buildBook({ entries: [], aliases }),
  };
  registers.set(view, register);
  return register;
}

async function readByGrammar(db: Db, addresses: readonly string[], register: Register): Promise<Map<string, Building>> {
  if (addresses.length === 0) return new Map();
  register.book ??= await readBook(db, register);
  const read = new Map<string, string>();
  for (const address of addresses) {
    const { status, candidates } = geocode(address, register.book);
    const code = status === 'found' ? candidates[0]?.building : undefined;
    if (code !== undefined) read.set(address, code);
  }
  if (read.size === 0) return new Map();
  const rows = await db.rows<Building>(sql`
    select code, address_key as "addressKey", committee_code as "committeeCode" from ${db.share('building')} where code = any(${[...new Set(read.values())]}::text[])`);
  const byCode = new Map(rows.map((row) => [row.code, row]));
  return new Map(
    [...read].flatMap(([address, code]) => {
      const building = byCode.get(code);
      return building ? [[address, building] as const] : [];
    }),
  );
}

async function readBook(db: Db, { ended, aliases }: Register): Promise<AddressBook> {
  const rows = await db.rows<{ building: string; address: string }>(
    sql`select code as building, address_key as address from ${db.share('building')} where address_key is not null order by code`,
  );
  return buildBook({ entries: rows.filter(({ building }) => !ended.has(building)), aliases });
}

/** Those of some codes that no building has; none while no building has been loaded or granted at all. */
export async function unknownBuildings(db: Db, codes: readonly string[]): Promise<Set<string>> {
  if (codes.length === 0 || !(await mayReadBuildings(db))) return new Set();
  const building = db.share('building');
  const { loaded } = await db.one<{ loaded: boolean }>(sql`select exists (select from ${building}) as loaded`);
  if (!loaded) return new Set();
  const rows = await db.rows<{ code: string }>(sql`
    select w.code from unnest(${[...new Set(codes)]}::text[]) as w(code) where not exists (select from ${building} b where b.code = w.code)`);
  return new Set(rows.map((r) => r.code));
}

/** Where a building stands (EPSG:4490), or null if it is unknown. */
export async function locationOf(db: Db, buildingCode: string | null): Promise<{ lon: number; lat: number } | null> {
  if (buildingCode === null || !(await mayReadBuildings(db))) return null;
  const found = await db.first<{ lon: number; lat: number }>(sql`
    select ST_X(point) as lon, ST_Y(point) as lat from (select ST_PointOnSurface(geometry) as point from ${db.share('building')} where code = ${buildingCode}) b
    where point is not null`);
  return found ?? null;
}
