import { ident, type Db, type Row } from '#platform/kernel/db.ts';
import { json, join, type Sql, sql } from '#platform/kernel/sql.ts';
import type { Golden, Source } from './survivorship.ts';

/**
 * A table of golden records and its table of closed versions (`<name>_version`: key, tx_from, tx_to, record). The current
 * table has the key, the columns below, `sources jsonb`, `tx_from` and nothing that is not derived from claims.
 */
export type GoldenTable = {
  schema: string;
  name: string;
  key: string;
  /** Type of the key column, so that its index serves; default text. */
  keyType?: 'text' | 'uuid';
  /** Attribute → column. */
  columns: Readonly<Record<string, string>>;
  /** Columns that follow from the attributes (placement) and are compared and kept like them. */
  derived: readonly string[];
};

/** A record as it should stand: attributes, and derived columns by column name. */
export type GoldenRow = { key: string; golden: Golden; derived: Readonly<Record<string, string | null>> };

/**
 * Writes golden records: new ones are inserted, changed ones close their version and open the next, equal ones stay. A
 * newer claim that says the same only renews the source. Returns the keys by what happened.
 */
export async function writeGolden(options: {
  db: Db;
  table: GoldenTable;
  rows: readonly GoldenRow[];
}): Promise<{ created: string[]; changed: string[]; before: Map<string, Row> }> {
  const { db, table, rows } = options;
  const t = ident(table.schema, table.name);
  const key = ident(table.key);
  const found = await db.rows<{ row: Row }>(
    // Held, always in the same order: two that change a record at once (an import, a merge) close its version one after the other.
    sql`select to_jsonb(t) as row from ${t} t where t.${key} = any(${rows.map((r) => r.key)}::${keyArray(table)}) order by t.${key} for update`,
  );
  const before = new Map(found.map(({ row }) => [String(row[table.key]), row]));
  const created: Row[] = [];
  const changed: Row[] = [];
  const renewed: Row[] = [];
  for (const row of rows) {
    const next = columnsOf(row, table);
    const now = before.get(row.key);
    if (!now) created.push(next);
    else if (differs(now, next, table)) changed.push(next);
    else if (!sameSources(now.sources as Record<string, Source>, next.sources as Record<string, Source>))
      renewed.push(next);
  }
  const names = [...Object.values(table.columns), ...table.derived, 'sources'];
  if (created.length > 0) {
    const columns = join([table.key, ...names].map((n) => ident(n)));
    await db.run(sql`insert into ${t} (${columns}, tx_from)
      select ${columns}, kernel.now() from jsonb_populate_recordset(null::${t}, ${json(created)}::text::jsonb)`);
  }
  if (changed.length > 0) {
    const keys = changed.map((r) => String(r[table.key]));
    await db.run(sql`insert into ${ident(table.schema, `${table.name}_version`)} (${key}, tx_from, tx_to, record)
      select t.${key}, t.tx_from, kernel.now(), to_jsonb(t) from ${t} t where t.${key} = any(${keys}::${keyArray(table)}) and t.tx_from < kernel.now()`);
    await update(db, table, changed, [...names, 'tx_from']);
  }
  if (renewed.length > 0) await update(db, table, renewed, ['sources']);
  return {
    created: created.map((r) => String(r[table.key])),
    changed: changed.map((r) => String(r[table.key])),
    before,
  };
}

/** Ends golden records: the last version is closed and none follows. Returns the rows as they were. */
export async function endGolden(db: Db, table: GoldenTable, keys: readonly string[]): Promise<Row[]> {
  if (keys.length === 0) return [];
  const t = ident(table.schema, table.name);
  const key = ident(table.key);
  await db.run(
    sql`select from ${t} t where t.${key} = any(${[...keys]}::${keyArray(table)}) order by t.${key} for update`,
  );
  await db.run(sql`insert into ${ident(table.schema, `${table.name}_version`)} (${key}, tx_from, tx_to, record)
    select t.${key}, t.tx_from, kernel.now(), to_jsonb(t) from ${t} t where t.${key} = any(${[...keys]}::${keyArray(table)}) and t.tx_from < kernel.now()`);
  const rows = await db.rows<{ row: Row }>(
    sql`delete from ${t} t where t.${key} = any(${[...keys]}::${keyArray(table)}) returning to_jsonb(t) as row`,
  );
  return rows.map(({ row }) => row);
}

async function update(db: Db, table: GoldenTable, rows: readonly Row[], names: readonly string[]): Promise<void> {
  const t = ident(table.schema, table.name);
  const key = ident(table.key);
  const sets = join(
    names.map((n) =>
      n === 'tx_from' ? sql`tx_from = greatest(t.tx_from, kernel.now())` : sql`${ident(n)} = r.${ident(n)}`,
    ),
  );
  await db.run(
    sql`update ${t} t set ${sets} from jsonb_populate_recordset(null::${t}, ${json(rows)}::text::jsonb) r where t.${key} = r.${key}`,
  );
}

function columnsOf(row: GoldenRow, table: GoldenTable): Row {
  const next: Row = { [table.key]: row.key, ...row.derived };
  const sources: Record<string, Source> = {};
  for (const [attribute, column] of Object.entries(table.columns)) {
    const golden = row.golden[attribute];
    if (!(column in next)) next[column] = golden?.value ?? null;
    if (golden) sources[attribute] = golden.source;
  }
  return { ...next, sources };
}

function differs(now: Row, next: Row, table: GoldenTable): boolean {
  for (const column of [...Object.values(table.columns), ...table.derived]) {
    if (text(now[column]) !== text(next[column])) return true;
  }
  const a = now.sources as Record<string, Source>;
  const b = next.sources as Record<string, Source>;
  return Object.keys(table.columns).some((attribute) => a[attribute]?.d !== b[attribute]?.d);
}

function sameSources(a: Record<string, Source>, b: Record<string, Source>): boolean {
  return Object.keys(b).every((attribute) => a[attribute]?.c === b[attribute]?.c);
}

function keyArray(table: GoldenTable): Sql {
  return table.keyType === 'uuid' ? sql`uuid[]` : sql`text[]`;
}

function text(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
