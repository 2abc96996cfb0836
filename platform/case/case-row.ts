import type { Db } from '#platform/kernel/db.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';
import type { AskedKind, Life } from './lifecycle.ts';

/** What a unit has asked its leader for, with the words and the day that go into the clock. */
export type Asked = {
  kind: AskedKind;
  by: string;
  name: string;
  reason: string;
  document: string;
  /** Day on which a suspended case is expected to go on. */
  until: string | null;
  /** Closed list of reasons of a suspension. */
  stop: string | null;
};

/** A case (案件) as stored. */
export type CaseRow = Omit<Life, 'asked'> & {
  id: string;
  no: string;
  source: string;
  class: string;
  description: string;
  lon: number;
  lat: number;
  address: string | null;
  street: string;
  committee: string;
  cell: string;
  part: string | null;
  owner: string | null;
  /** Unit that keeps the part (养护单位), by the register. */
  keeper: string | null;
  /** What a person should look at before they believe it (存疑): `part-unknown`, `part-far`, `class-open`, `clock-skew`. */
  flags: readonly string[];
  picture: string | null;
  units: readonly string[];
  asked: Asked | null;
  mergedInto: string | null;
  reportedAt: Date;
  establishedAt: Date | null;
  dispatchedAt: Date | null;
  handledAt: Date | null;
  closedAt: Date | null;
  updatedAt: Date;
  clock: string | null;
  secureClock: string | null;
  dueAt: Date | null;
  /** Until when handling had, or has, to be done; it stays once the step is over. */
  handleDueAt: Date | null;
  sample: boolean;
};

export const CASE_COLUMNS: Sql = sql`c.id, c.no, c.source, c.class, c.description, c.lon, c.lat, c.address, c.street, c.committee, c.cell, c.part, c.owner, c.keeper, c.flags, c.picture, c.state,
  c.unit, c.units, c.returns, c.ruled, c.asked, c.allowed, c.reworks, c.handlers, c.verified_by as "verifiedBy", c.secure, c.reports, c.complaint, c.merged_into as "mergedInto",
  c.reported_at as "reportedAt", c.established_at as "establishedAt", c.dispatched_at as "dispatchedAt", c.handled_at as "handledAt", c.closed_at as "closedAt",
  c.updated_at as "updatedAt", c.clock, c.secure_clock as "secureClock", c.due_at as "dueAt", c.handle_due_at as "handleDueAt", c.sample`;

/** A case that the caller may see, by its number. */
export function findCase(db: Db, no: string): Promise<CaseRow | undefined> {
  return db.first<CaseRow>(sql`select ${CASE_COLUMNS} from incident.case_file c where c.no = ${no}`);
}

/** The same, held until the transaction ends: two hands that act at once act one after the other. */
export function holdCase(db: Db, no: string): Promise<CaseRow | undefined> {
  return db.first<CaseRow>(sql`select ${CASE_COLUMNS} from incident.case_file c where c.no = ${no} for update`);
}

export function lifeOf(row: CaseRow): Life {
  return {
    state: row.state,
    unit: row.unit,
    returns: row.returns,
    ruled: row.ruled,
    asked: row.asked && { kind: row.asked.kind, by: row.asked.by },
    allowed: row.allowed,
    reworks: row.reworks,
    handlers: row.handlers,
    verifiedBy: row.verifiedBy,
    secure: row.secure,
    reports: row.reports,
    complaint: row.complaint,
  };
}
