/**
 * `geocode`: labelled addresses in the styles of clerks, couriers, elders, forms and foreigners, with negatives, over all 11,000 buildings and
 * their rooms on PostgreSQL. Accuracy by the route for many addresses; rate and p95 by HTTP at 200 calls a second. Reference in the same run:
 * the same texts without blanks and district, letter by letter, else the nearest by trigrams. The writings are drawn from a seed of this run.
 * Usage: node bench/geocode.ts [addresses] [calls a second] [seconds] [seed]
 */
import { createRandom } from '#districts/huangpu/generate/random.ts';
import { makeWritings, type Writing } from '#districts/huangpu/generate/address-writings.ts';
import { placeNames } from '#districts/huangpu/generate/place-names.ts';
import { generatePlace } from '#districts/huangpu/generate/place.ts';
import { roomsOf } from '#districts/huangpu/generate/rooms.ts';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { space } from '#platform/basedata/space/app.ts';
import type { Answer } from '#platform/basedata/space/answer.ts';
import { filedAddress } from '#platform/basedata/shared/address/book.ts';
import { openAddressBook } from '#platform/basedata/space/address-book.ts';
import { answersOf } from '#platform/basedata/space/answer.ts';
import { geocode } from '#platform/basedata/shared/address/geocode.ts';
import { calendar } from '#platform/calendar/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { exchange } from '#platform/exchange/app.ts';
import { geo } from '#platform/geo/app.ts';
import { openAreaLocator } from '#platform/geo/area-locator.ts';
import { identity } from '#platform/identity/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { openBenchHouse } from './lib/bench-house.ts';
import { report } from './lib/figure.ts';

const [count = 5000, rate = 200, seconds = 20, given] = process.argv.slice(2).map(Number);
const seed = given ?? Math.floor(Math.random() * 2 ** 31);

const { buildings } = generatePlace({ profile: 'full', seed: 310_101 });
const names = placeNames(buildings, createRandom(1));
const writings = makeWritings({ buildings, names, count, random: createRandom(seed) });

const house = await openBenchHouse({
  name: 'geocode',
  manifests: [identity, access, audit, search, rulebook, calendar, catalog, exchange, geo, space],
});
const url = await house.server.fastify.listen({ host: '127.0.0.1', port: 0 });

/** The register, filled as the loaders leave it. */
async function fill(): Promise<void> {
  const rows = buildings.map((b) => {
    const parts = filedAddress({ building: b.code, address: b.address });
    return {
      ...b,
      outline: JSON.stringify(b.outline),
      secrecy: b.secrecy || null,
      road: parts?.road,
      lane: parts?.lane,
      number: parts?.number,
    };
  });
  const { client } = house;
  for (let at = 0; at < rows.length; at += 2000) {
    const chunk = JSON.stringify(rows.slice(at, at + 2000));
    await client.query(
      `insert into space.building (code, name, address, address_key, year_built, outline, committee_code, cell_code, managed_by, facade_class, secrecy, sources, tx_from)
       select x.code, x.name, x.address, x.address, x."yearBuilt", x.outline, x.committee, x.cell, x."managedBy", nullif(x."facadeClass", ''), x.secrecy, '{}', now()
       from jsonb_to_recordset($1::jsonb) as x (code text, name text, address text, "yearBuilt" int, outline text, committee text, cell text, "managedBy" text, "facadeClass" text, secrecy text)`,
      [chunk],
    );
    await client.query(
      `insert into space.address (key, building_code, standard, road, lane, number, valid_from) select x.address, x.code, x.address, x.road, x.lane, x.number, '2026-01-01'
       from jsonb_to_recordset($1::jsonb) as x (code text, address text, road text, lane text, number text)`,
      [chunk],
    );
    const rooms = buildings
      .slice(at, at + 2000)
      .flatMap((b) => roomsOf(b).map((room) => ({ building: b.code, ...room })));
    await client.query(
      `insert into space.room (building_code, floor, number, kind, area_m2, claim_id) select x.building, x.floor, x.number, x.kind, x."areaM2", 0
       from jsonb_to_recordset($1::jsonb) as x (building text, floor int, number text, kind text, "areaM2" float8)`,
      [JSON.stringify(rooms)],
    );
  }
  await client.query(
    `insert into space.alias (alias, kind, target, source, claim_id) select x.alias, x.kind, x.target, x.source, 0
     from jsonb_to_recordset($1::jsonb) as x (alias text, kind text, target text, source text) on conflict do nothing`,
    [JSON.stringify(names)],
  );
  await client.query(
    `insert into space.responsibility (scope_code, duty, unit, post, claim_id) select distinct committee_code, 'committee-head', committee_code, '居委会主任', 0 from space.building`,
  );
  await client.query('create extension if not exists pg_trgm');
  await client.query('create index on space.building using gist (address_key gist_trgm_ops)');
  await client.query('analyze');
}

type Score = {
  ofBuilding: number;
  building: number;
  ofRoom: number;
  room: number;
  wrong: number;
  roomWrong: number;
  total: number;
};

