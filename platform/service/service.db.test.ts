import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor, Post } from '#platform/kernel/actor.ts';
import { anonymous, systemActor } from '#platform/kernel/actor.ts';
import { app } from '#platform/kernel/app.ts';
import { authenticator } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { type DisputedBase, disputedBase } from '#platform/basedata/dispute/disputed-base.ts';
import { calendar } from '#platform/calendar/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { document } from '#platform/document/app.ts';
import { ledger } from '#platform/ledger/app.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { workflow } from '#platform/workflow/app.ts';
import { district } from '#districts/huangpu/district.ts';
import { generateServices, type ServiceSample } from '#districts/huangpu/generate/service-items.ts';
import { loadServices } from '#districts/huangpu/load-services.ts';
import type { Db } from '#platform/kernel/db.ts';
import { service } from './app.ts';
import { countUse } from './count-use.ts';
import type { DeskItem } from './desk-item.ts';
import type { FormView } from './form-view.ts';
import type { ItemDefinition } from './item-definition.ts';
import { termsOf } from './item-record.ts';

const person = (account: string, post: Post, rest: Partial<Actor>): Actor => ({
  kind: 'person',
  account,
  name: `样例${account}`,
  post,
  reach: 'own',
  trace: account,
  ...rest,
});
const people = {
  officer: person('officer', 'data-officer', { unit: 'market-supervision' }),
  colleague: person('colleague', 'data-officer', { unit: 'market-supervision' }),
  head: person('head', 'unit-head', { unit: 'market-supervision' }),
  other: person('other', 'data-officer', { unit: 'civil-affairs' }),
  citizen: person('citizen', 'citizen', { person: 'p1' }),
} satisfies Record<string, Actor>;
type Who = keyof typeof people;

/** A base database that knows one resident; the telephone is under dispute. */
const KNOWN: Record<string, string> = { name: '样例居民', phone: '13800000000', residenceAddress: '样例路1号' };
const base: DisputedBase = {
  id: 'population',
  title: { zh: '人口', en: 'Population' },
  subject: 'person',
  card: '/gov/persons/:subject',
  attributes: Object.keys(KNOWN).map((name) => ({ name, title: { zh: name, en: name }, level: 'L3', open: true })),
  accept: ({ value }) => ({ ok: true, value }),
  stand: async ({ attribute }) => ({
    label: '样例居民',
    unit: 'public-security',
    disputed: attribute === 'phone',
    values: [
      {
        unit: 'public-security',
        dataset: 'people',
        datasetTitle: { zh: '实有人口', en: 'Residents' },
        receivedAt: '2026-11-01T00:00:00Z',
        value: KNOWN[attribute] ?? '',
        masked: '*',
        golden: true,
      },
    ],
  }),
};
const testIdentity = app({
  id: 'test-identity',
  kind: 'capability',
  folder: 'platform/service/fixtures/identity',
  title: { zh: '样例身份', en: 'Sample identity' },
  provides: [
    authenticator.provide({
      authenticate: async ({ cookie, trace }) => {
        const found = /sid=(\w+)/.exec(cookie ?? '')?.[1];
        return found && found in people ? { ...people[found as Who], trace } : anonymous(trace);
      },
    }),
    disputedBase.provide(base),
  ],
});

let house: TestHouse;
let sample: ServiceSample;
beforeAll(async () => {
  sample = generateServices({ seed: district.seed });
  house = await openHouse({
    manifests: [testIdentity, audit, access, search, rulebook, calendar, catalog, document, ledger, workflow, service],
    work: false,
  });
  await loadServices(house.services, sample);
}, 300_000);
afterAll(() => house?.close());

const send = (who: Who | undefined, method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) =>
  call(house, { method, url: `/api/service${path}`, body, cookie: who && `sid=${who}` });
