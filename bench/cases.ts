/**
 * `cases`: the queue of incident cases as a street clerk sees it, by HTTP with row security, with 750,000 cases in the table: first page by clock, by class, overdue only, all cases of
 * one class, a page far down. Cases lie as real ones do: classes, streets, hours and times to close follow a sample of New York's 311 requests (`lib/nyc-311-shape.json`). Reference is the
 * bare statement of each filter on the same rows by the database's owner, who meets no row security, counts nothing and asks for no clocks. The figure is that of the slowest filter, which must
 * take at most 500 ms at p95. Usage: cases [cases] [requests a filter]
 */
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { incident } from '#platform/case/app.ts';
import { packagedClasses } from '#platform/case/classes.ts';
import { catalog } from '#platform/catalog/app.ts';
import { document } from '#platform/document/app.ts';
import { exchange } from '#platform/exchange/app.ts';
import { geo } from '#platform/geo/app.ts';
import { identity } from '#platform/identity/app.ts';
import { signIn } from '#platform/identity/testing.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { openBenchHouse } from './lib/bench-house.ts';
import { median, p95, report } from './lib/figure.ts';

const [cases = 750_000, requests = 60] = process.argv.slice(2).map(Number);
const LIST_MS = 500;
/** The clerk of the demo account, and nine more streets of a district. */
const STREET = '310101023';
const STREETS = [STREET, ...['013', '015', '017', '018', '019', '020', '021', '022', '024'].map((n) => `310101${n}`)];

type Shape = { typeCounts: number[]; boardCounts: number[]; hourCounts: number[]; hoursToCloseTwentieths: number[] };
const shape = JSON.parse(readFileSync(new URL('lib/nyc-311-shape.json', import.meta.url), 'utf8')) as Shape;
const { classes } = packagedClasses();

/** An array of 1,000 places, filled in the proportions of the counts: a random index draws by weight. */
function drawn<T>(values: readonly T[], counts: readonly number[]): T[] {
  const weights = values.map((_, i) =>
    counts.slice(i).reduce((sum, n, k) => (k % values.length === 0 ? sum + n : sum), 0),
  );
  const total = weights.reduce((sum, n) => sum + n, 0);
  return values.flatMap((value, i) =>
    Array<T>(Math.max(1, Math.round((1000 * (weights[i] ?? 0)) / total))).fill(value),
  );
}
const lines = (values: readonly (string | number)[]): string => `'{${values.join(',')}}'`;

