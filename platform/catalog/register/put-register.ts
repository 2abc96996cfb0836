import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Content } from './content.ts';
import { indexEntries } from './index-entries.ts';

/** Items that are written at a time. */
const BATCH = 500;

/**
 * Takes over items that were reviewed elsewhere as published (已审定目录的移入): once, in batches, each with its code and its step. For
 * installations that bring a register with them, and for the sample.
 */
export async function putRegister(
  db: Db,
  options: { entries: readonly { unit: string; content: Content }[]; sample: boolean },
): Promise<void> {
  const { entries, sample } = options;
  if (await db.first(sql`select from catalog.entry where sample = ${sample}::boolean and state = 'published' limit 1`))
    return;
  const ids: string[] = [];
  for (let from = 0; from < entries.length; from += BATCH) {
    const rows = entries.slice(from, from + BATCH).map((entry) => ({ id: uuidv7(), ...entry }));
    ids.push(...rows.map(({ id }) => id));
    await db.run(sql`
      with given as (select r.*, r.content->>'class' as class, row_number() over (partition by r.content->>'class' order by r.id) as n
        from jsonb_to_recordset(${json(rows)}::text::jsonb) as r(id uuid, unit text, content jsonb)),
      taken as (update catalog.class c set last = c.last + g.n from (select class, count(*)::int as n from given group by 1) g where c.code = g.class returning c.code, c.last - g.n as before),
      made as (insert into catalog.entry (id, unit, code, state, content, version, published_at, revised_at, sample, made_at)
        select g.id, g.unit, g.class || '/' || lpad((t.before + g.n)::text, 6, '0'), 'published', g.content, 1, kernel.now(), kernel.now(), ${sample}::boolean, kernel.now()
        from given g join taken t on t.code = g.class returning id, unit)
      insert into catalog.entry_step (entry, at, step, account, name, unit, reason) select id, kernel.now(), 'published', ${db.actor.account}, ${db.actor.name}, unit, null from made`);
  }
  await indexEntries(db, ids);
}
