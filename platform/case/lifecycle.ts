/**
 * The life of an incident case (案件生命周期, G2; steps as in GB/T 30428): grid cases, hotline calls, alarms of things and findings of
 * patrols go through the same states. Pure: it knows who may do what in which state, and what follows for the clocks; `act.ts` carries it out.
 */
export const CASE_STATES = [
  'reported',
  'facts',
  'accepted',
  'established',
  'dispatched',
  'ruling',
  'handling',
  'suspended',
  'handled',
  'verified',
  'closed',
  'evaluated',
  'rejected',
  'merged',
  'cancelled',
  'archived',
] as const;
export type CaseState = (typeof CASE_STATES)[number];

/** Reporter 上报人 · operator 受理员 · dispatcher 派遣员 · unit 处置单位 · leader 单位负责人 · supervisor 监督员 · centre 网格中心 · the platform itself. */
export type Role = 'reporter' | 'operator' | 'dispatcher' | 'unit' | 'leader' | 'supervisor' | 'centre' | 'system';
/** Who acts. The account says that two roles are the same person. */
export type Hand = { roles: readonly Role[]; account: string };

/** Steps that are timed: 受理 · 立案 · 派遣 · 裁决 · 处置 · 核查 · 结案 · 回访. */
export const STEPS = ['accept', 'establish', 'dispatch', 'rule', 'handle', 'verify', 'close', 'call-back'] as const;
export type Step = (typeof STEPS)[number];

/** What the unit asks its leader for: suspension 挂账 or extension 延期. */
export type AskedKind = 'suspend' | 'extend';

export type Life = {
  state: CaseState;
  unit: string | null;
  /** How often units have given it back (退件). */
  returns: number;
  /** The centre has adjudicated (裁决): the unit that it names cannot give it back. */
  ruled: boolean;
  asked: { kind: AskedKind; by: string } | null;
  /** Suspensions and extensions that the leader has approved so far. */
  allowed: number;
  reworks: number;
  /** Accounts that handled it: none of them verifies or closes it. */
  handlers: readonly string[];
  verifiedBy: string | null;
  /** A place that must be made safe first (紧急围护) within emergency hours. */
  secure: 'none' | 'due' | 'done';
  /** Reports in it (上报数): of many reporters none withdraws it for the others. */
  reports: number;
  /** A reporter is not satisfied, and nobody has called back yet. */
  complaint: boolean;
};

export type Act =
  | { act: 'accept' | 'reject' | 'ask-facts' | 'answer-facts' | 'merge' | 'establish' | 'refer' | 'take' }
  | { act: 'deny' | 'resume' | 'secure' | 'feedback' | 'verify' | 'rework' | 'close' | 'evaluate' | 'complain' }
  | { act: 'withdraw' | 'cancel' | 'archive' }
  | { act: 'dispatch' | 'rule' | 'reassign'; unit: string; secure: boolean }
  /** Most times that units may give it back before the centre rules. */
  | { act: 'return'; most: number }
  /** Most suspensions and extensions together. */
  | { act: 'ask-suspend' | 'ask-extend'; most: number }
  | { act: 'allow' }
  | { act: 'call-back'; reopen: boolean };
export type ActName = Act['act'];

export type Effect = { step: Step | 'secure'; phase: 'start' | 'end' | 'stop' | 'resume' | 'extend' };

export type Refusal =
  | 'state'
  | 'role'
  | 'separation'
  | 'ruled'
  | 'asked'
  | 'not-asked'
  | 'allowances'
  | 'shared'
  | 'complaint'
  | 'no-complaint';
export type Taken = { ok: true; next: Life; effects: readonly Effect[] } | { ok: false; why: Refusal };

type Rule = {
  from: readonly CaseState[];
  by: readonly Role[];
  guard?(life: Life, act: Act, hand: Hand): Refusal | undefined;
  next(life: Life, act: Act, hand: Hand): Partial<Life>;
  effects?(life: Life, act: Act): readonly Effect[];
};

