import type { Db } from '#platform/kernel/db.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import { type GateReport, type GateRule, passGate } from '../gate/gate.ts';
import { noisyCount } from '../gate/laplace.ts';
import { COUNT, columnAt, type Field, type Table } from '../schema.ts';
import { drawNoise } from './noise-budget.ts';
import type { Recipe } from './recipe.ts';
import { readAllRows, storeRows } from './store-version.ts';

/** The numbers of the gate on a day. */
export async function gateRule(db: Db, on: Date | string): Promise<GateRule> {
  return amountsAt(
    db,
    {
      k: { id: 'open-data.gate.k', unit: 'person' },
      l: { id: 'open-data.gate.l', unit: 'value' },
      suppression: { id: 'open-data.gate.suppression', unit: 'share' },
      difference: { id: 'open-data.gate.difference', unit: 'person' },
      coordinateDigits: { id: 'open-data.gate.coordinate-digits', unit: 'digit' },
      persons: { id: 'statistics.small-cell.persons', unit: 'person' },
      firms: { id: 'statistics.small-cell.firms', unit: 'firm' },
      dominance: { id: 'statistics.small-cell.dominance', unit: 'share' },
    },
    on,
  );
}

/**
 * Makes the next version of a set (生成版本): the rows pass the gate, what came out is stored, and the report says how it went. A version that
 * is blocked stays to be looked at; whatever is published already stays as it is.
 */
export async function prepareVersion(
  db: Db,
  options: {
    dataset: string;
    table: Table;
    noise?: Recipe['noise'];
    note?: string;
    at: Date;
    by?: { account: string; name: string };
    rule?: GateRule;
  },
): Promise<{ id: string; no: number; report: GateReport }> {
  const { dataset, at, note = null, by = db.actor } = options;
  const table =
    options.noise === undefined ? options.table : await withNoise(db, { ...options, epsilon: options.noise });
  const { current } = await db.one<{ current: string | null }>(
    sql`select current from open_data.dataset where id = ${dataset} for update`,
  );
  const rule = options.rule ?? (await gateRule(db, at));
  // Noise protects by itself: the difference of two noisy counts says nothing of a person, and would be found nearly every time.
  const before =
    current === null || options.noise !== undefined
      ? undefined
      : await tableOf(db, { version: current, about: table.about });
  const passed = passGate({ table, before, rule });
  const { no } = await db.one<{ no: number }>(
    sql`select coalesce(max(no), 0) + 1 as no from open_data.version where dataset = ${dataset}`,
  );
  const id = uuidv7();
  const geometry = passed.table.fields.find(({ type }) => type === 'geometry')?.name ?? null;
  await db.run(sql`
    insert into open_data.version (id, dataset, no, cite, fields, geometry, rows, state, data_on, note, prepared_by, prepared_name, prepared_at)
    values (${id}::uuid, ${dataset}, ${no}::int, ${`sd.${dataset}.v${no}`}, ${json(passed.table.fields)}::text::jsonb, ${geometry}::text, ${passed.table.rows.length}::int, 'draft',
      ${shanghaiDate(at)}::date, ${note}::text, ${by.account}, ${by.name}, ${at}::timestamptz)`);
  const digest = await storeRows(db, { version: id, rows: passed.table.rows });
  const state = passed.report.verdict === 'pass' ? 'checked' : 'blocked';
  await db.run(sql`update open_data.version set digest = ${digest}, state = ${state} where id = ${id}::uuid`);
  await db.run(sql`insert into open_data.risk_report (id, version, verdict, report, made_at)
    values (${uuidv7()}::uuid, ${id}::uuid, ${passed.report.verdict}, ${json(passed.report)}::text::jsonb, ${at}::timestamptz)`);
  return { id, no, report: passed.report };
}

/** A stored version as the table that it is. */
export async function tableOf(db: Db, options: { version: string; about: Table['about'] }): Promise<Table> {
  const { fields } = await db.one<{ fields: Field[] }>(
    sql`select fields from open_data.version where id = ${options.version}::uuid`,
  );
  return { fields, about: options.about, rows: await readAllRows(db, options.version) };
}

/** Counts get their noise once, drawn on the budget: totals are made of the noisy parts by nobody, so each cell has its own. */
async function withNoise(
  db: Db,
  options: { dataset: string; table: Table; epsilon: number; at: Date },
): Promise<Table> {
  const { dataset, table, epsilon, at } = options;
  const count = columnAt(table.fields, COUNT);
  // Every person stands in one cell and in its totals: the draw pays for each of them.
  await drawNoise(db, { dataset, epsilon, at, forWhat: 'version' });
  const each = epsilon / 2 ** table.fields.filter(({ role }) => role !== 'measure').length;
  return {
    ...table,
    rows: table.rows.map((row) =>
      row.map((value, place) => (place === count ? noisyCount(Number(value), each) : value)),
    ),
  };
}
