import { buildingsFor } from '#platform/basedata/shared/buildings.ts';
import type { Golden } from '#platform/basedata/shared/survivorship.ts';
import { splitAddress } from '#platform/basedata/shared/text-forms.ts';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';

/** Kinds of presence (驻地) and the attribute that each comes from. */
export const PRESENCES = {
  registered: 'registeredAddress',
  premises: 'premisesAddress',
  business: 'businessAddress',
  trading: 'tradingAddress',
  tax: 'taxAddress',
} as const;
export type PresenceKind = keyof typeof PRESENCES;
export const PRESENCE_KINDS = Object.keys(PRESENCES) as PresenceKind[];

export type Presence = {
  kind: PresenceKind;
  address: string;
  building: string | null;
  room: string | null;
  committee: string | null;
};
export type Placed = {
  /** Columns of the golden record. */
  seat: { building_code: string | null; committee_code: string | null };
  presences: Presence[];
};

/**
 * Where enterprises are. The seat of the record is the building that a register names, else the one with exactly the address where it was
 * seen, of business, or registered. A code that no building has is passed over.
 */
export async function placesOf(db: Db, goldens: readonly Golden[]): Promise<(golden: Golden) => Placed> {
  const split = (golden: Golden, kind: PresenceKind) => splitAddress(golden[PRESENCES[kind]]?.value ?? '');
  const codes = goldens.flatMap((g) => g.buildingCode?.value ?? []);
  // The whole text, with the district in it: the same road and number elsewhere is another house.
  const addresses = goldens.flatMap((g) => PRESENCE_KINDS.flatMap((kind) => g[PRESENCES[kind]]?.value ?? []));
  const { byCode, byAddress } = await buildingsFor(db, { codes, addresses });
  return (golden) => {
    const stated = golden.buildingCode?.value;
    const at = (kind: PresenceKind) => {
      const found = byAddress.get(golden[PRESENCES[kind]]?.value ?? '');
      // The register names the building of its own address.
      return kind === 'registered' ? (byCode.get(stated ?? '') ?? found) : found;
    };
    const seat = byCode.get(stated ?? '') ?? at('trading') ?? at('business') ?? at('registered');
    return {
      seat: { building_code: seat?.code ?? stated ?? null, committee_code: seat?.committeeCode ?? null },
      presences: PRESENCE_KINDS.flatMap((kind) => {
        const address = golden[PRESENCES[kind]]?.value;
        if (address === undefined) return [];
        const building = at(kind);
        return [
          {
            kind,
            address,
            building: building?.code ?? null,
            room: split(golden, kind)?.room ?? null,
            committee: building?.committeeCode ?? null,
          },
        ];
      }),
    };
  };
}

/** Closes presences that ended or changed and opens the new ones; equal ones stay. */
export async function storePresences(
  db: Db,
  all: readonly { uscc: string; places: readonly Presence[] }[],
): Promise<void> {
  const rows = all.flatMap(({ uscc, places }) => places.map((place) => ({ uscc, ...place })));
  const now = sql`jsonb_to_recordset(${json(rows)}::text::jsonb) as r(uscc text, kind text, address text, building text, room text, committee text)`;
  // What changes twice in one transaction keeps its last form only.
  const differs = sql`p.tx_to is null and p.uscc = any (${all.map(({ uscc }) => uscc)}::text[]) and not exists (
    select from ${now} where r.uscc = p.uscc and r.kind = p.kind and r.address = p.address and r.building is not distinct from p.building_code
      and r.room is not distinct from p.room and r.committee is not distinct from p.committee_code)`;
  await db.run(sql`delete from legal_entity.presence p where ${differs} and p.tx_from >= kernel.now()`);
  await db.run(sql`update legal_entity.presence p set tx_to = kernel.now() where ${differs}`);
  await db.run(sql`
    insert into legal_entity.presence (uscc, kind, address, building_code, room, committee_code, tx_from)
    select r.uscc, r.kind, r.address, r.building, r.room, r.committee, kernel.now() from ${now}
    where not exists (select from legal_entity.presence p where p.uscc = r.uscc and p.kind = r.kind and p.tx_to is null)`);
}
