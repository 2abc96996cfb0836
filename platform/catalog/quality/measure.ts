import { systemActor } from '#platform/kernel/actor.ts';
import type { JobHandler, Services, Timer } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { DatabaseAway } from '#platform/kernel/db/engine.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import { type Facts, gatherFacts } from './facts.ts';
import { type Check, type CodeList, elementsOf, type Rule, rulesOfSchema, type SchemaField } from './rules.ts';
import { type Counted, freshnessOf, ratesOf, scoreOf } from './score.ts';

/** Rows up to which a table is counted whole; of a larger one as many are drawn, and the result says so. */
const MOST_ROWS = 300_000;
/** Days of the audit that say how reads came out. */
const READ_DAYS = 30;

/** What one rule came to, as it is kept. `what` stands for facts that no check over the table gives. */
export type Result = Counted & { id: string; by: Rule['by'] | 'platform'; check?: Check; what?: Text; why?: string };

type Resource = { id: string; module: string; key: string; geometry: string | null; updates: string };

/** The rules that a resource is measured by today: those of its schema, then its stewards'. */
export async function rulesFor(db: Db, resource: Pick<Resource, 'id' | 'key' | 'geometry'>): Promise<Rule[]> {
  const fields = await db.rows<SchemaField>(
    sql`select name, title, element, type from catalog.field where resource = ${resource.id} order by ord`,
  );
  // What is derived from others, or counted, is nobody's code list.
  const keys = await db.rows<{ resource: string; element: string }>(
    sql`select r.id as resource, f.element from catalog.resource r join catalog.field f on f.resource = r.id and f.name = r.key where f.element is not null and r.module <> 'theme'`,
  );
  const lists = keys.flatMap((key): CodeList[] =>
    elementsOf(key.element).map((element) => ({ resource: key.resource, element })),
  );
  const added = await db.rows<{
    id: string;
    dimension: Rule['dimension'];
    field: string;
    kind: string;
    params: object;
    why: string;
  }>(
    sql`select id, dimension, field, kind, params, why from catalog.quality_rule where resource = ${resource.id} and retired_at is null order by added_at, id`,
  );
  const names = new Set(fields.map(({ name }) => name));
  return [
    ...rulesOfSchema({ fields, key: resource.key, geometry: resource.geometry, lists, resource: resource.id }),
    // A rule about a field that a newer version does not have any more rests.
    ...added
      .map(
        ({ id, dimension, field, kind, params, why }): Rule => ({
          id,
          dimension,
          check: { ...params, field, kind } as Check,
          by: 'steward',
          why,
        }),
      )
      .filter(({ check }) => names.has(check.field) && (check.kind !== 'compare' || names.has(check.other))),
  ];
}

/** Weights of the dimensions and limits of freshness of a day (待核). */
export async function figuresAt(db: Db, on: Date) {
  return amountsAt(
    db,
    {
      normative: { id: 'catalog.quality.weight.normative', unit: 'share' },
      complete: { id: 'catalog.quality.weight.complete', unit: 'share' },
      accurate: { id: 'catalog.quality.weight.accurate', unit: 'share' },
      consistent: { id: 'catalog.quality.weight.consistent', unit: 'share' },
      timely: { id: 'catalog.quality.weight.timely', unit: 'share' },
      accessible: { id: 'catalog.quality.weight.accessible', unit: 'share' },
      green: { id: 'catalog.quality.freshness.green', unit: 'cycle' },
      amber: { id: 'catalog.quality.freshness.amber', unit: 'cycle' },
      amberShare: { id: 'catalog.quality.freshness.amber-share', unit: 'share' },
    },
    on,
  );
}

type Reads = Map<string, { served: number; closed: number }>;

/** How reads by other modules came out in the last days: served, or refused because no grant stood behind them. */
async function readsOf(db: Db): Promise<Reads> {
  // The audit is written by the time of the world, not by the clock of an exercise.
  const rows = await db.rows<{ resource: string; served: number; closed: number }>(sql`
    select o.resource, sum(o.served)::int as served, sum(o.closed)::int as closed
    from audit.outcomes(now() - ${READ_DAYS}::int * interval '1 day') o join catalog.resource r on r.id = o.resource and r.module <> o.module group by 1`);
  return new Map(rows.map(({ resource, ...counts }) => [resource, counts]));
}

/**
 * Measures one resource in the six dimensions and keeps the result of the day. The rows are counted by PostgreSQL under the rights of
 * the share views; this role sees counts only.
 */
