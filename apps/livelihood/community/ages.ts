import { type Sql, sql } from '#platform/kernel/sql.ts';

/**
 * Ages that the desk counts by, in years. 60: 中华人民共和国老年人权益保障法 art. 2; 80: 上海市老年人权益保障条例 art. 20
 * (高龄). They count people for planning visits; nobody is ranked or scored by them.
 */
export const OLD = 60;
export const VERY_OLD = 80;

/** True for whom was born at least so many years ago, by the district's calendar day. */
export function agedAtLeast(birthDate: Sql, years: number): Sql {
  return sql`${birthDate} <= ((kernel.now() at time zone 'Asia/Shanghai')::date - make_interval(years => ${years}::int))::date`;
}
