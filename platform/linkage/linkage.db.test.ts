import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { linkage } from './app.ts';
import { inhabitant, town, townSpace, village } from './fixtures/town/app.ts';
import type { Stated } from './model/space.ts';
import { readJournal } from './store/journal.ts';
import type { LinkedSpace, Move } from './store/linked-space.ts';
import { modelInForce, storeModel } from './store/models.ts';
import { answerPair, answersTo, explainPair, openPairs } from './store/review.ts';
import { takeRecords } from './store/take-records.ts';
import { unmerge } from './store/unmerge.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse({ manifests: [access, audit, linkage, town, village], work: false });
}, 240_000);
afterAll(() => house?.close());

const tx = <T>(work: (db: Db) => Promise<T>, module = 'town') =>
  house.services.database.tx({ module, actor: systemActor({ name: 'test' }) }, work);

/** A fresh space of the store, and what its records state. */
function opened(id: string) {
  const records = new Map<number, Stated>();
  const linked = townSpace(id, records);
  return {
    records,
    linked,
    take: (batch: readonly [number, Stated, string?][]): Promise<Move[]> => {
      for (const [record, stated] of batch) records.set(record, stated);
      return tx((db) =>
        takeRecords({
          db,
          linked,
          records: batch.map(([record, stated, anchor]) => ({ record, stated, anchor })),
          by: 'test',
        }),
      );
    },
  };
}
const subjectsOf = async (linked: LinkedSpace): Promise<Map<number, string>> => {
  const rows = await tx((db) =>
    db.rows<{ record: number; subject: string }>(
      sql`select record, subject from linkage.member where space = ${linked.space.id} order by record`,
    ),
  );
  return new Map(rows.map((r) => [Number(r.record), r.subject]));
};
const groups = (subjects: ReadonlyMap<number, string>): string[] => {
  const by = new Map<string, number[]>();
  for (const [record, subject] of subjects) by.set(subject, [...(by.get(subject) ?? []), record]);
  return [...by.values()].map((g) => g.sort((x, y) => x - y).join('+')).sort();
};

const TWIN = { birth: '2015-06-01', phone: '13912345678', home: '思南路1弄2号301室', sex: '男' };

const anchorOf = ({ identifier }: Stated): string | undefined =>
  identifier && `00000000-0000-4000-8000-${Buffer.from(identifier).toString('hex').padStart(12, '0').slice(-12)}`;