const get = async <T>(path: string, who?: Who): Promise<T> => {
  const reply = await send(who, 'GET', path);
  expect(reply.statusCode, reply.body).toBe(200);
  return reply.json();
};
const item = (title: string) => {
  const found = sample.items.find(({ definition }) => definition.title.zh === title);
  if (!found) throw new Error(`no item ${title}`);
  return found;
};
const FOOD = '食品经营许可（新办）';
/** Five cases of last month, two of them online. */
async function fileFive(db: Db, code: string): Promise<void> {
  await db.run(sql`
    with filed as (
      insert into service.case_file (id, code, channel, title, form, applicant_entity, applicant, factors, units, state, received_at, received_by, received_name, sample)
      select gen_random_uuid(), '310101261001' || lpad(n::text, 6, '0') || 'A', case when n <= 2 then 'web' else 'window' end, '{}', gen_random_uuid(), '91310000MA00000000', '', '{}', '{civil-affairs}', 'submitted',
        kernel.now() - interval '1 month', 'test', 'test', true
      from generate_series(1, 5) as n returning id, received_at)
    insert into service.sub_case (id, case_id, no, item, item_version, title, unit, terms, applicant_entity, answers, materials, state, waits, committed, received_at)
    select gen_random_uuid(), f.id, 1, ${code}, 1, '{}', 'civil-affairs', '{}', '91310000MA00000000', '', '[]', 'submitted', false, false, f.received_at from filed f`);
}
/** A reason for everything that the sample still asks for. */
const reasoned = (definition: ItemDefinition): ItemDefinition => ({
  ...definition,
  materials: definition.materials.map((one) =>
    one.source === 'upload' ? { ...one, why: '样例：须由申请人提交' } : one,
  ),
  fields: definition.fields.map((one) => (one.resource === undefined ? { ...one, why: '样例：须由申请人填写' } : one)),
});

describe('the catalogue of services', () => {
  it('counts both ratios from its items: 129 of 321 are 40.19 %', async () => {
    const report = await get<{
      items: number;
      full: number;
      itemRatio: number;
      caseRatio: number;
      cases: number;
      onlineCases: number;
      anyCentre: number;
      byDepth: { depth: number; items: number }[];
      nominal: { cases: number; online: number }[];
    }>('/depth');
    expect(report).toMatchObject({ items: 321, full: 129, itemRatio: 40.19, anyCentre: 174 });
    expect(report.byDepth.reduce((sum, { items }) => sum + items, 0)).toBe(321);
    expect(report.byDepth.at(-1)).toEqual({ depth: 4, items: 129 });
    const cases = sample.use.reduce((sum, use) => sum + use.cases, 0);
    expect(report.cases).toBe(cases);
    expect(report.caseRatio).toBe(Math.round((report.onlineCases / cases) * 10_000) / 100);
    expect(report.nominal.length).toBeGreaterThan(0);
    for (const { cases: all, online } of report.nominal) expect(online * 2).toBeLessThan(all);
  });

  it.each([
    ['食品经营许可', '食品经营许可'],
    ['开饭店', '食品经营许可'],
    ['shipinjingying', '食品经营许可'],
    ['kaifandian', '食品经营许可'],
    ['营业执兆', '公司登记'],
    ['身分证', '居民身份证'],
    ['二手房过户', '存量房转移登记'],
  ])('is searched in the words of people: %s', async (q, title) => {
    const { items } = await get<{ items: { title: { zh: string } }[] }>(`/items?q=${encodeURIComponent(q)}`);
    expect(items.map((found) => found.title.zh).join()).toContain(title);
  });

  it('offers the nearest where nothing is found, and what a life event needs', async () => {
    const none = await get<{ total: number; nearest: unknown[] }>(`/items?q=${encodeURIComponent('鑫淼焱垚')}`);
    expect(none.total).toBe(0);
    expect(none.nearest).toHaveLength(5);
    const birth = await get<{ items: { title: { zh: string } }[] }>('/items?event=birth');
    expect(birth.items.map(({ title }) => title.zh)).toContain('出生医学证明（新办）');
    const { events } = await get<{ events: { id: string; items: number }[] }>('/events');
    expect(events.every(({ items }) => items > 0)).toBe(true);
  });

  it('is loaded once, however often it is loaded', async () => {
    await loadServices(house.services, sample);
    expect((await get<{ items: number }>('/depth')).items).toBe(321);
  });
});

