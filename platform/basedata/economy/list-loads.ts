import { Type } from 'typebox';
import { TextSchema } from '#platform/catalog/item-detail.ts';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';

const Nullable = Type.Union([Type.String(), Type.Null()]);
const LoadSchema = {
  id: Type.String(),
  release: Type.String(),
  title: TextSchema,
  fileName: Type.String(),
  format: Type.String(),
  state: Type.String(),
  rows: Type.Integer(),
  values: Type.Integer(),
  sentName: Type.String(),
  sentAt: Type.String(),
  decidedName: Nullable,
  note: Nullable,
  stops: Type.Integer(),
  questions: Type.Integer(),
  cells: Type.Integer(),
};

type LoadRow = {
  id: string;
  release: string;
  title: Text;
  fileName: string;
  format: string;
  state: string;
  rows: number;
  values: number;
  sentName: string;
  sentAt: Date;
  decidedName: string | null;
  note: string | null;
  stops: number;
  questions: number;
  cells: number;
};
const COLUMNS = sql`l.id, l.release, r.title, l.file_name as "fileName", l.format, l.state, l.rows_read as rows, l.values_ok as values, l.sent_name as "sentName", l.sent_at as "sentAt",
  l.decided_name as "decidedName", l.note,
  (select count(*)::int from economy.finding f where f.load = l.id and f.weight = 'stop') as stops,
  (select count(*)::int from economy.finding f where f.load = l.id and f.weight = 'reason') as questions,
  (select count(*)::int from economy.finding f where f.load = l.id and f.weight = 'row') as cells`;

const shown = (row: LoadRow) => ({ ...row, sentAt: row.sentAt.toISOString() });

/** The load board (报送看板) of the own unit: what is blocked or waits for a reason comes first. */
export const listLoads = route({
  method: 'GET',
  path: '/api/economy/loads',
  summary: { zh: '报送看板', en: 'The load board' },
  allow: 'economy.load.send',
  reply: Type.Object({ loads: Type.Array(Type.Object(LoadSchema)) }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db, actor }) => {
    const rows = await db.rows<LoadRow>(sql`
      select ${COLUMNS} from economy.load l join economy.release r on r.id = l.release where l.unit = ${actor.unit ?? ''}
      order by (l.state = 'questioned') desc, l.sent_at desc limit 50`);
    return { loads: rows.map(shown) };
  },
});

/** One load with every finding: the cell, the difference, and the reason that somebody gave. */
export const showLoad = route({
  method: 'GET',
  path: '/api/economy/loads/:id',
  summary: { zh: '一次报送的核查结果', en: 'Findings of a load' },
  allow: 'economy.load.send',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  reply: Type.Object({
    ...LoadSchema,
    findings: Type.Array(
      Type.Object({
        no: Type.Integer(),
        kind: Type.String(),
        weight: Type.String(),
        series: Nullable,
        period: Nullable,
        cell: Nullable,
        text: TextSchema,
        difference: Type.Union([Type.Number(), Type.Null()]),
        reason: Nullable,
        reasonName: Nullable,
      }),
    ),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:economy-load' } },
    foreign: { as: 'data-officer', params: { id: 'fixture:economy-foreign-load' } },
  },
  handler: async ({ db, actor, params }) => {
    const row = await db.first<LoadRow & { unit: string }>(
      sql`select ${COLUMNS}, l.unit from economy.load l join economy.release r on r.id = l.release where l.id = ${params.id}::uuid`,
    );
    if (!row || row.unit !== actor.unit) throw NotFound.with();
    const findings = await db.rows<{
      no: number;
      kind: string;
      weight: string;
      series: string | null;
      period: string | null;
      cell: string | null;
      text: Text;
      difference: string | null;
      reason: string | null;
      reasonName: string | null;
    }>(sql`
      select no, kind, weight, series, period, cell, text, difference, reason, reason_name as "reasonName" from economy.finding where load = ${params.id}::uuid
      order by case weight when 'stop' then 1 when 'reason' then 2 else 3 end, no`);
    const { unit: _unit, ...load } = row;
    return {
      ...shown(load),
      findings: findings.map((f) => ({ ...f, difference: f.difference === null ? null : Number(f.difference) })),
    };
  },
});
