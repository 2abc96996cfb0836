import { isCorrection } from '#platform/basedata/shared/corrections.ts';
import { endGolden, type GoldenRow, writeGolden } from '#platform/basedata/shared/golden-store.ts';
import { type Golden, othersOf, standing, survive } from '#platform/basedata/shared/survivorship.ts';
import type { CheckedRow, ImportTarget, LoadResult, RowFault } from '#platform/exchange/target.ts';
import type { Db, Row } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Move } from '#platform/linkage/store/linked-space.ts';
import { identityOf, isProvisional } from './claim-identity.ts';
import { ENTITY_FIELDS, ENTITY_RULES, ENTITY_TABLE } from './entity-rules.ts';
import { indexEntities } from './index-entities.ts';
import { lifeOf, presentStage } from './life-cycle.ts';
import { anchorClaims, keysOf, linkClaims, storeMatches } from './link-claims.ts';
import { placesOf, storePresences } from './presence.ts';
import { sizesOf } from './size/sizes-of.ts';
import { statementsOf } from './statements.ts';

/**
 * Enterprises from department files (法人). Known by a valid credit code; a claim without one is linked by old number, name, address and
 * representative. Two names of one code are a history, not two firms.
 */
export const entityTarget: ImportTarget = {
  id: 'legal-entity.entity',
  title: { zh: '法人单位', en: 'Legal entities' },
  fields: ENTITY_FIELDS,
  check: async ({ rows }) => nobodies(rows),
  async load({ db, claims }) {
    const anchors = await anchorClaims(db, claims);
    const moves = await linkClaims(db, claims, anchors);
    await storeMatches(db, moves, anchors);
    const touched = await touchedBy(db, moves);
    for (const uscc of await keysOfClaims(
      db,
      claims.map(({ id }) => id),
    ))
      touched.add(uscc);
    return rebuildEntities(db, [...touched].sort());
  },
};

/** Rows that are about nobody: no code that holds, and no name. */
function nobodies(rows: readonly CheckedRow[]): RowFault[] {
  return rows.flatMap(({ row, values }) => {
    const { uscc, name } = identityOf(values);
    if (uscc !== undefined || name !== undefined) return [];
    const reason = {
      zh: '没有可用的统一社会信用代码，也没有名称',
      en: 'Neither a credit code that holds nor a name',
    };
    return [{ row, column: 'uscc', field: 'uscc', rule: 'nobody', reason }];
  });
}

/** Tells who follows enterprises that claims went from one to the other; returns the keys of everyone concerned. */
export async function touchedBy(db: Db, moves: readonly Move[]): Promise<Set<string>> {
  const keys = await keysOf(
    db,
    moves.flatMap(({ from, to }) => (from === undefined ? [to] : [from, to])),
  );
  const key = (eid: string): string => keys.get(eid) as string;
  const ways = new Set(
    moves.flatMap(({ from, to }) => (from === undefined || from === to ? [] : [`${key(from)}/${key(to)}`])),
  );
  for (const way of [...ways].sort()) {
    const [from = '', to = ''] = way.split('/');
    const left = await db.first(sql`select 1 from legal_entity.entity_claim where uscc = ${from} limit 1`);
    await db.emit({
      type: left ? 'legal-entity.entity.unmerged' : 'legal-entity.entity.merged',
      subject: to,
      data: { from },
    });
  }
  return new Set(keys.values());
}

async function keysOfClaims(db: Db, claims: readonly number[]): Promise<string[]> {
  const rows = await db.rows<{ uscc: string }>(
    sql`select distinct uscc from legal_entity.entity_claim where claim_id = any (${[...claims]}::bigint[])`,
  );
  return rows.map(({ uscc }) => uscc);
}

