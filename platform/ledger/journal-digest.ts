import { digestOf } from '#platform/audit/digest.ts';
import type { Side } from './chart.ts';

/** An entry (分录) as it is stored. */
export type Entry = { account: string; control: string; side: Side; fen: bigint };

/** What a journal (记账凭证) says, apart from when and by whom it was written. */
export type JournalContent = {
  app: string;
  unit: string;
  event: string;
  date: string;
  text: string;
  reverses: string | null;
  entries: readonly Entry[];
};

/** SM3 of all that a journal says: the same event with other content is another digest. */
export function journalDigest(journal: JournalContent): string {
  return digestOf([
    journal.app,
    journal.unit,
    journal.event,
    journal.date,
    journal.text,
    journal.reverses,
    ...journal.entries.map(({ account, control, side, fen }) => [account, control, side, String(fen)]),
  ]);
}
