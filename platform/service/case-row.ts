import type { Db } from '#platform/kernel/db.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { CaseState, Outcome, SubState } from './case-state.ts';
import type { ItemTerms } from './item-terms.ts';

/** A defect (补正内容): what is missing or wrong, and how it is put right. */
export type Defect = { what: string; how: string };
/** A decision that a handler proposes. */
export type Draft = {
  outcome: 'granted' | 'refused';
  by: string;
  name: string;
  reason: string | null;
  remedy: string | null;
  at: string;
};
/** A material as filed: ids only. */
export type FiledMaterial = { id: string; source: 'data' | 'certificate' | 'upload'; document: string | null };

/** A sub-case (子办件) as stored. */
export type SubRow = {
  id: string;
  caseId: string;
  code: string;
  no: number;
  item: string;
  itemVersion: number;
  title: Text;
  unit: string;
  terms: ItemTerms;
  answers: string;
  materials: FiledMaterial[];
  after: number[];
  state: CaseState;
  outcome: Outcome | null;
  waits: boolean;
  committed: boolean;
  heard: boolean;
  corrections: number;
  furtherCorrection: boolean;
  defects: Defect[] | null;
  receivers: readonly string[];
  receivedAt: Date;
  acceptedAt: Date | null;
  acceptedAsOf: Date | null;
  deemed: boolean;
  handler: string | null;
  handlerName: string | null;
  draft: Draft | null;
  extended: boolean;
  reason: string | null;
  remedy: string | null;
  decidedAt: Date | null;
  decidedName: string | null;
  acceptClock: string | null;
  decideClock: string | null;
  certifyClock: string | null;
  verifyClock: string | null;
  /** Whether what was committed to holds, once somebody has looked. */
  verified: 'holds' | 'false' | null;
  plannedStart: Date | null;
  plannedEnd: Date | null;
  /** Order of the fee and how it stands (缴费); null = none is due. */
  feeOrder: string | null;
  feeState: FeeState | null;
  /** Orders made so far: one that expired is followed by another. */
  feeRound: number;
  /** Process that handles it; null = by its own acts only. */
  instance: string | null;
};
export type FeeState = 'open' | 'paid' | 'closed' | 'refund' | 'refunded' | 'window';
/** A fee is due for what was granted, and is not there: nothing is made out (先缴费后制证). */
export const owes = ({ terms, outcome, feeState }: Pick<SubRow, 'terms' | 'outcome' | 'feeState'>): boolean =>
  terms.fee !== undefined &&
  outcome === 'granted' &&
  (feeState === null || feeState === 'open' || feeState === 'closed');

export const SUB_COLUMNS = sql`s.id, s.case_id as "caseId", c.code, s.no, s.item, s.item_version as "itemVersion", s.title, s.unit, s.terms, s.answers, s.materials, s.after,
  s.state, s.outcome, s.waits, s.committed, s.heard, s.corrections, s.further_correction as "furtherCorrection", s.defects, s.receivers, s.received_at as "receivedAt",
  s.accepted_at as "acceptedAt", s.accepted_as_of as "acceptedAsOf", s.deemed, s.handler, s.handler_name as "handlerName", s.draft, s.extended, s.reason, s.remedy,
  s.decided_at as "decidedAt", s.decided_name as "decidedName", s.accept_clock as "acceptClock", s.decide_clock as "decideClock", s.certify_clock as "certifyClock", s.verify_clock as "verifyClock", s.verified,
  s.planned_start as "plannedStart", s.planned_end as "plannedEnd", s.fee_order as "feeOrder", s.fee_state as "feeState",
  s.fee_round as "feeRound", s.instance`;

/** Sub-cases that the caller may see, by a condition on `s` (sub-case) and `c` (case). */
export function subCases(db: Db, where: Sql): Promise<SubRow[]> {
  return db.rows<SubRow>(
    sql`select ${SUB_COLUMNS} from service.sub_case s join service.case_file c on c.id = s.case_id where ${where}`,
  );
}

/** One sub-case of the caller, held against others until the transaction ends; undefined where it does not exist for them. */
export async function holdSubCase(db: Db, options: { code: string; no: number }): Promise<SubRow | undefined> {
  const [row] = await subCases(
    db,
    sql`c.code = ${options.code} and s.no = ${options.no}::int and s.state <> 'draft' for update of s`,
  );
  return row;
}

/** All sub-cases of a case, held, for the platform. */
export function holdAll(db: Db, caseId: string): Promise<SubRow[]> {
  return subCases(db, sql`s.case_id = ${caseId}::uuid order by s.no for update of s`);
}

export function subStateOf(row: SubRow): SubState {
  const { state, outcome, waits, corrections, furtherCorrection, receivers, draft, extended, committed, heard } = row;
  return {
    unpaid: owes(row),
    state,
    outcome,
    waits,
    corrections,
    furtherCorrection,
    receivers,
    draft: draft && { outcome: draft.outcome, by: draft.by },
    extended,
    committed,
    heard,
  };
}
