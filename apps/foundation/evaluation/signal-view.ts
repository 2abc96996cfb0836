import { type Static, Type } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const Moment = Type.String({ format: 'date-time' });

export const LevelSchema = Type.Union([
  Type.Literal('blue'),
  Type.Literal('notice'),
  Type.Literal('yellow'),
  Type.Literal('red'),
]);

/** A signal as people see it: a case and a step, never a person. What is in the case is shown by the page of its app. */
export const SignalSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  app: Type.String(),
  rule: Type.String(),
  verified: Type.Boolean({ description: '规则已核实 / the rule was compared with its source' }),
  level: LevelSchema,
  caseNo: Type.String(),
  item: Type.String(),
  step: Type.String(),
  unit: Type.String(),
  holdsFrom: Moment,
  toldAt: Moment,
  provisional: Type.Boolean(),
  state: Type.Union([Type.Literal('standing'), Type.Literal('withdrawn')]),
  withdrawnAt: Nullable(Moment),
  withdrawnWhy: Nullable(Type.String()),
  facts: Type.Record(Type.String(), Type.Unknown()),
});
export type SignalView = Static<typeof SignalSchema>;

type Row = Omit<SignalView, 'holdsFrom' | 'toldAt' | 'withdrawnAt'> & {
  holdsFrom: Date;
  toldAt: Date;
  withdrawnAt: Date | null;
};

/** Signals that the caller may see (row security), the newest first; `where` narrows them. */
export async function readSignals(db: Db, where: Sql, most = 200): Promise<SignalView[]> {
  const rows = await db.rows<Row>(sql`
    select s.id, s.app, s.rule, s.verified, s.level, s.case_no as "caseNo", s.item, s.step, s.unit, s.holds_from as "holdsFrom", s.told_at as "toldAt", s.provisional, s.state,
      s.withdrawn_at as "withdrawnAt", s.withdrawn_why as "withdrawnWhy", s.facts
    from evaluation.signal s where ${where} order by s.told_at desc, s.holds_from desc, s.id limit ${most}::int`);
  return rows.map((row) => ({
    ...row,
    holdsFrom: row.holdsFrom.toISOString(),
    toldAt: row.toldAt.toISOString(),
    withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
  }));
}
