import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { SOURCE_SILENT } from '#platform/signal/alert/alert-figures.ts';
import { raiseAlert } from '#platform/signal/alert/raise-alert.ts';
import { askSources, type Judged, judgeVitals } from './judge-vitals.ts';
import { readVitalRules } from './vital-rules.ts';

const actor = systemActor({ name: 'vitals' });
/** The centre answers for its sources: its ladder is climbed when one is silent. */
const UNIT = 'operations-centre';

/**
 * Looks at the vitals of the district by the clock (体征巡视): keeps the last figures of the day, and raises one alert for each source that has been silent
 * for more than twice its interval (来源静默预警); as soon as it is heard again, its next silence is told anew. A source that was never heard of is not connected
 * and tells nothing. Says which sources began to be silent.
 */
export async function watchSources(services: Services): Promise<string[]> {
  const tx = <T>(work: (db: Db) => Promise<T>) => services.database.tx({ module: 'ops', actor }, work);
  const now = services.clock.now();
  const said = await askSources(services, actor, now);
  const begun = await tx(async (db) => {
    const judged = judgeVitals(said, await readVitalRules(db, now), now);
    await keepDay(db, judged, now);
    const silent = judged.sources.filter(({ heard, fresh }) => heard !== null && !fresh);
    const heard = judged.sources.filter(({ fresh }) => fresh).map(({ id }) => id);
    await db.run(sql`delete from ops.source_silence where source = any(${heard}::text[])`);
    for (const source of silent)
      await db.run(sql`
        insert into ops.source_silence (source, since, at) values (${source.id}, ${source.heard}::timestamptz, ${now}::timestamptz) on conflict do nothing`);
    const untold = await db.rows<{ source: string }>(sql`select source from ops.source_silence where alert is null`);
    return silent.filter(({ id }) => untold.some(({ source }) => source === id));
  });
  // The alert is of another module. Should the process die here, it is told at the next look: the same subject within minutes is the same alert.
  for (const { id, title, minutes } of begun) {
    const alert = await raiseAlert(services, {
      kind: SOURCE_SILENT,
      source: 'ops:vitals',
      subject: id,
      title: { zh: `数据来源静默：${title.zh}`, en: `A source is silent: ${title.en}` },
      severity: 'moderate',
      unit: UNIT,
      note: `> 2 × ${minutes} min`,
    });
    await tx((db) => db.run(sql`update ops.source_silence set alert = ${alert}::uuid where source = ${id}`));
  }
  return begun.map(({ id }) => id);
}

/** The last figure of the day stays; one that is stale or suspect is not written. */
async function keepDay(db: Db, { vitals, index }: Judged, now: Date): Promise<void> {
  const rows = [
    ...vitals.flatMap(({ id, value, score }) => (value === null ? [] : [{ vital: id, value, score }])),
    ...(index.value === null ? [] : [{ vital: 'index', value: index.value, score: index.value }]),
    { vital: 'index.fresh', value: index.fresh * 100, score: null },
  ];
  await db.run(sql`
    insert into ops.vital_day (day, vital, value, score, at)
    select ${shanghaiDate(now)}::date, w.vital, w.value, w.score, ${now}::timestamptz from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as w(vital text, value float8, score float8)
    on conflict (day, vital) do update set value = excluded.value, score = excluded.score, at = excluded.at`);
}
