import { ident, type Db, type Row } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { GoldenTable } from './golden-store.ts';
import type { Source } from './survivorship.ts';

/** A golden record as it stood: columns as JSON, with the instant since which the platform held it to be true. */
export type Version = { record: Row & { sources: Record<string, Source> }; from: Date; to: Date | null };

/**
 * All versions of a record, the current one first. `own` reads the views of the subject's own data, `opened` those of what the
 * caller has opened by break-glass.
 */
export async function versionsOf(
  db: Db,
  options: { table: GoldenTable; key: string; own?: boolean; opened?: boolean },
): Promise<Version[]> {
  const { table, key } = options;
  const prefix = options.own ? 'own_' : options.opened ? 'opened_' : '';
  const now = ident(table.schema, `${prefix}${table.name}`);
  const closed = ident(table.schema, `${prefix}${table.name}_version`);
  const id = ident(table.key);
  const wanted = table.keyType === 'uuid' ? sql`${key}::uuid` : sql`${key}::text`;
  return db.rows<Version>(sql`
    select to_jsonb(t) as record, t.tx_from as from, null::timestamptz as to from ${now} t where t.${id} = ${wanted}
    union all
    select v.record, v.tx_from, v.tx_to from ${closed} v where v.${id} = ${wanted} and exists (select from ${now} t where t.${id} = v.${id})
    order by "from" desc`);
}

/** The version that was held true at an instant. */
export function versionAt(versions: readonly Version[], at: Date | undefined): Version | undefined {
  if (!at) return versions[0];
  return versions.find((v) => v.from <= at && (v.to === null || v.to > at));
}

/** Which attributes each version changed against the one before, newest first. */
export function changesOf(versions: readonly Version[], table: GoldenTable): { at: string; attributes: string[] }[] {
  return versions.map((version, i) => {
    const before = versions[i + 1];
    const attributes = Object.entries(table.columns).filter(
      ([, column]) => (before?.record[column] ?? null) !== (version.record[column] ?? null),
    );
    return { at: version.from.toISOString(), attributes: attributes.map(([name]) => name) };
  });
}