const start = (step: Effect['step']): Effect => ({ step, phase: 'start' });
const end = (step: Effect['step']): Effect => ({ step, phase: 'end' });
const to = (state: CaseState) => (): Partial<Life> => ({ state });
const handledBy = (life: Life, hand: Hand): readonly string[] =>
  life.handlers.includes(hand.account) ? life.handlers : [...life.handlers, hand.account];
/** The handler can never verify, nor close, his own case (处置与核查分离). */
const separate = (life: Life, _: Act, hand: Hand): Refusal | undefined =>
  life.handlers.includes(hand.account) ? 'separation' : undefined;
const unitOf = (act: Act): string | null => ('unit' in act ? act.unit : null);
const mostOf = (act: Act): number => ('most' in act ? act.most : 0);
const makesSafe = (act: Act): boolean => 'secure' in act && act.secure;

/** The step whose clock runs in a state. */
export function stepOf({ state, complaint }: Pick<Life, 'state' | 'complaint'>): Step | undefined {
  switch (state) {
    case 'reported':
      return 'accept';
    case 'accepted':
      return 'establish';
    case 'established':
      return 'dispatch';
    case 'ruling':
      return 'rule';
    case 'dispatched':
    case 'handling':
    case 'suspended':
      return 'handle';
    case 'handled':
      return 'verify';
    case 'verified':
      return 'close';
    case 'closed':
    case 'evaluated':
      return complaint ? 'call-back' : undefined;
    default:
      return undefined;
  }
}

const endAll = (life: Life): readonly Effect[] => {
  const step = stepOf(life);
  return [...(step ? [end(step)] : []), ...(life.secure === 'due' ? [end('secure')] : [])];
};
/** A case goes to a unit: its time begins, and that of making the place safe where the class wants it. */
const given = (life: Life, act: Act): Pick<Life, 'state' | 'unit' | 'secure'> => ({
  state: 'dispatched',
  unit: unitOf(act),
  secure: life.secure === 'none' && makesSafe(act) ? 'due' : life.secure,
});
const begun = (life: Life, act: Act): readonly Effect[] => [
  start('handle'),
  ...(life.secure === 'none' && makesSafe(act) ? [start('secure')] : []),
];
const askFor = (kind: AskedKind): Rule => ({
  from: ['handling'],
  by: ['unit'],
  guard: (life, act) => {
    if (life.asked) return 'asked';
    return life.allowed >= mostOf(act) ? 'allowances' : undefined;
  },
  next: (_, __, hand) => ({ asked: { kind, by: hand.account } }),
});
const again = (life: Life): Partial<Life> => ({ state: 'handling', reworks: life.reworks + 1, verifiedBy: null });

