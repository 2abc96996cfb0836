/**
 * `share`: equality, range, full text and box query through a grant against the same statement on the table, both in the
 * taker's transaction shape. L2 resource: a plain view, so GIN and GiST serve it. What the protection of L3 rows costs (barrier,
 * purpose check, scope) stands in the note. Usage: share [rows] [rounds]
 */
import pg from 'pg';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { identity } from '#platform/identity/app.ts';
import { benchDesk } from './lib/desk.ts';
import { benchRegister } from './lib/register.ts';
import { approveAll, openBenchHouse } from './lib/bench-house.ts';
import { alternate, median, report, timed } from './lib/figure.ts';
import { committee, fillPersons } from './lib/persons.ts';

const [rows = 300_000, rounds = 61] = process.argv.slice(2).map(Number);

type Kind = { name: string; sql: (from: string) => string; values: (i: number) => unknown[]; times: number };

/** Words of 400, so that each is in rows / 400 × 3 places; ranks and positions are spread evenly. */
const FILL = `
  insert into bench_register.place (id, name, rank, words, geometry)
  select n, '地点' || n, (n * 7919::bigint % $1)::int,
    array_to_tsvector(array['w' || n % 400, 'x' || n % 397, 'y' || n % 389]),
    ST_SetSRID(ST_MakePoint(121.46 + 0.05 * ((n * 104729::bigint % 100003) / 100003.0), 31.19 + 0.06 * ((n * 15485863::bigint % 100019) / 100019.0)), 4490)
  from generate_series(1, $1::int) n`;

const kinds: Kind[] = [
  {
    name: 'equality',
    times: 160,
    sql: (from) => `select id, name from ${from} where id = $1::int`,
    values: (i) => [1 + ((i * 7919) % rows)],
  },
  {
    name: 'range',
    times: 60,
    sql: (from) => `select id, name from ${from} where rank between $1::int and $1::int + 99`,
    values: (i) => [(i * 7919) % rows],
  },
  {
    name: 'text',
    times: 25,
    sql: (from) => `select id, name from ${from} where words @@ to_tsquery('simple', $1)`,
    values: (i) => [`w${i % 400} & x${(i * 7) % 397}`],
  },
  {
    name: 'box',
    times: 30,
    sql: (from) =>
      `select id, name from ${from} where geometry && ST_MakeEnvelope($1::float8, $2::float8, $1::float8 + 0.001, $2::float8 + 0.001, 4490)`,
    values: (i) => [121.46 + 0.0004 * (i % 120), 31.19 + 0.0004 * (i % 145)],
  },
];
const protectedKinds: Kind[] = [
  {
    name: 'equality',
    times: 100,
    sql: (from) => `select pid, name from ${from} where pid = $1`,
    values: (i) => [`p${1 + ((i * 7919) % rows)}`],
  },
  {
    name: 'newest of a committee',
    times: 20,
    sql: (from) => `select pid, name from ${from} where committee = $1 order by recorded_at desc, pid desc limit 50`,
    values: (i) => [committee(8 + 10 * (i % 17))],
  },
];

const house = await openBenchHouse({
  name: 'share',
  manifests: [identity, access, audit, search, rulebook, calendar, catalog, benchRegister, benchDesk],
});
try {
  await house.client.query(FILL, [rows]);
  await house.client.query('vacuum analyze bench_register.place');
  await fillPersons(house.client, rows);
  await approveAll(house.client);

  // One connection in one transaction, now under the role that takes and now as administrator: only role and source of the
  // rows differ, never the backend, whose place in the machine's memory is worth up to a fifth.
  const client = new pg.Client({ connectionString: house.database.adminUrl });
  await client.connect();
  await client.query('begin');
  await client.query(
    "select set_config('actor.purpose', 'community-care', true), set_config('actor.area', '310101023', true)",
  );
  const compare = async (kind: Kind, view: string, table: string) => {
    const run = (role: string, from: string) => async () => {
      await client.query("select set_config('role', $1, true)", [role]);
      return timed(kind.times, (i) =>
        client.query({ name: `${kind.name} ${from}`, text: kind.sql(from), values: kind.values(i) }),
      );
    };
    const seen = await alternate({
      rounds,
      works: { ours: run('bench_desk_app', view), reference: run('none', table) },
    });
    return { name: kind.name, ours: median(seen.ours) / kind.times, reference: median(seen.reference) / kind.times };
  };
  const results: Awaited<ReturnType<typeof compare>>[] = [];
  for (const kind of kinds) results.push(await compare(kind, 'share.bench_desk__place', 'bench_register.place'));
  const shielded: Awaited<ReturnType<typeof compare>>[] = [];
  for (const kind of protectedKinds)
    shielded.push(await compare(kind, 'share.bench_desk__person', 'bench_register.person'));
  await client.end();

  const say = (each: (typeof results)[number]) =>
    `${each.name} ${(each.reference / each.ours).toFixed(2)} (${each.ours.toFixed(3)} against ${each.reference.toFixed(3)} ms)`;
  const [lowest] = results.toSorted((a, b) => a.reference / a.ours - b.reference / b.ours) as [
    (typeof results)[number],
  ];
  report({
    name: 'share',
    ours: lowest.ours,
    reference: lowest.reference,
    ratio: lowest.reference / lowest.ours,
    unit: 'ms/query',
    wanted: 0.9,
    note: `the lowest of four, PostgreSQL, ${rows} rows, medians of ${rounds} alternate rounds: ${results.map(say).join(', ')}; for information, L3 rows behind barrier, purpose and area: ${shielded.map(say).join(', ')}`,
  });
} finally {
  await house.close();
}
