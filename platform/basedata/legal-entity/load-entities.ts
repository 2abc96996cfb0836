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
    await db.run(sql`
      insert into legal_entity.entity_claim (claim_id, uscc)
      select x.claim, x.uscc from jsonb_to_recordset(${json(about)}::text::jsonb) as x (claim bigint, uscc text)
      on conflict (claim_id) do nothing`);
    return rebuildEntities(db, [...new Set(about.map(({ uscc }) => uscc))]);
  },
};

/** Makes the golden records of these enterprises from all their claims, in whatever order they came. */
export async function rebuildEntities(db: Db, usccs: readonly string[]): Promise<LoadResult> {
  const statements = await statementsOf(db, usccs);
  const golden = new Map(usccs.map((uscc) => [uscc, survive(statements.get(uscc) ?? [], ENTITY_RULES)]));
  const codes = [...golden.values()].flatMap((g) => g.buildingCode?.value ?? []);
  const buildings = await buildingsFor(db, { codes, addresses: [] });
  const rows = usccs.map((uscc): GoldenRow => {
    const values: Golden = golden.get(uscc) ?? {};
    const building = buildings.byCode.get(values.buildingCode?.value ?? '');
    return { key: uscc, golden: values, derived: { committee_code: building?.committeeCode ?? null } };
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
