import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { audit } from '#platform/audit/app.ts';
import { POSTS, systemActor } from '#platform/kernel/actor.ts';
import { sql, type Sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { identity } from '#platform/identity/app.ts';
import { access } from './app.ts';
import { callers, dead, ward } from './fixtures/ward/app.ts';

/*
 * Random users, units, posts, areas, assurances, purposes, hours, delegations, resources and rows, each asked over HTTP down to row
 * security, and judged by rules in plain words that know nothing of Cedar, caches, sessions or PostgreSQL.
 */
const RUNS = 2000;
const AREAS = ['310', '310001', '310001001', '310001001001', '310001001002', '310001002001'];
const UNITS = ['unit-a', 'unit-b'];
const PIDS = [
  '00000000-0000-4000-8000-00000000000a',
  '00000000-0000-4000-8000-00000000000b',
  '00000000-0000-4000-8000-00000000000c',
];

const VISITORS = ['committee-worker', 'street-clerk', 'duty-officer'] as const;

const someCase = fc.record({
  who: fc.record({
    post: fc.constantFrom(
      ...POSTS,
      ...VISITORS,
      ...VISITORS,
      ...VISITORS,
      ...VISITORS,
      'data-officer',
      'unit-head',
      'citizen',
      'citizen',
      'citizen',
    ),
    area: fc.option(fc.constantFrom(...AREAS), { nil: undefined }),
    unit: fc.option(fc.constantFrom(...UNITS), { nil: undefined }),
    reach: fc.constantFrom('own' as const, 'own' as const, 'district' as const),
    assurance: fc.constantFrom(1 as const, 2 as const, 3 as const),
    person: fc.option(fc.constantFrom(...PIDS), { nil: undefined }),
  }),
  delegation: fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    {
      weight: 1,
      arbitrary: fc.record({
        giver: fc.constantFrom(...PIDS),
        scopes: fc.constantFrom<string[]>(['letters'], ['letters'], ['other']),
        state: fc.constantFrom('accepted' as const, 'accepted' as const, 'offered' as const, 'ended' as const),
        mine: fc.constantFrom(true, true, true, false),
        over: fc.constantFrom(false, false, false, true),
        giverDied: fc.constantFrom(false, false, false, true),
      }),
    },
  ),
  hour: fc.constantFrom(3, 9, 10, 11, 14, 15, 16, 22),
  purpose: fc.constantFrom(
    undefined,
    'community-care',
    'emergency',
    'emergency',
    'emergency',
    'data-quality',
    'retired-one',
    'made-up',
  ),
  path: fc.constantFrom('visit' as const, 'file' as const, 'letter' as const),
  row: fc.nat({ max: 2 }),
});
type Case = typeof someCase extends fc.Arbitrary<infer T> ? T : never;

/** Posts for which a purpose is registered; a retired one is open to nobody. */
const OPEN: Record<string, readonly string[]> = {
  'community-care': ['committee-worker', 'street-clerk'],
  emergency: ['street-clerk', 'committee-worker', 'duty-officer'],
  'data-quality': ['data-officer'],
};

/** Rows: a visit in each of three committees, a file of each unit and of a third, a letter of each person. */
const VISIT_AREAS = ['310001001001', '310001001002', '310001002001'];
const FILE_UNITS = ['unit-a', 'unit-b', 'unit-c'];

/** What must happen, in plain words. */
function judge(c: Case): string {
  const { who, delegation: d, path } = c;
  if (d) {
    const holds = d.mine && d.state === 'accepted' && !d.over && !d.giverDied;
    if (!holds) return 'DELEGATION_ENDED';
    // Only letters can be delegated, and only where the giver named them.
    if (path !== 'letter' || !d.scopes.includes('letters')) return 'DELEGATION_OUT_OF_SCOPE';
    // The giver's right: a resident, not at night; and only the giver's letter.
    if (c.hour < 6) return 'FORBIDDEN';
    return PIDS[c.row] === d.giver ? 'row' : 'NOT_FOUND';
  }
  if (path === 'letter') {
    if (who.post !== 'citizen' || c.hour < 6) return 'FORBIDDEN';
    return PIDS[c.row] === who.person ? 'row' : 'NOT_FOUND';
  }
  if (path === 'file') {
    if ((who.post !== 'data-officer' && who.post !== 'unit-head') || who.assurance < 2) return 'FORBIDDEN';
    return who.reach === 'district' || FILE_UNITS[c.row] === who.unit ? 'row' : 'NOT_FOUND';
  }
  if (!['committee-worker', 'street-clerk', 'duty-officer'].includes(who.post)) return 'FORBIDDEN';
  // A purpose that is not registered, not in force or not open to the post is told before the hour.
  const held = c.purpose === undefined || (OPEN[c.purpose]?.includes(who.post) ?? false);
  if (!held) return 'PURPOSE_NOT_ALLOWED';
  if (who.post !== 'duty-officer' && (c.hour < 8 || c.hour >= 20)) return 'FORBIDDEN';
  if (c.purpose === undefined) return 'PURPOSE_REQUIRED';
  const there = who.reach === 'district' || (who.area !== undefined && VISIT_AREAS[c.row]?.startsWith(who.area));
  return there ? 'row' : 'NOT_FOUND';
}