/** Every act once: from where, by whom, on which condition, to where, and what it means for the clocks. */
export const RULES: Readonly<Record<ActName, Rule>> = {
  accept: {
    from: ['reported'],
    by: ['operator'],
    next: to('accepted'),
    effects: () => [end('accept'), start('establish')],
  },
  reject: { from: ['reported'], by: ['operator'], next: to('rejected'), effects: endAll },
  'ask-facts': { from: ['accepted'], by: ['operator'], next: to('facts'), effects: endAll },
  'answer-facts': {
    from: ['facts'],
    by: ['reporter', 'operator'],
    next: to('accepted'),
    effects: () => [start('establish')],
  },
  // Before it is filed: afterwards two cases are two, linked as duplicates (并案在立案之前).
  merge: { from: ['reported', 'facts', 'accepted'], by: ['operator'], next: to('merged'), effects: endAll },
  establish: {
    from: ['accepted'],
    by: ['operator'],
    next: to('established'),
    effects: () => [end('establish'), start('dispatch')],
  },
  dispatch: {
    from: ['established'],
    by: ['dispatcher'],
    next: given,
    effects: (life, act) => [end('dispatch'), ...begun(life, act)],
  },
  // The table of responsibilities names nobody: the centre rules, and the table is completed afterwards.
  refer: {
    from: ['established'],
    by: ['dispatcher'],
    next: to('ruling'),
    effects: () => [end('dispatch'), start('rule')],
  },
  take: {
    from: ['dispatched'],
    by: ['unit'],
    next: (life, _, hand) => ({ state: 'handling', handlers: handledBy(life, hand) }),
  },
  // Twice a unit may say that it is not its affair; the third time the centre adjudicates.
  return: {
    from: ['dispatched'],
    by: ['unit'],
    guard: (life) => (life.ruled ? 'ruled' : undefined),
    next: (life, act) => ({
      state: life.returns >= mostOf(act) ? 'ruling' : 'established',
      unit: null,
      returns: life.returns + 1,
      secure: life.secure === 'due' ? 'none' : life.secure,
    }),
    effects: (life, act) => [...endAll(life), start(life.returns >= mostOf(act) ? 'rule' : 'dispatch')],
  },
  rule: {
    from: ['ruling'],
    by: ['centre'],
    next: (life, act) => ({ ...given(life, act), ruled: true }),
    effects: (life, act) => [end('rule'), ...begun(life, act)],
  },
  // The unit was abolished (单位撤销): whoever does its work now goes on with it, in the time that runs already.
  reassign: {
    from: ['dispatched', 'handling', 'suspended'],
    by: ['centre'],
    next: (_, act) => ({ state: 'dispatched', unit: unitOf(act), asked: null }),
    effects: (life) => (life.state === 'suspended' ? [{ step: 'handle', phase: 'resume' }] : []),
  },
  'ask-suspend': askFor('suspend'),
  'ask-extend': askFor('extend'),
  // The clock stands still, or gets longer, only on the leader's approval.
  allow: {
    from: ['handling'],
    by: ['leader'],
    guard: (life, _, hand) => {
      if (!life.asked) return 'not-asked';
      return life.asked.by === hand.account ? 'separation' : undefined;
    },
    next: (life) => ({
      asked: null,
      allowed: life.allowed + 1,
      state: life.asked?.kind === 'suspend' ? 'suspended' : 'handling',
    }),
    effects: (life) => [{ step: 'handle', phase: life.asked?.kind === 'suspend' ? 'stop' : 'extend' }],
  },
  deny: {
    from: ['handling'],
    by: ['leader'],
    guard: (life) => (life.asked ? undefined : 'not-asked'),
    next: () => ({ asked: null }),
  },
  resume: {
    from: ['suspended'],
    by: ['unit', 'system'],
    next: to('handling'),
    effects: () => [{ step: 'handle', phase: 'resume' }],
  },
  secure: {
    from: ['dispatched', 'handling', 'suspended'],
    by: ['unit'],
    guard: (life) => (life.secure === 'due' ? undefined : 'state'),
    next: (life, _, hand) => ({ secure: 'done', handlers: handledBy(life, hand) }),
    effects: () => [end('secure')],
  },
  feedback: {
    from: ['handling'],
    by: ['unit'],
    // Who is done needs no more time: what was asked for and not decided on falls away.
    next: (life, _, hand) => ({
      state: 'handled',
      asked: null,
      handlers: handledBy(life, hand),
      secure: life.secure === 'due' ? 'done' : life.secure,
    }),
    effects: (life) => [...endAll(life), start('verify')],
  },
  verify: {
    from: ['handled'],
    by: ['supervisor'],
    guard: separate,
    next: (_, __, hand) => ({ state: 'verified', verifiedBy: hand.account }),
    effects: () => [end('verify'), start('close')],
  },
  rework: {
    from: ['handled', 'verified'],
    by: ['supervisor', 'centre'],
    guard: separate,
    next: again,
    effects: (life) => [...endAll(life), start('handle')],
  },
  close: {
    from: ['verified'],
    by: ['centre'],
    guard: separate,
    next: to('closed'),
    effects: () => [end('close')],
  },
  evaluate: {
    from: ['closed'],
    by: ['reporter', 'centre', 'system'],
    guard: (life) => (life.complaint ? 'complaint' : undefined),
    next: to('evaluated'),
  },
  complain: {
    from: ['closed', 'evaluated'],
    by: ['reporter'],
    guard: (life) => (life.complaint ? 'complaint' : undefined),
    next: () => ({ complaint: true }),
    effects: () => [start('call-back')],
  },
  // Whoever is not satisfied is called back; the unit does it again, or the reporter has been told why not.
  'call-back': {
    from: ['closed', 'evaluated'],
    by: ['centre'],
    guard: (life, act, hand) => (life.complaint ? separate(life, act, hand) : 'no-complaint'),
    next: (life, act) =>
      act.act === 'call-back' && act.reopen
        ? { ...again(life), complaint: false }
        : { state: 'evaluated', complaint: false },
    effects: (_, act) => [end('call-back'), ...(act.act === 'call-back' && act.reopen ? [start('handle')] : [])],
  },
  withdraw: {
    from: ['reported', 'facts', 'accepted'],
    by: ['reporter'],
    guard: (life) => (life.reports > 1 ? 'shared' : undefined),
    next: to('cancelled'),
    effects: endAll,
  },
  cancel: {
    from: ['established', 'dispatched', 'ruling', 'handling', 'suspended', 'handled', 'verified'],
    by: ['centre'],
    next: (life) => ({ state: 'cancelled', asked: null, secure: life.secure === 'due' ? 'none' : life.secure }),
    effects: endAll,
  },
  archive: {
    from: ['closed', 'evaluated', 'rejected', 'merged', 'cancelled'],
    by: ['centre', 'system'],
    guard: (life) => (life.complaint ? 'complaint' : undefined),
    next: to('archived'),
  },
};

