/** Replacing keys (密钥轮换): what older keys sealed is sealed anew, column by column, in chunks; it goes on after a restart. */
import { systemActor } from './actor.ts';
import type { SealedColumn, Services } from './app.ts';
import { type Db, ident, tableOf } from './db.ts';
import { CHECK_CONTEXT } from './key-check.ts';
import { type Keyring, keyMark } from './secret.ts';
import { join, sql, type Sql } from './sql.ts';

/** Rows of one transaction: on the embedded database it stops everything else. */
const CHUNK = 200;
/** The name is known to `exchange.reseal_claim`. */
const actor = systemActor({ name: 'reseal' });

type Declared = { module: string; column: SealedColumn; name: string };
type Row = Record<string, string | null> & { sealed: string };
type Progress = { after: Record<string, string> | null; done: boolean };

/** What the kernel itself keeps sealed. */
const OWN: readonly SealedColumn[] = [
  { table: 'kernel.key_check', column: 'sealed', key: { single: 'bool' }, context: () => CHECK_CONTEXT },
  {
    table: 'kernel.idempotency',
    column: 'reply',
    key: { account: 'text', route: 'text', key: 'text' },
    context: (row) => `idempotency:${row.route}:${row.key}`,
  },
];

export function sealedColumns(registry: Services['registry']): Declared[] {
  const named = (module: string) => (column: SealedColumn) => ({
    module,
    column,
    name: `${column.table}.${column.column}`,
  });
  return [
    ...OWN.map(named('kernel')),
    ...registry.modules.flatMap((module) => (module.sealed ?? []).map(named(module.id))),
  ];
}

/** Processes that have seen everything sealed by their current key need not look again. */
const finished = new WeakSet<Keyring>();

/** Seals one chunk anew; false when nothing is left to do. Cheap where the ring has one key. */
export async function resealSome(services: Services): Promise<boolean> {
  const { keyring } = services;
  if (keyring.keyIds.length < 2 || finished.has(keyring)) return false;
  for (const declared of sealedColumns(services.registry)) {
    const { after, done } = await progressOf(services, declared.name);
    if (done) continue;
    const chunk = await services.database.tx({ module: declared.module, actor }, (db) =>
      resealChunk({ db, keyring, column: declared.column, after }),
    );
    await keepProgress(services, declared.name, chunk);
    return true;
  }
  finished.add(keyring);
  services.log.info({ key: keyring.currentKeyId }, 'everything is sealed by the current key');
  return false;
}

async function progressOf(services: Services, name: string): Promise<Progress> {
  const found = await services.database.tx({ module: 'kernel', actor }, (db) =>
    db.first<{ after: Record<string, string> | null; done: boolean }>(sql`select after, done_at is not null as done
      from kernel.reseal where "column" = ${name} and key_id = ${services.keyring.currentKeyId}`),
  );
  return found ?? { after: null, done: false };
}

async function keepProgress(
  services: Services,
  name: string,
  chunk: { after: Record<string, string> | null; changed: number },
): Promise<void> {
  const after = chunk.after ? JSON.stringify(chunk.after) : null;
  const done = chunk.after ? null : services.clock.now();
  const key = services.keyring.currentKeyId;
  await services.database.tx({ module: 'kernel', actor }, (db) =>
    db.run(sql`insert into kernel.reseal ("column", key_id, after, changed, done_at)
      values (${name}, ${key}, ${after}::text::jsonb, ${chunk.changed}::bigint, ${done}::timestamptz)
      on conflict ("column") do update set key_id = excluded.key_id, after = excluded.after, done_at = excluded.done_at,
        changed = excluded.changed + case when kernel.reseal.key_id = excluded.key_id then kernel.reseal.changed else 0 end`),
  );
}

async function resealChunk(options: {
  db: Db;
  keyring: Keyring;
  column: SealedColumn;
  after: Record<string, string> | null;
}): Promise<{ after: Record<string, string> | null; changed: number }> {
  const { db, keyring, column, after } = options;
  const keys = Object.keys(column.key);
  const columns = join([...keys, ...(column.also ?? [])].map((name) => sql`${ident(name)}::text as ${ident(name)}`));
  const typed = (row: Record<string, string | null>) =>
    join(keys.map((name) => sql`${row[name]}::${typeOf(column, name)}`));
  const from = after ? sql`and (${join(keys.map((name) => ident(name)))}) > (${typed(after)})` : sql``;
  const envelope = ident(column.column);
  const holds = column.json ? sql`${envelope}::text like ${'%"s1.%'}` : sql`${envelope} like ${'s1.%'}`;
  const rows = await db.rows<Row>(sql`select ${columns}, ${envelope}::text as sealed from ${tableOf(column.table)}
    where ${holds} ${from} order by ${join(keys.map((name) => ident(name)))} limit ${CHUNK}`);
  let changed = 0;
  for (const row of rows) {
    for (const { member, before } of envelopesOf(column, row.sealed)) {
      if (!keyring.isStale(before)) continue;
      const context = column.context({ ...row, member });
      const next = keyring.seal(keyring.open(before, context), context);
      const where = join(
        keys.map((name) => sql`${ident(name)} = ${row[name]}::${typeOf(column, name)}`),
        ' and ',
      );
      // Whoever wrote in the meantime has used the current key: the old envelope is compared.
      changed += column.json
        ? await db.run(column.json.replace({ row, member, before, after: next }))
        : await db.run(
            sql`update ${tableOf(column.table)} set ${envelope} = ${next} where ${where} and ${envelope} = ${before}`,
          );
    }
  }
  const last = rows.length === CHUNK ? rows.at(-1) : undefined;
  return { after: last ? Object.fromEntries(keys.map((name) => [name, String(last[name])])) : null, changed };
}

function envelopesOf(column: SealedColumn, text: string): { member: string; before: string }[] {
  if (!column.json) return [{ member: '', before: text }];
  return Object.entries(JSON.parse(text) as Record<string, unknown>).flatMap(([member, value]) => {
    const sealed = (value as { s?: unknown } | null)?.s;
    return typeof sealed === 'string' && sealed.startsWith('s1.') ? [{ member, before: sealed }] : [];
  });
}

/** Types come from manifests, never from input. */
function typeOf(column: SealedColumn, name: string): Sql {
  return ident(column.key[name] as string);
}

export type KeyUse = { column: string; key: string; envelopes: number };

/** How many envelopes each key has sealed, by column: a whole read of every sealed column. `?` is a key that the file lacks. */
export async function keyUses(services: Services): Promise<KeyUse[]> {
  const byMark = new Map(services.keyring.keyIds.map((id) => [keyMark(id), id]));
  const uses: KeyUse[] = [];
  for (const { module, column, name } of sealedColumns(services.registry)) {
    const envelope = ident(column.column);
    const table = tableOf(column.table);
    const length = keyMark(services.keyring.currentKeyId).length;
    const found = await services.database.tx({ module, actor, readOnly: true }, (db) =>
      db.rows<{ mark: string; n: number }>(
        column.json
          ? sql`select left(v.value ->> 's', ${length}::int) as mark, count(*)::int as n from ${table} t, jsonb_each(t.${envelope}) v
              where jsonb_typeof(v.value) = 'object' and v.value ->> 's' like ${'s1.%'} group by 1 order by 1`
          : sql`select left(${envelope}, ${length}::int) as mark, count(*)::int as n from ${table} where ${envelope} like ${'s1.%'} group by 1 order by 1`,
      ),
    );
    uses.push(...found.map(({ mark, n }) => ({ column: name, key: byMark.get(mark) ?? '?', envelopes: n })));
  }
  return uses;
}
