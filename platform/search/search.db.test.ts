import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import { app } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { search } from './app.ts';
import { findDocuments } from './find-documents.ts';
import { type Document, keepOnly, putDocuments } from './put-documents.ts';

const library = app({
  id: 'search-library',
  kind: 'capability',
  folder: 'platform/search/fixtures/library',
  title: { zh: '样例', en: 'Sample' },
  uses: ['search'],
});
const other = app({ ...library, id: 'search-other' });

const document = (
  id: string,
  title: string,
  rest: Partial<Document> & { parts?: string[]; text?: string } = {},
): Document => ({
  id,
  sort: title,
  texts: { title: [title], parts: rest.parts ?? [], rest: [rest.text ?? ''] },
  ...(rest.audience ? { audience: rest.audience } : {}),
  ...(rest.facets ? { facets: rest.facets } : {}),
});
const DOCUMENTS: Document[] = [
  document('resident', '实有人口基本信息', {
    parts: ['姓名', '身份证号', '居住地址'],
    facets: { level: 'L4', owner: 'police' },
  }),
  document('insured', '社会保险参保情况', {
    parts: ['参保人', '险种'],
    text: '城镇职工的缴费与待遇',
    facets: { level: 'L4', owner: 'hr' },
  }),
  document('company', '法人单位登记信息', {
    parts: ['统一社会信用代码', '企业名称'],
    facets: { level: 'L1', owner: 'market' },
  }),
  document('air', '空气质量监测小时值', {
    parts: ['PM2.5', '臭氧浓度'],
    facets: { level: 'L1', owner: 'environment' },
  }),
  document('library', 'Public library visits', { parts: ['visitors'], facets: { level: 'L1', owner: 'culture' } }),
  document('secret', '区委办内部通知', {
    audience: ['party-office', 'unit-head'],
    facets: { level: 'L2', owner: 'party-office' },
  }),
  document('nature', '城市民政服务网点', { facets: { level: 'L1', owner: 'civil' } }),
];

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse({ manifests: [search, library, other], work: false });
  await as(system, (db) => putDocuments(db, { app: 'search-library', kind: 'item', documents: DOCUMENTS }));
});
afterAll(() => house?.close());

const system = systemActor({ name: 'test' });
type Tx = Parameters<Parameters<TestHouse['services']['database']['tx']>[1]>[0];
const as = <T>(actor: Actor, work: (db: Tx) => Promise<T>, module = 'search-library') =>
  house.services.database.tx({ module, actor }, work);
const find = (q: string, chosen: Record<string, string> = {}, actor: Actor = system) =>
  as(actor, (db) => findDocuments(db, { kind: 'item', q, chosen, page: 1, pageSize: 20 }));
const ids = async (q: string) => (await find(q)).ids;

describe('a question', () => {
  it.each([
    ['人口', 'resident'],
    ['社保', 'insured'],
    ['空气 臭氧', 'air'],
    ['臭氧空气', 'air'],
    ['身份证', 'resident'],
    ['shebao', 'insured'],
    ['shehuibaoxian', 'insured'],
    ['renkou', 'resident'],
    ['syrkjbxx', 'resident'],
    ['libraries', 'library'],
    ['VISITOR', 'library'],
    ['ＰＭ２．５', 'air'],
    ['法', 'company'],
    ['缴费', 'insured'],
    ['sfz', 'resident'],
    ['参保', 'insured'],
  ])('%s finds %s first', async (q, id) => {
    expect((await ids(q))[0]).toBe(id);
  });

  it('needs all words; where no document has them, those with some are found and it is said', async () => {
    expect((await find('人口 姓名')).some).toBe(false);
    const found = await find('人口 臭氧');
    expect(found.some).toBe(true);
    expect(found.ids.toSorted()).toEqual(['air', 'resident']);
  });

  it('that is misspelt finds what was meant, and says what was looked for', async () => {
    const homophone = await find('实由人口');
    expect(homophone.ids[0]).toBe('resident');
    expect((await find('保显')).ids[0]).toBe('insured');
    expect((await find('libary')).instead).toEqual([{ typed: 'libary', used: 'library' }]);
    expect((await find('renkuo')).ids[0]).toBe('resident');
    expect((await find('社会信用代玛')).ids[0]).toBe('company');
  });

  it('of nonsense finds nothing', async () => {
    for (const q of ['龘靐齉', 'qqqqxxxx', '!!!', "'&|:*()<->\\"]) expect((await find(q)).ids).toEqual([]);
  });

  it('ranks a word in the name before the same characters of two words', async () => {
    await as(system, (db) =>
      putDocuments(db, { app: 'search-library', kind: 'item', documents: [document('citizen', '市民意见征集')] }),
    );
    expect((await ids('市民')).slice(0, 2)).toEqual(['citizen', 'nature']);
    await as(system, (db) => keepOnly(db, { app: 'search-library', kind: 'item', keep: DOCUMENTS.map((d) => d.id) }));
    expect(await ids('市民')).toEqual(['nature']);
  });

  it('counts what each choice would leave, and narrows', async () => {
    const found = await find('', { level: 'L1' });
    expect(found.total).toBe(4);
    expect(found.combinations.reduce((n, c) => n + c.documents, 0)).toBe(6);
    expect((await find('', { level: 'L1', owner: 'market' })).ids).toEqual(['company']);
    expect((await find('', { level: 'L9' })).ids).toEqual([]);
  });
});

describe('rights', () => {
  const official = (unit: string, post: Actor['post']): Actor => ({
    ...system,
    kind: 'person',
    account: 'a',
    unit,
    post,
    reach: 'own',
  });

  it('a document with an audience is found by it only, and counted for it only', async () => {
    for (const actor of [official('party-office', 'street-clerk'), official('police', 'unit-head')])
      expect((await find('内部通知', {}, actor)).ids).toEqual(['secret']);
    const foreign = await find('内部通知', {}, official('police', 'street-clerk'));
    expect(foreign.ids).toEqual([]);
    expect(foreign.combinations.some((c) => c.facets.owner === 'party-office')).toBe(false);
    expect((await find('', {}, official('police', 'street-clerk'))).ids).not.toContain('secret');
  });

  it('a module finds and writes its own documents only', async () => {
    const foreign = await as(
      system,
      (db) => findDocuments(db, { kind: 'item', q: '人口', page: 1, pageSize: 20 }),
      'search-other',
    );
    expect(foreign.ids).toEqual([]);
    await expect(
      as(
        system,
        (db) => putDocuments(db, { app: 'search-library', kind: 'item', documents: [document('x', '假')] }),
        'search-other',
      ),
    ).rejects.toThrow(/row-level security/);
    const rows = await as(system, (db) => db.rows(sql`select id from search.document`), 'search-other');
    expect(rows).toEqual([]);
  });
});

describe('whatever is typed', () => {
  it('is answered, and a part of a name of two characters or more finds its document', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 30 }), async (q) => {
        const found = await find(q);
        expect(found.ids.length).toBe(Math.min(found.total, 20));
      }),
      { numRuns: 60 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...DOCUMENTS.filter((d) => !d.audience && d.id !== 'library')),
        fc.nat(),
        fc.nat(),
        async (d, a, b) => {
          const name = [...(d.texts.title[0] as string)];
          const from = a % (name.length - 1);
          const part = name.slice(from, from + 2 + (b % (name.length - from - 1))).join('');
          expect((await find(part)).ids).toContain(d.id);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('what has not changed is not read again', async () => {
    expect(
      await as(system, (db) => putDocuments(db, { app: 'search-library', kind: 'item', documents: DOCUMENTS })),
    ).toBe(0);
  });
});
