import { describe, expect, it } from 'vitest';
import {
  type Act,
  type ActName,
  actsFor,
  CASE_STATES,
  type CaseState,
  type Hand,
  type Life,
  newLife,
  type Role,
  RULES,
  take,
} from './lifecycle.ts';

const ACTS = Object.keys(RULES) as ActName[];
const ACCOUNTS = ['ann', 'bo', 'chen', 'di'];
const ROLES: readonly Role[] = [
  'reporter',
  'operator',
  'dispatcher',
  'unit',
  'leader',
  'supervisor',
  'centre',
  'system',
];
const MOST = 2;

function actNamed(name: ActName, n: number): Act {
  if (name === 'dispatch' || name === 'rule' || name === 'reassign')
    return { act: name, unit: `unit-${n % 3}`, secure: n % 2 === 0 };
  if (name === 'return' || name === 'ask-suspend' || name === 'ask-extend') return { act: name, most: MOST };
  if (name === 'call-back') return { act: name, reopen: n % 2 === 0 };
  return { act: name } as Act;
}

/** Which clock belongs to which state, in words that know nothing of the table of rules. */
const CLOCK: Partial<Record<CaseState, string>> = {
  reported: 'accept',
  accepted: 'establish',
  established: 'dispatch',
  dispatched: 'handle',
  ruling: 'rule',
  handling: 'handle',
  suspended: 'handle',
  handled: 'verify',
  verified: 'close',
};
const WITH_UNIT: readonly CaseState[] = ['dispatched', 'handling', 'suspended', 'handled', 'verified', 'closed'];

