/**
 * `unmerge`: invented persons without a number whom two people wrongly say are one with somebody else, and what is left of it after each
 * merge was taken back: claims and golden records compared, value by value, with what they were before. Beside them pairs of twins,
 * of whom none may become one. Reference: the tables put back from copies made before. The seed is drawn at run time and printed.
 * Usage: unmerge [merges] [twin pairs] [--seed N]
 */
import { randomInt } from 'node:crypto';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { dispute } from '#platform/basedata/dispute/app.ts';
import { population } from '#platform/basedata/population/app.ts';
import { linkedPersons } from '#platform/basedata/population/link-claims.ts';
import { followMoves } from '#platform/basedata/population/links/follow-moves.ts';
import { personTarget } from '#platform/basedata/population/target.ts';
import { sendClaims } from '#platform/basedata/shared/fixtures/send-claims.ts';
import { space } from '#platform/basedata/space/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { exchange } from '#platform/exchange/app.ts';
import { geo } from '#platform/geo/app.ts';
import { identity } from '#platform/identity/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { composeCitizenId } from '#platform/kernel/codes/citizen-id.ts';
import type { Db } from '#platform/kernel/db.ts';
import { linkage } from '#platform/linkage/app.ts';
import { askPair } from '#platform/linkage/store/ask-pair.ts';
import { answerPair } from '#platform/linkage/store/review.ts';
import { unmerge } from '#platform/linkage/store/unmerge.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { createRandom } from '#districts/huangpu/generate/random.ts';
import { openBenchHouse } from './lib/bench-house.ts';
import { report } from './lib/figure.ts';

const given = process.argv.slice(2);
const at = given.indexOf('--seed');
const seed = at >= 0 ? Number(given[at + 1]) : randomInt(1, 2 ** 31);
const [merges = 1_000, twinPairs = 2_000] = (at >= 0 ? given.slice(0, at) : given).map(Number);
/** Merges or unmerges of one transaction. */
const CHUNK = 25;
/** Tables that a merge writes to; a restore puts them back, children first. */
const TABLES = [
  'linkage.answer',
  'linkage.journal',
  'linkage.link',
  'linkage.member',
  'population.person_claim',
  'population.person',
];

type Row = Record<string, string | null>;
const random = createRandom(seed).fork('unmerge');
const SURNAMES = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余'];
const GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国志文海波宇辰轩涵梓睿'];
const pick = <T>(from: readonly T[]): T => from[random.int(0, from.length - 1)] as T;
const two = (n: number) => String(n).padStart(2, '0');
let made = 0;

/** Somebody with a name, day of birth, telephone and home of their own. */
function person(): Row & { name: string; birthDate: string } {
  made += 1;
  return {
    name: pick(SURNAMES) + pick(GIVEN) + pick(GIVEN),
    sex: String(random.int(1, 2)),
    birthDate: `${random.int(1940, 2018)}-${two(random.int(1, 12))}-${two(random.int(1, 28))}`,
    phone: `199${String(made).padStart(8, '0')}`,
    residenceAddress: `上海市黄浦区瑞金二路${random.int(1, 900)}号${random.int(1, 30)}0${random.int(1, 9)}室`,
  };
}