describe('a form', () => {
  const open = async (items: string[], situations: object = {}): Promise<FormView> =>
    (await send(undefined, 'POST', '/forms/open', { items, situations })).json();

  it('follows the guided questions to the exact materials', async () => {
    const { code } = item(FOOD);
    const first = await open([code]);
    expect(first.next).toMatchObject([{ item: code, id: 'who' }]);
    const answers = { who: 'self', tenure: 'rent', 'food-kind': 'cold', delivery: 'electronic' };
    const last = await open([code], { [code]: answers });
    expect(last.next).toEqual([]);
    expect(last.materials.map(({ id }) => id)).toEqual(expect.arrayContaining(['lease', 'cold-room', 'layout']));
    expect(last.materials.map(({ id }) => id)).not.toContain('mandate');
  });

  it('of the restaurant asks for every element once: at most 40 % of five forms', async () => {
    const { form, items } = await get<{ form: FormView; items: string[] }>('/bundles/restaurant');
    expect(items).toHaveLength(5);
    const situations = Object.fromEntries(
      items.map((code) => [
        code,
        { who: 'self', tenure: 'own', 'food-kind': 'hot', 'fire-way': 'commitment', delivery: 'electronic' },
      ]),
    );
    const { saving, fields, materials, next } = await open(items, situations);
    expect(next).toEqual([]);
    expect(saving.joined / saving.separate).toBeLessThanOrEqual(0.4);
    expect(new Set(fields.map(({ element }) => element)).size).toBe(fields.length);
    expect(materials.filter(({ title }) => title.zh === '法定代表人居民身份证')).toHaveLength(1);
    expect(form.conflicts.length).toBeGreaterThan(0);
    expect(form.conflicts.every(({ solved }) => solved)).toBe(true);
    const seats = fields.find(({ element }) => element === 'seats');
    expect(seats?.items).toEqual([item(FOOD).code]);
  });

  it('is JSON Schema for others, and the same rules refuse an answer at its field', async () => {
    const { code } = item('最低生活保障');
    const { schema } = await get<{ schema: { properties: Record<string, unknown> } }>(`/forms/schema?items=${code}`);
    expect(schema.properties.name).toMatchObject({
      type: 'string',
      'x-source': { resource: 'population.resident', field: 'name' },
    });
    const refused = await send(undefined, 'POST', '/forms/check', {
      items: [code],
      situations: { [code]: { who: 'self' } },
      answers: { name: '', spouse: 'x' },
    });
    expect(refused.statusCode).toBe(422);
    expect(refused.json().fields).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ pointer: '/answers/name', rule: 'minLength' }),
        expect.objectContaining({ pointer: '/answers/spouse', rule: 'additionalProperties' }),
      ]),
    );
  });

  it('is filled in with the caller’s own record: value, unit, time; what is disputed says so', async () => {
    const { code } = item('最低生活保障');
    const prefill = await get<{
      values: Record<string, Record<string, string>>;
      origins: { element: string; state: string; unit: string; dispute: object }[];
      filled: number;
    }>(`/prefill?items=${code}`, 'citizen');
    expect(prefill.values['population.resident']).toMatchObject({ pid: 'p1', name: '样例居民', address: '样例路1号' });
    expect(prefill.origins).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ element: 'name', state: 'verified', unit: 'public-security' }),
        expect.objectContaining({ element: 'phone', state: 'disputed' }),
        expect.objectContaining({
          element: 'address',
          dispute: { base: 'population', attribute: 'residenceAddress' },
        }),
      ]),
    );
    expect((await send('officer', 'GET', `/prefill?items=${code}`)).statusCode).toBe(403);
    // What is verified is not overwritten by an answer; what is disputed may be said anew.
    const changed = await send('citizen', 'POST', '/forms/check', {
      items: [code],
      situations: { [code]: { who: 'self' } },
      answers: { name: '另一个名字', phone: '13900000000', address: '样例路1号' },
    });
    const faults = (changed.json().fields as { pointer: string; rule: string }[]).filter(
      ({ rule }) => rule === 'verified',
    );
    expect(faults.map(({ pointer }) => pointer)).toEqual(['/answers/name']);
  });
});

