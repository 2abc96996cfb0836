/**
 * The life of a sub-case (子办件生命周期): one item of an application in the hands of one unit. Pure: it knows who may do what in
 * which state, and what follows for clocks and steps; `case-act.ts` carries it out.
 */
export const CASE_STATES = [
  'draft',
  'submitted',
  'correction',
  'accepted',
  'review',
  'stopped',
  'decided',
  'issued',
  'delivered',
  'rated',
  'not-accepted',
  'withdrawn',
  'archived',
] as const;
export type CaseState = (typeof CASE_STATES)[number];

/** 准予 · 不予 · 撤销. */
export type Outcome = 'granted' | 'refused' | 'revoked';

/** Applicant 申请人 · intake 受理人 · handler 承办人 · approver 审批人 · head 负责人 · the platform itself. */
export type Role = 'applicant' | 'intake' | 'handler' | 'approver' | 'head' | 'system';
/** Who acts. One person may hold several roles; the account says that it is the same person. */
export type Hand = { roles: readonly Role[]; account: string };

export type SubState = {
  state: CaseState;
  outcome: Outcome | null;
  /** It needs what another item of the bundle grants, and nobody has to look at it before that. */
  waits: boolean;
  /** Correction notices told so far; a second one only where the head has allowed it. */
  corrections: number;
  furtherCorrection: boolean;
  /** Accounts that took it in or accepted it: none of them decides (受审分离). */
  receivers: readonly string[];
  draft: { outcome: 'granted' | 'refused'; by: string } | null;
  extended: boolean;
  /** The applicant has signed the commitment of notify-and-commit (告知承诺). */
  committed: boolean;
  /** The applicant was heard before a revocation (撤销前陈述申辩). */
  heard: boolean;
  /** A fee is due and not paid: nothing is made out before (先缴费后制证). */
  unpaid: boolean;
};

export type Act =
  | {
      act:
        | 'submit'
        | 'discard'
        | 'release'
        | 'accept'
        | 'accept-at-once'
        | 'deem'
        | 'correct'
        | 'answer'
        | 'not-accept';
    }
  | { act: 'allow-correction' | 'begin' | 'stop' | 'resume' | 'extend' | 'return' | 'decide' }
  | { act: 'commit-grant' | 'issue' | 'deliver' | 'rate' | 'archive' | 'withdraw' | 'hear' | 'revoke' }
  | { act: 'draft'; outcome: 'granted' | 'refused' }
  | { act: 'auto-grant'; discretion: boolean; verified: boolean };
export type ActName = Act['act'];

/** Steps that a law times: 受理审查 · 审查决定 · 制证送达. */
export type Step = 'accept' | 'decide' | 'certify';
export type Effect =
  | { step: Step; phase: 'start'; from: 'now' | 'receipt' }
  | { step: Step; phase: 'end' | 'stop' | 'resume' | 'extend' };

export type Refusal =
  | 'state'
  | 'role'
  | 'waits'
  | 'second-correction'
  | 'separation'
  | 'no-draft'
  | 'extended'
  | 'discretion'
  | 'unverified'
  | 'no-commitment'
  | 'not-heard'
  | 'unpaid';
export type Taken = { ok: true; next: SubState; effects: readonly Effect[] } | { ok: false; why: Refusal };

type Rule = {
  from: readonly CaseState[];
  by: readonly Role[];
  guard?(sub: SubState, act: Act, hand: Hand): Refusal | undefined;
  next(sub: SubState, act: Act, hand: Hand): Partial<SubState>;
  effects?(sub: SubState): readonly Effect[];
};

const end = (step: Step): Effect => ({ step, phase: 'end' });
const start = (step: Step, from: 'now' | 'receipt' = 'now'): Effect => ({ step, phase: 'start', from });
const to = (state: CaseState) => (): Partial<SubState> => ({ state });
const received = (sub: SubState, hand: Hand): readonly string[] =>
  sub.receivers.includes(hand.account) ? sub.receivers : [...sub.receivers, hand.account];
const waiting = (sub: SubState): Refusal | undefined => (sub.waits ? 'waits' : undefined);
/** The step whose clock runs in a state. */
const running = ({ state, waits }: SubState): readonly Effect[] => {
  if (state === 'submitted') return waits ? [] : [end('accept')];
  return state === 'accepted' || state === 'review' || state === 'stopped' ? [end('decide')] : [];
};
const GRANTED_STATES = ['issued', 'delivered', 'rated', 'archived'] as const;

