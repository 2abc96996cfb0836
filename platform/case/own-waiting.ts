import { Type } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';

const Moment = Type.String({ format: 'date-time' });
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const Name = Type.Union([Type.Object({ zh: Type.String(), en: Type.String() }), Type.Null()]);
const MOST = 100;

/** What somebody has sent and is no case (本人的待核、区外上报), and a cooling-off with what they said against it. */
export const WaitingSchema = {
  held: Type.Array(
    Type.Object({
      no: Type.String(),
      text: Type.String(),
      at: Moment,
      state: Type.String(),
      reason: MaybeText,
      words: MaybeText,
    }),
  ),
  outside: Type.Array(
    Type.Object({
      no: Type.String(),
      text: Type.String(),
      at: Moment,
      state: Type.String(),
      neighbour: Name,
      handedTo: MaybeText,
    }),
  ),
  coolings: Type.Array(
    Type.Object({
      id: Type.String({ format: 'uuid' }),
      state: Type.String(),
      reason: Type.String(),
      words: MaybeText,
      until: Moment,
      objection: MaybeText,
      reviewedWords: MaybeText,
    }),
  ),
};

/** Row security gives each their own; what was taken in stands among the cases. */
export async function ownWaiting(db: Db) {
  const held = await db.rows<{
    no: string;
    text: string;
    at: Date;
    state: string;
    reason: string | null;
    words: string | null;
  }>(
    sql`select no, text, at, state, reason, words from incident.held_report where state <> 'taken' order by at desc, id limit ${MOST}::int`,
  );
  const outside = await db.rows<{
    no: string;
    text: string;
    at: Date;
    state: string;
    neighbour: Text | null;
    handedTo: string | null;
  }>(sql`
    select no, text, at, state, neighbour_name as neighbour, handed_to as "handedTo" from incident.outside_report order by at desc, id limit ${MOST}::int`);
  const coolings = await db.rows<{
    id: string;
    state: string;
    reason: string;
    words: string | null;
    until: Date;
    objection: string | null;
    reviewedWords: string | null;
  }>(sql`
    select id, state, reason, decided_words as words, until, objection, reviewed_words as "reviewedWords" from incident.cooling
    where state in ('on', 'lifted') order by until desc limit 20`);
  const at = <T extends { at: Date }>(row: T) => ({ ...row, at: row.at.toISOString() });
  return {
    held: held.map(at),
    outside: outside.map(at),
    coolings: coolings.map(({ until, ...row }) => ({ ...row, until: until.toISOString() })),
  };
}
