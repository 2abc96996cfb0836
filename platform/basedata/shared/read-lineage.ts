import type { Static } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { LineageSchema } from './card-schema.ts';
import { type Rule, ranked, standing, type Statement } from './survivorship.ts';

type Found = {
  id: number;
  batch: string;
  file: string;
  fileDigest: string;
  mappingVersion: number;
  column: string | null;
  title: Text;
};

/**
 * From an attribute back to every claim that spoke to it (数据血缘): file, row, column, mapping version. The first of the
 * standing claims gave the golden value; superseded and frozen ones follow.
 */
export async function readLineage(options: {
  db: Db;
  attribute: string;
  rule: Rule;
  accepted: readonly Statement[];
  frozen: readonly Statement[];
  golden: number | undefined;
  show: (value: string) => string;
}): Promise<Static<typeof LineageSchema>> {
  const { db, attribute, rule, accepted, frozen, golden } = options;
  const current = new Map(standing(accepted).map((s) => [s.claim, s.values[attribute] !== undefined]));
  const state = new Map(frozen.map((s) => [s.claim, 'frozen']));
  for (const s of accepted) state.set(s.claim, s.claim === golden ? 'golden' : stateOf(current.get(s.claim)));
  const order = ['golden', 'other', 'refuted', 'superseded', 'frozen'];
  const speaking = ranked([...accepted, ...frozen], rule)
    .filter((s) => s.values[attribute] !== undefined)
    .sort((a, b) => order.indexOf(state.get(a.claim) ?? '') - order.indexOf(state.get(b.claim) ?? ''));
  const rows = await db.rows<Found>(sql`
    select c.id, c.batch, b.file_name as file, b.file_digest as "fileDigest", b.mapping_version as "mappingVersion", d.title, exchange.source_column(c.dataset, b.mapping_version, ${attribute}) as "column"
    from exchange.claim c join exchange.batch b on b.id = c.batch join exchange.dataset d on d.id = c.dataset
    where c.id = any(${speaking.map((s) => s.claim)}::bigint[])`);
  const found = new Map(rows.map((r) => [r.id, r]));
  return {
    attribute,
    chain: speaking.map((s) => {
      const row = found.get(s.claim);
      const value = s.values[attribute];
      return {
        golden: s.claim === golden,
        state: state.get(s.claim) ?? 'other',
        claim: s.claim,
        dataset: s.dataset,
        datasetTitle: row?.title ?? { zh: s.dataset, en: s.dataset },
        unit: s.unit,
        batch: s.batch,
        file: row?.file ?? '',
        fileDigest: row?.fileDigest ?? '',
        row: s.row,
        column: row?.column ?? null,
        mappingVersion: row?.mappingVersion ?? 0,
        receivedAt: s.receivedAt,
        value: value === undefined ? null : options.show(value),
      };
    }),
  };
}

/** Standing with its value, standing without it because a correction refuted it, or followed by a later one of the same record. */
function stateOf(speaks: boolean | undefined): string {
  return speaks === undefined ? 'superseded' : speaks ? 'other' : 'refuted';
}
