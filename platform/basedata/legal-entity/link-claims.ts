import { plain, type Claim, type ClaimValue } from '#platform/exchange/target.ts';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Parameters } from '#platform/linkage/model/parameters.ts';
import type { Stated } from '#platform/linkage/model/space.ts';
import { firmSpace } from '#platform/linkage/spaces/firm.ts';
import type { LinkedSpace, Move } from '#platform/linkage/store/linked-space.ts';
import { parametersFor } from '#platform/linkage/store/models.ts';
import { takeRecords } from '#platform/linkage/store/take-records.ts';
import { splitAddress } from '#platform/basedata/shared/text-forms.ts';
import { companyName } from '#platform/linkage/standardise/company-name.ts';
import { identityOf, provisionalKey } from './claim-identity.ts';
import shipped from './linkage-model.json' with { type: 'json' };

/** Which subject each claim is about by its credit code. */
export type Anchors = Map<number, string>;

/** Claims about enterprises, as the engine sees them. Registers are L1 and L2: one person's word is enough. */
export async function linkedFirms(db: Db): Promise<LinkedSpace> {
  return {
    space: firmSpace,
    parameters: await parametersFor(db, shipped as unknown as Parameters),
    reviewers: 1,
    statedOf: statedInClaims,
  };
}

/** Finds the subject behind each claim with a valid code, in one order, so that two imports about one enterprise follow each other. */
export async function anchorClaims(db: Db, claims: readonly Pick<Claim, 'id' | 'payload'>[]): Promise<Anchors> {
  const all = claims.flatMap(({ id, payload }) => {
    const { uscc } = identityOf(payload);
    return uscc === undefined ? [] : [{ id, uscc, payload }];
  });
  const codes = [...new Set(all.map(({ uscc }) => uscc))].sort();
  if (codes.length === 0) return new Map();
  await db.run(sql`
    insert into legal_entity.subject (uscc, eid) select w.uscc, gen_random_uuid() from unnest(${codes}::text[]) as w(uscc)
    where not exists (select from legal_entity.subject s where s.uscc = w.uscc) order by w.uscc on conflict do nothing`);
  const rows = await db.rows<{ uscc: string; eid: string }>(sql`
    select s.uscc, s.eid from unnest(${codes}::text[]) with ordinality as w(uscc, at) join legal_entity.subject s on s.uscc = w.uscc order by w.at for update of s`);
  const eids = new Map(rows.map(({ uscc, eid }) => [uscc, eid]));
  const held = await holdWrongCodes(db, all);
  return new Map(all.filter(({ id }) => !held.has(id)).map(({ id, uscc }) => [id, eids.get(uscc) as string]));
}

type Known = Record<'names' | 'places' | 'heads' | 'numbers' | 'births', Set<string>>;

/**
 * Claims that carry the code of another enterprise: name, place and head differ from all that is known under it, or the name and what a
 * firm keeps for life (old number, day of founding) do. One that says nothing to compare is believed: names change, and firms move.
 */
async function holdWrongCodes(
  db: Db,
  claims: readonly { id: number; uscc: string; payload: Record<string, ClaimValue> }[],
): Promise<Set<number>> {
  const rows = await db.rows<{ uscc: string } & Record<string, string | null>>(sql`
    select uscc, name, registration_no as "registrationNo", founded_on::text as "foundedOn", legal_representative as "legalRepresentative", registered_address as "registeredAddress", premises_address as "premisesAddress",
      business_address as "businessAddress", trading_address as "tradingAddress", tax_address as "taxAddress" from legal_entity.entity
    where uscc = any (${claims.map(({ uscc }) => uscc)}::text[])`);
  const known = new Map<string, Known>();
  const learn = (uscc: string, said: Said): void => {
    const all = known.get(uscc) ?? {
      names: new Set(),
      places: new Set(),
      heads: new Set(),
      numbers: new Set(),
      births: new Set(),
    };
    if (said.name !== undefined) all.names.add(said.name);
    if (said.head !== undefined) all.heads.add(said.head);
    if (said.number !== undefined) all.numbers.add(said.number);
    if (said.born !== undefined) all.births.add(said.born);
    for (const place of said.places) all.places.add(place);
    known.set(uscc, all);
  };
  for (const { uscc, ...row } of rows)
    learn(
      uscc,
      saidBy((field) => row[field] ?? undefined),
    );
  const before = await db.rows<{ id: number }>(
    sql`select claim_id as id from legal_entity.held_code where claim_id = any (${claims.map(({ id }) => id)}::bigint[])`,
  );
  const held = new Set(before.map(({ id }) => Number(id)));
  const found: { id: number; uscc: string }[] = [];
  for (const { id, uscc, payload } of claims) {
    if (held.has(id)) continue;
    const { name, registrationNo } = identityOf(payload);
    const said = saidBy((field) => ({ name, registrationNo })[field] ?? plain(payload, field));
    if (contradicts(said, known.get(uscc))) found.push({ id, uscc });
    else learn(uscc, said);
  }
  if (found.length > 0)
    await db.run(sql`
      insert into legal_entity.held_code (claim_id, uscc) select r.id, r.uscc from jsonb_to_recordset(${json(found)}::text::jsonb) as r(id bigint, uscc text) on conflict do nothing`);
  return new Set([...held, ...found.map(({ id }) => id)]);
}

