import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type WorkCalendar, workCalendar } from './work-calendar.ts';
import type { DistrictDay, YearList } from './year-list.ts';

/** The calendar that is in force, and which edition it is. */
export type Edition = {
  id: string;
  calendar: WorkCalendar;
  lists: readonly YearList[];
  district: readonly DistrictDay[];
};

/** Editions that were read last: their ids are random, so that one id means the same days everywhere. */
const read = new Map<string, Edition>();
const KEPT = 4;

/** The working days as known now: official lists, imported lists, days of the district. Any module may ask. */
export async function readCalendar(db: Db): Promise<Edition> {
  const { id } = await db.one<{ id: string }>(sql`select calendar.edition_now() as id`);
  const found = read.get(id);
  if (found) return found;
  const known = await db.one<{ edition: string; lists: YearList[]; district: DistrictDay[] }>(
    sql`select edition, lists, district from calendar.known()`,
  );
  const edition: Edition = {
    id: known.edition,
    calendar: workCalendar(known),
    lists: known.lists,
    district: known.district,
  };
  read.set(edition.id, edition);
  for (const old of read.keys()) if (read.size > KEPT) read.delete(old);
  return edition;
}

/** Says that the days have changed; every calendar and every open clock follows. */
export async function newEdition(db: Db): Promise<void> {
  await db.run(sql`update calendar.edition set id = gen_random_uuid(), at = kernel.now()`);
}
