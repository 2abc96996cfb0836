import type { Services } from '#platform/kernel/app.ts';
import { route } from '#platform/kernel/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { ruleAt } from '#platform/rulebook/rule-at.ts';
import { ThemeNotPublished } from './theme-errors.ts';
import { queueIndex } from './queue-index.ts';
import { derive, holdTheme, readTheme, ThemeParams, ThemeSchema } from './theme-record.ts';
import type { Definition } from './definition.ts';

/**
 * Reads a theme's rows anew. A source that lost a field, or too many rows without a partner, stops the theme: the last rows stay, and the
 * steward is told which column comes from where. `unresolved` = share of rows without base keys, of a theme of the index kind.
 */
export async function refresh(db: Db, id: string, unresolved = 0): Promise<void> {
  const begun = performance.now();
  const published = await db.one<{ definition: Definition }>(sql`
    select v.definition from theme.theme t join theme.version v on v.theme = t.id and v.version = t.version where t.id = ${id}`);
  const broken = await brokenBy(db, id, published.definition);
  const most = Number((await ruleAt(db, 'theme.remainder')).value);
  const read = broken
    ? { rows: null, remainder: null }
    : await db.one<{ rows: number | null; remainder: number }>(
        sql`select rows::int as rows, greatest(remainder, ${unresolved}::numeric)::float8 as remainder from share.refresh_theme(${id}, ${unresolved > most ? -1 : most}::numeric)`,
      );
  const reason = broken ?? tooMany(read.remainder, most);
  await db.run(sql`
    insert into theme.run (theme, outcome, rows, remainder, took_ms, reason)
    values (${id}, ${reason ? 'stopped' : 'refreshed'}, ${read.rows}::bigint, ${read.remainder}::numeric, ${Math.round(performance.now() - begun)}::int, ${reason ? json(reason) : null}::text::jsonb)`);
  await db.run(sql`
    update theme.theme set state = ${reason ? 'stopped' : 'published'}, problem = ${reason ? json(reason) : null}::text::jsonb where id = ${id}`);
  if (reason) await db.emit({ type: 'theme.stopped', subject: id, data: { theme: id } });
}

/** Stops a theme: its last rows stay, and the steward is told why. */
export async function stopTheme(db: Db, id: string, reason: Text): Promise<void> {
  await db.run(
    sql`insert into theme.run (theme, outcome, reason) values (${id}, 'stopped', ${json(reason)}::text::jsonb)`,
  );
  await db.run(sql`update theme.theme set state = 'stopped', problem = ${json(reason)}::text::jsonb where id = ${id}`);
  await db.emit({ type: 'theme.stopped', subject: id, data: { theme: id } });
}

function tooMany(remainder: number | null, most: number): Text | undefined {
  if (remainder === null || remainder <= most) return undefined;
  const share = `${(remainder * 100).toFixed(1)} %`;
  const allowed = `${(most * 100).toFixed(0)} %`;
  return {
    zh: `有 ${share} 的记录关联不上，超过 ${allowed}，已停止刷新，保留上次的数据。`,
    en: `${share} of the rows find no partner, more than ${allowed}: the last rows stay.`,
  };
}

/** Faults of a published theme that stop it: its source is gone, or is not granted any more as it is used. */
const CLOSING = new Set(['field', 'catalogued', 'shared', 'granted', 'purpose']);

/** What a source no longer gives, with the way from the column to it; undefined where all is as published. */
async function brokenBy(db: Db, id: string, definition: Definition): Promise<Text | undefined> {
  const { faults, facts } = await derive(db, id, definition);
  const [gone] = faults.filter(({ rule }) => CLOSING.has(rule));
  if (!gone) return undefined;
  const at = /^\/columns\/(\d+)/.exec(gone.pointer)?.[1];
  const column = at === undefined ? undefined : definition.columns[Number(at)];
  const path = column ? `${column.name} ← ${column.from}` : gone.pointer;
  const names = facts.resources.map(({ title }) => title.zh).join('、');
  return {
    zh: `来源（${names}）已改变：${path}，${gone.message.zh}。已停止刷新，保留上次的数据。`,
    en: `A source has changed: ${path}, ${gone.message.en}. The last rows stay.`,
  };
}

/** The steward reads the rows anew now. */
export const refreshTheme = route({
  method: 'POST',
  path: '/api/theme/themes/:id/refresh',
  summary: { zh: '立即刷新专题库', en: 'Refresh a thematic database now' },
  allow: 'theme.build',
  params: ThemeParams,
  reply: ThemeSchema,
  errors: [NotFound, ThemeNotPublished],
  examples: {
    own: { as: 'data-officer', params: { id: 'elder-homes' } },
    foreign: { as: 'data-officer', params: { id: 'residents-by-committee' } },
  },
  handler: async ({ db, params: { id } }) => {
    const theme = await holdTheme(db, id);
    if (theme.version === 0) throw ThemeNotPublished.with();
    if (theme.draft.kind === 'index') await queueIndex(db, id);
    else await refresh(db, id);
    return readTheme(db, id);
  },
});

/** Refreshes what has not been read since midnight, each theme in a transaction of its own: one that fails is told and keeps no other back. */
export async function refreshNightly(services: Services): Promise<void> {
  const actor = systemActor({ name: 'theme-refresh', purpose: 'data-quality' });
  const inTheme = <T>(work: (db: Db) => Promise<T>) => services.database.tx({ module: 'theme', actor }, work);
  const due = await inTheme((db) =>
    db.rows<{ id: string; kind: string }>(sql`
      select t.id, v.definition ->> 'kind' as kind from theme.theme t join theme.version v on v.theme = t.id and v.version = t.version where t.version > 0
        and not exists (select from theme.run r where r.theme = t.id and r.at >= date_trunc('day', kernel.now() at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai')
      order by t.id`),
  );
  for (const { id, kind } of due) {
    try {
      await inTheme((db) => (kind === 'index' ? queueIndex(db, id) : refresh(db, id)));
    } catch (error) {
      services.log.error({ theme: id, err: String(error) }, 'a theme could not be refreshed');
      const reason = { zh: '刷新时出错，保留上次的数据。', en: 'The refresh failed; the last rows stay.' };
      await inTheme((db) =>
        db.run(
          sql`insert into theme.run (theme, outcome, reason) values (${id}, 'stopped', ${json(reason)}::text::jsonb)`,
        ),
      );
    }
  }
}
