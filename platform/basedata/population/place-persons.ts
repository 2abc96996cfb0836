import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { addressForm, splitAddress } from '#platform/basedata/shared/text-forms.ts';
import { type Building, buildingsFor } from '#platform/basedata/shared/buildings.ts';
import type { Golden } from '#platform/basedata/shared/survivorship.ts';

export type Placement = {
  building_code: string | null;
  room: string | null;
  committee_code: string | null;
  address_key: string | null;
};

/**
 * Where persons live: the building that the source names, else the one with exactly their address; its committee is
 * theirs, and decides which posts see them.
 */
export async function placePersons(db: Db, goldens: readonly Golden[]): Promise<(golden: Golden) => Placement> {
  const parts = new Map(goldens.map((golden) => [golden, partsOf(golden)]));
  const codes = [...parts.values()].flatMap((p) => p.code ?? []);
  const addresses = [...parts.values()].flatMap((p) =>
    p.code === undefined && p.address !== undefined ? [p.address] : [],
  );
  const { byCode, byAddress } = await buildingsFor(db, { codes, addresses });
  return (golden) => {
    const { code, address, key, room } = parts.get(golden) ?? partsOf(golden);
    const building: Building | undefined =
      code === undefined ? (address === undefined ? undefined : byAddress.get(address)) : byCode.get(code);
    return {
      building_code: building?.code ?? code ?? null,
      room: room ?? null,
      committee_code: building?.committeeCode ?? null,
      address_key: key ?? null,
    };
  };
}

function partsOf(golden: Golden): {
  code: string | undefined;
  address: string | undefined;
  key: string | undefined;
  room: string | undefined;
} {
  const address = golden.residenceAddress?.value;
  const split = address === undefined ? undefined : splitAddress(address);
  return {
    code: golden.buildingCode?.value,
    address,
    key: split?.building ?? (address === undefined ? undefined : addressForm(address)),
    room: split?.room,
  };
}

/** Persons whose building has come, moved to another committee or gone since they were loaded; `after` pages on by pid. */
export async function misplacedPersons(db: Db, after: string): Promise<string[]> {
  const building = db.share('building');
  const rows = await db.rows<{ pid: string }>(sql`
    select p.pid from population.person p join ${building} b on b.code = p.building_code
    where p.pid > ${after}::uuid and b.committee_code is distinct from p.committee_code
    union
    select p.pid from population.person p join ${building} b on b.address_key = p.address_key
    where p.building_code is null and p.pid > ${after}::uuid
    order by pid limit 500`);
  return rows.map((r) => r.pid);
}
