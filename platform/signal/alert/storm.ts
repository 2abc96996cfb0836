import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { note, numberOf, releaseBehind } from './alert-record.ts';
import type { Raise } from './raise.ts';

/** A storm is over when its source has stayed within the limit for so many whole minutes. */
const CALM_MINUTES = 2;

/**
 * Which of these alerts still have a place in their source's minute (告警风暴): the first `limit` of a source have one. Level I is not
 * counted, because it always passes. The row of the source's minute makes two processes count together.
 */
export async function takePlaces(db: Db, raises: readonly Raise[], limit: number): Promise<boolean[]> {
  const wanted = new Map<string, number>();
  for (const { source, level } of raises) if (level !== 1) wanted.set(source, (wanted.get(source) ?? 0) + 1);
  const left = new Map<string, number>();
  for (const [source, many] of [...wanted].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { raised } = await db.one<{ raised: number }>(sql`
      insert into signal.source_minute as m (source, minute, raised) values (${source}, date_trunc('minute', kernel.now()), ${many}::int)
      on conflict (source, minute) do update set raised = m.raised + excluded.raised returning raised`);
    left.set(source, limit - (raised - many));
  }
  return raises.map(({ source, level }) => {
    if (level === 1) return true;
    const places = left.get(source) ?? 0;
    left.set(source, places - 1);
    return places > 0;
  });
}

/** Counts what came beyond the limit at the one alert that says the source is at fault, and puts its lesser alerts behind it. */
export async function collapse(
  db: Db,
  options: { source: string; count: number; unit: string; level: number },
): Promise<string> {
  const { source, count, unit, level } = options;
  const standing = await db.first<{ id: string }>(sql`
    update signal.alert set count = count + ${count}::int, last_at = kernel.now(), level = least(level, ${level}::int)
    where storm and source = ${source} and state <> 'closed' and cleared_at is null returning id`);
  if (standing) return standing.id;
  const id = uuidv7();
  const number = await numberOf(db);
  const title = { zh: `来源故障：${source}`, en: `Source fault: ${source}` };
  await db.run(sql`
    insert into signal.alert (id, number, kind, source, subject, title, level, unit, state, raised_at, last_at, count, storm, next_step_at)
    values (${id}::uuid, ${number}, 'source-fault', ${source}, ${source}, ${JSON.stringify(title)}::text::jsonb, ${level}::int, ${unit}, 'open', kernel.now(), kernel.now(), ${count}::int,
      true, kernel.now())`);
  await note(db, { alert: id, what: 'raised' });
  await db.run(sql`
    update signal.alert set suppressed_by = ${id}::uuid, next_step_at = null
    where source = ${source} and not storm and level > 1 and state = 'open' and suppressed_by is null and raised_at >= date_trunc('minute', kernel.now())`);
  await db.emit({ type: 'signal.storm.began', subject: id, data: { alert: id } });
  return id;
}

/** Ends storms whose source is quiet again; what stood behind them and still holds is told. */
export async function endStorms(db: Db, limit: number): Promise<number> {
  const over = await db.rows<{ id: string }>(sql`
    select a.id from signal.alert a where a.storm and a.state <> 'closed' and a.cleared_at is null
      and a.last_at < kernel.now() - ${CALM_MINUTES}::int * interval '1 minute'
      and not exists (select from signal.source_minute m where m.source = a.source and m.raised > ${limit}::int
        and m.minute > kernel.now() - ${CALM_MINUTES}::int * interval '1 minute')
    for update skip locked`);
  for (const { id } of over) {
    await db.run(sql`
      update signal.alert set cleared_at = kernel.now(), next_step_at = null,
        state = case when state = 'acknowledged' then 'closed' else state end, closed_at = case when state = 'acknowledged' then kernel.now() end
      where id = ${id}::uuid`);
    await note(db, { alert: id, what: 'cleared' });
    await releaseBehind(db, id);
  }
  return over.length;
}
