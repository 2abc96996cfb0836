import type { Db } from '#platform/kernel/db.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { ProblemError } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import type { Fen } from '#platform/kernel/money.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { type Control, controlKey } from './control-key.ts';
import { type Entry, type JournalContent, journalDigest } from './journal-digest.ts';
import { BalanceTooLow, EventBooked, JournalUnbalanced, PeriodClosed, ReversalTooLarge } from './ledger-errors.ts';

/** One side of a booking: exactly one of debit (借) and credit (贷), in fen; negative in a red-letter journal and only there. */
export type Posting = { account: string; control?: Control } & ({ debit: Fen } | { credit: Fen });

export type Journal = {
  /** Whose books (会计主体). */
  unit: string;
  /** The business event, unique in its app: booking it again changes nothing. */
  event: string;
  /** Summary (摘要). */
  text: string;
  /** Day on which it is booked, `YYYY-MM-DD`; the day it is in Shanghai if absent. */
  date?: string;
  /** The journal that this one takes back in red (红字冲销). */
  reverses?: string;
  entries: readonly Posting[];
  /** Books of another app; the ledger alone may write there. */
  app?: string;
};

/**
 * Books a journal (记账) in the transaction of what it is about. Debit and credit are equal in each control key; a guarded line never
 * falls below zero, whoever books at the same time. One journal a transaction locks its lines in one order; who books several calls
 * them in the order of their events. Returns the journal of the event, also where it was booked before with the same content.
 */
export async function post(db: Db, journal: Journal): Promise<{ id: string; fresh: boolean }> {
  const entries = journal.entries.map(entryOf);
  assertBalanced(entries, journal.reverses !== undefined);
  const content: JournalContent = {
    app: journal.app ?? db.module,
    unit: journal.unit,
    event: journal.event,
    date: journal.date ?? shanghaiDate(await nowOf(db)),
    text: journal.text,
    reverses: journal.reverses ?? null,
    entries,
  };
  return store(db, content).catch((error: unknown) => {
    throw refusalOf(error) ?? error;
  });
}

async function store(db: Db, content: JournalContent): Promise<{ id: string; fresh: boolean }> {
  const { app, unit, event, date, text, reverses, entries } = content;
  const id = uuidv7();
  const red = reverses !== null;
  const made = await db.run(sql`
    insert into ledger.journal (id, app, unit, event, on_date, text, reverses, red, digest, made_by)
    values (${id}::uuid, ${app}, ${unit}, ${event}, ${date}::date, ${text}, ${reverses}::uuid, ${red}::boolean, ${journalDigest(content)}, ${db.actor.account})
    on conflict (app, event) do nothing`);
  if (made === 0) return { id: await bookedAlready(db, content), fresh: false };
  const rows = entries.map(({ account, control, side, fen }, at) => [at + 1, account, control, side, String(fen)]);
  await db.run(sql`
    insert into ledger.entry (journal, no, app, unit, red, account, control, side, fen)
    select ${id}::uuid, (e->>0)::int, ${app}, ${unit}, ${red}::boolean, e->>1, e->>2, e->>3, (e->>4)::bigint
    from jsonb_array_elements(${json(rows)}::text::jsonb) e`);
  return { id, fresh: true };
}

/** The journal of an event that was booked before. The day may be another: a repeat comes later. */
async function bookedAlready(db: Db, content: JournalContent): Promise<string> {
  const { id, date, digest } = await db.one<{ id: string; date: string; digest: string }>(
    sql`select id, on_date::text as date, digest from ledger.journal where app = ${content.app} and event = ${content.event}`,
  );
  if (digest !== journalDigest({ ...content, date })) throw EventBooked.with({ extra: { event: content.event } });
  return id;
}

function entryOf(posting: Posting): Entry {
  const control = controlKey(posting.control ?? {});
  const { account } = posting;
  return 'debit' in posting
    ? { account, control, side: 'debit', fen: posting.debit }
    : { account, control, side: 'credit', fen: posting.credit };
}

/** The same as the constraint of the database, sooner and with words. */
function assertBalanced(entries: readonly Entry[], red: boolean): void {
  const sums = new Map<string, Fen>();
  for (const { control, side, fen } of entries) {
    if (fen === 0n || fen < 0n !== red) throw JournalUnbalanced.with({ extra: { control } });
    sums.set(control, (sums.get(control) ?? 0n) + (side === 'debit' ? fen : -fen));
  }
  const off = [...sums].find(([, sum]) => sum !== 0n);
  if (entries.length < 2 || off) throw JournalUnbalanced.with({ extra: { control: off?.[0] ?? '' } });
}

/** What the constraints of the database refused, in words. The reversal is checked at the commit, where it has its own name. */
export function refusalOf(error: unknown): ProblemError | undefined {
  if (error instanceof ProblemError) return error;
  switch ((error as { constraint?: string } | null)?.constraint) {
    case 'balance_not_below_zero':
      return BalanceTooLow.with();
    case 'journal_period_open':
      return PeriodClosed.with();
    case 'journal_balanced':
      return JournalUnbalanced.with();
    case 'journal_reversal':
      return ReversalTooLarge.with();
    default:
      return undefined;
  }
}

async function nowOf(db: Db): Promise<Date> {
  return (await db.one<{ now: Date }>(sql`select kernel.now() as now`)).now;
}
