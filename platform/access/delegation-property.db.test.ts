import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from '#platform/kernel/sql.ts';
import { forgetSessions } from '#platform/identity/authenticate.ts';
import { tokenHash } from '#platform/identity/session.ts';
import { type DelegationHouse, FIRM, openDelegationHouse, PID, type Who } from './fixtures/house.ts';
import { residents } from './fixtures/records/app.ts';

/*
 * Random users, posts, delegations, scopes and rows, each asked over HTTP and judged by rules in plain words that know nothing of
 * sessions, policies or row security.
 */
const RUNS = 2000;
const USERS = ['father', 'daughter', 'neighbour', 'owner', 'worker'] as const satisfies readonly Who[];
const PERSONS = ['father', 'daughter', 'neighbour', 'child', 'owner'] as const;
const ACCOUNT: Record<(typeof USERS)[number], string> = {
  father: 'citizen.father',
  daughter: 'citizen.daughter',
  neighbour: 'citizen.wei',
  owner: 'agent.siyuan',
  worker: 'worker.yandang',
};
const SCOPE = { files: 'file-read', labs: 'lab-read', letters: undefined } as const;
/** Minutes from now at which a delegation begins and ends. */
const TERMS = { past: [-60, -1], now: [-30, 30], future: [10, 60] } as const;

const often = <T>(value: T, times: number): T[] => Array.from({ length: times }, () => value);

const someCase = fc.record({
  user: fc.constantFrom(...USERS),
  enabled: fc.constantFrom(true, true, true, true, true, true, true, false),
  acting: fc.constantFrom(true, true, true, false),
  delegation: fc.record({
    giver: fc.constantFrom(...PERSONS, 'firm' as const),
    taker: fc.constantFrom(...USERS, ...often('user' as const, 15)),
    scopes: fc.subarray(['booking', 'file-read', 'lab-read', 'firm-read'], { minLength: 1 }),
    state: fc.constantFrom(...often('accepted' as const, 12), 'offered', 'declined', 'withdrawn', 'ended'),
    term: fc.constantFrom(...often('now' as const, 10), 'past', 'future'),
    giverDied: fc.constantFrom(...often(false, 11), true),
  }),
  path: fc.constantFrom('files' as const, 'labs' as const, 'letters' as const),
  row: fc.constantFrom(...PERSONS, ...often('giver' as const, 5)),
});
type Case = typeof someCase extends fc.Arbitrary<infer T> ? T : never;

type Verdict = 'row' | 'NOT_FOUND' | 'SIGN_IN_REQUIRED' | 'FORBIDDEN' | 'DELEGATION_ENDED' | 'DELEGATION_OUT_OF_SCOPE';

/** What must happen, in plain words. */
function judge(c: Case & { taker: string; rowOf: string }): Verdict {
  const { delegation: d, user, rowOf } = c;
  if (!c.enabled) return 'SIGN_IN_REQUIRED';
  if (!c.acting) {
    // For oneself: residents and agents read their own row; a committee worker has no such right.
    if (user === 'worker') return 'FORBIDDEN';
    return rowOf === user ? 'row' : 'NOT_FOUND';
  }
  // For somebody: only who holds the delegation, while it is accepted, in its time, and the giver lives.
  const holds = c.taker === user && d.state === 'accepted' && d.term === 'now' && !(d.giverDied && d.giver !== 'firm');
  if (!holds) return 'DELEGATION_ENDED';
  // Only what the giver has named and has to give; letters nobody can give, a firm has no file of a person.
  const scope = SCOPE[c.path];
  if (scope === undefined || d.giver === 'firm' || !d.scopes.includes(scope)) return 'DELEGATION_OUT_OF_SCOPE';
  // And only the giver's row: neither the delegate's own nor anybody else's.
  return rowOf === d.giver ? 'row' : 'NOT_FOUND';
}

let house: DelegationHouse;
beforeAll(async () => {
  house = await openDelegationHouse();
});
afterAll(() => house?.close());

const hashOf = (who: Who): string => tokenHash(house.cookies[who].slice('sid='.length));

