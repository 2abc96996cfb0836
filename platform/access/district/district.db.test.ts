import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '#platform/audit/app.ts';
import { putAccount } from '#platform/identity/accounts.ts';
import { listHolders } from '#platform/identity/organisation/holders.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { identity } from '#platform/identity/app.ts';
import { signIn } from '#platform/identity/testing.ts';
import { access } from '../app.ts';
import { records } from '../fixtures/records/app.ts';
import { rulesOf } from '../policy/rules.ts';

let house: TestHouse;
const cookies: Record<string, string> = {};
beforeAll(async () => {
  house = await openHouse({ manifests: [identity, access, audit, records], work: false });
  for (const account of [
    'admin.security',
    'head.cyberspace',
    'head.ruijin',
    'auditor.li',
    'worker.yandang',
    'clerk.ruijin',
  ])
    cookies[account] = await signIn(house, account);
});
afterAll(() => house?.close());

const as = async (account: string, url: string, body?: unknown, method?: 'GET' | 'POST') => {
  const reply = await call(house, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    url,
    body,
    cookie: cookies[account],
  });
  return { status: reply.statusCode, json: reply.json() };
};
const official = () => as('worker.yandang', '/api/records/official');

const forbid = (slug: string, condition: string) => `@id("district.${slug}")
@zh("社工清单暂停使用。")
@en("The list of workers is closed.")
forbid (principal, action == Action::"records.official", resource)
when { ${condition} };`;
const shown = [
  {
    who: 'committee-worker',
    does: 'records.official',
    expect: 'deny',
    by: 'district.pause',
    why: { zh: '暂停', en: 'Closed' },
  },
];
const draft = (body: object) =>
  as('admin.security', '/api/access/district-policies', {
    slug: 'pause',
    cases: shown,
    reason: '专项整顿期间',
    ...body,
  });
const approve = (account: string, id: string) =>
  as(account, `/api/access/district-policies/${id}/approve`, { reason: '同意' });