/** Makes the golden records of these enterprises from all their claims, in whatever order they came. */
export async function rebuildEntities(db: Db, usccs: readonly string[]): Promise<LoadResult> {
  if (usccs.length === 0) return { created: 0, changed: 0, unchanged: 0, conflicts: 0 };
  const statements = await statementsOf(db, usccs);
  const golden = new Map(usccs.map((uscc) => [uscc, survive(statements.get(uscc) ?? [], ENTITY_RULES)]));
  // Without a code it takes a name and a place or a head to be an enterprise; what has lost its claims is none any more.
  const isEntity = (uscc: string): boolean => {
    if ((statements.get(uscc) ?? []).length === 0) return false;
    const values = golden.get(uscc) ?? {};
    const somewhere = ['registeredAddress', 'businessAddress', 'tradingAddress', 'taxAddress', 'legalRepresentative'];
    return !isProvisional(uscc) || (values.name !== undefined && somewhere.some((a) => values[a] !== undefined));
  };
  const alive = usccs.filter(isEntity);
  const ended = await endGolden(
    db,
    ENTITY_TABLE,
    usccs.filter((uscc) => !isEntity(uscc)),
  );
  const place = await placesOf(
    db,
    alive.map((uscc) => golden.get(uscc) ?? {}),
  );
  const sizes = await sizesOf(
    db,
    alive.map((uscc) => ({ uscc, golden: golden.get(uscc) ?? {} })),
  );
  const rows = alive.map((uscc): GoldenRow => {
    const values: Golden = golden.get(uscc) ?? {};
    const stage = presentStage(lifeOf(statements.get(uscc) ?? []));
    const registers = standing(statements.get(uscc) ?? []).filter((s) => !isCorrection(s));
    const units = new Set(registers.map(({ unit }) => unit));
    return {
      key: uscc,
      golden: values,
      derived: {
        ...place(values).seat,
        life_state: stage?.state ?? null,
        life_on: stage?.on ?? null,
        size_class: sizes.get(uscc) ?? null,
        registers: [...units].sort().join(),
      },
    };
  });
  const { created, changed, before } = await writeGolden({ db, table: ENTITY_TABLE, rows });
  await storePresences(
    db,
    usccs.map((uscc) => ({ uscc, places: isEntity(uscc) ? place(golden.get(uscc) ?? {}).presences : [] })),
  );
  const touched = [...created, ...changed];
  await indexEntities(db, { changed: touched, gone: ended.map((row) => String(row.uscc)) });
  await tell(db, { created, changed, before, rows });
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

/** An event for each enterprise that is new, moved or lost its licence; one for all that changed. */
async function tell(
  db: Db,
  options: { created: string[]; changed: string[]; before: Map<string, Row>; rows: readonly GoldenRow[] },
): Promise<void> {
  const { created, changed, before, rows } = options;
  if (created.length + changed.length === 0) return;
  await db.emit({
    type: 'legal-entity.entity.changed',
    subject: 'legal-entity.entity',
    data: { entities: String(created.length + changed.length) },
  });
  await emitAll(db, 'legal-entity.entity.created', created);
  const now = new Map(rows.map((row) => [row.key, row]));
  const told: Record<'moved' | 'revoked' | 'cancelled', string[]> = { moved: [], revoked: [], cancelled: [] };
  for (const uscc of changed) {
    const [was, is] = [before.get(uscc), now.get(uscc)?.derived];
    if (was === undefined || is === undefined) continue;
    if (was.building_code !== null && (was.building_code ?? null) !== is.building_code) told.moved.push(uscc);
    for (const state of ['revoked', 'cancelled'] as const)
      if (is.life_state === state && was.life_state !== state) told[state].push(uscc);
  }
  for (const [what, subjects] of Object.entries(told)) await emitAll(db, `legal-entity.entity.${what}`, subjects);
}

/** One event for each subject, in one statement: a first load tells of every enterprise. */
async function emitAll(db: Db, type: string, subjects: readonly string[]): Promise<void> {
  if (subjects.length === 0) return;
  await db.run(
    sql`select kernel.emit(${type}, w.subject, '{}'::jsonb) from unnest(${[...subjects]}::text[]) as w(subject)`,
  );
}

/** Enterprises whose building has come or moved to another committee; `after` pages on by credit code. */
export async function misplacedEntities(db: Db, after: string): Promise<string[]> {
  const rows = await db.rows<{ uscc: string }>(sql`
    select e.uscc from legal_entity.entity e left join ${db.share('building')} b on b.code = e.building_code
    where e.uscc > ${after} and (e.building_code is null or b.committee_code is distinct from e.committee_code)
    order by e.uscc limit 500`);
  return rows.map((r) => r.uscc);
}