function scored(answer: (w: Writing, i: number) => { building: string | null; room: string | null }): Score {
  const score: Score = {
    ofBuilding: 0,
    building: 0,
    ofRoom: 0,
    room: 0,
    wrong: 0,
    roomWrong: 0,
    total: writings.length,
  };
  for (const [i, writing] of writings.entries()) {
    const got = answer(writing, i);
    const right = got.building !== null && got.building === writing.building;
    if (writing.building !== null) score.ofBuilding += 1;
    if (right) score.building += 1;
    if (got.building !== null && !right) score.wrong += 1;
    if (writing.building === null || writing.room === null) continue;
    score.ofRoom += 1;
    if (right && got.room === writing.room) score.room += 1;
    else if (right && got.room !== null) {
      // A wrong door is a wrong answer too.
      score.roomWrong += 1;
      score.wrong += 1;
    }
  }
  return score;
}

/** Ours: what the route for many addresses answers, a thousand at a time. */
async function ours(): Promise<{ score: Score; perSecond: number }> {
  const answers: Answer[] = [];
  const locator = await openAreaLocator(house.services);
  const book = await openAddressBook(house.services);
  const began = performance.now();
  for (let at = 0; at < writings.length; at += 1000) {
    const found = writings.slice(at, at + 1000).map(({ text }) => geocode(text, book));
    answers.push(
      ...(await house.services.database.tx(
        { module: 'space', actor: systemActor({ name: 'bench' }), readOnly: true },
        (db) => answersOf({ db, locator, found, rooms: true }),
      )),
    );
  }
  const perSecond = (writings.length / (performance.now() - began)) * 1000;
  const score = scored((_w, i) => {
    const answer = answers[i];
    const best = answer?.status === 'found' ? answer.candidates[0] : undefined;
    return { building: best?.place.code ?? null, room: best?.room.number ?? null };
  });
  return { score, perSecond };
}

/** The plain way: blanks and district off, letter by letter, else the nearest by trigrams above 0.6; the room is what stands behind 号. */
async function reference(): Promise<{ score: Score; perSecond: number }> {
  const found: { building: string | null; room: string | null }[] = [];
  const began = performance.now();
  for (const { text } of writings) {
    const plain = text
      .normalize('NFKC')
      .replace(/\s+/g, '')
      .replace(/^(?:上海市?)?(?:[\u4e00-\u9fff]{2,4}区)?/u, '');
    const [, key = plain, rest = ''] = /^(.*号)(.*)$/u.exec(plain) ?? [];
    const exact = await house.client.query<{ code: string }>(
      'select code from space.building where address_key = $1 order by code limit 1',
      [key],
    );
    const near =
      exact.rows.length > 0
        ? exact
        : await house.client.query<{ code: string }>(
            'select code from (select code, similarity(address_key, $1) as near from space.building order by address_key <-> $1 limit 1) s where near >= 0.6',
            [key],
          );
    found.push({ building: near.rows[0]?.code ?? null, room: rest.replace(/室$/u, '') || null });
  }
  const perSecond = (writings.length / (performance.now() - began)) * 1000;
  return { score: scored((_w, i) => found[i] ?? { building: null, room: null }), perSecond };
}

/** Calls at a steady rate, whether or not the ones before are back; times from when each was due. */
async function atRate(): Promise<{ p50: number; p95: number; failed: number }> {
  const times: number[] = [];
  let failed = 0;
  const start = performance.now();
  const calls = Array.from({ length: rate * seconds }, async (_, i) => {
    const due = start + (i * 1000) / rate;
    await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
    const text = (writings[i % writings.length] as Writing).text;
    const reply = await fetch(`${url}/api/space/geocode?text=${encodeURIComponent(text)}`);
    await reply.arrayBuffer();
    if (!reply.ok) failed += 1;
    times.push(performance.now() - due);
  });
  await Promise.all(calls);
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
  return { p50: at(0.5), p95: at(0.95), failed };
}

const percent = (part: number, whole: number): string => `${((part / whole) * 100).toFixed(2)} %`;
const told = ({ score, perSecond }: { score: Score; perSecond: number }): string =>
  `building ${percent(score.building, score.ofBuilding)}, room ${percent(score.room, score.ofRoom)}, confident and wrong ${percent(score.wrong, score.total)} (of them rooms ${percent(score.roomWrong, score.ofRoom)}), ${Math.round(perSecond)}/s`;

try {
  await fill();
  const mine = await ours();
  const plain = await reference();
  await fetch(`${url}/api/space/geocode?text=x`);
  const load = await atRate();
  console.log(`seed ${seed}; ours: ${told(mine)}; exact and trigrams: ${told(plain)}`);
  report({
    name: 'geocode',
    ours: (mine.score.building / mine.score.ofBuilding) * 100,
    reference: (plain.score.building / plain.score.ofBuilding) * 100,
    ratio: mine.score.building / mine.score.ofBuilding / (plain.score.building / plain.score.ofBuilding),
    unit: '% of buildings found',
    wanted: 1.1,
    note: `${count} labelled generated writings (seed ${seed}), ${buildings.length} buildings. Ours: ${told(mine)}. Exact and trigrams: ${told(plain)}. By HTTP at ${rate} calls/s for ${seconds} s, client on the same machine: p50 ${load.p50.toFixed(1)} ms, p95 ${load.p95.toFixed(1)} ms, ${load.failed} failed (wanted < 200 ms)`,
  });
} finally {
  await house.close();
}