/** Takes an act, or says why not. The life given is not changed. */
export function take(life: Life, act: Act, hand: Hand): Taken {
  const rule = RULES[act.act];
  if (!rule.from.includes(life.state)) return { ok: false, why: 'state' };
  if (!rule.by.some((role) => hand.roles.includes(role))) return { ok: false, why: 'role' };
  const why = rule.guard?.(life, act, hand);
  if (why) return { ok: false, why };
  return { ok: true, next: { ...life, ...rule.next(life, act, hand) }, effects: rule.effects?.(life, act) ?? [] };
}

/** Acts that a hand may try now: what a page offers. The server asks again. */
export function actsFor(life: Life, hand: Hand): ActName[] {
  return (Object.keys(RULES) as ActName[]).filter((name) => {
    const rule = RULES[name];
    if (!rule.from.includes(life.state) || !rule.by.some((role) => hand.roles.includes(role))) return false;
    return rule.guard?.(life, SHOWN[name] ?? ({ act: name } as Act), hand) === undefined;
  });
}
/** With these an act is asked about before anybody has filled in its form; the numbers of the rulebook come with the act. */
const SHOWN: Partial<Record<ActName, Act>> = {
  'ask-suspend': { act: 'ask-suspend', most: Number.POSITIVE_INFINITY },
  'ask-extend': { act: 'ask-extend', most: Number.POSITIVE_INFINITY },
};

/** A case that was just reported. */
export const newLife = (): Life => ({
  state: 'reported',
  unit: null,
  returns: 0,
  ruled: false,
  asked: null,
  allowed: 0,
  reworks: 0,
  handlers: [],
  verifiedBy: null,
  secure: 'none',
  reports: 1,
  complaint: false,
});

/** Nobody has to do anything about it any more. */
export const CLOSED_STATES: readonly CaseState[] = [
  'closed',
  'evaluated',
  'rejected',
  'merged',
  'cancelled',
  'archived',
];