async function arrange(c: Case, taker: (typeof USERS)[number]): Promise<void> {
  const { delegation: d } = c;
  const id = crypto.randomUUID();
  const closed = d.state === 'withdrawn' || d.state === 'ended';
  const [from, to] = TERMS[d.term];
  await house.within(
    'access',
    sql`insert into access.delegation (id, basis, giver_person, giver_entity, giver_name, offered_by, to_account, to_label, taker_account, scopes, valid_from, valid_to,
      evidence, state, offered_at, ended_at)
    values (${id}::uuid, ${d.giver === 'firm' ? 'agent' : 'consent'}, ${d.giver === 'firm' ? null : PID[d.giver]}::uuid, ${d.giver === 'firm' ? FIRM : null}::text, ${d.giver},
      'test', ${ACCOUNT[taker]}, 'test', ${d.state === 'accepted' || closed ? ACCOUNT[taker] : null}::text, ${d.scopes}::text[],
      now() + ${from}::int * interval '1 minute', now() + ${to}::int * interval '1 minute', 'test', ${d.state}, now(), ${closed ? new Date() : null}::timestamptz)`,
  );
  await house.within(
    'identity',
    sql`with s as (update identity.session set acting_for = ${c.acting ? id : null}::uuid where token_hash = ${hashOf(c.user)})
      update identity.account set enabled = ${c.enabled}::boolean where account = ${ACCOUNT[c.user]}`,
  );
  for (const fact of residents.values()) fact.deathDate = null;
  if (d.giverDied && d.giver !== 'firm') residents.get(PID[d.giver])!.deathDate = '2026-11-01';
  forgetSessions(house.services);
}

it(`lets nobody read or do more, and nobody less, than the rules say: ${RUNS} random cases, no leak, no wrong refusal`, async () => {
  const seen: Record<string, number> = {};
  /** Refusals that each giver must find in the audit. */
  const owed = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(someCase, async (c) => {
      const { delegation: d } = c;
      const taker = d.taker === 'user' ? c.user : d.taker;
      const rowOf = c.row === 'giver' ? (d.giver === 'firm' ? 'child' : d.giver) : c.row;
      await arrange(c, taker);
      const reply = await house.as(c.user, { url: `/api/records/${c.path}/${PID[rowOf]}` });
      const verdict: Verdict = reply.status === 200 ? 'row' : reply.json.code;
      expect(verdict).toBe(judge({ ...c, taker, rowOf }));
      if (verdict === 'row') expect(reply.json).toEqual({ pid: PID[rowOf], note: `of ${rowOf}` });
      else expect(JSON.stringify(reply.json)).not.toContain(`of ${rowOf}"`);
      const kind = `${c.acting ? (taker === c.user ? 'holder' : 'stranger') : 'oneself'}: ${verdict}`;
      seen[kind] = (seen[kind] ?? 0) + 1;
      const known = c.acting && taker === c.user && d.state !== 'offered' && d.state !== 'declined';
      if (known && verdict.startsWith('DELEGATION_')) {
        const giver = d.giver === 'firm' ? FIRM : PID[d.giver];
        owed.set(giver, (owed.get(giver) ?? 0) + 1);
      }
      await house.within(
        'identity',
        sql`update identity.account set enabled = true where account = ${ACCOUNT[c.user]}`,
      );
    }),
    { numRuns: RUNS },
  );
  // A run that never met a kind of case would prove nothing of it.
  for (const kind of [
    'oneself: row',
    'oneself: NOT_FOUND',
    'oneself: FORBIDDEN',
    'oneself: SIGN_IN_REQUIRED',
    'holder: row',
    'holder: NOT_FOUND',
    'holder: DELEGATION_ENDED',
    'holder: DELEGATION_OUT_OF_SCOPE',
    'stranger: DELEGATION_ENDED',
  ])
    expect(seen[kind], kind).toBeGreaterThan(10);
  console.log(`delegation: ${RUNS} cases, ${JSON.stringify(seen)}`);
  const found = await house.within<{ subject: string; refused: number }>(
    'audit',
    sql`select s.subject, count(*)::int as refused from audit.access a join audit.access_subject s on s.access_id = a.id
      where a.outcome = 'refused' and a.behalf is not null group by 1`,
  );
  expect(new Map(found.map((f) => [f.subject, f.refused]))).toEqual(owed);
}, 600_000);
