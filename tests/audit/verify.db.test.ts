import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { trail } from '#platform/audit/record.ts';
import { sealAccess } from '#platform/audit/seal.ts';
import { addSealKey } from '#platform/audit/seal-key.ts';
import { type Verdict, verifyAccess } from '#platform/audit/verify.ts';
import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { sql } from '#platform/kernel/sql.ts';
import { manifests } from '#manifests';

const onPostgres = process.env.TEST_DATABASE_URL !== undefined;
const PERSON = '01900000-0000-7000-8000-000000000001';

let house: TestHouse;
const clerk: Actor = {
  ...systemActor({ name: '周洁', unit: 'street-ruijin', purpose: 'community-care' }),
  account: 'clerk.test',
};

async function look(subjects: string[] = [PERSON], where: TestHouse = house): Promise<string> {
  return where.services.database.tx({ module: 'population', actor: clerk }, async (db) => {
    await trail.record(db, {
      route: 'test.look',
      fields: [{ resource: 'population.person', field: 'name', level: 'L3' }],
      subjects: subjects.map((id) => ({ kind: 'person' as const, id })),
      outcome: 'read',
    });
    return '';
  });
}

/** Seals until nothing waits; other open transactions of the server may hold rows back for a moment. */
async function sealAll(): Promise<Verdict> {
  return vi.waitFor(
    async () => {
      await sealAccess(house.services);
      const verdict = await verifyAccess(house.services);
      expect(verdict.unsealed).toBe(0);
      return verdict;
    },
    { timeout: 20_000, interval: 200 },
  );
}

async function rows(): Promise<string[]> {
  const found = await house.services.database.tx({ module: 'audit', actor: systemActor({ name: 'test' }) }, (db) =>
    db.rows<{ id: string }>(sql`select id from audit.access where route = 'test.look' order by txid, id`),
  );
  return found.map(({ id }) => id);
}

beforeAll(async () => {
  house = await openHouse({ manifests, work: false });
});
afterAll(async () => house.close());

describe('the sealed audit', () => {
  it('is verified as complete, and between any two seals, also after a change of the signing key', async () => {
    await look();
    await look([]);
    const first = await sealAll();
    expect(first).toMatchObject({ ok: true, unsealed: 0 });
    await house.services.database.tx({ module: 'audit', actor: systemActor({ name: 'test' }) }, (db) =>
      addSealKey(db, house.services),
    );
    await look([PERSON, PERSON]);
    await call(house, { url: '/api/identity/whoami' });
    const second = await sealAll();
    expect(second.ok).toBe(true);
    expect(second.rows).toBeGreaterThan(first.rows);
    const { seq } = second.last ?? { seq: 0 };
    expect(await verifyAccess(house.services, { from: seq, to: seq })).toMatchObject({ ok: true, seals: 1 });
    expect(await verifyAccess(house.services, { from: 1, to: seq + 5 })).toMatchObject({
      ok: false,
      fault: { reason: 'seal-missing', seal: seq + 1 },
    });
    const keys = await house.services.database.tx({ module: 'audit', actor: systemActor({ name: 'test' }) }, (db) =>
      db.rows(sql`select distinct key_id from audit.seal`),
    );
    expect(keys).toHaveLength(2);
  });

  it('goes on beyond the ninth seal, each following the one before', async () => {
    let verdict = await sealAll();
    while (verdict.seals < 12) {
      const { seals } = verdict;
      await look();
      verdict = await sealAll();
      expect(verdict).toMatchObject({ ok: true, unsealed: 0 });
      expect(verdict.seals).toBeGreaterThan(seals);
    }
    expect(verdict.last?.seq).toBe(verdict.seals);
  });

  it.skipIf(!onPostgres)(
    'keeps the order of transactions whose numbers have one digit more than those before',
    async () => {
      const other = await openHouse({ manifests, work: false });
      try {
        // The worker’s first round runs the timers once, also in a house without work: it could seal the first rows before they get
        // their numbers.
        await other.runtime.worker.stop();
        const numbers = [8, 9, 10, 11, 98, 99, 100, 101];
        for (const _ of numbers) await look([PERSON], other);
        // Nothing is sealed yet, and a digest does not cover the number: the rows are given those of a young server.
        await other.admin?.(`with old as (select id, row_number() over (order by txid, id) as n from audit.access)
        update audit.access a set txid = (array[${numbers.join(',')}])[old.n]::text::xid8 from old where old.id = a.id`);
        await sealAccess(other.services);
        const verdict = await verifyAccess(other.services);
        expect(verdict.fault).toBeUndefined();
        expect(verdict).toMatchObject({ ok: true, seals: 1, rows: numbers.length });
      } finally {
        await other.close();
      }
    },
  );

  it('cannot be changed by any role of the application: neither rows, subjects nor seals', async () => {
    const attempt = (text: ReturnType<typeof sql>) =>
      house.services.database.tx({ module: 'audit', actor: systemActor({ name: 'test' }) }, (db) => db.run(text));
    for (const text of [
      sql`update audit.access set name = 'x'`,
      sql`delete from audit.access`,
      sql`delete from audit.access_subject`,
      sql`update audit.seal set hash = 'x'`,
      sql`update audit.seal_key set public_key = 'x'`,
      sql`delete from audit.seal_key`,
    ])
      await expect(attempt(text)).rejects.toMatchObject({ code: '42501' });
  });
});