describe('an item', () => {
  const { code, definition } = generateServices({ seed: district.seed }).items.find(
    (each) => each.definition.title.zh === FOOD,
  ) as ServiceSample['items'][number];
  const path = `/desk/items/${code}`;
  const shorter = { ...definition, promisedLimit: { amount: 1, unit: 'wd' as const } };
  const desk = () => get<DeskItem>(path, 'officer');

  it('belongs to its unit: to others it does not exist for writing', async () => {
    expect((await send('other', 'PUT', `${path}/draft`, { definition })).statusCode).toBe(404);
    expect((await send('citizen', 'PUT', `${path}/draft`, { definition })).statusCode).toBe(403);
  });

  it('promises nothing that is longer than the law, and is told so at the field', async () => {
    const refused = await send('officer', 'PUT', `${path}/draft`, {
      definition: { ...definition, promisedLimit: { amount: 90, unit: 'wd' } },
    });
    expect(refused.statusCode).toBe(400);
    expect(refused.json().fields).toMatchObject([{ pointer: '/definition/promisedLimit/amount', rule: 'longer' }]);
  });

  it('is not sent on while it asks for what a unit issues or shares', async () => {
    const asking = {
      ...reasoned(shorter),
      materials: [
        ...reasoned(shorter).materials,
        { id: 'deed', title: { zh: '不动产权证书', en: 'Deed' }, source: 'upload', required: true },
      ],
    };
    expect((await send('officer', 'PUT', `${path}/draft`, { definition: asking })).statusCode).toBe(200);
    const { had } = await get<{ had: { pointer: string; certificate: { title: { zh: string } } | null }[] }>(
      `${path}/obtainable`,
      'officer',
    );
    expect(had).toMatchObject([{ certificate: { title: { zh: '不动产权证书' } } }]);
    const refused = await send('officer', 'POST', `${path}/submit`);
    expect(refused.statusCode).toBe(422);
    expect(refused.json().fields).toMatchObject([{ rule: 'obtain', pointer: had[0]?.pointer }]);
  });

  it('is published by another person than drew it, as a version that nobody changes', async () => {
    expect((await send('officer', 'PUT', `${path}/draft`, { definition: reasoned(shorter) })).statusCode).toBe(200);
    const submitted = await send('officer', 'POST', `${path}/submit`);
    expect(submitted.statusCode, submitted.body).toBe(200);
    expect((await desk()).changes.map(({ pointer }) => pointer)).toContain('/promisedLimit/amount');
    expect((await send('officer', 'POST', `${path}/publish`)).json()).toMatchObject({ code: 'ITEM_FOUR_EYES' });
    const back = await send('head', 'POST', `${path}/return`, { reason: '请核对时限' });
    expect(back.json()).toMatchObject({ draftState: 'drawn', returned: { reason: '请核对时限' } });
    expect((await send('officer', 'POST', `${path}/submit`)).statusCode).toBe(200);
    const published = await send('colleague', 'POST', `${path}/publish`);
    expect(published.statusCode, published.body).toBe(200);
    expect(published.json()).toMatchObject({ version: 2, draft: null, versions: [{ version: 2 }, { version: 1 }] });
    expect((await send('colleague', 'POST', `${path}/publish`)).json()).toMatchObject({ code: 'ITEM_NO_DRAFT' });
    const { changes } = await get<{ changes: { pointer: string }[] }>(`${path}/changes?from=1&to=2`, 'officer');
    expect(changes.map(({ pointer }) => pointer)).toContain('/promisedLimit/amount');
    await expect(
      house.services.database.tx({ module: 'service', actor: systemActor({ name: 'test' }) }, (db) =>
        db.run(sql`update service.item_version set depth = 1 where item = ${code}`),
      ),
    ).rejects.toThrow();
  });

  it('gives cases its terms of the version in force', async () => {
    const terms = await house.services.database.tx({ module: 'service', actor: people.citizen }, (db) =>
      termsOf(db, code),
    );
    expect(terms).toMatchObject({
      code,
      version: 2,
      unit: 'market-supervision',
      kind: 'licence',
      discretion: true,
      promisedLimit: { amount: 1, unit: 'wd' },
    });
    expect(terms.materials.find(({ source }) => source === 'certificate')?.from).toHaveProperty('certificateType');
  });

  it('that changed in mid-form shows the new form and keeps the answers', async () => {
    const carried = await send(undefined, 'POST', '/forms/carry', {
      items: [{ code, version: 1 }],
      situations: { [code]: { who: 'self' } },
      answers: { seats: 40, 'food-manager': '样例管理员', forgotten: 'x' },
    });
    expect(carried.statusCode, carried.body).toBe(200);
    expect(carried.json()).toMatchObject({
      changed: true,
      form: { items: [{ code, version: 2 }] },
      answers: { seats: 40, 'food-manager': '样例管理员' },
      dropped: ['forgotten'],
      added: [],
    });
  });

  it('has a code of its unit and of the standard', async () => {
    const begin = (other: string) => send('officer', 'POST', '/desk/items', { code: other, definition });
    const foreign = item('最低生活保障').code;
    expect((await begin(`${foreign}01`)).json()).toMatchObject({ fields: [{ pointer: '/code', rule: 'unit' }] });
    expect((await begin(code)).json()).toMatchObject({ code: 'ITEM_EXISTS' });
    const made = await begin(`${code}01`);
    expect(made.statusCode, made.body).toBe(201);
    expect(made.json()).toMatchObject({ state: 'draft', version: 0, published: null, draftState: 'drawn' });
  });
});