type Said = Record<'name' | 'head' | 'number' | 'born', string | undefined> & { places: string[] };

function saidBy(value: (field: string) => string | undefined): Said {
  return {
    name: companyName(value('name') ?? '')?.core,
    head: value('legalRepresentative'),
    number: value('registrationNo'),
    born: value('foundedOn'),
    places: PLACES.flatMap((field) => splitAddress(value(field) ?? '')?.building ?? []),
  };
}
const PLACES = ['registeredAddress', 'premisesAddress', 'businessAddress', 'tradingAddress', 'taxAddress'];

function contradicts(said: Said, known: Known | undefined): boolean {
  if (known === undefined || said.name === undefined || known.names.size === 0 || known.names.has(said.name))
    return false;
  const other = (value: string | undefined, values: Set<string>): boolean =>
    value !== undefined && values.size > 0 && !values.has(value);
  // Two firms of one house, or of heads of one name, have numbers of their own.
  if (other(said.number, known.numbers)) return true;
  const placed = said.places.length > 0 && known.places.size > 0;
  const headed = said.head !== undefined && known.heads.size > 0;
  if (!placed && !headed) return false;
  if (said.places.some((place) => known.places.has(place))) return false;
  return other(said.born, known.births) || !(headed && known.heads.has(said.head as string));
}

/** Where each claim of a batch belongs, and which earlier ones belong elsewhere now. */
export async function linkClaims(
  db: Db,
  claims: readonly Pick<Claim, 'id' | 'payload'>[],
  anchors: Anchors,
): Promise<Move[]> {
  return takeRecords({
    db,
    linked: await linkedFirms(db),
    records: claims.map(({ id, payload }) => {
      const anchor = anchors.get(id);
      return { record: id, stated: statedBy(payload, anchor === undefined), anchor };
    }),
    by: db.actor.name,
  });
}

/** Writes which enterprise claims are about now, and by what they were found. */
export async function storeMatches(db: Db, moves: readonly Move[], anchors?: Anchors): Promise<void> {
  if (moves.length === 0) return;
  const keys = await keysOf(
    db,
    moves.map(({ to }) => to),
  );
  const kept = moves.map(({ record, to }) => ({
    id: record,
    eid: to,
    uscc: keys.get(to),
    method: anchors?.has(record) ? 'code' : 'linkage',
  }));
  await db.run(sql`
    insert into legal_entity.entity_claim (claim_id, uscc, eid, method)
    select r.id, r.uscc, r.eid, r.method from jsonb_to_recordset(${json(kept)}::text::jsonb) as r(id bigint, uscc text, eid uuid, method text)
    on conflict (claim_id) do update set uscc = excluded.uscc, eid = excluded.eid where entity_claim.eid is distinct from excluded.eid`);
  // A correction goes with the claim that it corrects.
  await db.run(sql`
    update legal_entity.entity_claim k set uscc = m.uscc, eid = m.eid
    from exchange.claim c join legal_entity.entity_claim m on m.claim_id = (c.payload ->> 'corrects')::bigint
    where k.method = 'correction' and c.id = k.claim_id and m.claim_id = any(${kept.map(({ id }) => id)}::bigint[]) and k.eid is distinct from m.eid`);
}

/** Key of the golden record of each subject: its credit code, or a provisional one. */
export async function keysOf(db: Db, eids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.rows<{ uscc: string; eid: string }>(
    sql`select uscc, eid from legal_entity.subject where eid = any (${[...new Set(eids)]}::uuid[])`,
  );
  const known = new Map(rows.map(({ uscc, eid }) => [eid, uscc]));
  return new Map(eids.map((eid) => [eid, known.get(eid) ?? provisionalKey(eid)]));
}

async function statedInClaims(db: Db, records: readonly number[]): Promise<Map<number, Stated>> {
  const rows = await db.rows<{ id: number; payload: Record<string, ClaimValue>; held: boolean }>(sql`
    select c.id, c.payload, exists (select from legal_entity.held_code h where h.claim_id = c.id) as held from exchange.claim c where c.id = any(${records}::bigint[])`);
  return new Map(rows.map(({ id, payload, held }) => [Number(id), statedBy(payload, held)]));
}

/**
 * The attributes by which enterprises are compared. Which address: where it was registered, else where it was seen. `codeless`: its code is
 * none, or another's.
 */
export function statedBy(payload: Record<string, ClaimValue>, codeless = false): Stated {
  const { uscc, registrationNo, name } = identityOf(payload);
  const address = ['registeredAddress', 'tradingAddress', 'businessAddress', 'taxAddress']
    .map((field) => plain(payload, field))
    .find((text) => text !== undefined);
  return {
    code: codeless ? undefined : uscc,
    registration: registrationNo,
    name,
    address,
    phone: plain(payload, 'phone'),
    representative: plain(payload, 'legalRepresentative'),
  };
}
