import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { trail } from '#platform/audit/record.ts';
import { sealAccess } from '#platform/audit/seal.ts';
import { addSealKey } from '#platform/audit/seal-key.ts';
import { verifyAccess } from '#platform/audit/verify.ts';
import { verifyExport } from '#platform/audit/verify-export.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { signIn } from '#platform/identity/testing.ts';
import { manifests } from '#manifests';

const PERSON = '01900000-0000-7000-8000-000000000001';
let house: TestHouse;
let auditor: string;
const look = (name: string, subjects: string[] = [PERSON]) =>
  house.services.database.tx(
    { module: 'population', actor: { ...systemActor({ name, purpose: 'community-care' }), account: 'clerk.test' } },
    (db) =>
      trail.record(db, {
        route: 'test.look',
        fields: [{ resource: 'population.resident', field: 'name', level: 'L3' }],
        subjects: subjects.map((id) => ({ kind: 'person' as const, id })),
        outcome: 'read',
      }),
  );
const seal = () =>
  vi.waitFor(
    async () => {
      await sealAccess(house.services);
      expect((await verifyAccess(house.services)).unsealed).toBe(0);
    },
    { timeout: 20_000, interval: 100 },
  );
beforeAll(async () => {
  house = await openHouse({ manifests, work: false });
  auditor = await signIn(house, 'security-auditor');
  await look('周洁');
  await look('=HYPERLINK("http://x")', []);
  await seal();
  await house.services.database.tx({ module: 'audit', actor: systemActor({ name: 'test' }) }, (db) =>
    addSealKey(db, house.services),
  );
  await look('李敏');
  await seal();
}, 300_000);
afterAll(() => house?.close());

const download = (form: string, query = '', cookie = auditor) =>
  call(house, { url: `/export/audit.${form}${query}`, cookie });
async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}
const linesOf = (body: string) => body.split('\n').filter(Boolean);
const verify = (lines: readonly string[], trusted?: string[]) => verifyExport(each(lines), { trusted });

it('is verified without the database, across a change of the signing key', async () => {
  const reply = await download('ndjson');
  expect(reply.statusCode, reply.body).toBe(200);
  expect(reply.headers['content-disposition']).toMatch(/attachment; filename="audit-1-\d+\.ndjson"/);
  const lines = linesOf(reply.body);
  const verdict = await verify(lines);
  expect(verdict).toMatchObject({ ok: true, from: 1 });
  expect(verdict.keys).toHaveLength(2);
  expect(verdict.rows).toBeGreaterThanOrEqual(3);
  expect(await verify(lines, verdict.keys)).toMatchObject({ ok: true });
  expect(await verify(lines, verdict.keys.slice(0, 1))).toMatchObject({ ok: false, fault: { reason: 'foreign-key' } });
});

it('names what was changed, left out, put in or cut off', async () => {
  const lines = linesOf((await download('ndjson')).body);
  const at = (part: string) => lines.findIndex((line) => line.includes(part));
  const row = at('"name":"周洁"');
  const id = JSON.parse(lines[row] ?? '').id as string;
  const put = (i: number, text: string | undefined) => lines.flatMap((line, j) => (j === i ? (text ?? []) : line));
  const changed = lines[row]?.replace('周洁', '周洁明');
  expect(await verify(put(row, changed))).toMatchObject({ ok: false, fault: { reason: 'row-changed', row: id } });
  const about = lines[row]?.replace(PERSON, PERSON.replace(/1$/, '2'));
  expect(await verify(put(row, about))).toMatchObject({ ok: false, fault: { reason: 'subjects-changed', row: id } });
  expect(await verify(put(row, undefined))).toMatchObject({ ok: false, fault: { reason: 'row-missing', row: id } });
  const added = `${lines[row]?.replace(id, crypto.randomUUID())}`;
  expect(await verify([...lines.slice(0, row), added, ...lines.slice(row)])).toMatchObject({
    fault: { reason: 'row-added' },
  });
  const first = at('"type":"seal"');
  const edited = lines[first]?.replace(/"count":(\d+)/, (_m, n) => `"count":${Number(n) + 1}`);
  expect(await verify(put(first, edited))).toMatchObject({ ok: false, fault: { reason: 'seal-changed', seal: 1 } });
  const second = lines.findIndex((line, i) => i > first && line.includes('"type":"seal"'));
  expect(await verify([...lines.slice(0, first), ...lines.slice(second)])).toMatchObject({
    fault: { reason: 'seal-missing', seal: 1 },
  });
  expect(await verify(lines.slice(0, -1))).toMatchObject({ ok: false, problem: expect.stringContaining('incomplete') });
  const cut = [...lines.slice(0, second), lines.at(-1) ?? ''];
  expect(await verify(cut)).toMatchObject({ ok: false, fault: { reason: 'seal-missing' } });
  expect(await verify(['{"type":"export","format":9,"keys":[]}'])).toMatchObject({ problem: 'no export of the audit' });
});

it('neutralises formulas in the table to read', async () => {
  const { body, headers } = await download('csv');
  expect(headers['content-type']).toContain('text/csv');
  expect(body.startsWith('\ufeff封存,时间,账号')).toBe(true);
  expect(body).toContain(`"'=HYPERLINK(""http://x"")"`);
  expect(body).not.toContain('"=HYPERLINK');
});

it('is the auditor’s alone and stands in the log itself, with the seals that went out', async () => {
  await download('ndjson');
  const entries = await house.services.database.tx({ module: 'audit', actor: systemActor({ name: 'test' }) }, (db) =>
    db.rows<{ account: string; statement: string; level: string }>(
      sql`select account, statement, level from audit.access where route = 'GET /export/audit.ndjson' and outcome = 'read'`,
    ),
  );
  expect(entries[0]).toMatchObject({ account: 'auditor.li', statement: expect.stringMatching(/^seals 1–\d+$/) });
  const clerk = await signIn(house, 'street-clerk');
  expect((await download('ndjson', '', clerk)).json()).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  expect((await call(house, { url: '/export/audit.csv' })).json()).toMatchObject({ status: 401 });
});

it('takes whole days of the district, and refuses a day that is none', async () => {
  const none = linesOf((await download('ndjson', '?since=2020-01-01&until=2020-01-02')).body);
  expect(none).toHaveLength(2);
  expect(await verify(none)).toMatchObject({ ok: true, seals: 0, rows: 0 });
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  expect(await verify(linesOf((await download('ndjson', `?since=${today}&until=${today}`)).body))).toMatchObject({
    ok: true,
  });
  expect((await download('ndjson', '?since=2026-02-30')).json()).toMatchObject({
    status: 400,
    fields: [{ pointer: '/query/since' }],
  });
});