describe('a bundle', () => {
  const codes = ['公司登记（新办）', '食品经营许可（新办）', '户外招牌设置（新办）'];
  const definition = () => {
    const [firm = '', food = '', sign = ''] = codes.map((title) => item(title).code);
    return {
      title: { zh: '开小吃店', en: 'A snack bar opens' },
      lead: { zh: '样例：三个事项一次办。', en: 'Sample: three items at once.' },
      event: 'found',
      questions: [
        {
          id: 'sign',
          title: { zh: '要挂招牌吗？', en: 'A sign?' },
          options: ['yes', 'no'].map((value) => ({ value, title: { zh: value, en: value } })),
        },
      ],
      items: [
        { item: firm, after: [] as string[] },
        { item: food, after: [firm] },
        { item: sign, after: [firm], when: [{ sign: ['yes'] }] },
      ],
    };
  };
  const path = '/desk/bundles/snack-bar';
  type Outlook = { faults: { pointer: string; rule: string }[]; plan: { critical: string[]; end: string } | null };

  it('is drawn by the unit that leads it; items that wait for each other are refused at their field', async () => {
    const drawn = definition();
    const made = await send('officer', 'POST', '/desk/bundles', { id: 'snack-bar', definition: drawn });
    expect(made.statusCode, made.body).toBe(201);
    expect(
      (await send('officer', 'POST', '/desk/bundles', { id: 'restaurant', definition: drawn })).json(),
    ).toMatchObject({
      code: 'BUNDLE_EXISTS',
    });
    expect((await send('other', 'PUT', `${path}/draft`, { definition: drawn })).statusCode).toBe(404);
    drawn.items[0]?.after.push(drawn.items[1]?.item ?? '');
    const circle = await send('officer', 'PUT', `${path}/draft`, { definition: drawn });
    expect(circle.statusCode).toBe(400);
    expect(circle.json().fields).toMatchObject([{ pointer: '/definition/items/0/after', rule: 'circle' }]);
    // Nobody sees it before it is published.
    expect((await send(undefined, 'GET', '/bundles/snack-bar')).statusCode).toBe(404);
  });

  it('promises its critical path, and says what is wrong before it is kept', async () => {
    const drawn = definition();
    const outlook = await send('officer', 'POST', `${path}/preview`, { definition: drawn });
    expect(outlook.statusCode, outlook.body).toBe(200);
    const { faults, plan } = outlook.json() as Outlook;
    expect(faults).toEqual([]);
    expect(plan?.critical[0]).toBe(drawn.items[0]?.item);
    expect(plan?.critical).toHaveLength(2);
    const wrong = { ...drawn, event: 'party', items: [{ item: item('最低生活保障').code, after: [item(FOOD).code] }] };
    const told = (await send('officer', 'POST', `${path}/preview`, { definition: wrong })).json() as Outlook;
    expect(told.faults.map(({ pointer, rule }) => `${pointer} ${rule}`)).toEqual([
      '/event known',
      '/items minItems',
      '/items/0/after/0 known',
    ]);
  });

  it('is published by another person, as a version that applications go by', async () => {
    const submitted = await send('officer', 'POST', `${path}/submit`);
    expect(submitted.statusCode, submitted.body).toBe(200);
    expect((await send('officer', 'POST', `${path}/publish`)).json()).toMatchObject({ code: 'ITEM_FOUR_EYES' });
    const back = await send('head', 'POST', `${path}/return`, { reason: '请与绿化部门确认' });
    expect(back.json()).toMatchObject({ draftState: 'drawn', returned: { reason: '请与绿化部门确认' } });
    await send('officer', 'POST', `${path}/submit`);
    const published = await send('head', 'POST', `${path}/publish`);
    expect(published.statusCode, published.body).toBe(200);
    expect(published.json()).toMatchObject({ version: 1, draft: null, versions: [{ version: 1 }] });
    const { questions, needed, promisedAt } = await get<{
      questions: unknown[];
      needed: unknown[];
      promisedAt: string;
    }>('/bundles/snack-bar');
    expect({ questions: questions.length, needed: needed.length }).toEqual({ questions: 1, needed: 3 });
    expect(Date.parse(promisedAt)).toBeGreaterThan(Date.now());
    await expect(
      house.services.database.tx({ module: 'service', actor: systemActor({ name: 'test' }) }, (db) =>
        db.run(sql`delete from service.bundle_version where bundle = 'snack-bar'`),
      ),
    ).rejects.toThrow();
  });

  it('keeps what is published when a draft is thrown away', async () => {
    await send('officer', 'PUT', `${path}/draft`, { definition: { ...definition(), event: 'premises' } });
    expect((await send('officer', 'DELETE', `${path}/draft`)).json()).toEqual({ left: true });
    expect(await get('/bundles/snack-bar')).toMatchObject({ event: 'found' });
  });
});

