/**
 * `role`: the newest 50 persons (keyset, no count) as a worker of one committee (x_app, area scope) and as an officer of the
 * whole district (x_app_all), by HTTP, at a million rows. Reference is the officer; the ratio is officer / worker, so that 0.91
 * is a time ratio of 1.1. The list must take less than 200 ms. Usage: role [rows] [rounds]
 */
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { identity } from '#platform/identity/app.ts';
import { signIn } from '#platform/identity/testing.ts';
import { benchDesk } from './lib/desk.ts';
import { benchRegister } from './lib/register.ts';
import { approveAll, openBenchHouse } from './lib/bench-house.ts';
import { alternate, median, report, timed } from './lib/figure.ts';
import { fillPersons } from './lib/persons.ts';

const [rows = 1_000_000, rounds = 11] = process.argv.slice(2).map(Number);
const TIMES = 20;
const LIST_MS = 200;

const house = await openBenchHouse({
  name: 'role',
  manifests: [identity, access, audit, search, rulebook, calendar, catalog, benchRegister, benchDesk],
});
try {
  await fillPersons(house.client, rows);
  await approveAll(house.client);
  const address = await house.server.fastify.listen({ host: '127.0.0.1', port: 0 });
  const worker = await signIn(house, 'committee-worker');
  const clerk = await signIn(house, 'clerk.ruijin');
  const officer = await signIn(house, 'duty-officer');
  const counts = { worker: 0, clerk: 0, officer: 0 };
  const list = (who: keyof typeof counts, cookie: string, query: string) => async (): Promise<number> => {
    const ms = await timed(TIMES, async () => {
      const reply = await fetch(`${address}/api/bench-desk/persons${query}`, {
        headers: { cookie, 'x-purpose': 'community-care' },
      });
      const { persons } = (await reply.json()) as { persons: { committee: string }[] };
      if (persons.length !== 50) throw new Error(`${who}: ${reply.status}, ${persons.length} rows`);
      counts[who] = new Set(persons.map((p) => p.committee)).size;
    });
    return ms / TIMES;
  };
  const works = {
    worker: list('worker', worker, '?committee=310101023001'),
    officer: list('officer', officer, ''),
    officerOfCommittee: list('officer', officer, '?committee=310101023001'),
    workerByRange: list('worker', worker, ''),
    clerkByRange: list('clerk', clerk, ''),
  };
  const seen = await alternate({ rounds, works });
  const ms = Object.fromEntries(Object.entries(seen).map(([name, values]) => [name, median(values)])) as Record<
    keyof typeof works,
    number
  >;
  const worst = Math.max(...Object.values(ms));
  report({
    name: 'role',
    ours: ms.worker,
    reference: ms.officer,
    ratio: ms.officer / ms.worker,
    unit: 'ms/list',
    wanted: 1 / 1.1,
    note: `PostgreSQL, ${rows} rows, one connection by HTTP with audit of 50 subjects, medians of ${rounds} alternate rounds; time ratio worker/officer ${(ms.worker / ms.officer).toFixed(2)}; the officer in the same committee ${ms.officerOfCommittee.toFixed(1)} ms; without naming the committee (range of codes only): worker ${ms.workerByRange.toFixed(1)}, street clerk ${ms.clerkByRange.toFixed(1)} ms; slowest ${worst.toFixed(1)} ms, limit ${LIST_MS}: ${worst < LIST_MS ? 'kept' : 'EXCEEDED'}`,
  });
} finally {
  await house.close();
}
