import { systemActor } from '#platform/kernel/actor.ts';
import type { JobHandler, Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { baseKeys } from './base-keys.ts';
import type { Definition } from './definition.ts';
import { refresh, stopTheme } from './refresh-theme.ts';

const PAGE = 2000;
const KEY_TWICE = {
  zh: '第一个来源的主键不能区分各行，已停止刷新，保留上次的数据。',
  en: 'The key of the first source does not tell its rows apart: the last rows stay.',
};

/** A base key that was looked for, of one row. */
type Found = { name: string; row: string; key: string | undefined; reason: 'empty' | 'not-found'; resolver: string };

/**
 * Gives the rows of a theme of the index kind their base keys (索引化整合), then reads them anew. Rows without a key stay in the remainder; more of
 * them than the rule allows stop the theme, and its last rows stay. Keys are found outside of transactions, because the base databases answer
 * in transactions of their own.
 */
export async function indexTheme(services: Services, id: string): Promise<void> {
  const actor = systemActor({ name: 'theme-refresh', purpose: 'data-quality' });
  const inTheme = <T>(work: (db: Db) => Promise<T>) => services.database.tx({ module: 'theme', actor }, work);
  const { definition } = await inTheme((db) =>
    db.one<{ definition: Definition }>(sql`
      select v.definition from theme.theme t join theme.version v on v.theme = t.id and v.version = t.version where t.id = ${id}`),
  );
  const found: Found[] = [];
  for (const { name, base } of definition.index ?? []) {
    const resolver = services.registry.provided(baseKeys).find(({ value }) => value.base === base)?.value;
    if (!resolver) throw new Error(`no base database gives keys of ${base}`);
    for (let after: string | null = null; ; ) {
      const page: { row: string; value: string | null }[] = await inTheme((db) =>
        db.rows<{ row: string; value: string | null }>(
          sql`select row_key as row, value from share.theme_values(${id}, ${name}, ${after}::text, ${PAGE}::int)`,
        ),
      );
      if (page.length === 0) break;
      const asked = page.filter(({ value }) => value !== null && value.trim() !== '');
      const keys = await resolver.resolve({ services, values: asked.map(({ value }) => value ?? '') });
      const keyOf = new Map(asked.map(({ row }, at) => [row, keys[at]]));
      for (const { row } of page)
        found.push({
          name,
          row,
          key: keyOf.get(row),
          reason: keyOf.has(row) ? 'not-found' : 'empty',
          resolver: `${base} ${resolver.version}`,
        });
      after = page.at(-1)?.row ?? null;
    }
  }
  // A key that names two rows would give one of them the other's base key.
  const twice = found.length > new Set(found.map(({ name, row }) => `${name} ${row}`)).size;
  await inTheme(async (db) => {
    if (twice) return stopTheme(db, id, KEY_TWICE);
    await keep(db, id, found);
    const rows = new Set(found.map(({ row }) => row)).size;
    const lost = new Set(found.filter(({ key }) => key === undefined).map(({ row }) => row)).size;
    await refresh(db, id, rows > 0 ? Math.round((lost / rows) * 10_000) / 10_000 : 0);
  });
}

/** The remainder remembers since when a row stands in it. */
async function keep(db: Db, id: string, found: readonly Found[]): Promise<void> {
  const known = found.filter(({ key }) => key !== undefined);
  const lost = found.filter(({ key }) => key === undefined);
  await db.run(sql`delete from theme.base_key where theme = ${id}`);
  await db.run(sql`
    insert into theme.base_key (theme, name, row_key, base_key)
    select ${id}, * from unnest(${known.map(({ name }) => name)}::text[], ${known.map(({ row }) => row)}::text[], ${known.map(({ key }) => key ?? '')}::text[])`);
  await db.run(sql`
    delete from theme.remainder r where theme = ${id}
      and not exists (select from unnest(${lost.map(({ name }) => name)}::text[], ${lost.map(({ row }) => row)}::text[]) as l(name, row) where l.name = r.name and l.row = r.row_key)`);
  await db.run(sql`
    insert into theme.remainder (theme, name, row_key, reason, resolver)
    select ${id}, * from unnest(${lost.map(({ name }) => name)}::text[], ${lost.map(({ row }) => row)}::text[], ${lost.map(({ reason }) => reason)}::text[], ${lost.map(({ resolver }) => resolver)}::text[])
    on conflict (theme, name, row_key) do update set reason = excluded.reason, resolver = excluded.resolver`);
}

export const indexJob: JobHandler = {
  name: 'index-theme',
  run: ({ services, payload }) => indexTheme(services, payload.theme ?? ''),
  failed: async ({ payload, db }) => {
    const reason = {
      zh: '归集到基础键时出错，保留上次的数据。',
      en: 'Base keys could not be found; the last rows stay.',
    };
    await stopTheme(db, payload.theme ?? '', reason);
  },
};