describe('a district policy', () => {
  it('changes nothing as a draft, and is in force at once when a second person approves it', async () => {
    expect((await official()).status).toBe(200);
    const made = await draft({ text: forbid('pause', 'principal.reach == "own"') });
    expect(made).toMatchObject({ status: 201, json: { state: 'draft', version: 1, mine: true } });
    expect((await official()).status).toBe(200);
    expect((await approve('admin.security', made.json.id)).json.code).toBe('DUTY_CONFLICT');
    expect((await approve('auditor.li', made.json.id)).json.code).toBe('FORBIDDEN');
    expect((await approve('head.ruijin', made.json.id)).json.code).toBe('FORBIDDEN');
    expect(await approve('head.cyberspace', made.json.id)).toMatchObject({ status: 200, json: { state: 'in-force' } });
    expect(await official()).toMatchObject({ status: 403, json: { code: 'FORBIDDEN', detail: '社工清单暂停使用。' } });
  });

  it('tells the one who is refused by which rule, and only them', async () => {
    const { trace } = (await official()).json;
    const why = await as('worker.yandang', `/api/access/refusals/${trace}`);
    expect(why.json).toMatchObject({
      code: 'FORBIDDEN',
      why: { zh: '社工清单暂停使用。' },
      what: { zh: '社工清单' },
      rules: [{ id: 'district.pause', effect: 'forbid' }],
    });
    expect((await as('clerk.ruijin', `/api/access/refusals/${trace}`)).status).toBe(404);
    expect((await as('worker.yandang', '/api/access/refusals')).json.refusals[0]).toMatchObject({ trace });
  });

  it('is withdrawn by a later version, approved in the same way; every version is kept', async () => {
    const made = await draft({ text: '', cases: [] });
    expect((await approve('head.cyberspace', made.json.id)).status).toBe(200);
    expect((await official()).status).toBe(200);
    const { policies } = (await as('auditor.li', '/api/access/district-policies')).json;
    expect(policies.map((p: { version: number; state: string }) => [p.version, p.state])).toEqual([
      [2, 'ended'],
      [1, 'replaced'],
    ]);
  });

  it.each([
    ['with a syntax error', { text: 'forbid (principal action);' }],
    ['for a post that does not exist', { text: forbid('pause', 'principal in [Post::"king"]') }],
    ['whose case fails', { text: forbid('pause', 'principal.reach == "district"') }],
    ['without a case that shows it at work', { text: forbid('pause', 'principal.reach == "own"'), cases: [] }],
    ['that forbids to everybody', { text: forbid('pause', 'x').replace(/\nwhen.*/, ';') }],
    ['under another name', { text: forbid('other', 'principal.reach == "own"') }],
    [
      'about the making of policies',
      { text: forbid('pause', 'principal.reach == "own"').replace('records.official', 'access.policy.approve') },
    ],
    [
      'that breaks the separation of duties',
      {
        text: `@id("district.pause")\n@zh("审计员起草")\n@en("Auditors draft")\npermit (principal, action == Action::"access.purpose.manage", resource) when { principal in [Post::"security-auditor"] };`,
        cases: [{ ...shown[0], who: 'security-auditor', does: 'access.purpose.manage', expect: 'allow' }],
        also: 'audit.read',
      },
    ],
  ])('%s is never put in force, and what was stays', async (_name, body) => {
    const before = [...rulesOf(house.services).policies.keys()];
    const { also: _, ...sent } = body as { also?: string };
    const tried = await as('admin.security', '/api/access/district-policies/check', {
      slug: 'pause',
      cases: shown,
      ...sent,
    });
    expect(tried.json.faults.length, JSON.stringify(tried.json)).toBeGreaterThan(0);
    const made = await draft(sent);
    expect(made.status).toBe(201);
    const reply = await approve('head.cyberspace', made.json.id);
    expect(reply).toMatchObject({ status: 422, json: { code: 'POLICY_FAULTY' } });
    expect((await official()).status).toBe(200);
    expect([...rulesOf(house.services).policies.keys()]).toEqual(before);
  });

  it('holds in its time only', async () => {
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const made = await draft({ text: forbid('pause', 'principal.reach == "own"'), validFrom: later });
    expect((await approve('head.cyberspace', made.json.id)).json.state).toBe('waiting');
    expect((await official()).status).toBe(200);
  });

  it('gives an action to a further post', async () => {
    const text = `@id("district.clerks")\n@zh("街道经办也可以看社工清单。")\n@en("Clerks too see the list.")\npermit (principal, action == Action::"records.official", resource) when { principal in [Post::"street-clerk"] && principal.areaLevel == "street" };`;
    expect((await as('clerk.ruijin', '/api/records/official')).status).toBe(403);
    const made = await draft({
      slug: 'clerks',
      text,
      cases: [
        {
          who: 'street-clerk',
          does: 'records.official',
          with: { area: '000000001' },
          expect: 'allow',
          by: 'district.clerks',
          why: { zh: '街道', en: 'Street' },
        },
      ],
    });
    expect((await approve('head.cyberspace', made.json.id)).status).toBe(200);
    expect((await as('clerk.ruijin', '/api/records/official')).status).toBe(200);
  });

  it('approved in another process is in force here within five seconds', async () => {
    const made = await draft({ text: forbid('pause', 'principal.reach == "own"') });
    await house.services.database.tx({ module: 'access', actor: systemActor({ name: 'test' }) }, (db) =>
      db.run(
        sql`update access.district_policy set state = 'approved', decided_by = 'x', decided_at = now() where id = ${made.json.id}::uuid`,
      ),
    );
    const rules = rulesOf(house.services);
    rules.changingUntil = 0;
    rules.checkedAt = performance.now();
    expect((await official()).status).toBe(200);
    rules.checkedAt = performance.now() - 5_001;
    expect((await official()).status).toBe(403);
    await approve('head.cyberspace', (await draft({ text: '', cases: [] })).json.id);
    expect((await official()).status).toBe(200);
  });

  it('cannot be approved by its drafter in the database either', async () => {
    const made = await draft({ text: '', cases: [] });
    await expect(
      house.services.database.tx({ module: 'access', actor: systemActor({ name: 'test' }) }, (db) =>
        db.run(
          sql`update access.district_policy set state = 'approved', decided_by = drafted_by where id = ${made.json.id}::uuid`,
        ),
      ),
    ).rejects.toThrow(/check/);
  });
});

