import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Act,
  type ActName,
  CASE_STATES,
  type CaseState,
  type Hand,
  newSubCase,
  type Role,
  RULES,
  stateOfCase,
  type SubState,
  take,
} from './case-state.ts';

const ACTS = Object.keys(RULES) as ActName[];
const ACCOUNTS = ['ann', 'bo', 'chen', 'di'];
const ROLES: readonly Role[] = ['applicant', 'intake', 'handler', 'approver', 'head', 'system'];

function actNamed(name: ActName, n: number): Act {
  if (name === 'draft') return { act: 'draft', outcome: n % 2 === 0 ? 'granted' : 'refused' };
  if (name === 'auto-grant') return { act: 'auto-grant', discretion: n % 2 === 0, verified: n % 3 === 0 };
  return { act: name } as Act;
}

/** What must hold of every sub-case at any time, in words that know nothing of the table of rules. */
function illegal(sub: SubState, clocks: ReadonlyMap<string, string>): string | undefined {
  const { state, outcome } = sub;
  if (!CASE_STATES.includes(state)) return `no state: ${state}`;
  const settled = ['decided', 'issued', 'delivered', 'rated'].includes(state);
  if (settled && outcome === null) return 'decided without an outcome';
  if (outcome !== null && !settled && state !== 'archived') return `an outcome in ${state}`;
  if (sub.corrections > 0 && sub.waits) return 'corrected while it waits';
  if (outcome === 'revoked' && !(sub.committed && sub.heard)) return 'revoked unheard';
  if (sub.furtherCorrection && sub.corrections === 0) return 'a further correction before the first';
  // One clock at a time, and the one that belongs to the state.
  const open = [...clocks].filter(([, phase]) => phase !== 'ended').map(([step]) => step);
  const wanted: Partial<Record<CaseState, string>> = {
    ...(!sub.waits && { submitted: 'accept' }),
    accepted: 'decide',
    review: 'decide',
    stopped: 'decide',
    decided: 'certify',
    issued: 'certify',
  };
  if (open.length > 1 || open[0] !== wanted[state]) return `clock of ${open.join()} in ${state}`;
  if ((clocks.get('decide') === 'stopped') !== (state === 'stopped'))
    return 'a stopped clock and a state that are not one';
  return undefined;
}

/** Small generator of pseudo-random numbers (mulberry32): 100,000 runs in few seconds, the same at each run. */
function randomFrom(seed: number): (below: number) => number {
  let a = seed;
  return (below) => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

describe('the life of a sub-case', () => {
  it('never reaches an illegal state in 100,000 random runs, and nobody decides what they received or drafted', () => {
    const random = randomFrom(310101);
    const reached = new Set<CaseState>();
    const taken = new Set<ActName>();
    const from = new Map(CASE_STATES.map((state) => [state, ACTS.filter((name) => RULES[name].from.includes(state))]));
    for (let run = 0; run < 100_000; run += 1) {
      let sub = newSubCase({ waits: random(4) === 0, committed: random(3) === 0 });
      const clocks = new Map<string, string>();
      for (let step = 0; step < 24; step += 1) {
        // Mostly what may be done from here, so that runs come far; else anything.
        const possible = random(5) > 0 ? (from.get(sub.state) ?? ACTS) : ACTS;
        const name = possible[random(possible.length)];
        if (name === undefined) break;
        const hand: Hand = {
          roles: random(3) === 0 ? ROLES.filter(() => random(2) === 0) : RULES[name].by,
          account: ACCOUNTS[random(ACCOUNTS.length)] ?? '',
        };
        // A machine that changed what it was given would throw.
        const done = take(Object.freeze(sub), actNamed(name, step), hand);
        if (!done.ok) continue;
        if (name === 'decide' && (sub.receivers.includes(hand.account) || sub.draft?.by === hand.account))
          throw new Error('decided by who received or drafted it');
        if (done.next.outcome === 'refused' && sub.outcome === null && name !== 'decide')
          throw new Error(`refused by ${name}`);
        for (const { step: of, phase } of done.effects)
          clocks.set(of, phase === 'end' ? 'ended' : phase === 'stop' ? 'stopped' : 'running');
        sub = done.next;
        taken.add(name);
        reached.add(sub.state);
        const fault = illegal(sub, clocks);
        if (fault) throw new Error(`${fault} after ${name}: ${JSON.stringify(sub)}`);
      }
    }
    expect(reached.size).toBe(CASE_STATES.length - 1);
    expect([...taken].sort()).toEqual([...ACTS].sort());
  }, 60_000);

  it('has a way out of every state but the last', () => {
    const ways = (state: CaseState) =>
      ACTS.filter((name) => RULES[name].from.includes(state)).filter((name) => {
        const sub = { ...newSubCase({ committed: true }), state, draft: { outcome: 'granted', by: 'x' } as const };
        const done = take(sub, actNamed(name, 3), { roles: RULES[name].by, account: 'y' });
        return done.ok && done.next.state !== state;
      });
    for (const state of CASE_STATES) expect(ways(state).length > 0, state).toBe(state !== 'archived');
  });

  it('tells defects once, and again only where the head has allowed it', () => {
    const go = (sub: SubState, act: ActName, role: Role) =>
      take(sub, actNamed(act, 0), { roles: [role], account: 'ann' });
    const next = (sub: SubState, act: ActName, role: Role): SubState => {
      const done = go(sub, act, role);
      if (!done.ok) throw new Error(done.why);
      return done.next;
    };
    let sub = next(newSubCase(), 'submit', 'applicant');
    sub = next(next(sub, 'correct', 'intake'), 'answer', 'applicant');
    expect(go(sub, 'correct', 'intake')).toEqual({ ok: false, why: 'second-correction' });
    expect(go(sub, 'allow-correction', 'intake')).toEqual({ ok: false, why: 'role' });
    sub = next(next(sub, 'allow-correction', 'head'), 'correct', 'intake');
    expect(go(next(sub, 'answer', 'applicant'), 'correct', 'intake')).toEqual({ ok: false, why: 'second-correction' });
  });

  it('is decided by machine only to grant, without discretion and on a verified rule', () => {
    const sub: SubState = { ...newSubCase(), state: 'accepted' };
    const by: Hand = { roles: ['system'], account: 'system:service' };
    const auto = (discretion: boolean, verified: boolean) => take(sub, { act: 'auto-grant', discretion, verified }, by);
    expect(auto(true, true)).toEqual({ ok: false, why: 'discretion' });
    expect(auto(false, false)).toEqual({ ok: false, why: 'unverified' });
    expect(auto(false, true)).toMatchObject({ ok: true, next: { outcome: 'granted' } });
  });
});

describe('the state of a case', () => {
  it('is that of the item which needs the applicant or the office most, whatever the order', () => {
    const states = fc.array(fc.constantFrom(...CASE_STATES), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(states, (some) => {
        const found = stateOfCase(some);
        return some.includes(found) && stateOfCase([...some].reverse()) === found;
      }),
      { seed: 310101 },
    );
    expect(stateOfCase(['delivered', 'correction', 'review'])).toBe('correction');
    expect(stateOfCase(['withdrawn', 'review'])).toBe('review');
  });
});
