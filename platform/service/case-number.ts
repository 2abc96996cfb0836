import type { Db } from '#platform/kernel/db.ts';
import { composeCaseCode } from '#platform/kernel/codes/case-code.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { sql } from '#platform/kernel/sql.ts';
import { ruleAt } from '#platform/rulebook/rule-at.ts';

/** Series of the numbers of a day (统一办件编码流水号): without a gap, for each district and day. */
const SERIES = 'case-code';
const DISTRICT_RULE = 'service.case-code.district';

/** The district that numbers its cases here: a setting of the installation, dated, since districts merge. */
export async function districtOf(db: Db, on: Date): Promise<string> {
  const { value } = await ruleAt(db, DISTRICT_RULE, on);
  if (typeof value !== 'string') throw new Error(`${DISTRICT_RULE} is no district code`);
  return value;
}

/** The next code of the day. Ask for it last: others wait for it until this transaction ends. */
export async function nextCaseCode(db: Db, options: { district: string; now: Date }): Promise<string> {
  const { district, now } = options;
  const day = shanghaiDate(now);
  const { n } = await db.one<{ n: string }>(
    sql`select kernel.next_number(${SERIES}, ${periodOf(district, day)})::text as n`,
  );
  return composeCaseCode({ district, day, number: Number(n) });
}

/** Sets `count` numbers of a day apart; returns the first of them. */
export async function setApart(
  db: Db,
  options: { district: string; day: string; count: number },
): Promise<{ first: number; last: number }> {
  const { district, day, count } = options;
  const { n } = await db.one<{ n: string }>(
    sql`select kernel.next_numbers(${SERIES}, ${periodOf(district, day)}, ${count}::int)::text as n`,
  );
  return { first: Number(n), last: Number(n) + count - 1 };
}

const periodOf = (district: string, day: string): string => `${district}:${day}`;