describe('taking records in', () => {
  it('finds the subject of what has no identifier, and gives one to whom nobody knows', async () => {
    const { take, linked } = opened('plain');
    await take([
      [1, inhabitant(1), '00000000-0000-4000-8000-000000000001'],
      [2, inhabitant(2), '00000000-0000-4000-8000-000000000002'],
    ]);
    const moves = await take([
      [3, inhabitant(1, 2)],
      [4, inhabitant(3, 2)],
    ]);
    expect(moves).toHaveLength(2);
    const subjects = await subjectsOf(linked);
    expect(subjects.get(3)).toBe('00000000-0000-4000-8000-000000000001');
    expect(groups(subjects)).toEqual(['1+3', '2', '4']);
  });

  it('the same batch again changes nothing', async () => {
    const { take, linked } = opened('again');
    const batch: [number, Stated][] = [1, 2, 3].flatMap((n) =>
      [0, 1, 2].map((c): [number, Stated] => [n * 10 + c, inhabitant(n, c)]),
    );
    await take(batch);
    const before = await subjectsOf(linked);
    expect(await take(batch)).toEqual([]);
    expect(await subjectsOf(linked)).toEqual(before);
  });

  it('batches in any order and of any size end in the same clusters', async () => {
    const all: [number, Stated][] = Array.from({ length: 8 }, (_, n) =>
      [0, 1, 2, 3].map((c): [number, Stated] => [n * 10 + c, inhabitant(n, c)]),
    ).flat();
    // One who may be either of two with a number, twins, and one number on two persons.
    all.push(
      [100, { ...TWIN, name: '郯稷', identifier: 'x' }],
      [101, { ...TWIN, name: '郯稷' }],
      [102, { ...TWIN, name: '郯稷', identifier: 'y', home: undefined }],
      [110, { ...TWIN, name: '李浩宇', phone: '13712345678' }],
      [111, { ...TWIN, name: '李浩然', phone: '13712345678' }],
      [120, { ...inhabitant(1), identifier: 'id-2' }],
    );
    let expected: string[] | undefined;
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.array(fc.integer({ min: 1, max: all.length - 1 }), { maxLength: 5 }),
        async (order, cuts) => {
          const { take, linked } = opened(`order-${(run += 1)}`);
          const ends = [...new Set([...cuts, order.length])].sort((x, y) => x - y);
          // As a base database does: whoever states an identifier is anchored at its holder.
          const batch = order.map(([record, stated]): [number, Stated, string?] => [record, stated, anchorOf(stated)]);
          for (const [i, end] of ends.entries()) await take(batch.slice(ends[i - 1] ?? 0, end));
          const found = groups(await subjectsOf(linked));
          expected ??= found;
          expect(found).toEqual(expected);
        },
      ),
      { numRuns: 12 },
    );
    expect(expected).toEqual(expect.arrayContaining(['110', '111', '20+21+22+23+120', '0+1+2+3', '10+11+12+13']));
  });

  it('a record that links two subjects makes them one, and the journal says which went where', async () => {
    const { take, linked } = opened('bridge');
    const half = { name: '郯稷', birth: '1970-02-03', sex: '男' };
    await take([
      [1, { ...half, phone: '13912345678' }],
      [2, { ...half, birth: undefined, home: '思南路1弄2号301室' }],
    ]);
    expect(groups(await subjectsOf(linked))).toEqual(['1', '2']);
    const before = await subjectsOf(linked);
    await take([[3, { ...half, phone: '13912345678', home: '思南路1弄2号301室' }]]);
    expect(groups(await subjectsOf(linked))).toEqual(['1+2+3']);
    const [entry] = await tx((db) => readJournal({ db, linked }));
    expect(entry).toMatchObject({
      kind: 'merge',
      fromSubject: before.get(2),
      toSubject: before.get(1),
      records: [2],
      by: 'test',
    });
  });

  it('a merge is taken back: both have their records and subjects again, and stay apart', async () => {
    const { take, linked } = opened('back');
    const half = { name: '郯稷', birth: '1970-02-03', sex: '男' };
    await take([
      [1, { ...half, phone: '13912345678' }],
      [2, { ...half, birth: undefined, home: '思南路1弄2号301室' }],
    ]);
    const before = await subjectsOf(linked);
    await take([[3, { ...half, phone: '13912345678', home: '思南路1弄2号301室' }]]);
    const [merge] = await tx((db) => readJournal({ db, linked }));
    const undone = await tx((db) => unmerge({ db, linked, entry: merge?.id as string, by: 'judge' }));
    const after = await subjectsOf(linked);
    expect([after.get(1), after.get(2)]).toEqual([before.get(1), before.get(2)]);
    expect(undone?.since).toEqual(merge?.at);
    expect(undone?.moves.map((m) => m.record)).toContain(2);
    // What is new does not bring them together again.
    await take([[4, { ...half, phone: '13912345678', home: '思南路1弄2号301室' }]]);
    const later = await subjectsOf(linked);
    expect(later.get(1)).not.toBe(later.get(2));
    expect(await tx((db) => unmerge({ db, linked, entry: merge?.id as string, by: 'judge' }))).toBeUndefined();
    const journal = await tx((db) => readJournal({ db, linked, subject: before.get(2) as string }));
    expect(journal.map((e) => e.kind)).toContain('unmerge');
  });

  it('false merges that are taken back leave the truth', async () => {
    const { take, linked } = opened('many');
    // S4 asks for a thousand false merges: FALSE_MERGES=1000; every run has thirty.
    const people = 2 * Number(process.env.FALSE_MERGES ?? 30);
    const one = (n: number): Stated => ({ ...inhabitant(n, 2), phone: undefined });
    await take(Array.from({ length: people }, (_, n): [number, Stated] => [n, one(n)]));
    const truth = groups(await subjectsOf(linked));
    const links = await tx(async (db) => {
      // A false verdict joins each with the next.
      await db.run(sql`
        insert into linkage.link (app, space, a, b, weight, probability, version, band, verdict, decided_at)
        select 'town', 'many', n, n + 1, 1, 0.9, 'x', 'clerical', 'same', kernel.now() from generate_series(0, ${people - 2}::int, 2) n`);
      return db.rows<{ a: number }>(
        sql`select a from linkage.link where space = 'many' and verdict = 'same' order by a`,
      );
    });
    const { resettle } = await import('./store/resettle.ts');
    for (const { a } of links)
      await tx((db) => resettle({ db, linked, touched: [{ record: Number(a) }], by: 'mistake' }));
    expect(groups(await subjectsOf(linked))).toHaveLength(people / 2);
    // The journal shows the newest two hundred; undone ones stay in it, so they are read from the table.
    const merges = await tx((db) =>
      db.rows<{ id: string }>(
        sql`select id from linkage.journal where space = 'many' and kind = 'merge' order by at desc, id desc`,
      ),
    );
    for (const { id } of merges) await tx((db) => unmerge({ db, linked, entry: id, by: 'judge' }));
    expect(groups(await subjectsOf(linked))).toEqual(truth);
  });
});