export async function measureResource(
  db: Db,
  options: { resource: Resource; facts: Facts | undefined; reads?: Reads },
): Promise<void> {
  const { resource, facts } = options;
  const { now } = await db.one<{ now: Date }>(sql`select kernel.now() as now`);
  const figures = await figuresAt(db, now);
  const rules = await rulesFor(db, resource);
  const counted = await count(db, resource.id, rules);
  const results: Result[] = rules.map(({ id, dimension, check, by, why }, at) => ({
    id,
    dimension,
    by,
    check,
    ...(why !== undefined && { why }),
    checked: counted.counts[2 * at] ?? 0,
    failed: counted.counts[2 * at + 1] ?? 0,
  }));
  for (const fact of facts?.own ?? [])
    results.push({
      id: fact.id,
      dimension: 'consistent',
      by: 'platform',
      what: fact.what,
      checked: fact.checked,
      failed: fact.failed,
    });
  const ageDays = facts?.freshAt ? Math.max(0, (now.getTime() - Date.parse(facts.freshAt)) / 86_400_000) : null;
  const freshness = freshnessOf({ updates: resource.updates, ageDays, limits: figures });
  results.push(...(await accessOf(db, resource.id, options.reads ?? (await readsOf(db)))));
  const rates = ratesOf(results);
  if (freshness.state !== 'unknown') rates.timely = { green: 1, amber: figures.amberShare, red: 0 }[freshness.state];
  // An empty table says nothing about its data.
  const score = counted.rows === 0 ? null : scoreOf(rates, figures);
  await db.run(sql`
    insert into catalog.quality_run (resource, day, measured_at, rows, sampled, score, dimensions, results, freshness)
    values (${resource.id}, (kernel.now() at time zone 'Asia/Shanghai')::date, kernel.now(), ${counted.rows}::bigint, ${counted.sampled}::boolean, ${score}::numeric,
      ${json(rates)}::text::jsonb, ${json(results)}::text::jsonb, ${json({ ...freshness, at: facts?.freshAt ?? null })}::text::jsonb)
    on conflict (resource, day) do update set measured_at = excluded.measured_at, rows = excluded.rows, sampled = excluded.sampled, score = excluded.score,
      dimensions = excluded.dimensions, results = excluded.results, freshness = excluded.freshness`);
}

async function count(
  db: Db,
  resource: string,
  rules: readonly Rule[],
): Promise<{ rows: number; sampled: boolean; counts: number[] }> {
  const { measured } = await db.one<{ measured: { rows: number; sampled: boolean; counts: number[] | null } }>(
    sql`select share.measure(${resource}, ${json(rules.map(({ check, by }) => ({ ...check, by })))}::text::jsonb, ${MOST_ROWS}::bigint) as measured`,
  );
  return { ...measured, counts: measured.counts ?? [] };
}

/** Accessible (可访问性): views that their takers can open now, and reads that were served. */
async function accessOf(db: Db, resource: string, reads: Reads): Promise<Result[]> {
  const { granted, open } = await db.one<{ granted: number; open: number }>(
    sql`select granted, open from share.openings(${resource})`,
  );
  const { served = 0, closed = 0 } = reads.get(resource) ?? {};
  return [
    {
      id: 'access:views',
      dimension: 'accessible',
      by: 'platform',
      what: { zh: '已授权的使用方此刻可以读取', en: 'Who has a grant can read at this moment' },
      checked: granted,
      failed: granted - open,
    },
    {
      id: 'access:reads',
      dimension: 'accessible',
      by: 'platform',
      what: {
        zh: `近 ${READ_DAYS} 天的读取没有因授权缺失被拒`,
        en: `No read of the last ${READ_DAYS} days was refused for want of a grant`,
      },
      checked: served + closed,
      failed: closed,
    },
  ];
}

/** Measures every resource; each in a transaction of its own, so that nothing waits long. */
export async function measureAll(services: Services): Promise<number> {
  const context = { module: 'catalog', actor: systemActor({ name: 'quality', purpose: 'data-quality' }) };
  const resources = await services.database.tx(context, (db) =>
    db.rows<Resource>(sql`select id, module, key, geometry, updates from catalog.resource order by id`),
  );
  const facts = await gatherFacts(
    services,
    resources.map(({ id }) => id),
  );
  const reads = await services.database.tx(context, readsOf);
  let measured = 0;
  for (const resource of resources)
    try {
      await services.database.tx(context, (db) =>
        measureResource(db, { resource, facts: facts.get(resource.id), reads }),
      );
      measured += 1;
    } catch (error) {
      // A theme is counted under its inputs' own conditions: where they refuse this purpose it stays unmeasured, and the others go on.
      if (error instanceof DatabaseAway) throw error;
      const expected = String(error).includes('PURPOSE_NOT_ALLOWED');
      services.log[expected ? 'info' : 'warn']({ resource: resource.id, err: String(error) }, 'quality not measured');
    }
  return measured;
}

/** Measures all resources; queued once a day. */
export const measureJob: JobHandler = {
  name: 'measure-quality',
  run: async ({ services }) => void (await measureAll(services)),
};

/** Looks every hour whether today is measured; in a house that was down at midnight it is measured late instead of not at all. */
export const measureDaily: Timer = {
  name: 'measure-quality',
  everyMs: 3_600_000,
  run: async ({ services }) => {
    // Data that are still being loaded say nothing yet.
    if ([...services.gates.values()].some(({ ready }) => !ready)) return;
    await services.database.tx({ module: 'catalog', actor: systemActor({ name: 'quality' }) }, async (db) => {
      // One that somebody measured by hand is not the day's round.
      const { day, done } = await db.one<{ day: string; done: boolean }>(sql`
        select t.day::text, (select count(distinct q.resource) from catalog.quality_run q where q.day = t.day) * 2 > (select count(*) from catalog.resource) as done
        from (select (kernel.now() at time zone 'Asia/Shanghai')::date as day) t`);
      if (!done) await db.enqueue({ name: measureJob.name, payload: {}, key: day });
    });
  },
};
