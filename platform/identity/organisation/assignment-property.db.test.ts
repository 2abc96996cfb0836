import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { linkAccount } from '../accounts.ts';
import { forgetSessions } from '../actor-cache.ts';
import { identity } from '../app.ts';
import { signIn } from '../testing.ts';
import { inIdentity } from './testing.ts';

/*
 * Random accounts, posts, units, terms and times, each asked over HTTP and judged by rules in plain words that know nothing of ranges,
 * constraints or joins: who may take which post, and who acts as what at that time.
 */
const RUNS = 2000;
const MINUTE = 60_000;
const USERS = ['clerk.ruijin', 'clerk.bund', 'worker.yandang', 'duty.ops'] as const;
/** Two accounts of one person. */
const PERSON: Record<(typeof USERS)[number], string> = {
  'clerk.ruijin': 'gu',
  'clerk.bund': 'lu',
  'worker.yandang': 'shen',
  'duty.ops': 'lu',
};
/** `ends`: minutes from now at which post or unit end. */
const POSTS = [
  { name: 'desk', kind: 'street-clerk', unit: 'street-310101023', area: '310101023' },
  { name: 'other-desk', kind: 'street-clerk', unit: 'street-310101013', area: '310101013' },
  { name: 'short', kind: 'data-officer', unit: 'publicity', area: '310101', ends: 5 },
  { name: 'closing', kind: 'data-officer', unit: 'united-front', area: '310101', unitEnds: -5 },
  { name: 'head', kind: 'unit-head', unit: 'street-310101013', area: '310101013', single: true },
  { name: 'system', kind: 'system-administrator', unit: 'staffing', area: '310101', guard: true },
  { name: 'security', kind: 'security-administrator', unit: 'staffing', area: '310101', guard: true },
  { name: 'audit', kind: 'security-auditor', unit: 'staffing', area: '310101', guard: true },
] as const;
type PostName = (typeof POSTS)[number]['name'];
type Place = {
  kind: string;
  unit: string;
  area: string;
  ends?: number;
  unitEnds?: number;
  single?: boolean;
  guard?: boolean;
};
const place = (name: PostName): Place => POSTS.find((post) => post.name === name) as Place;

const someStep = fc.record({
  user: fc.constantFrom(...USERS),
  post: fc.constantFrom(...POSTS.map(({ name }) => name)),
  from: fc.integer({ min: -30, max: 20 }),
  lasts: fc.option(fc.integer({ min: 1, max: 40 }), { nil: null }),
  acting: fc.boolean(),
});
const someCase = fc.record({
  steps: fc.array(someStep, { minLength: 1, maxLength: 5 }),
  asks: fc.nat(4),
  at: fc.integer({ min: -25, max: 25 }),
  chosen: fc.option(fc.nat(4), { nil: null }),
});
type Step = { user: (typeof USERS)[number]; post: PostName; from: number; to: number; acting: boolean };

const overlap = (a: Step, b: Step): boolean => a.from < b.to && b.from < a.to;

/** May this be written beside what was written before? */
function mayTake(step: Step, before: readonly Step[]): boolean {
  const meanwhile = before.filter((other) => overlap(step, other));
  // Nobody holds one post twice at a time.
  if (meanwhile.some((other) => other.user === step.user && other.post === step.post)) return false;
  // The head is one person; who looks after the post is one person as well, and may be there beside the head.
  const { single, guard, kind } = place(step.post);
  if (single && meanwhile.some((other) => other.post === step.post && other.acting === step.acting)) return false;
  // System, security and audit are three persons, whatever their accounts.
  return !(
    guard &&
    meanwhile.some(
      (other) => PERSON[other.user] === PERSON[step.user] && place(other.post).guard && place(other.post).kind !== kind,
    )
  );
}

/** What a person acts as at a time: the post that was chosen if it holds, else the oldest own one, else the oldest looked after. */
function actsAs(options: {
  user: string;
  at: number;
  kept: readonly Step[];
  chosen: Step | undefined;
}): Step | undefined {
  const { user, at, kept, chosen } = options;
  const held = kept.filter(({ user: whose, from, to, post }) => {
    const { ends = Infinity, unitEnds = Infinity } = place(post);
    return whose === user && from <= at && at < to && at < ends && at < unitEnds;
  });
  if (chosen && held.includes(chosen)) return chosen;
  return held.toSorted((a, b) => Number(a.acting) - Number(b.acting) || a.from - b.from)[0];
}

let house: TestHouse;
const cookies = new Map<string, string>();
const posts = new Map<PostName, string>();
const zero = Date.now();
const moment = (minutes: number): Date => new Date(zero + minutes * MINUTE);