/** Rows of both registers, each with the label of whom it is about. */
const rows: Record<'health' | 'public-security' | 'civil-affairs', { about: string; row: Row }[]> = {
  health: [],
  'public-security': [],
  'civil-affairs': [],
};
for (let i = 0; i < merges; i++) {
  // One has a number, the other none: of two numbers nobody can make one.
  const one = person();
  const sequence = i % 1_000;
  const idNumber = composeCitizenId({ region: '310199', birthDate: one.birthDate, sequence });
  one.sex = sequence % 2 === 1 ? '1' : '2';
  rows['public-security'].push({ about: `one-${i}`, row: { ...one, idNumber } });
  rows['civil-affairs'].push({ about: `one-${i}`, row: { ...one, idNumber, nation: '汉' } });
  // Two of one name are who is taken for one by mistake.
  const other = { ...person(), name: one.name, sex: one.sex };
  rows.health.push({ about: `other-${i}`, row: other });
  rows['civil-affairs'].push({ about: `other-${i}`, row: { ...other, nation: '汉' } });
}
for (let i = 0; i < twinPairs; i++) {
  const first = person();
  const last = pick(GIVEN.filter((c) => !first.name.endsWith(c)));
  const second = { ...first, name: first.name.slice(0, -1) + last };
  for (const [n, twin] of [first, second].entries()) {
    rows.health.push({ about: `twin-${i}-${n}`, row: twin });
    rows['civil-affairs'].push({ about: `twin-${i}-${n}`, row: { ...twin, nation: '汉' } });
  }
}

console.log(`seed ${seed}`);
const house = await openBenchHouse({
  name: 'unmerge',
  manifests: [
    identity,
    access,
    audit,
    search,
    rulebook,
    calendar,
    catalog,
    geo,
    exchange,
    linkage,
    space,
    dispute,
    population,
  ],
});
const { client } = house;
const tx = <T>(work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module: 'population', actor: systemActor({ name: 'bench' }) }, work);
const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
};
const followed = async (): Promise<void> => {
  house.services.wake();
  await house.runtime.worker.drain();
};

type State = { claims: Map<string, string>; persons: Map<string, string>; holders: Map<string, string> };

/** Whom each claim is about, what each person is, and who holds each number: all that is not the time of a change. */
async function stateNow(): Promise<State> {
  const claims = await client.query<{ key: string; pid: string }>(
    `select x.dataset || '/' || x.row_no as key, c.pid from population.person_claim c join exchange.claim x on x.id = c.claim_id`,
  );
  const persons = await client.query<{ pid: string; said: string }>(
    `select pid, (to_jsonb(p) - 'tx_from')::text as said from population.person p where exists (select from population.person_claim c where c.pid = p.pid)`,
  );
  const holders = await client.query<{ key: string; pid: string }>(
    'select kind || lookup_key as key, pid from population.identifier',
  );
  return {
    claims: new Map(claims.rows.map(({ key, pid }) => [key, pid])),
    persons: new Map(persons.rows.map(({ pid, said }) => [pid, said])),
    holders: new Map(holders.rows.map(({ key, pid }) => [key, pid])),
  };
}

/** Label of whom a claim is about in truth. */
const truth = new Map<string, string>(
  Object.entries(rows).flatMap(([dataset, all]) =>
    all.map(({ about }, i) => [`${dataset}/${i + 1}`, about] as [string, string]),
  ),
);
const pidsOf = (state: State): Map<string, Set<string>> => {
  const found = new Map<string, Set<string>>();
  for (const [key, pid] of state.claims) {
    const about = truth.get(key) ?? key;
    found.set(about, (found.get(about) ?? new Set()).add(pid));
  }
  return found;
};
/** Persons who hold claims about more than one. */
const mixed = (state: State): number => {
  const abouts = new Map<string, Set<string>>();
  for (const [about, pids] of pidsOf(state))
    for (const pid of pids) abouts.set(pid, (abouts.get(pid) ?? new Set()).add(about));
  return [...abouts.values()].filter((all) => all.size > 1).length;
};
/** Of the merges, those of which both sides are as they were. */
const likeBefore = (before: State, now: State): number => {
  const [was, is] = [pidsOf(before), pidsOf(now)];
  const same = (about: string): boolean => {
    const [a, b] = [[...(was.get(about) ?? [])].sort(), [...(is.get(about) ?? [])].sort()];
    return a.join() === b.join() && a.every((pid) => before.persons.get(pid) === now.persons.get(pid));
  };
  return Array.from({ length: merges }, (_, i) => i).filter((i) => same(`one-${i}`) && same(`other-${i}`)).length;
};

