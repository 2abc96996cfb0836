/**
 * `quality`: the rules of a schema and six of a steward counted over a table of 1,000,000 rows on PostgreSQL: one scan of the whole
 * table, and the sample that a running house takes of a table of that size. Reference: the same rules counted one after the other,
 * a scan each, by hand-written SQL without checks of names, in alternate rounds.
 * Usage: quality [rows] [rounds]
 */
import { audit } from '#platform/audit/app.ts';
import { access } from '#platform/access/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { register } from '#platform/catalog/fixtures/register/app.ts';
import { identity } from '#platform/identity/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { openBenchHouse } from './lib/bench-house.ts';
import { median, report } from './lib/figure.ts';

const [rows = 1_000_000, rounds = 3] = process.argv.slice(2).map(Number);
/** As in `measure.ts`: rows that a sample holds. */
const SAMPLE = 300_000;

const house = await openBenchHouse({
  name: 'quality',
  manifests: [identity, access, audit, search, rulebook, calendar, catalog, register],
});
await house.client.query(
  `insert into register.person select 'b' || n, case when n % 97 = 0 then '' else '样例' || n end, case when n % 7 = 0 then null else '138' || lpad(n::text, 8, '0') end,
     '310101013' || lpad((n % 30)::text, 3, '0'), case when n % 3 = 0 then 'owner' else 'tenant' end from generate_series(1, $1::int) n`,
  [rows],
);
await house.client.query('vacuum analyze register.person');

const checks = [
  ...['pid', 'name', 'area', 'kind'].map((field) => ({ kind: 'required', field })),
  { kind: 'unique', field: 'pid' },
  { kind: 'pattern', field: 'phone', pattern: '^1[0-9]{10}$' },
  { kind: 'pattern', field: 'area', pattern: '^310101[0-9]{6}$' },
  { kind: 'enum', field: 'kind', values: ['owner', 'tenant'] },
  { kind: 'range', field: 'phone', of: 'number', min: '13000000000' },
  { kind: 'reference', field: 'area', list: 'register.street' },
  { kind: 'compare', field: 'pid', op: '<>', other: 'kind' },
];
const byHand = [
  ...['pid', 'name', 'area', 'kind'].map((f) => `count(*) filter (where ${f} is null or btrim(${f}) = '')`),
  `count(pid) - count(distinct pid)`,
  `count(*) filter (where phone !~ '^1[0-9]{10}$')`,
  `count(*) filter (where area !~ '^310101[0-9]{6}$')`,
  `count(*) filter (where kind not in ('owner', 'tenant'))`,
  `count(*) filter (where phone::numeric < 13000000000)`,
  `count(*) filter (where area not in (select code from register.street))`,
  `count(*) filter (where pid = kind)`,
];
const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};
const measure = (most: number) =>
  house.services.database.tx({ module: 'catalog', actor: systemActor({ name: 'bench' }) }, (db) =>
    db.one<{ m: { rows: number; sampled: boolean } }>(
      sql`select share.measure('register.person', ${json(checks)}::text::jsonb, ${most}::bigint) as m`,
    ),
  );

const [whole, sample, hand]: number[][] = [[], [], []];
for (let round = 0; round < rounds; round++) {
  whole?.push(await timed(() => measure(10 * rows)));
  sample?.push(await timed(() => measure(SAMPLE)));
  hand?.push(
    await timed(async () => {
      for (const part of byHand) await house.client.query(`select ${part} from register.person`);
    }),
  );
}
await house.close();
const [ours, sampled, reference] = [whole, sample, hand].map((list) => Math.round(median(list ?? [])));
report({
  name: 'quality',
  ours: ours ?? 0,
  reference: reference ?? 0,
  ratio: (reference ?? 0) / (ours ?? 1),
  unit: 'ms',
  wanted: 1,
  note: `${checks.length} rules over ${rows} rows in one scan; reference: a scan each; a running house samples ${SAMPLE} rows of it: ${sampled} ms`,
});