describe('a purpose', () => {
  const register = '/api/access/purpose-register';
  it('is added by the security administrator, verified by another person, and refused at once when it is retired', async () => {
    const added = await as('admin.security', register, {
      code: 'flood-relief',
      title: { zh: '防汛安置', en: 'Flood relief' },
      basis: { source: '中华人民共和国突发事件应对法', article: '第四十九条', en: 'Emergency Response Law, art. 49' },
      posts: ['committee-worker'],
      reason: '汛期转移安置需要',
    });
    expect(added).toMatchObject({ status: 201, json: { verified: false, addedName: '宋知远' } });
    const offered = async () =>
      (await as('worker.yandang', '/api/access/purposes')).json.purposes.map((p: { code: string }) => p.code);
    expect(await offered()).toContain('flood-relief');
    expect((await as('admin.security', `${register}/flood-relief/verify`, undefined, 'POST')).json.code).toBe(
      'DUTY_CONFLICT',
    );
    expect((await as('head.cyberspace', `${register}/flood-relief/verify`, undefined, 'POST')).json).toMatchObject({
      verified: true,
      verifiedName: '陆怀瑾',
    });
    const decide = async () =>
      (
        await as('admin.security', '/api/access/decide', {
          questions: [
            { post: 'committee-worker', action: 'records.official', with: { level: 3, purpose: 'flood-relief' } },
          ],
        })
      ).json.answers[0];
    expect(await decide()).toEqual({ allowed: true, reasons: ['records.official'] });
    expect((await as('admin.security', `${register}/flood-relief/retire`, { reason: '汛期结束' })).status).toBe(400);
    expect((await as('admin.security', `${register}/flood-relief/retire`, { reason: '汛期已经结束' })).status).toBe(
      200,
    );
    expect(await offered()).not.toContain('flood-relief');
    expect(await decide()).toEqual({ allowed: false, reasons: ['access.purpose-held'] });
    expect((await as('admin.security', `${register}/flood-relief/retire`, { reason: '汛期已经结束' })).json.code).toBe(
      'PURPOSE_RETIRED',
    );
  });
});

describe('certification of rights', () => {
  it('is opened once a quarter, decided by the head, and what nobody confirms lapses', async () => {
    const { openCertification, lapseCertification } = await import('../certification/run-certification.ts');
    const { services } = house;
    const at = (iso: string) => services.clock.setOffset(new Date(iso).getTime() - Date.now());
    const within = <T extends Record<string, unknown>>(module: string, query: ReturnType<typeof sql>) =>
      services.database.tx({ module, actor: systemActor({ name: 'test' }) }, (db) => db.rows<T>(query));
    for (const [account, name] of [
      ['clerk.kept', '甲'],
      ['clerk.gone', '乙'],
    ] as const)
      await services.database.tx({ module: 'identity', actor: systemActor({ name: 'test' }) }, (db) =>
        putAccount({
          db,
          account: {
            account,
            name,
            post: 'street-clerk',
            unit: 'street-310101023',
            area: '310101023',
            password: 'certified-2027',
          },
          sample: false,
        }),
      );
    try {
      at('2027-01-04T10:00:00+08:00');
      expect(await openCertification(services)).toBeGreaterThan(10);
      expect(await openCertification(services)).toBe(0);
      cookies['head.ruijin'] = await signIn(house, 'head.ruijin');
      const { entries } = (await as('head.ruijin', '/api/access/certification')).json;
      type Entry = { id: string; account: string; unit: string; mayDecide: boolean; state: string };
      expect(new Set(entries.map((e: Entry) => e.unit))).toEqual(new Set(['street-310101023']));
      const idOf = (account: string) => entries.find((e: Entry) => e.account === account).id;
      const decide = (account: string) =>
        as('head.ruijin', `/api/access/certification/${idOf(account)}`, { verdict: 'confirmed' });
      expect((await decide('head.ruijin')).json.code).toBe('DUTY_CONFLICT');
      expect((await decide('clerk.kept')).json.state).toBe('confirmed');
      expect(await lapseCertification(services)).toBe(0);
      at('2027-02-02T10:00:00+08:00');
      expect(await lapseCertification(services)).toBeGreaterThan(0);
      const held = (await listHolders(services)).filter(({ account }) =>
        ['clerk.gone', 'clerk.kept', 'clerk.ruijin'].includes(account),
      );
      expect(held.map(({ account }) => account)).toEqual(['clerk.kept', 'clerk.ruijin']);
      expect(
        await within('kernel', sql`select 1 as x from kernel.event where type = 'access.certification.lapsed' limit 1`),
      ).toHaveLength(1);
      // Past the term of a quarter nothing is opened: nobody loses a right on the day of installation.
      expect(await openCertification(services)).toBe(0);
    } finally {
      services.clock.setOffset(0);
    }
  });
});
