import type { EventRecord } from '#platform/kernel/app.ts';

/** Phases of a step (GS7). */
export const PHASES = ['due', 'started', 'stopped', 'resumed', 'done'] as const;
export type Phase = (typeof PHASES)[number];
/** What is unlawful whatever the time (GX2): an extra fee, material outside the list, refusal without reason. */
export const UNLAWFUL = ['fee', 'material', 'refusal'] as const;
export type Unlawful = (typeof UNLAWFUL)[number];

/** A step event (步骤事件) as the log keeps it: ids only. */
export type StepEvent = {
  id: string;
  app: string;
  /** One passage through the step: a step that is done again is another. */
  run: string;
  phase: Phase;
  at: Date;
  /** Place in the order of writing, for events of one moment. */
  seq: bigint;
  caseNo: string;
  item: string;
  step: string;
  unit: string;
  post: string;
  clock: string | null;
  due: Date | null;
  outcome: string | null;
  unlawful: Unlawful | null;
  /** Data elements that the applicant was asked for: codes of the standard, or `resource.field` of the catalogue; a comma between them. */
  asks: readonly string[];
  /** Pseudonym of the applicant, made by the app: the same for the same one, and nobody's number. */
  party: string | null;
  /** A number that lay in discretion (自由裁量), as the app measures it. */
  measure: number | null;
  account: string | null;
};

/** Who is no official: their acts begin and end steps (filing, withdrawing), but no step is theirs. */
const NO_POST = new Set(['citizen', 'enterprise-agent', 'anonymous', 'system']);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Reads a step event of any app. Apps name case and item as they stand in GS7 (`caseNo`, `itemCode`) or in short; a passage is told by
 * its token in the process, by its clock, or by subject and step. What names no step is no step event: undefined.
 */
export function readStep(event: EventRecord): StepEvent | undefined {
  const { data } = event;
  const phase = PHASES.find((each) => event.type === `gov.step.${each}`);
  const step = data.step ?? '';
  if (!phase || step === '') return undefined;
  const clock = UUID.test(data.clock ?? '') ? (data.clock ?? null) : null;
  const passage = data.token
    ? `${data.instance ?? event.subject} ${data.token}`
    : (clock ?? `${event.subject} ${step}`);
  return {
    id: event.id,
    app: data.app ?? event.source,
    run: passage,
    phase,
    at: momentOf(data.at) ?? event.time,
    seq: BigInt(event.seq),
    caseNo: data.caseNo ?? data.case ?? event.subject,
    item: data.itemCode ?? data.item ?? '',
    step,
    unit: data.unit ?? '',
    post: NO_POST.has(data.post ?? '') ? '' : (data.post ?? ''),
    clock,
    due: momentOf(data.due),
    outcome: data.outcome ?? null,
    unlawful: UNLAWFUL.find((each) => each === data.unlawful) ?? null,
    asks: (data.asks ?? '').split(',').filter((element) => element !== ''),
    party: data.party ?? null,
    measure: data.measure !== undefined && Number.isFinite(Number(data.measure)) ? Number(data.measure) : null,
    account: handlerOf(event, phase),
  };
}

/**
 * Whose step it is: the account that acted on it. What tells of an end, or gives a step of a process to a post (a token that has begun),
 * was done by whoever had the step before; a withdrawal is the applicant's.
 */
function handlerOf({ account, data }: EventRecord, phase: Phase): string | null {
  if (account === null || account.startsWith('system:') || NO_POST.has(data.post ?? '')) return null;
  if (phase === 'due' || (phase === 'started' && data.token !== undefined) || data.outcome === 'withdrawn') return null;
  return account;
}

/** A moment that an event names; null for none and for what is no moment. */
export function momentOf(text: string | undefined): Date | null {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at);
}