describe('the use of items', () => {
  it('is counted once a month from the cases; online by name only is told (名义网办)', async () => {
    const before = await get<{ nominal: { code: string }[]; cases: number }>('/depth');
    const [named] = before.nominal;
    const code = named?.code ?? '';
    await house.services.database.tx({ module: 'service', actor: systemActor({ name: 'test' }) }, async (db) => {
      await db.run(sql`delete from service.item_use where item = ${code}`);
      await fileFive(db, code);
      expect(await countUse(db)).toBe(1);
      expect(await countUse(db)).toBe(0);
    });
    const after = await get<{ nominal: { code: string; cases: number; online: number; caseRatio: number }[] }>(
      '/depth',
    );
    expect(after.nominal.find((each) => each.code === code)).toMatchObject({ cases: 5, online: 2, caseRatio: 40 });
  });
});

describe('blockers', () => {
  type Board = { items: number; total: number; byOwner: { owner: string; blockers: number }[] };
  type Plan = {
    full: number;
    items: number;
    steps: { measure: string; removes: number; covered: number; freed: unknown[]; itemRatio: number }[];
  };

  it('stand at the 192 items that are not fully online, each with an owner', async () => {
    const board = await get<Board>('/blockers', 'officer');
    expect(board.items).toBe(192);
    expect(board.byOwner.reduce((sum, { blockers }) => sum + blockers, 0)).toBe(board.total);
  });

  it('are ranked by what goes first, with what each step frees', async () => {
    const { steps, full } = await get<Plan>('/blockers/plan?most=30', 'officer');
    expect(full).toBe(129);
    expect(steps[0]?.removes).toBeGreaterThan(1);
    steps.slice(1).forEach((step, at) => expect(step.covered).toBeGreaterThan(steps[at]?.covered ?? 0));
    expect(steps.at(-1)?.itemRatio).toBeGreaterThan(40.19);
    const byCases = await get<Plan>('/blockers/plan?by=cases&most=30', 'officer');
    expect(byCases.steps.map(({ measure }) => measure)).not.toEqual(steps.map(({ measure }) => measure));
  });

  it('go with a new version of the item, and the ratio with them', async () => {
    const { definition, code, unit } = sample.items.find(
      (each) => each.unit === 'market-supervision' && !each.definition.online.signature,
    ) as ServiceSample['items'][number];
    expect(unit).toBe('market-supervision');
    const free = reasoned({
      ...definition,
      visits: 0,
      online: {
        download: true,
        submit: true,
        signature: true,
        materials: true,
        payment: true,
        certificate: true,
        post: true,
      },
      materials: definition.materials.map(({ original: _original, ...rest }) => rest),
    });
    await send('officer', 'PUT', `/desk/items/${code}/draft`, { definition: free });
    expect((await send('officer', 'POST', `/desk/items/${code}/submit`)).statusCode).toBe(200);
    expect((await send('head', 'POST', `/desk/items/${code}/publish`)).json()).toMatchObject({
      depth: 4,
      blockers: [],
    });
    expect((await get<Board>('/blockers', 'officer')).items).toBe(191);
    expect(await get('/depth')).toMatchObject({ full: 130, itemRatio: 40.5 });
  });

  it('are planned by the unit of the item', async () => {
    const { blockers } = await get<{ blockers: { id: string; unit: string }[] }>(
      '/blockers?owner=market-supervision',
      'officer',
    );
    const id = blockers.find(({ unit }) => unit === 'market-supervision')?.id ?? '';
    const plan = { owner: 'market-supervision', plan: '改用电子证照核验', due: '2020-01-31' };
    expect((await send('other', 'PUT', `/blockers/${id}`, plan)).statusCode).toBe(404);
    expect((await send('officer', 'PUT', `/blockers/${id}`, plan)).json()).toMatchObject({ ...plan, overdue: true });
  });
});