/** What must hold of every case at any time. */
function illegal(life: Life, clocks: ReadonlyMap<string, string>): string | undefined {
  const { state } = life;
  if (!CASE_STATES.includes(state)) return `no state: ${state}`;
  if (WITH_UNIT.includes(state) && life.unit === null) return `${state} without a unit`;
  if (['handled', 'verified', 'closed', 'evaluated'].includes(state) && life.handlers.length === 0)
    return `${state} by nobody`;
  if (['verified', 'closed', 'evaluated'].includes(state)) {
    if (life.verifiedBy === null) return `${state} unverified`;
    if (life.handlers.includes(life.verifiedBy)) return 'verified by who handled it';
  }
  if (life.asked && state !== 'handling') return `asked in ${state}`;
  if (life.allowed > MOST) return 'more suspensions and extensions than may be';
  if (life.returns > MOST + 1) return 'given back once too often';
  if (life.complaint && !['closed', 'evaluated'].includes(state)) return `a complaint in ${state}`;
  if (life.secure === 'due' && !['dispatched', 'handling', 'suspended'].includes(state)) return `unsafe in ${state}`;
  const open = [...clocks].filter(([, phase]) => phase !== 'ended').map(([step]) => step);
  const wanted = [
    ...(life.complaint ? ['call-back'] : CLOCK[state] ? [CLOCK[state]] : []),
    ...(life.secure === 'due' ? ['secure'] : []),
  ];
  if (open.sort().join() !== wanted.sort().join()) return `clocks of ${open.join()} in ${state}`;
  if ((clocks.get('handle') === 'stopped') !== (state === 'suspended')) return 'the clock stands still unsuspended';
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

const go = (life: Life, act: Act, role: Role, account = 'ann') => take(life, act, { roles: [role], account });
type Pace = readonly [Act | ActName, Role, string?];
const walk = (...path: readonly Pace[]): Life =>
  path.reduce((life, [act, role, account]) => {
    const done = go(life, typeof act === 'string' ? actNamed(act, 1) : act, role, account);
    if (!done.ok) throw new Error(`${typeof act === 'string' ? act : act.act}: ${done.why}`);
    return done.next;
  }, newLife());
const TO_UNIT: readonly Pace[] = [
  ['accept', 'operator'],
  ['establish', 'operator'],
  ['dispatch', 'dispatcher'],
];

describe('the life of an incident case', () => {
  it('never reaches an illegal state in 100,000 random runs', () => {
    const random = randomFrom(310101);
    const reached = new Set<CaseState>();
    const taken = new Set<ActName>();
    const from = new Map(CASE_STATES.map((state) => [state, ACTS.filter((name) => RULES[name].from.includes(state))]));
    for (let run = 0; run < 100_000; run += 1) {
      let life: Life = { ...newLife(), reports: 1 + random(2) };
      const clocks = new Map<string, string>([['accept', 'running']]);
      for (let step = 0; step < 28; step += 1) {
        // Mostly what may be done from here, so that runs come far; else anything.
        const possible = random(5) > 0 ? (from.get(life.state) ?? ACTS) : ACTS;
        const name = possible[random(possible.length)];
        if (name === undefined) break;
        const hand: Hand = {
          roles: random(3) === 0 ? ROLES.filter(() => random(2) === 0) : RULES[name].by,
          account: ACCOUNTS[random(ACCOUNTS.length)] ?? '',
        };
        // A machine that changed what it was given would throw.
        const done = take(Object.freeze(life), actNamed(name, step), hand);
        if (!done.ok) continue;
        if (!RULES[name].by.some((role) => hand.roles.includes(role))) throw new Error(`${name} by nobody who may`);
        if ((name === 'verify' || name === 'close') && life.handlers.includes(hand.account))
          throw new Error(`${name} by who handled it`);
        for (const { step: of, phase } of done.effects) {
          const before = clocks.get(of) ?? 'ended';
          if (phase === 'start' && before !== 'ended') throw new Error(`${name} starts ${of}, which is ${before}`);
          if (phase !== 'start' && before === 'ended') throw new Error(`${name}: ${phase} of ${of}, which has ended`);
          clocks.set(of, phase === 'end' ? 'ended' : phase === 'stop' ? 'stopped' : 'running');
        }
        life = done.next;
        taken.add(name);
        reached.add(life.state);
        const fault = illegal(life, clocks);
        if (fault) throw new Error(`${fault} after ${name}: ${JSON.stringify(life)}`);
      }
    }
    expect([...reached].sort()).toEqual([...CASE_STATES].filter((state) => state !== 'reported').sort());
    expect([...taken].sort()).toEqual([...ACTS].sort());
  }, 60_000);

  it('has a way out of every state but the last', () => {
    for (const state of CASE_STATES) {
      const ways = ACTS.filter((name) => RULES[name].from.includes(state));
      expect(ways.length > 0, state).toBe(state !== 'archived');
    }
  });

  it('is given back twice; the third time the centre rules, and that ends it', () => {
    let life = walk(...TO_UNIT);
    for (let n = 0; n < MOST; n += 1) {
      const back = go(life, { act: 'return', most: MOST }, 'unit');
      expect(back).toMatchObject({ ok: true, next: { state: 'established', unit: null, returns: n + 1 } });
      const out = back.ok ? go(back.next, { act: 'dispatch', unit: 'other', secure: false }, 'dispatcher') : back;
      if (out.ok) life = out.next;
    }
    const third = go(life, { act: 'return', most: MOST }, 'unit');
    expect(third).toMatchObject({ ok: true, next: { state: 'ruling' } });
    if (third.ok) life = third.next;
    const ruled = go(life, { act: 'rule', unit: 'named', secure: false }, 'centre');
    expect(ruled).toMatchObject({ ok: true, next: { state: 'dispatched', unit: 'named', ruled: true } });
    if (ruled.ok) expect(go(ruled.next, { act: 'return', most: MOST }, 'unit')).toEqual({ ok: false, why: 'ruled' });
  });

  it('stands still only on the leader’s approval, who is another person, and twice at most', () => {
    let life = walk(...TO_UNIT, ['take', 'unit', 'ann']);
    for (let n = 0; n < MOST; n += 1) {
      const asked = go(life, { act: 'ask-suspend', most: MOST }, 'unit', 'ann');
      if (!asked.ok) throw new Error(asked.why);
      expect(go(asked.next, { act: 'ask-extend', most: MOST }, 'unit', 'ann')).toEqual({ ok: false, why: 'asked' });
      expect(go(asked.next, { act: 'feedback' }, 'unit', 'ann')).toMatchObject({
        ok: true,
        next: { state: 'handled', asked: null },
      });
      expect(go(asked.next, { act: 'allow' }, 'leader', 'ann')).toEqual({ ok: false, why: 'separation' });
      const allowed = go(asked.next, { act: 'allow' }, 'leader', 'head');
      expect(allowed).toMatchObject({
        ok: true,
        next: { state: 'suspended' },
        effects: [{ step: 'handle', phase: 'stop' }],
      });
      if (!allowed.ok) return;
      const on = go(allowed.next, { act: 'resume' }, 'unit', 'ann');
      if (on.ok) life = on.next;
    }
    expect(go(life, { act: 'ask-extend', most: MOST }, 'unit', 'ann')).toEqual({ ok: false, why: 'allowances' });
  });

  it('is merged before it is filed and never after, and shared reports are not withdrawn by one', () => {
    expect(go(newLife(), { act: 'merge' }, 'operator').ok).toBe(true);
    expect(go(walk(...TO_UNIT), { act: 'merge' }, 'operator')).toEqual({ ok: false, why: 'state' });
    expect(go({ ...newLife(), reports: 40 }, { act: 'withdraw' }, 'reporter')).toEqual({ ok: false, why: 'shared' });
  });

  it('is done again for a reporter who is not satisfied, after a call', () => {
    const closed = walk(
      ...TO_UNIT,
      ['take', 'unit', 'ann'],
      ['feedback', 'unit', 'ann'],
      ['verify', 'supervisor', 'bo'],
      ['close', 'centre', 'chen'],
    );
    expect(go(closed, { act: 'call-back', reopen: true }, 'centre', 'chen')).toEqual({
      ok: false,
      why: 'no-complaint',
    });
    const complained = go(closed, { act: 'complain' }, 'reporter', 'di');
    if (!complained.ok) throw new Error(complained.why);
    expect(go(complained.next, { act: 'archive' }, 'centre')).toEqual({ ok: false, why: 'complaint' });
    expect(go(complained.next, { act: 'call-back', reopen: true }, 'centre', 'chen')).toMatchObject({
      ok: true,
      next: { state: 'handling', reworks: 1, complaint: false, verifiedBy: null },
    });
  });

  it('offers a hand only what it may do', () => {
    const handled = walk(...TO_UNIT, ['take', 'unit', 'ann'], ['feedback', 'unit', 'ann']);
    expect(actsFor(handled, { roles: ['supervisor'], account: 'ann' })).toEqual([]);
    expect(actsFor(handled, { roles: ['supervisor'], account: 'bo' })).toEqual(['verify', 'rework']);
  });
});