beforeAll(async () => {
  house = await openHouse({ manifests: [identity, access, audit], work: false });
  for (const user of USERS) {
    const idNumber =
      { gu: '310199198502130021', lu: '310199198110010020', shen: '310199194205160015' }[PERSON[user]] ?? '';
    await linkAccount({ services: house.services, account: user, subject: { idNumber } });
    cookies.set(user, await signIn(house, user));
  }
  for (const { name, kind, unit, area, ...more } of POSTS) {
    const { ends, single = false } = more as Partial<Place>;
    const [made] = await inIdentity<{ id: string }>(
      house,
      sql`insert into identity.post (kind, unit, area, single, title, valid_from, valid_to)
        values (${kind}, ${unit}, ${area}, ${single}::boolean, ${name}, '-infinity', ${ends === undefined ? null : moment(ends)}::timestamptz) returning id`,
    );
    posts.set(name, made?.id ?? '');
  }
  await inIdentity(
    house,
    sql`update identity.unit set valid_to = ${moment(-5)}::timestamptz where code = 'united-front' returning code`,
  );
}, 240_000);
afterAll(() => house?.close());

/** Writes a step; says whether the database took it. */
async function take(step: Step): Promise<string | undefined> {
  const to = step.to === Infinity ? null : moment(step.to);
  try {
    const [made] = await inIdentity<{ id: string }>(
      house,
      sql`insert into identity.assignment (account, post, valid_from, valid_to, acting, origin)
        values (${step.user}, ${posts.get(step.post) ?? ''}::uuid, ${moment(step.from)}::timestamptz, ${to}::timestamptz, ${step.acting}::boolean, 'order') returning id`,
    );
    return made?.id;
  } catch (error) {
    if ((error as { code?: string }).code === '23P01') return undefined;
    throw error;
  }
}

it(`gives nobody a post that the rules forbid, and everybody exactly what they hold at the time: ${RUNS} random cases`, async () => {
  const seen: Record<string, number> = {};
  const count = (what: string) => {
    seen[what] = (seen[what] ?? 0) + 1;
  };
  await fc.assert(
    fc.asyncProperty(someCase, async (c) => {
      await inIdentity(
        house,
        sql`with gone as (update identity.assignment set valid_to = valid_from where valid_to is distinct from valid_from and account = any(${[...USERS]}::text[]))
        update identity.session set assignment = null, seen_at = ${moment(c.at)}::timestamptz, expires_at = ${moment(120)}::timestamptz where ended_at is null returning id`,
      );
      const kept: Step[] = [];
      const ids = new Map<Step, string>();
      const steps = c.steps.map(({ user, post, from, lasts, acting }, i): Step => {
        // Acting has a term; the fraction keeps beginnings apart.
        const begins = from + i / 100;
        return { user, post, acting, from: begins, to: lasts === null && !acting ? Infinity : begins + (lasts ?? 10) };
      });
      for (const step of steps) {
        const id = await take(step);
        expect(id !== undefined, JSON.stringify({ step, kept })).toBe(mayTake(step, kept));
        count(id === undefined ? 'refused' : 'taken');
        if (id === undefined) continue;
        kept.push(step);
        ids.set(step, id);
      }
      const user = steps[c.asks % steps.length]?.user ?? USERS[0];
      const wish = c.chosen === null ? undefined : kept.filter((step) => step.user === user)[c.chosen];
      if (wish)
        await inIdentity(
          house,
          sql`update identity.session set assignment = ${ids.get(wish) ?? ''}::uuid where account = ${user} and ended_at is null returning id`,
        );
      const at = c.at + 0.005;
      house.services.clock.setOffset(moment(at).getTime() - Date.now());
      forgetSessions(house.services);
      const me = (await call(house, { url: '/api/identity/me', cookie: cookies.get(user) })).json();
      house.services.clock.setOffset(0);
      const wanted = actsAs({ user, at, kept, chosen: wish });
      count(wanted === undefined ? 'nothing' : wanted === wish ? 'chosen' : 'first');
      const { kind, unit, area } = wanted ? place(wanted.post) : { kind: null, unit: undefined, area: null };
      expect({
        kind: me.kind,
        unit: me.unit?.code,
        area: me.area,
        caretaker: me.caretaker,
        assignment: me.assignment,
        withoutPost: me.withoutPost,
      }).toEqual({
        kind,
        unit,
        area,
        caretaker: wanted?.acting ?? false,
        assignment: wanted ? ids.get(wanted) : null,
        withoutPost: wanted === undefined,
      });
    }),
    { numRuns: RUNS },
  );
  console.log(`assignments: ${RUNS} cases, ${JSON.stringify(seen)}`);
  expect(Object.keys(seen).sort()).toEqual(['chosen', 'first', 'nothing', 'refused', 'taken']);
}, 900_000);
