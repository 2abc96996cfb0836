import { createInterface } from 'node:readline';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { incident } from '#platform/case/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { document } from '#platform/document/app.ts';
import { exchange } from '#platform/exchange/app.ts';
import { geo } from '#platform/geo/app.ts';
import { identity } from '#platform/identity/app.ts';
import { sessionAuthenticator } from '#platform/identity/authenticate.ts';
import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import { readConfig } from '#platform/kernel/config.ts';
import { createServer } from '#platform/kernel/http.ts';
import { createLogger } from '#platform/kernel/log.ts';
import { authenticator } from '#platform/kernel/ports.ts';
import { createRegistry } from '#platform/kernel/registry.ts';
import { openRuntime } from '#platform/kernel/runtime.ts';
import { sql } from '#platform/kernel/sql.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { signal } from '#platform/signal/app.ts';
import { operationsCentre } from '#apps/governance/operations-centre/app.ts';

/*
 * The operations centre with cases and messages as a server of its own, with its worker. Argument: the port (0 = any). Says `{kind: "ready", port}`; then
 * every line of its input is a question `{module, sql}` under that module's role, answered as `{kind: "rows", rows}`.
 */
const AREA = '310101022';
/** Beside those who sign in: callers without end (`sid=caller7`), and a clerk of the street, whose unit handles the cases. */
const known: (typeof sessionAuthenticator)['authenticate'] = async (asked) => {
  const { cookie, trace } = asked;
  const who = /sid=(caller\d+|clerk)$/.exec(cookie ?? '')?.[1];
  if (!who) return sessionAuthenticator.authenticate(asked);
  const person: Actor = { kind: 'person', account: who, name: who, reach: 'own', trace };
  if (who === 'clerk') return { ...person, post: 'street-clerk', unit: `street-${AREA}`, area: AREA };
  return { ...person, post: 'citizen', area: `${AREA}001` };
};
const people = authenticator.provide({ ...sessionAuthenticator, authenticate: known });
const manifests = [
  { ...identity, provides: [people, ...(identity.provides ?? []).slice(1)] },
  rulebook,
  calendar,
  access,
  audit,
  search,
  catalog,
  document,
  exchange,
  geo,
  incident,
  signal,
  operationsCentre,
];
const config = readConfig();
const log = createLogger({ level: config.logLevel });
const registry = createRegistry(manifests);
const runtime = await openRuntime({ manifests, registry, config, log });
const { services } = runtime;
const system = systemActor({ name: 'plant' });
const ring = 'POLYGON((121.48 31.22, 121.49 31.22, 121.49 31.23, 121.48 31.23, 121.48 31.22))';
await services.database.tx({ module: 'geo', actor: system }, async (db) => {
  for (const [code, level, parent] of [
    ['310101', 'district', null],
    [AREA, 'street', '310101'],
    [`${AREA}001`, 'committee', AREA],
    [`${AREA}00101`, 'cell', `${AREA}001`],
  ] as const)
    await db.run(sql`
      insert into geo.area (code, level, name, parent, geometry, valid_from, dataset)
      values (${code}, ${level}, ${code}, ${parent}::text, ST_Multi(ST_GeomFromText(${ring}, 4490)), '2020-01-01', 'fixture') on conflict do nothing`);
});
const server = await createServer({ services: () => runtime.services, registry, config, log });
const address = await server.fastify.listen({ port: Number(process.argv[2] ?? 0), host: '127.0.0.1' });
const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
say({ kind: 'ready', port: Number(new URL(address).port) });
for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line) as { module: string; sql: string };
  const rows = await services.database.tx({ module: asked.module, actor: system, readOnly: true }, (db) =>
    db.rows(sql([asked.sql])),
  );
  say({ kind: 'rows', rows });
}
await server.fastify.close();
await runtime.close();
