import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anyPid } from '#platform/basedata/population/examples.ts';
import { totpContext } from '#platform/identity/second-factor/use-code.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { ident } from '#platform/kernel/db.ts';
import { openCheckedKeyring } from '#platform/kernel/key-check.ts';
import { keyUses, resealSome, sealedColumns } from '#platform/kernel/reseal.ts';
import { openKeyring, pruneKeyring, rotateKeyring } from '#platform/kernel/secret.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call } from '#platform/kernel/testing.ts';
import { openSeededHouse, type SeededHouse } from '../fixture.ts';

let house: SeededHouse;
let services: Services;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smart-district-keys-'));
  house = await openSeededHouse();
  services = house.services;
  // The worker of the house would seal anew by itself; here each step is taken by hand.
  await house.runtime.worker.stop();
  const secret = services.keyring.seal('JBSWY3DPEHPK3PXP', totpContext('clerk.ruijin'));
  await tx(
    'identity',
    sql`insert into identity.totp (account, pending, pending_at) values ('clerk.ruijin', ${secret}, now())`,
  );
}, 300_000);
afterAll(async () => {
  await house?.close();
  await rm(folder, { recursive: true, force: true });
});

const tx = <T extends Record<string, unknown>>(module: string, query: ReturnType<typeof sql>, name = 'test') =>
  services.database.tx({ module, actor: systemActor({ name }) }, (db) => db.rows<T>(query));
const openIdNumber = async () =>
  (
    await call(house, {
      method: 'POST',
      url: `/api/population/persons/${anyPid()}/unmask`,
      cookie: house.cookies['street-clerk'],
      purpose: 'verify-application',
      body: { field: 'idNumber' },
    })
  ).json().value as string;
const usesOf = async (key: string) => (await keyUses(services)).filter((use) => use.key === key);
const rotate = () => {
  services.keyring = rotateKeyring({ file: services.config.keyFile });
  return services.keyring.currentKeyId;
};

