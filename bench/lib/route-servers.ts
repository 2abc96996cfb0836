/**
 * Child process of the bench `route`: three servers on ports of their own, so that the load does not share their thread.
 * `ours` is the platform; `reference` and `bare` are what one would write by hand with fastify and pg.
 */
import { randomUUID } from 'node:crypto';
import { fastify, type FastifyInstance } from 'fastify';
import pg from 'pg';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { identity } from '#platform/identity/app.ts';
import { signIn } from '#platform/identity/testing.ts';
import { benchDesk } from './desk.ts';
import { benchRegister } from './register.ts';
import { approveAll, openBenchHouse } from './bench-house.ts';
import { fillPersons } from './persons.ts';

export const PERSONS = 100_000;
const POOL = 10;

export type Ready = { urls: { ours: string; reference: string; bare: string }; cookie: string; pids: string[] };

const house = await openBenchHouse({
  name: 'route',
  manifests: [identity, access, audit, search, rulebook, calendar, catalog, benchRegister, benchDesk],
});
await fillPersons(house.client, PERSONS);
await approveAll(house.client);
await house.client.query(`
  create table public.hand_audit (
    id uuid primary key, at timestamptz not null, account text not null, purpose text not null, route text not null, fields text[] not null, subject text not null);
  create index on public.hand_audit (subject, at)`);
const cookie = await signIn(house, 'clerk.ruijin');

const pool = new pg.Pool({ connectionString: house.database.adminUrl, max: POOL });
// Closing drops the database under connections that have not said goodbye yet.
pool.on('error', () => undefined);
const sessions = new Map([[cookie.slice('sid='.length), 'clerk.ruijin']]);
const READ =
  'select pid, name, phone, committee from bench_register.person where pid = $1 and committee >= $2 and committee < $3';
const AUDIT =
  'insert into public.hand_audit (id, at, account, purpose, route, fields, subject) values ($1, now(), $2, $3, $4, $5, $6)';
const AREA = '310101023';
const FIELDS = ['pid', 'name', 'phone', 'committee'];

type Call = { Params: { pid: string } };

/** Authorises by a table of sessions in memory, then begin, read, audit row, commit. */
function handWritten(): FastifyInstance {
  const server = fastify();
  server.get<Call>('/persons/:pid', async (request, reply) => {
    const account = sessions.get(/sid=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '');
    const purpose = request.headers['x-purpose'];
    if (account === undefined || typeof purpose !== 'string') return reply.code(403).send({ code: 'FORBIDDEN' });
    const client = await pool.connect();
    try {
      await client.query('begin');
      const { rows } = await client.query({ name: 'read', text: READ, values: [request.params.pid, AREA, `${AREA}~`] });
      await client.query({
        name: 'audit',
        text: AUDIT,
        values: [randomUUID(), account, purpose, '/persons/:pid', FIELDS, request.params.pid],
      });
      await client.query('commit');
      return rows[0];
    } catch (error) {
      await client.query('rollback');
      throw error;
    } finally {
      client.release();
    }
  });
  return server;
}

function bareSelect(): FastifyInstance {
  const server = fastify();
  server.get<Call>('/persons/:pid', async (request) => {
    const { rows } = await pool.query({ name: 'read', text: READ, values: [request.params.pid, AREA, `${AREA}~`] });
    return rows[0];
  });
  return server;
}

const listen = (server: FastifyInstance) => server.listen({ host: '127.0.0.1', port: 0 });
const reference = handWritten();
const bare = bareSelect();
const urls = {
  ours: `${await listen(house.server.fastify)}/api/bench-desk`,
  reference: await listen(reference),
  bare: await listen(bare),
};
const mine = await house.client.query<{ pid: string }>(
  `select pid from bench_register.person where committee like '${AREA}%' order by pid limit 500`,
);
const ready: Ready = { urls, cookie, pids: mine.rows.map(({ pid }) => pid) };

process.on('message', async (message) => {
  if (message === 'counts') {
    const { rows } = await house.client.query(
      'select (select count(*) from audit.access) as access, (select count(*) from audit.access_subject) as subjects',
    );
    process.send?.(rows[0]);
  }
  if (message !== 'close') return;
  await reference.close();
  await bare.close();
  await pool.end();
  await house.close();
  process.disconnect();
});
process.send?.(ready);