const house = await openBenchHouse({
  name: 'cases',
  manifests: [identity, rulebook, calendar, access, audit, search, catalog, document, exchange, geo, incident],
});
try {
  const { client } = house;
  const codes = drawn(
    classes.map(({ code }) => code),
    shape.typeCounts,
  );
  const streets = drawn(STREETS, shape.boardCounts);
  const hours = drawn([...Array(24).keys()], shape.hourCounts);
  const spans = shape.hoursToCloseTwentieths.map((hour) => Math.min(hour, 24 * 90));
  await client.query(`
    create temp table d as select ${lines(codes)}::text[] as codes, ${lines(streets)}::text[] as streets, ${lines(hours)}::int[] as hours, ${lines(spans)}::float8[] as spans;
    create temp table r as
      select n, d.codes[1 + (random() * (cardinality(d.codes) - 1))::int] as class, d.streets[1 + (random() * (cardinality(d.streets) - 1))::int] as street,
        date_trunc('day', now()) - (random() * 1095)::int * interval '1 day' + d.hours[1 + (random() * (cardinality(d.hours) - 1))::int] * interval '1 hour' - interval '8 hours' + random() * interval '1 hour' as at,
        d.spans[1 + (random() * (cardinality(d.spans) - 1))::int] as span, random() as luck
      from generate_series(1, ${cases}) n, d;
    insert into incident.case_file (id, no, source, class, description, lon, lat, street, committee, cell, state, unit, units, handlers, verified_by, reported_at, closed_at, updated_at, due_at)
    select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'AJ' || lpad(n::text, 14, '0'), (array['citizen','grid','hotline','patrol'])[1 + n % 4], class, '样例问题 ' || n, 121.47, 31.22,
      street, street || lpad((1 + n % 17)::text, 3, '0'), street || lpad((1 + n % 17)::text, 3, '0') || '01',
      case when open then (array['reported','accepted','established','dispatched','handling','handled','verified'])[1 + n % 7] else (array['closed','evaluated','rejected'])[1 + n % 3] end,
      case when open and n % 7 < 3 then null else 'street-' || street end, array['street-' || street], '{someone}', null, at, case when open then null else at + span * interval '1 hour' end, at,
      case when open then least(at + span * interval '1 hour' + interval '3 days', now() + luck * interval '5 days') end
    from (select *, at + span * interval '1 hour' > now() or luck < 0.01 as open from r) x;
    analyze incident.case_file;`);
  const address = await house.server.fastify.listen({ host: '127.0.0.1', port: 0 });
  const cookie = await signIn(house, 'clerk.ruijin');
  const page = async (query: string): Promise<{ cases: unknown[]; next: string | null }> => {
    const reply = await fetch(`${address}/api/incident/cases?${query}`, { headers: { cookie } });
    if (reply.status !== 200) throw new Error(`${query}: ${reply.status} ${await reply.text()}`);
    return (await reply.json()) as { cases: unknown[]; next: string | null };
  };
  let far = '';
  for (let at = 0; at < 40; at += 1) far = (await page(far ? `view=all&after=${far}` : 'view=all')).next ?? far;
  const [farAt, farId] = Buffer.from(far, 'base64url').toString().split(' ');
  const open = `street = '${STREET}' and due_at is not null`;
  const all = `street = '${STREET}'`;
  const byClock = 'order by due_at, id limit 51';
  const newest = 'order by reported_at desc, id desc limit 51';
  /** What is asked, and the same as a bare condition. */
  const filters: Record<string, readonly [query: string, where: string]> = {
    queue: ['view=queue', `${open} ${byClock}`],
    class: [`view=queue&class=${codes[0]}`, `${open} and class = '${codes[0]}' ${byClock}`],
    overdue: ['view=queue&overdue=true', `${open} and due_at <= now() ${byClock}`],
    mine: [
      'view=mine&state=handling',
      `unit = 'street-${STREET}' and state = 'handling' and due_at is not null ${byClock}`,
    ],
    'all of a class': [`view=all&class=${codes[500]}`, `${all} and class = '${codes[500]}' ${newest}`],
    'closed of a rare class': [
      `view=all&state=closed&class=${codes.at(-1)}`,
      `${all} and state = 'closed' and class = '${codes.at(-1)}' ${newest}`,
    ],
    'page 41': [`view=all&after=${far}`, `${all} and (reported_at, id) < ('${farAt}', '${farId}') ${newest}`],
  };
  const clock = async (work: () => Promise<unknown>): Promise<number> => {
    const from = performance.now();
    await work();
    return performance.now() - from;
  };
  const times: Record<string, { ours: number[]; bare: number[] }> = {};
  for (let n = 0; n < requests; n += 1)
    for (const [name, [query, where]] of Object.entries(filters)) {
      const of = (times[name] ??= { ours: [], bare: [] });
      of.ours.push(await clock(() => page(query)));
      of.bare.push(await clock(() => client.query(`select * from incident.case_file where ${where}`)));
    }
  const each = Object.entries(times)
    .map(([name, { ours, bare }]) => ({ name, ours: p95(ours), middle: median(ours), bare: p95(bare) }))
    .sort((a, b) => b.ours - a.ours);
  const [worst] = each;
  if (!worst) throw new Error('nothing was asked');
  const { rows } = await client.query(
    `select count(*)::int as mine, count(*) filter (where due_at is not null)::int as open from incident.case_file where street = '${STREET}'`,
  );
  report({
    name: 'cases',
    ours: worst.ours,
    reference: worst.bare,
    ratio: worst.bare / worst.ours,
    unit: 'ms/list, p95',
    limit: LIST_MS,
    note: `PostgreSQL, ${cases} cases in the shape of New York's 311, ${rows[0].mine} in the clerk's street, ${rows[0].open} of them open; ${requests} requests a filter by HTTP with row security, p95 (median; the bare statement as owner p95): ${each
      .map(({ name, ours, middle, bare }) => `${name} ${ours.toFixed(0)} ms (${middle.toFixed(0)}; ${bare.toFixed(0)})`)
      .join(', ')}; load ${loadavg()[0]?.toFixed(1)}`,
  });
} finally {
  await house.close();
}