/** Every act once: from where, by whom, on which condition, to where, and what it means for the clocks. */
export const RULES: Readonly<Record<ActName, Rule>> = {
  submit: {
    from: ['draft'],
    by: ['applicant', 'intake'],
    // Who takes an application in at a window is a receiver; the applicant is none.
    next: (sub, _, hand) => ({
      state: 'submitted',
      receivers: hand.roles.includes('intake') ? received(sub, hand) : sub.receivers,
    }),
    effects: (sub) => (sub.waits ? [] : [start('accept')]),
  },
  discard: { from: ['draft'], by: ['applicant'], next: to('withdrawn') },
  // What it waited for was granted: its time begins now.
  release: {
    from: ['submitted'],
    by: ['system'],
    guard: (sub) => (sub.waits ? undefined : 'state'),
    next: () => ({ waits: false }),
    effects: () => [start('accept')],
  },
  accept: {
    from: ['submitted'],
    by: ['intake'],
    guard: waiting,
    next: (sub, _, hand) => ({ state: 'accepted', receivers: received(sub, hand) }),
    effects: () => [end('accept'), start('decide')],
  },
  // Complete, and granted in the same moment on a commitment or by rule: nobody looks at it first (当场受理).
  'accept-at-once': {
    from: ['submitted'],
    by: ['system'],
    guard: waiting,
    next: to('accepted'),
    effects: () => [end('accept'), start('decide')],
  },
  // Silence accepts, as of the day of receipt (行政许可法 art. 32 I 4).
  deem: {
    from: ['submitted'],
    by: ['system'],
    guard: waiting,
    next: to('accepted'),
    effects: () => [end('accept'), start('decide', 'receipt')],
  },
  // Everything that is missing is told at once (一次告知); a second notice needs the head.
  correct: {
    from: ['submitted'],
    by: ['intake', 'system'],
    guard: (sub) => waiting(sub) ?? (sub.corrections > 0 && !sub.furtherCorrection ? 'second-correction' : undefined),
    next: (sub) => ({ state: 'correction', corrections: sub.corrections + 1, furtherCorrection: false }),
    effects: () => [end('accept')],
  },
  'allow-correction': {
    from: ['submitted'],
    by: ['head'],
    guard: (sub) => (sub.corrections > 0 && !sub.furtherCorrection ? undefined : 'state'),
    next: () => ({ furtherCorrection: true }),
  },
  answer: {
    from: ['correction'],
    by: ['applicant', 'intake'],
    next: to('submitted'),
    effects: () => [start('accept')],
  },
  'not-accept': {
    from: ['submitted'],
    by: ['intake'],
    next: (sub, _, hand) => ({ state: 'not-accepted', receivers: received(sub, hand), waits: false }),
    effects: running,
  },
  begin: { from: ['accepted'], by: ['handler'], next: to('review') },
  stop: { from: ['review'], by: ['handler'], next: to('stopped'), effects: () => [{ step: 'decide', phase: 'stop' }] },
  resume: {
    from: ['stopped'],
    by: ['handler'],
    next: to('review'),
    effects: () => [{ step: 'decide', phase: 'resume' }],
  },
  // Ten more days, once, by the head (art. 42 I).
  extend: {
    from: ['review'],
    by: ['head'],
    guard: (sub) => (sub.extended ? 'extended' : undefined),
    next: () => ({ extended: true }),
    effects: () => [{ step: 'decide', phase: 'extend' }],
  },
  draft: {
    from: ['review'],
    by: ['handler'],
    next: (_, act, hand) => ({ draft: act.act === 'draft' ? { outcome: act.outcome, by: hand.account } : null }),
  },
  return: {
    from: ['review'],
    by: ['approver'],
    guard: (sub) => (sub.draft ? undefined : 'no-draft'),
    next: () => ({ draft: null }),
  },
  decide: {
    from: ['review'],
    by: ['approver'],
    guard: (sub, _, hand) => {
      if (!sub.draft) return 'no-draft';
      return sub.receivers.includes(hand.account) || sub.draft.by === hand.account ? 'separation' : undefined;
    },
    next: (sub) => ({ state: 'decided', outcome: sub.draft?.outcome ?? null }),
    effects: () => [end('decide'), start('certify')],
  },
  // 秒批: only where law leaves no discretion, on a verified rule, and never to refuse.
  'auto-grant': {
    from: ['accepted', 'review'],
    by: ['system'],
    guard: (_, act) => {
      if (act.act !== 'auto-grant' || act.discretion) return 'discretion';
      return act.verified ? undefined : 'unverified';
    },
    next: () => ({ state: 'decided', outcome: 'granted' }),
    effects: () => [end('decide'), start('certify')],
  },
  // 告知承诺: granted at once on the signed commitment, looked at afterwards.
  'commit-grant': {
    from: ['accepted'],
    by: ['system'],
    guard: (sub) => (sub.committed ? undefined : 'no-commitment'),
    next: () => ({ state: 'decided', outcome: 'granted' }),
    effects: () => [end('decide'), start('certify')],
  },
  issue: {
    from: ['decided'],
    by: ['handler', 'system'],
    guard: (sub) => (sub.unpaid ? 'unpaid' : undefined),
    next: to('issued'),
  },
  deliver: {
    from: ['issued'],
    by: ['intake', 'handler', 'system'],
    next: to('delivered'),
    effects: () => [end('certify')],
  },
  rate: { from: ['delivered'], by: ['applicant'], next: to('rated') },
  archive: {
    from: ['delivered', 'rated', 'not-accepted', 'withdrawn'],
    by: ['handler', 'system'],
    next: to('archived'),
  },
  withdraw: {
    from: ['submitted', 'correction', 'accepted', 'review', 'stopped'],
    by: ['applicant'],
    next: () => ({ state: 'withdrawn', draft: null, waits: false }),
    effects: running,
  },
  hear: {
    from: GRANTED_STATES,
    by: ['intake', 'handler'],
    guard: (sub) => (sub.outcome === 'granted' && sub.committed ? undefined : 'state'),
    next: () => ({ heard: true }),
  },
  revoke: {
    from: GRANTED_STATES,
    by: ['approver'],
    guard: (sub, _, hand) => {
      if (sub.outcome !== 'granted' || !sub.committed) return 'state';
      if (!sub.heard) return 'not-heard';
      return sub.receivers.includes(hand.account) ? 'separation' : undefined;
    },
    next: () => ({ outcome: 'revoked' }),
  },
};