describe('review by people', () => {
  const twins = async (id: string) => {
    const house = opened(id);
    await house.take([
      [1, { ...TWIN, name: '李浩宇' }],
      [2, { ...TWIN, name: '李浩雨' }],
    ]);
    return house;
  };

  it('twins are asked about, with every field explained', async () => {
    const { linked } = await twins('asked');
    const [pair] = await tx((db) => openPairs({ db, linked, reviewer: 'wang' }));
    expect(pair).toMatchObject({ a: 1, b: 2, reason: 'twins-home' });
    const said = await tx((db) => explainPair({ db, linked, a: 1, b: 2 }));
    expect(said?.rule?.id).toBe('twins-home');
    expect(said?.reasons.find((r) => r.attribute === 'name')?.text.zh).toContain('同音');
  });

  it('two must agree, and the second learns nothing of the first before answering', async () => {
    const { linked } = await twins('two');
    const answer = (reviewer: string, word: 'same' | 'different' | 'unsure') =>
      tx((db) => answerPair({ db, linked, a: 1, b: 2, reviewer, answer: word }));
    const seenBy = (reviewer: string) => tx((db) => answersTo({ db, linked, reviewer, a: 1, b: 2 }));
    expect(await answer('wang', 'same')).toMatchObject({ state: 'waiting' });
    expect(await seenBy('li')).toEqual([]);
    expect(await tx((db) => openPairs({ db, linked, reviewer: 'li' }))).toHaveLength(1);
    expect(await tx((db) => openPairs({ db, linked, reviewer: 'wang' }))).toEqual([]);
    expect(await answer('wang', 'same')).toMatchObject({ state: 'closed' });
    expect(groups(await subjectsOf(linked))).toEqual(['1', '2']);
    const decided = await answer('li', 'same');
    expect(decided.state).toBe('decided');
    expect((await seenBy('li')).map((a) => a.reviewer).sort()).toEqual(['li', 'wang']);
    expect(groups(await subjectsOf(linked))).toEqual(['1+2']);
  });

  it('who disagrees waits for a third; unsure is nobody’s vote', async () => {
    const { linked } = await twins('three');
    const answer = (reviewer: string, word: 'same' | 'different' | 'unsure') =>
      tx((db) => answerPair({ db, linked, a: 1, b: 2, reviewer, answer: word }));
    expect((await answer('wang', 'same')).state).toBe('waiting');
    expect((await answer('li', 'unsure')).state).toBe('waiting');
    expect((await answer('zhao', 'different')).state).toBe('waiting');
    expect((await answer('qian', 'different')).state).toBe('decided');
    expect(groups(await subjectsOf(linked))).toEqual(['1', '2']);
    expect((await answer('sun', 'same')).state).toBe('closed');
  });

  it('an answer cannot be changed or removed', async () => {
    const { linked } = await twins('fixed');
    await tx((db) => answerPair({ db, linked, a: 1, b: 2, reviewer: 'wang', answer: 'unsure' }));
    await expect(tx((db) => db.run(sql`update linkage.answer set answer = 'same'`))).rejects.toThrow(
      /permission denied/,
    );
    await expect(tx((db) => db.run(sql`delete from linkage.answer`))).rejects.toThrow(/permission denied/);
    await expect(tx((db) => db.run(sql`delete from linkage.journal`))).rejects.toThrow(/permission denied/);
  });
});

it('parameters are kept by version, and the last put in force counts', async () => {
  const { linked } = opened('models');
  const other = { ...linked.parameters, version: 'other' };
  expect(await tx((db) => modelInForce(db, 'models'))).toBeUndefined();
  await tx((db) => storeModel(db, linked.parameters));
  expect(await tx((db) => modelInForce(db, 'models'))).toEqual(linked.parameters);
  await tx((db) => storeModel(db, other));
  expect((await tx((db) => modelInForce(db, 'models')))?.version).toBe('other');
  await tx((db) => storeModel(db, linked.parameters));
  expect((await tx((db) => modelInForce(db, 'models')))?.version).toBe(linked.parameters.version);
});

it('another module sees none of it', async () => {
  const { take } = opened('hidden');
  await take([[1, inhabitant(1)]]);
  for (const table of [
    sql`linkage.member`,
    sql`linkage.block_key`,
    sql`linkage.link`,
    sql`linkage.answer`,
    sql`linkage.journal`,
    sql`linkage.model`,
  ])
    expect(await tx((db) => db.rows(sql`select 1 from ${table}`), 'village')).toEqual([]);
});
