/**
 * What a window took in while it was cut off (断网收件), until the server has it. Pure but for `send`: the page keeps what this returns
 * before anything else happens, so that a torn-off upload starts again where it stood.
 */
export type Intake = {
  /** Form of the case: one form becomes one case, however often it is sent. */
  id: string;
  takenAt: string;
  /** Code of the reserved block that stands on the receipt; null once the block was used up. */
  code: string | null;
  /** Number of the paper receipt (纸质回执) where there was no code left: bound to the case once that is filed. */
  receipt: string | null;
  item: { code: string; version: number };
  answers: Record<string, string | number | boolean>;
  contact: { name: string; phone: string };
  idNumber: string;
  /** The code of its case, once the server has it. */
  filed: string | null;
  /** The hall knows it too: where its items go, and which case its paper receipt leads to (补绑). */
  recorded: boolean;
  /** Why the server did not take it: somebody has to mend it. */
  refused: { code: string; title: string } | null;
};

export type Outbox = {
  /** Codes of the block that are not used yet, in their order. */
  codes: readonly string[];
  /** Paper receipts given so far. */
  receipts: number;
  /** Tells receipts of windows apart: part of the block's id. */
  window: string;
  /** Centre that this window belongs to; '' as long as it was never asked. */
  centre: string;
  intakes: readonly Intake[];
};

export const emptyOutbox = (window: string): Outbox => ({ codes: [], receipts: 0, window, centre: '', intakes: [] });

/** Puts a reserved block at the window's disposal (预留号段). */
export function addCodes(outbox: Outbox, block: { id: string; codes: readonly string[]; centre?: string }): Outbox {
  const { id, codes, centre = outbox.centre } = block;
  return { ...outbox, window: id.slice(-6), centre, codes: [...outbox.codes, ...codes] };
}

/** Takes an application in: with the next code, or with a paper receipt where none is left. */
export function takeIn(
  outbox: Outbox,
  given: Pick<Intake, 'id' | 'takenAt' | 'item' | 'answers' | 'contact' | 'idNumber'>,
): Outbox {
  const [code = null, ...codes] = outbox.codes;
  const receipts = code === null ? outbox.receipts + 1 : outbox.receipts;
  const receipt = code === null ? `R-${outbox.window}-${String(receipts).padStart(3, '0')}` : null;
  const intake: Intake = { ...given, code, receipt, filed: null, recorded: false, refused: null };
  return { ...outbox, codes, receipts, intakes: [...outbox.intakes, intake] };
}

/** What the server said: the case's code, why not, or nothing (no network). */
export type Answer = { filed: string } | { refused: { code: string; title: string } } | 'away';
export type Send = (body: object, key: string) => Promise<Answer>;
/** Tells the hall of a case that was filed: its way, and its paper receipt. False = no network, or no more than that was said. */
export type TellHall = (of: { centre: string; case: string; receipt: string | null }) => Promise<boolean>;

/** The code is not this unit's any more, or somebody has used it: the case gets another one. */
const CODE_GONE = 'CASE_CODE_NOT_RESERVED';

const bodyOf = (intake: Intake, reserved: string | null): object => ({
  form: intake.id,
  channel: 'window',
  items: [intake.item],
  answers: intake.answers,
  materials: [],
  contact: intake.contact,
  applicant: { idNumber: intake.idNumber },
  ...(reserved !== null && { reserved }),
});

/**
 * Sends what is not filed yet, in the order in which it was taken in; `keep` is told after each. A refusal holds nobody else up; where
 * the server is away it stops. Each is sent under a key of its own that stays the same, so that nothing takes effect twice.
 */
export async function upload(
  outbox: Outbox,
  send: Send,
  keep: (outbox: Outbox) => void,
  record?: TellHall,
): Promise<Outbox> {
  let current = outbox;
  const put = (id: string, told: Partial<Intake>): void => {
    current = { ...current, intakes: current.intakes.map((each) => (each.id === id ? { ...each, ...told } : each)) };
    keep(current);
  };
  for (const { id } of outbox.intakes) {
    const intake = current.intakes.find((each) => each.id === id);
    if (!intake) continue;
    if (intake.filed !== null) {
      await tellHall(current, intake, put, record);
      continue;
    }
    let answer = await send(bodyOf(intake, intake.code), `${id} ${intake.code ?? 'new'}`);
    if (typeof answer === 'object' && 'refused' in answer && answer.refused.code === CODE_GONE)
      answer = await send(bodyOf(intake, null), `${id} new`);
    if (answer === 'away') return current;
    const told = 'filed' in answer ? { filed: answer.filed, refused: null } : { refused: answer.refused };
    put(id, told);
    if ('filed' in answer) await tellHall(current, { ...intake, ...told }, put, record);
  }
  return current;
}

/**
 * The outbox as it is now with what an upload was told: people go on being taken in while it runs, and what was forgotten meanwhile stays
 * forgotten.
 */
export function withTold(now: Outbox, sent: Outbox): Outbox {
  const told = new Map(sent.intakes.map(({ id, filed, recorded, refused }) => [id, { filed, recorded, refused }]));
  return { ...now, intakes: now.intakes.map((each) => ({ ...each, ...told.get(each.id) })) };
}

/** What could not be told to the hall is told with the next upload: the case is safe by then. */
async function tellHall(
  outbox: Outbox,
  intake: Intake,
  put: (id: string, told: Partial<Intake>) => void,
  record: TellHall | undefined,
): Promise<void> {
  if (!record || intake.recorded || intake.filed === null || outbox.centre === '') return;
  if (await record({ centre: outbox.centre, case: intake.filed, receipt: intake.receipt }))
    put(intake.id, { recorded: true });
}

/** Forgets what the server has: nothing personal stays at the window longer than it must. */
export function forgetFiled(outbox: Outbox): Outbox {
  return {
    ...outbox,
    intakes: outbox.intakes.filter(({ filed, recorded }) => filed === null || (!recorded && outbox.centre !== '')),
  };
}