let house: TestHouse;
const within = (module: string, query: Sql) =>
  house.services.database.tx({ module, actor: systemActor({ name: 'test' }) }, (db) => db.rows(query));
const idOf = (kind: number, row: number): string => `00000000-0000-4000-8000-0000000${kind}00${row}0`.padEnd(36, '0');

beforeAll(async () => {
  house = await openHouse({ manifests: [{ ...identity, provides: [] }, access, audit, ward], work: false });
  for (let row = 0; row < 3; row += 1) {
    await within(
      'ward',
      sql`insert into ward.visit (id, area, pid) values (${idOf(1, row)}::uuid, ${VISIT_AREAS[row]}, ${PIDS[row]}::uuid)`,
    );
    await within('ward', sql`insert into ward.file (id, unit) values (${idOf(2, row)}::uuid, ${FILE_UNITS[row]})`);
    await within('ward', sql`insert into ward.letter (id, pid) values (${idOf(3, row)}::uuid, ${PIDS[row]}::uuid)`);
  }
  await within(
    'access',
    sql`insert into access.purpose (code, title, basis, posts, retired_at)
    values ('retired-one', '{"zh":"旧","en":"old"}', '{"source":"","article":"","en":""}', '{committee-worker,street-clerk,duty-officer,data-officer}', now())`,
  );
});
afterAll(() => house?.close());

it(`lets nobody see a row that the rules do not give, and refuses nobody what they give: ${RUNS} random cases`, async () => {
  const seen: Record<string, number> = {};
  let leaks = 0;
  let wrongRefusals = 0;
  await fc.assert(
    fc.asyncProperty(someCase, async (c) => {
      const { services } = house;
      const now = new Date(`2026-11-25T${String(c.hour).padStart(2, '0')}:30:00+08:00`);
      services.clock.setOffset(now.getTime() - Date.now());
      dead.clear();
      let delegation: string | undefined;
      if (c.delegation) {
        const d = c.delegation;
        delegation = crypto.randomUUID();
        if (d.giverDied) dead.add(d.giver);
        const taker = d.mine ? 'somebody' : 'another';
        const [from, to] = d.over ? [-20, -1] : [-20, 20];
        const ended = d.state === 'ended';
        await within(
          'access',
          sql`insert into access.delegation (id, basis, giver_person, giver_name, offered_by, to_account, to_label, taker_account, scopes, valid_from, valid_to, evidence, state,
            offered_at, ended_at)
          values (${delegation}::uuid, 'consent', ${d.giver}::uuid, '甲', 'test', ${taker}, 'test', ${d.state === 'offered' ? null : taker}::text, ${d.scopes}::text[],
            ${now}::timestamptz + ${from}::int * interval '1 minute', ${now}::timestamptz + ${to}::int * interval '1 minute', 'test', ${d.state}, ${now}::timestamptz,
            ${ended ? now : null}::timestamptz)`,
        );
      }
      callers.set('sid=x', { actor: { kind: 'person', account: 'somebody', name: '某', ...c.who }, delegation });
      const kind = { visit: 1, file: 2, letter: 3 }[c.path];
      const reply = await call(house, {
        url: `/api/ward/${c.path}/${idOf(kind, c.row)}`,
        cookie: 'sid=x',
        purpose: c.purpose,
      });
      const got = reply.statusCode === 200 ? 'row' : String(reply.json().code);
      const wanted = judge(c);
      if (got === 'row' && wanted !== 'row') leaks += 1;
      if (got !== 'row' && wanted === 'row') wrongRefusals += 1;
      const name = `${c.path}: ${got}`;
      seen[name] = (seen[name] ?? 0) + 1;
      expect(got, JSON.stringify(c)).toBe(wanted);
    }),
    { numRuns: RUNS },
  );
  house.services.clock.setOffset(0);
  console.log(`rights: ${RUNS} cases, ${leaks} leaks, ${wrongRefusals} wrong refusals, ${JSON.stringify(seen)}`);
  for (const name of [
    'visit: row',
    'visit: NOT_FOUND',
    'visit: FORBIDDEN',
    'visit: PURPOSE_NOT_ALLOWED',
    'file: row',
    'file: NOT_FOUND',
    'file: FORBIDDEN',
    'letter: row',
    'letter: NOT_FOUND',
    'letter: FORBIDDEN',
    'letter: DELEGATION_ENDED',
    'letter: DELEGATION_OUT_OF_SCOPE',
  ])
    expect(seen[name] ?? 0, name).toBeGreaterThan(2);
}, 600_000);
