import { checkBuildings } from '#platform/basedata/shared/check-buildings.ts';
import { buildingsFor } from '#platform/basedata/shared/buildings.ts';
import { type GoldenRow, writeGolden } from '#platform/basedata/shared/golden-store.ts';
import { type Golden, othersOf, survive } from '#platform/basedata/shared/survivorship.ts';
import { type ImportTarget, type LoadResult, plain } from '#platform/exchange/target.ts';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { ENTITY_FIELDS, ENTITY_RULES, ENTITY_TABLE } from './entity-rules.ts';
import { statementsOf } from './statements.ts';

/** Enterprises from department files (法人). Matched by the unified social credit code; two names of one code are a history, not two firms. */
export const entityTarget: ImportTarget = {
  id: 'legal-entity.entity',
  title: { zh: '法人单位', en: 'Legal entities' },
  fields: ENTITY_FIELDS,
  check: checkBuildings,
  async load({ db, claims }) {
    const about = claims.flatMap((claim) => {
      const uscc = plain(claim.payload, 'uscc');
      return uscc === undefined ? [] : [{ claim: claim.id, uscc }];
    });
    const usccs = [...new Set(about.map(({ uscc }) => uscc))].sort();
    // Two imports about the same enterprise follow each other, so that neither overlooks the other's claims.
    await db.run(
      sql`select pg_advisory_xact_lock(310104, hashtext(w.uscc)) from unnest(${usccs}::text[]) with ordinality as w(uscc, at) order by w.at`,
    );
    await db.run(sql`
      insert into legal_entity.entity_claim (claim_id, uscc)
      select x.claim, x.uscc from jsonb_to_recordset(${json(about)}::text::jsonb) as x (claim bigint, uscc text)
      on conflict (claim_id) do nothing`);
    return rebuildEntities(db, usccs);
  },
};

/** Makes the golden records of these enterprises from all their claims, in whatever order they came. */
export async function rebuildEntities(db: Db, usccs: readonly string[]): Promise<LoadResult> {
  const statements = await statementsOf(db, usccs);
  const golden = new Map(usccs.map((uscc) => [uscc, survive(statements.get(uscc) ?? [], ENTITY_RULES)]));
  const place = await placeEntities(db, [...golden.values()]);
  const rows = usccs.map((uscc): GoldenRow => {
    const values: Golden = golden.get(uscc) ?? {};
    return { key: uscc, golden: values, derived: place(values) };
  });
  const { created, changed } = await writeGolden({ db, table: ENTITY_TABLE, rows });
  const touched = [...created, ...changed];
  if (touched.length > 0) {
    await db.emit({
      type: 'legal-entity.entity.changed',
      subject: 'legal-entity.entity',
      data: { entities: String(touched.length) },
    });
  }
  const conflicts = touched.filter((uscc) =>
    ENTITY_RULES.some(
      ({ attributes: [attribute] }) =>
        othersOf({
          statements: statements.get(uscc) ?? [],
          rules: ENTITY_RULES,
          attribute,
          golden: golden.get(uscc)?.[attribute],
        }).length > 0,
    ),
  ).length;
  return { created: created.length, changed: changed.length, unchanged: usccs.length - touched.length, conflicts };
}

/**
 * Where enterprises are: in the building that a register names, else in the one that the address of business names, or the
 * registered one; its committee is theirs.
 */
async function placeEntities(
  db: Db,
  goldens: readonly Golden[],
): Promise<(golden: Golden) => Record<string, string | null>> {
  const textOf = (golden: Golden, attribute: string) => golden[attribute]?.value;
  const codes = goldens.flatMap((g) => g.buildingCode?.value ?? []);
  const addresses = goldens
    .filter((g) => !g.buildingCode)
    .flatMap((g) =>
      [textOf(g, 'businessAddress'), textOf(g, 'registeredAddress')].filter((text) => text !== undefined),
    );
  const { byCode, byAddress } = await buildingsFor(db, { codes, addresses });
  return (golden) => {
    const stated = golden.buildingCode?.value;
    const found =
      stated !== undefined
        ? byCode.get(stated)
        : (byAddress.get(textOf(golden, 'businessAddress') ?? '') ??
          byAddress.get(textOf(golden, 'registeredAddress') ?? ''));
    return { building_code: found?.code ?? stated ?? null, committee_code: found?.committeeCode ?? null };
  };
}

/** Enterprises whose building has come or moved to another committee; `after` pages on by credit code. */
export async function misplacedEntities(db: Db, after: string): Promise<string[]> {
  const rows = await db.rows<{ uscc: string }>(sql`
    select e.uscc from legal_entity.entity e left join ${db.share('building')} b on b.code = e.building_code
    where e.uscc > ${after} and (e.building_code is null or b.committee_code is distinct from e.committee_code)
    order by e.uscc limit 500`);
  return rows.map((r) => r.uscc);
}