describe('replacing keys', () => {
  it('knows every column that holds an envelope: none in the database is undeclared', async () => {
    const declared = new Set(sealedColumns(services.registry).map(({ name }) => name));
    const holding: string[] = [];
    for (const module of ['kernel', ...services.registry.modules.map(({ id }) => id)]) {
      const schema = module.replaceAll('-', '_');
      const columns = await tx<{ t: string; c: string }>(
        module,
        sql`select c.relname as t, a.attname as c from pg_catalog.pg_attribute a
          join pg_catalog.pg_class c on c.oid = a.attrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
          where n.nspname = ${schema} and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
            and a.atttypid in ('text'::regtype, 'jsonb'::regtype, 'text[]'::regtype)
            and has_table_privilege(c.oid, 'select') order by 1, 2`,
      );
      for (const { t, c } of columns) {
        const found = await tx(
          module,
          sql`select 1 as found from ${ident(schema, t)} where ${ident(c)}::text ~ 's1[.][A-Za-z0-9_-]{43}' limit 1`,
        );
        if (found.length > 0) holding.push(`${schema}.${t}.${c}`);
      }
    }
    expect(holding).toEqual(expect.arrayContaining(['exchange.claim.payload', 'population.identifier.sealed']));
    expect(holding.filter((name) => !declared.has(name))).toEqual([]);
  });

  it('seals everything anew, goes on after a stop, and every value opens as before', async () => {
    const before = await openIdNumber();
    expect(before).toMatch(/^\d{17}[\dX]$/);
    const old = services.keyring.currentKeyId;
    const totals = await usesOf(old);
    expect(totals.map(({ column }) => column)).toEqual(
      expect.arrayContaining([
        'kernel.key_check.sealed',
        'identity.totp.pending',
        'exchange.batch.file_key',
        'exchange.quarantine.row_sealed',
        'exchange.claim.payload',
        'population.identifier.sealed',
      ]),
    );
    const current = rotate();
    // Some chunks, then the process ends: the next one has the same file and begins with an empty memory.
    for (let i = 0; i < 4; i++) expect(await resealSome(services)).toBe(true);
    const half = await usesOf(old);
    expect(half.length).toBeGreaterThan(0);
    services.keyring = openKeyring({ file: services.config.keyFile });
    while (await resealSome(services)) {
      // one chunk after the other
    }
    expect(await usesOf(old)).toEqual([]);
    const now = await usesOf(current);
    expect(now.map(({ column, envelopes }) => [column, envelopes])).toEqual(
      totals.map(({ column, envelopes }) => [column, envelopes]),
    );
    const progress = await tx<{ changed: number }>('kernel', sql`select changed::int as changed from kernel.reseal`);
    expect(progress.reduce((sum, { changed }) => sum + changed, 0)).toBe(
      totals.reduce((sum, { envelopes }) => sum + envelopes, 0),
    );
    expect(await resealSome(services)).toBe(false);
    // The old key can go.
    services.keyring = pruneKeyring({ file: services.config.keyFile, remove: [old] });
    expect(services.keyring.keyIds).toEqual([current]);
    expect(await openIdNumber()).toBe(before);
    const [row] = await tx<{ pending: string }>(
      'identity',
      sql`select pending from identity.totp where pending is not null`,
    );
    expect(services.keyring.open(row?.pending ?? '', totpContext('clerk.ruijin'))).toBe('JBSWY3DPEHPK3PXP');
  }, 120_000);

  it('leaves alone what was written meanwhile, and sees what a process with the old key sealed later', async () => {
    const late = services.keyring;
    const current = rotate();
    while (await resealSome(services)) {
      // to the end
    }
    const sealed = late.seal('JBSWY3DPEHPK3PXP', totpContext('clerk.bund'));
    await tx(
      'identity',
      sql`insert into identity.totp (account, pending, pending_at) values ('clerk.bund', ${sealed}, now())`,
    );
    expect(await usesOf(late.currentKeyId)).toEqual([
      { column: 'identity.totp.pending', key: late.currentKeyId, envelopes: 1 },
    ]);
    expect(() => pruneKeyring({ file: services.config.keyFile, remove: [current] })).toThrow(/stays/);
  }, 120_000);

  it('is the only one that may replace the envelope of a claim', async () => {
    const [claim] = await tx<{ id: string; s: string }>(
      'exchange',
      sql`select id::text as id, payload -> 'idNumber' ->> 's' as s from exchange.claim where payload -> 'idNumber' ->> 's' is not null limit 1`,
    );
    const replace = (name: string, next: string, before = claim?.s ?? '') =>
      tx<{ done: boolean }>(
        'exchange',
        sql`select exchange.reseal_claim(${claim?.id}::bigint, 'idNumber', ${before}, ${next}) as done`,
        name,
      );
    await expect(replace('import', 's1.AAAA')).rejects.toMatchObject({ code: '42501' });
    await expect(replace('reseal', '310199198502130021')).rejects.toMatchObject({ code: '42501' });
    expect(await replace('reseal', 's1.AAAA', 's1.BBBB')).toEqual([{ done: false }]);
    const officer = { ...systemActor({ name: 'reseal' }), reach: 'own' as const };
    await expect(
      services.database.tx({ module: 'exchange', actor: officer }, (db) =>
        db.rows(sql`select exchange.reseal_claim(1::bigint, 'idNumber', 's1.A', 's1.B')`),
      ),
    ).rejects.toMatchObject({ code: '42501' });
  });
});

describe('the key file at the start', () => {
  it('is refused where it is missing although there are data, and where it is another one; both are named', async () => {
    const { config, database } = services;
    const missing = join(folder, 'gone.json');
    const start = (keyFile: string) => openCheckedKeyring({ config: { keyFile, dataDir: config.dataDir }, database });
    await expect(start(missing)).rejects.toThrow(`${missing} 不存在`);
    const other = join(folder, 'other.json');
    openKeyring({ file: other });
    await expect(start(other)).rejects.toThrow(/other\.json 与数据库不匹配/);
    const copy = join(folder, 'copy.json');
    await copyFile(config.keyFile, copy);
    expect((await start(copy)).currentKeyId).toBe(openKeyring({ file: copy }).currentKeyId);
  });
});