try {
  const loading = await seconds(async () => {
    for (const [unit, all] of Object.entries(rows))
      await sendClaims({
        house,
        target: personTarget,
        module: 'population',
        dataset: unit,
        unit,
        rows: all.map(({ row }) => row),
      });
  });
  await client.query('analyze');
  const before = await stateNow();
  const pids = pidsOf(before);
  const twinsMerged = Array.from({ length: twinPairs }, (_, i) => i).filter((i) =>
    [...(pids.get(`twin-${i}-0`) ?? [])].some((pid) => pids.get(`twin-${i}-1`)?.has(pid)),
  ).length;
  const strangers = mixed(before) - twinsMerged;
  for (const table of TABLES) await client.query(`create table public."${table}" as table ${table}`);

  const numbers = await client.query<{ key: string; id: number }>(
    `select dataset || '/' || row_no as key, id::int from exchange.claim`,
  );
  const claimOf = new Map<string, number>();
  for (const { key, id } of numbers.rows) claimOf.set(truth.get(key) ?? '', id);
  const merging = await seconds(async () => {
    for (let from = 0; from < merges; from += CHUNK)
      await tx(async (db) => {
        const linked = await linkedPersons(db);
        for (let i = from; i < Math.min(merges, from + CHUNK); i++) {
          const [a, b] = [claimOf.get(`one-${i}`), claimOf.get(`other-${i}`)].sort((x, y) => Number(x) - Number(y)) as [
            number,
            number,
          ];
          await askPair({ db, linked, a, b });
          for (const reviewer of ['first', 'second']) {
            const { moves } = await answerPair({ db, linked, a, b, reviewer, answer: 'same' });
            await followMoves(db, moves);
          }
        }
      });
    await followed();
  });
  const wrong = mixed(await stateNow()) - strangers - twinsMerged;

  const entries = await client.query<{ id: string }>(
    `select id from linkage.journal where app = 'population' and kind = 'merge' and by = 'second' order by at, id`,
  );
  const undoing = await seconds(async () => {
    for (let from = 0; from < entries.rows.length; from += CHUNK)
      await tx(async (db) => {
        const linked = await linkedPersons(db);
        for (const { id } of entries.rows.slice(from, from + CHUNK)) {
          const undone = await unmerge({ db, linked, entry: id, by: 'judge' });
          await followMoves(db, undone?.moves ?? []);
        }
      });
    await followed();
  });
  const after = await stateNow();
  const right = likeBefore(before, after);
  const holders = [...before.holders].filter(([key, pid]) => after.holders.get(key) !== pid).length;

  const restoring = await seconds(async () => {
    await client.query(`begin; set local session_replication_role = replica`);
    for (const table of TABLES) await client.query(`delete from ${table}`);
    for (const table of TABLES.toReversed()) await client.query(`insert into ${table} select * from public."${table}"`);
    await client.query('commit');
  });
  const restored = likeBefore(before, await stateNow());
  const kept = right === merges && wrong === merges && twinsMerged === 0 && strangers === 0 && holders === 0;
  report({
    name: 'unmerge',
    ours: right / merges,
    reference: restored / merges,
    ratio: right / restored,
    unit: 'share of false merges after which both persons are as they were',
    wanted: 1,
    note: `PostgreSQL, seed ${seed}; ${truth.size} claims loaded in ${loading.toFixed(0)} s; ${wrong} of ${merges} seeded merges were made (${(merges / merging).toFixed(0)}/s with golden records), ${entries.rows.length} taken back at ${(entries.rows.length / undoing).toFixed(0)}/s with golden records, ${right} as before, ${holders} numbers with another holder; of ${twinPairs} pairs of twins ${twinsMerged} merged, of strangers ${strangers}; reference: the tables put back from copies in ${restoring.toFixed(1)} s, which loses all that came since: ${kept ? 'kept' : 'MISSED'}`,
  });
  if (!kept) process.exitCode = 1;
} finally {
  await house.close();
}
