import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import { type Example, type Route, schemaOf } from '#platform/kernel/app.ts';
import { createRegistry } from '#platform/kernel/registry.ts';
import { sql } from '#platform/kernel/sql.ts';
import { mapReply } from '#platform/kernel/subjects.ts';
import { call } from '#platform/kernel/testing.ts';
import { manifests } from '../manifests.ts';
import { cookieOf, openSeededHouse, type SeededHouse } from './fixture.ts';

/*
 * Every GET of every manifest, made from their own examples: reading changes nothing but the record that it was read, and no
 * reply of an operation may be kept by a cache.
 */
const registry = createRegistry(manifests);
const reads = registry.routes().filter(({ route }) => route.method === 'GET');

/**
 * The audit grows by reading, and so do the lists of who has looked at a certificate and at a person in supervision; a session remembers when it was last used; the
 * rest of the list is the clock's work.
 */
const MAY_CHANGE = /^(audit\.|kernel\.|identity\.session$|service\.certificate_use$|evaluation\.look$|ledger\.seal$)/;

let house: SeededHouse;
beforeAll(async () => {
  house = await openSeededHouse();
  await house.runtime.worker.drain();
}, 300_000);
afterAll(() => house?.close());

const exampleOf = async ({ examples: { own } }: Route): Promise<Example> =>
  house.fill(typeof own === 'function' ? await own() : own);

/** Rows and a sum over their content, table by table, each schema read by its own module. */
async function contents(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const { id } of registry.modules) {
    const rows = await house.services.database.tx(
      { module: id, actor: systemActor({ name: 'test', purpose: 'data-quality' }), readOnly: true },
      (db) =>
        db.rows<{ name: string; content: string }>(sql`
          select n.nspname || '.' || c.relname as name,
            query_to_xml(format('select count(*) as n, sum(hashtext(t::text)::bigint) as h from %I.%I t', n.nspname, c.relname), true, true, '')::text as content
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = ${schemaOf(id)} and c.relkind in ('r', 'p') and has_table_privilege(c.oid, 'select') order by 1`),
    );
    for (const { name, content } of rows) found.set(name, content);
  }
  return found;
}

it('a GET changes nothing but the audit and the time of last use, whichever route it is', async () => {
  // Who is not signed in yet signs in first: that leaves traces of its own.
  for (const { route } of reads) await cookieOf({ house, example: await exampleOf(route) });
  // What the fixtures began is followed up; from here on no timer of the house works beside (clocks fall due, supervision judges).
  await house.runtime.worker.drain();
  await house.runtime.worker.stop();
  const before = await contents();
  const statuses = [];
  for (const { route } of reads) {
    const example = await exampleOf(route);
    const path = route.path.replaceAll(/:(\w+)/g, (_match, name: string) =>
      encodeURIComponent(example.params?.[name] ?? 'missing'),
    );
    const query = example.query ? `?${new URLSearchParams(example.query).toString()}` : '';
    const reply = await call(house, {
      url: `${path}${query}`,
      cookie: await cookieOf({ house, example }),
      purpose: example.purpose,
    });
    statuses.push([route.path, reply.statusCode, reply.headers['cache-control']]);
  }
  // Replies of operations are kept by nobody (ASVS 14.3.2).
  expect(statuses.filter(([, status, cache]) => status !== 200 || cache !== 'no-store')).toEqual([]);
  const after = await contents();
  const changed = [...after].filter(([name, content]) => before.get(name) !== content).map(([name]) => name);
  expect(changed.filter((name) => !MAY_CHANGE.test(name))).toEqual([]);
  expect(changed.some((name) => name.startsWith('audit.'))).toBe(true);
  expect(before.size).toBeGreaterThan(30);
  expect(reads.length).toBeGreaterThan(30);
}, 120_000);

it('each read of personal data leaves one row with its purpose, whichever route it is', async () => {
  const personal = reads.filter(({ route }) => mapReply(route.reply).personal);
  const rowsOf = (id: string) =>
    house.services.database.tx({ module: 'audit', actor: systemActor({ name: 'test' }) }, (db) =>
      db.rows<{ purpose: string | null; level: string }>(
        sql`select purpose, level from audit.access where route = ${id} and outcome = 'read'`,
      ),
    );
  const wrong: string[] = [];
  for (const { route } of personal) {
    const example = await exampleOf(route);
    const path = route.path.replaceAll(/:(\w+)/g, (_match, name: string) =>
      encodeURIComponent(example.params?.[name] ?? 'missing'),
    );
    const query = example.query ? `?${new URLSearchParams(example.query).toString()}` : '';
    const id = `GET ${route.path}`;
    const cookie = await cookieOf({ house, example });
    const read = (purpose: string | undefined) =>
      call(house, {
        url: `${path}${query}`,
        cookie,
        purpose,
      });
    const before = (await rowsOf(id)).length;
    const reply = await read(example.purpose);
    const rows = await rowsOf(id);
    if (reply.statusCode !== 200 || rows.length !== before + 1) wrong.push(`${id}: ${rows.length - before} rows`);
    // One's own data need no purpose; everybody else's do, and without one nothing is read and no read is written down.
    if (route.self) continue;
    if (rows.some(({ purpose, level }) => purpose === null || !['L3', 'L4'].includes(level)))
      wrong.push(`${id}: no purpose`);
    const refused = await read(undefined);
    if (refused.json().code !== 'PURPOSE_REQUIRED' || (await rowsOf(id)).length !== rows.length)
      wrong.push(`${id}: answers without a purpose`);
  }
  console.log(`purpose rows: ${personal.length} routes that read personal data, one row each`);
  expect(wrong).toEqual([]);
  expect(personal.length).toBeGreaterThan(15);
}, 120_000);
