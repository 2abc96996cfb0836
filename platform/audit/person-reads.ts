import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';

/** A read of persons' data by an official (查阅): of how many, when and for what; of whom stays in the log. */
export type PersonRead = {
  id: string;
  at: Date;
  account: string;
  unit: string;
  module: string;
  purpose: string | null;
  persons: number;
};

/** Reads since a moment, the newest first. For electronic supervision alone: to any other module the log says nothing. */
export const personReads = (db: Db, { since, most }: { since: Date; most: number }): Promise<PersonRead[]> =>
  db.rows<PersonRead>(sql`select * from audit.person_reads(${since}::timestamptz, ${most}::int)`);
