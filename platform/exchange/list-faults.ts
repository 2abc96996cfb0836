import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { maskText } from '#platform/kernel/mask.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { RowFault } from './target.ts';

const TextSchema = Type.Object({ zh: Type.String(), en: Type.String() });

/** Refused rows of a batch: row, column, rule, reason; the rest of the row masked until a correction opens it. */
export const listFaults = route({
  method: 'GET',
  path: '/api/exchange/imports/:id/faults',
  summary: { zh: '导入中的问题行', en: 'Faulty rows of an import' },
  allow: 'exchange.import.read',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  query: Type.Object({
    page: Type.Optional(Type.Integer({ minimum: 1, default: 1 })),
    size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
  }),
  reply: Type.Object({
    total: Type.Integer(),
    open: Type.Integer(),
    byRule: Type.Array(Type.Object({ rule: Type.String(), reason: TextSchema, count: Type.Integer() })),
    rows: Type.Array(
      Type.Object({
        row: Type.Integer(),
        state: Type.String(),
        faults: Type.Array(
          Type.Object({
            column: Type.String(),
            rule: Type.String(),
            reason: TextSchema,
            value: Type.Optional(Type.String()),
          }),
        ),
        values: Type.Record(Type.String(), Type.String()),
      }),
    ),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:import' } },
    foreign: { as: 'data-officer', params: { id: 'fixture:foreign-import' } },
  },
  handler: async ({ db, params, query, services }) => {
    await assertBatch(db, params.id);
    const size = query.size ?? 100;
    const totals = await db.one<{ total: number; open: number }>(
      sql`select count(*)::int as total, count(*) filter (where state = 'open')::int as open from exchange.quarantine where batch = ${params.id}::uuid`,
    );
    const byRule = await db.rows<{ rule: string; reason: { zh: string; en: string }; count: number }>(sql`
      select f->>'rule' as rule, (array_agg(f->'reason'))[1] as reason, count(*)::int as count
      from exchange.quarantine q, jsonb_array_elements(q.faults) f where q.batch = ${params.id}::uuid group by 1 order by 3 desc`);
    const rows = await db.rows<{ row_no: number; state: string; faults: RowFault[]; row_sealed: string }>(sql`
      select row_no, state, faults, row_sealed from exchange.quarantine where batch = ${params.id}::uuid
      order by row_no limit ${size}::int offset ${((query.page ?? 1) - 1) * size}::int`);
    return {
      ...totals,
      byRule,
      rows: rows.map((r) => ({
        row: r.row_no,
        state: r.state,
        faults: r.faults.map(({ column, rule, reason, value }) => ({ column, rule, reason, value })),
        values: maskedValues(services.keyring.open(r.row_sealed, `quarantine:${params.id}:${r.row_no}`)),
      })),
    };
  },
});

export async function assertBatch(db: Db, id: string): Promise<void> {
  if (!(await db.first(sql`select 1 from exchange.batch where id = ${id}::uuid`))) throw NotFound.with();
}

function maskedValues(text: string): Record<string, string> {
  const values = JSON.parse(text) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(values).map(([column, value]) => [
      column,
      value === null ? '' : maskText(typeof value === 'string' ? value : JSON.stringify(value).slice(0, 60)),
    ]),
  );
}
