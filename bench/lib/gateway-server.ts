/**
 * Child process of the benches `gateway` and `verify`: an installation with persons and households, a system outside with a key of
 * SM2, a grant; and beside it the same services without signature, number, count and log, and bare queries.
 */
import { randomUUID } from 'node:crypto';
import { fastify } from 'fastify';
import { systemActor } from '#platform/kernel/actor.ts';
import { auditTrail } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import { unitGrantName } from '#platform/catalog/request-for-unit.ts';
import {
  type Algorithm,
  fingerprintOf,
  generateKey,
  keyIdOf,
  readPrivateKey,
} from '#platform/exchange/gateway/algorithms.ts';
import { planOf, readItem, type UnitGrant } from '#platform/exchange/gateway/items.ts';
import { limitsOf } from '#platform/exchange/gateway/limits.ts';
import { ID_KIND } from '#platform/exchange/target.ts';
import { listensOn } from '#platform/identity/oidc/issuer.ts';
import { manifests } from '#manifests';
import { openBenchHouse } from './bench-house.ts';

export type GatewayReady = { origin: string; bare: string; key: string; keys: string[]; ids: string[] };

const PERSONS = 100_000;
const UNIT = 'human-resources';
const ITEM = 'population.household';
const PURPOSE = 'verify-application';
const CHUNK = 5_000;

const algorithm = (process.argv[2] ?? 'sm2-sm3') as Algorithm;
const systems = Number(process.argv[3] ?? 1);
const house = await openBenchHouse({ name: 'gateway', manifests, work: true });
const { services, client } = house;
const origin = await house.server.fastify.listen({ host: '127.0.0.1', port: 0 });
listensOn(services.config, Number(new URL(origin).port));

const ids: string[] = [];
for (let from = 0; from < PERSONS; from += CHUNK) {
  const unique = Array.from({ length: CHUNK }, (_, i) => `3101991950${String(from + i).padStart(8, '0')}`);
  const pids = unique.map(() => randomUUID());
  await client.query(
    `insert into population.person (pid, name, sex, birth_date, committee_code, sources, tx_from) select p, '居民' || n, '1', '1950-01-01', '310101023001', '{}', now() from unnest($1::uuid[]) with ordinality as u(p, n)`,
    [pids],
  );
  await client.query(
    `insert into population.identifier (kind, lookup_key, sealed, masked, pid) select 'id18', k, 's', 'm', p from unnest($1::text[], $2::uuid[]) as u(k, p)`,
    [unique.map((id) => services.keyring.lookup(ID_KIND, id)), pids],
  );
  await client.query(
    `insert into population.household (household_no, head, head_name, members, committee_code, updated_at) select 'H' || p, p, '户主', 3, '310101023001', now() from unnest($1::uuid[]) as u(p)`,
    [pids],
  );
  ids.push(...unique);
}
await client.query('analyze population.person; analyze population.identifier; analyze population.household');

const keys: string[] = [];
await services.database.tx({ module: 'gateway', actor: systemActor({ name: 'bench' }) }, async (db) => {
  for (let i = 0; i < systems; i++) {
    const [system, pair] = [i === 0 ? 'bench' : `bench-${i}`, generateKey(algorithm)];
    const key = readPrivateKey(pair.privateKey);
    keys.push(pair.privateKey);
    await db.run(
      sql`insert into gateway.system (id, name, name_en, unit, contact, created_at, created_by, changed_at) values (${system}, '测试系统', 'Bench', ${UNIT}, '-', now(), 'bench', now())`,
    );
    await db.run(sql`insert into gateway.system_key (id, system, algorithm, public_key, fingerprint, valid_from, valid_until, created_at, created_by)
      values (${keyIdOf(key)}, ${system}, ${algorithm}, ${pair.publicKey}, ${fingerprintOf(key)}, now(), now() + interval '1 year', now(), 'bench')`);
    await db.run(
      sql`insert into gateway.permit (system, service, purposes, fields, per_minute, per_day) values (${system}, 'verify.person', ${[PURPOSE]}::text[], '{name,birthDate}', 10000000, 100000000)`,
    );
  }
});
const grant = await services.database.tx({ module: 'catalog', actor: systemActor({ name: 'bench' }) }, async (db) => {
  const fields = ['householdNo', 'head', 'members', 'committeeCode'];
  const made = await db.one<UnitGrant>(sql`
    insert into catalog.grant (taker, taker_schema, name, resource, wanted, fields, wanted_purposes, purposes, why, for_unit, requested_unit, state)
    values ('gateway', 'gateway', ${unitGrantName(UNIT, ITEM)}, ${ITEM}, ${fields}::text[], ${fields}::text[], ${[PURPOSE]}::text[], ${[PURPOSE]}::text[], '{}', ${UNIT}, ${UNIT}, 'approved')
    returning id, name, 'civil-affairs' as owner, state, fields, purposes`);
  await db.run(sql`select share.apply(${made.id}::uuid)`);
  return made;
});
await services.database.tx({ module: 'gateway', actor: systemActor({ name: 'bench' }) }, (db) =>
  db.run(
    sql`insert into gateway.grant_limit (grant_id, per_minute, per_day, set_at, set_by, set_unit) values (${grant.id}::uuid, 10000000, 100000000, now(), 'bench', 'civil-affairs')`,
  ),
);

// The same page by the same rights, with its entry in the audit, unsigned.
const actor = { ...systemActor({ name: 'bench', unit: UNIT, purpose: PURPOSE }) };
const audit = services.registry.provided(auditTrail)[0]?.value;
const limits = await limitsOf(services);
const plan = planOf({ services, resource: ITEM, grant, query: {}, purpose: PURPOSE });
const bareServer = fastify();
bareServer.get('/unsigned', async () =>
  services.database.tx({ module: 'gateway', actor }, async (db) => {
    const served = await readItem({ db, services, plan, query: { limit: 10 }, limits });
    await audit?.record(db, {
      route: 'GET /unsigned',
      fields: served.fields,
      subjects: served.subjects,
      outcome: 'read',
    });
    return served.value;
  }),
);
// The indexed query that a verification comes down to, and nothing around it.
bareServer.get<{ Params: { id: string } }>('/query/:id', async (request) => {
  const { rows } = await client.query({
    name: 'bare',
    text: `select p.name = $2 as name from population.identifier i join population.person p on p.pid = i.pid where i.kind = 'id18' and i.lookup_key = $1`,
    values: [services.keyring.lookup(ID_KIND, request.params.id), '居民1'],
  });
  return rows;
});
const bare = await bareServer.listen({ host: '127.0.0.1', port: 0 });

process.on('message', async (said) => {
  if (said === 'processor') return void process.send?.(process.cpuUsage());
  await bareServer.close();
  await house.close();
  process.exit(0);
});
process.send?.({ origin, bare, key: keys[0] ?? '', keys, ids: ids.slice(0, 20_000) } satisfies GatewayReady);