/** Takes an act, or says why not. The state given is not changed. */
export function take(sub: SubState, act: Act, hand: Hand): Taken {
  const rule = RULES[act.act];
  if (!rule.from.includes(sub.state)) return { ok: false, why: 'state' };
  if (!rule.by.some((role) => hand.roles.includes(role))) return { ok: false, why: 'role' };
  const why = rule.guard?.(sub, act, hand);
  if (why) return { ok: false, why };
  const next = { ...sub, ...rule.next(sub, act, hand) };
  return { ok: true, next, effects: rule.effects?.(sub) ?? [] };
}

/** A sub-case before anything has happened to it. */
export const newSubCase = (of: { waits?: boolean; committed?: boolean } = {}): SubState => ({
  state: 'draft',
  outcome: null,
  waits: of.waits ?? false,
  corrections: 0,
  furtherCorrection: false,
  receivers: [],
  draft: null,
  extended: false,
  committed: of.committed ?? false,
  heard: false,
  unpaid: false,
});

/** Nothing is left to decide: the applicant waits for nobody. */
export const isClosed = (state: CaseState): boolean => CLOSED.includes(state);
const CLOSED: readonly CaseState[] = ['delivered', 'rated', 'not-accepted', 'withdrawn', 'archived'];

/** From what needs the applicant most to what is done: the state of a case is the first one that any of its items has. */
const URGENCY: readonly CaseState[] = [
  'draft',
  'correction',
  'submitted',
  'stopped',
  'review',
  'accepted',
  'decided',
  'issued',
  'delivered',
  'rated',
  'not-accepted',
  'withdrawn',
  'archived',
];

/** State of the whole case (办件状态) from those of its items. */
export function stateOfCase(states: readonly CaseState[]): CaseState {
  return URGENCY.find((state) => states.includes(state)) ?? 'archived';
}