describe.skipIf(!onPostgres)('an administrator of the database who edits by hand', () => {
  let victim = '';
  /** Undoes the edit. */
  const edited = async (change: string, back: string): Promise<Verdict> => {
    await house.admin?.(change);
    try {
      return await verifyAccess(house.services);
    } finally {
      await house.admin?.(back);
      expect(await verifyAccess(house.services)).toMatchObject({ ok: true });
    }
  };

  beforeEach(async () => {
    await look();
    await look();
    await look();
    await sealAll();
    victim = (await rows()).at(-2) ?? '';
  });

  it('is found in every column of a row, and the row is named', async () => {
    for (const [column, value] of Object.entries({
      account: `'x'`,
      name: `'x'`,
      post: `'x'`,
      unit: `'x'`,
      purpose: `'x'`,
      trace: `'x'`,
      module: `'x'`,
      route: `'x'`,
      resources: `array['x']`,
      fields: `array['x']`,
      level: `'x'`,
      outcome: `'refused'`,
      code: `'x'`,
      statement: `'x'`,
      subjects: '7',
      behalf: `'x'`,
      at: `at - interval '1 ms'`,
      digest: `'2.x'`,
    })) {
      await house.admin?.(`create table public.kept as select * from audit.access where id = '${victim}'`);
      const verdict = await edited(
        `update audit.access set ${column} = ${value} where id = '${victim}'`,
        `update audit.access a set ${column} = k.${column} from public.kept k where a.id = k.id; drop table public.kept`,
      );
      expect({ column, ...verdict.fault }).toMatchObject({ column, reason: 'row-changed', row: victim });
    }
  });

  it('is found where a row is deleted or one is put in, and the row is named', async () => {
    const gone = await edited(
      `create table public.kept as select * from audit.access where id = '${victim}'; delete from audit.access where id = '${victim}'`,
      `insert into audit.access select * from public.kept; drop table public.kept`,
    );
    expect(gone.fault).toMatchObject({ reason: 'row-missing', row: victim });
    const forged = '01900000-0000-7000-8000-00000000beef';
    const added = await edited(
      `create temp table k as select * from audit.access where id = '${victim}'; update k set id = '${forged}'; insert into audit.access select * from k`,
      `delete from audit.access where id = '${forged}'`,
    );
    expect(added.fault).toMatchObject({ reason: 'row-added', row: forged });
  });

  it('is found where a subject is exchanged, removed or put in', async () => {
    const other = PERSON.replace(/1$/, '9');
    const where = `where access_id = '${victim}'`;
    const swapped = await edited(
      `update audit.access_subject set subject = '${other}' ${where}`,
      `update audit.access_subject set subject = '${PERSON}' ${where}`,
    );
    expect(swapped.fault).toMatchObject({ reason: 'subjects-changed', row: victim });
    const removed = await edited(
      `create table public.kept as select * from audit.access_subject ${where}; delete from audit.access_subject ${where}`,
      `insert into audit.access_subject select * from public.kept; drop table public.kept`,
    );
    expect(removed.fault).toMatchObject({ reason: 'subjects-changed', row: victim });
    const added = await edited(
      `insert into audit.access_subject (kind, subject, access_id, at) select kind, '${other}', access_id, at - interval '1 day' from audit.access_subject ${where}`,
      `delete from audit.access_subject ${where} and subject = '${other}'`,
    );
    expect(added.fault).toMatchObject({ reason: 'subjects-changed', row: victim });
  });

  it('is found where a seal is edited, unsigned or deleted, or signed by a key of one’s own', async () => {
    const { last } = await verifyAccess(house.services);
    const seq = last?.seq ?? 0;
    const kept = `create table public.kept as select * from audit.seal where seq = ${seq}; `;
    const back = `delete from audit.seal where seq = ${seq}; insert into audit.seal select * from public.kept; drop table public.kept`;
    const changed = await edited(`${kept} update audit.seal set at = at + interval '1 s' where seq = ${seq}`, back);
    expect(changed.fault).toEqual({ reason: 'seal-changed', seal: seq });
    const unsigned = await edited(`${kept} update audit.seal set signature = null where seq = ${seq}`, back);
    expect(unsigned.fault).toEqual({ reason: 'unsigned', seal: seq });
    const keys = `create table public.kept_key as select * from audit.seal_key`;
    const foreign = await edited(
      `${keys}; update audit.seal_key set public_key = '04' || repeat('1', 128)`,
      `update audit.seal_key s set public_key = k.public_key from public.kept_key k where k.id = s.id; drop table public.kept_key`,
    );
    expect(foreign.fault).toMatchObject({ reason: 'foreign-key' });
    await look();
    const after = await sealAll();
    const missing = await edited(`${kept} delete from audit.seal where seq = ${seq}`, back);
    expect(after.last?.seq).toBeGreaterThan(seq);
    expect(missing.fault).toEqual({ reason: 'seal-missing', seal: seq });
  });
});
