/**
 * `inbox`: the first page of the tasks of a street clerk (50 rows, keyset, row security) and a page far down, by HTTP, with a
 * million tasks of all units in the table. Reference is the plain statement on the same rows by the database's owner, who meets no
 * row security. The list must take less than 200 ms. Usage: inbox [tasks] [rounds]
 */
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { identity } from '#platform/identity/app.ts';
import { signIn } from '#platform/identity/testing.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { workflow } from '#platform/workflow/app.ts';
import { openBenchHouse } from './lib/bench-house.ts';
import { alternate, median, report, timed } from './lib/figure.ts';

const [tasks = 1_000_000, rounds = 11] = process.argv.slice(2).map(Number);
const TIMES = 10;
const LIST_MS = 200;
/** Units among which the tasks lie, the clerk's among them. */
const UNITS = 50;

const house = await openBenchHouse({
  name: 'inbox',
  manifests: [identity, access, audit, rulebook, calendar, workflow],
});
try {
  const { client } = house;
  await client.query(`
    insert into workflow.definition (id, app, process, version, name, xml, graph, digest, published_by)
    values ('00000000-0000-7000-8000-000000000001', 'workflow', 'p', 1, 'p', '', '{}', '', 'bench');
    insert into workflow.instance (id, app, definition, process, version, key, unit, state, revision, status)
    select ('00000000-0000-7000-8001-' || lpad(to_hex(n), 12, '0'))::uuid, 'workflow', '00000000-0000-7000-8000-000000000001', 'p', 1, 'case-' || n, 'unit', '{}', 1, 'active'
    from generate_series(1, ${Math.ceil(tasks / 10)}) n;
    insert into workflow.task (id, app, instance, token, node, name, process, key, state, due_at)
    select ('00000000-0000-7000-8002-' || lpad(to_hex(n), 12, '0'))::uuid, 'workflow', ('00000000-0000-7000-8001-' || lpad(to_hex(1 + n / 10), 12, '0'))::uuid, 't' || n, 'a', '受理', 'p',
      'case-' || (1 + n / 10), 'open', now() + n % 1000 * interval '1 hour' from generate_series(1, ${tasks} - 10) n;
    insert into workflow.candidate (task, app, instance, unit, post, rank)
    select id, app, instance, case when (hashtext(id::text) & 1048575) % ${UNITS} = 0 then 'street-310101023' else 'unit-' || (hashtext(id::text) & 1048575) % ${UNITS} end, 'street-clerk', due_at
    from workflow.task;
    analyze workflow.instance, workflow.task, workflow.candidate;`);
  const address = await house.server.fastify.listen({ host: '127.0.0.1', port: 0 });
  const cookie = await signIn(house, 'clerk.ruijin');
  const page = async (after: string): Promise<string | null> => {
    const reply = await fetch(`${address}/api/workflow/tasks${after ? `?after=${after}` : ''}`, {
      headers: { cookie },
    });
    const { tasks: listed, next } = (await reply.json()) as { tasks: unknown[]; next: string | null };
    if (listed.length !== 50) throw new Error(`${reply.status}, ${listed.length} rows`);
    return next;
  };
  let far = '';
  for (let at = 0; at < 100; at += 1) far = (await page(far)) ?? '';
  const each = (work: () => Promise<unknown>) => async (): Promise<number> => (await timed(TIMES, work)) / TIMES;
  const seen = await alternate({
    rounds,
    works: {
      first: each(() => page('')),
      far: each(() => page(far)),
      owner: each(() =>
        client.query(`select t.* from workflow.candidate c join workflow.task t on t.id = c.task
          where c.unit = 'street-310101023' and c.post = 'street-clerk' and c.open order by c.rank, c.task limit 51`),
      ),
    },
  });
  const mine = await client.query(
    "select count(*)::int as count from workflow.candidate where unit = 'street-310101023'",
  );
  const worst = Math.max(median(seen.first), median(seen.far));
  report({
    name: 'inbox',
    ours: worst,
    reference: median(seen.owner),
    ratio: LIST_MS / worst,
    unit: 'ms/list',
    wanted: 1,
    note: `PostgreSQL, ${tasks} tasks of which ${mine.rows[0].count} are the clerk's, by HTTP with row security, medians of ${rounds} alternate rounds; first page ${median(seen.first).toFixed(1)} ms, page 101 ${median(seen.far).toFixed(1)} ms, the statement alone as owner ${median(seen.owner).toFixed(1)} ms; limit ${LIST_MS} ms: ${worst < LIST_MS ? 'kept' : 'EXCEEDED'}; ratio is limit/ours`,
  });
} finally {
  await house.close();
}
