import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { empty, sql } from '#platform/kernel/sql.ts';
import { findBase } from './disputed-base.ts';
import { claimedContext } from './record.ts';
import { correction } from './resources.ts';

const PAGE = 100;
type Row = {
  seq: number;
  base: string;
  dispute: string;
  dataset: string | null;
  rowNo: number | null;
  subjectPerson: string | null;
  subjectEntity: string | null;
  attribute: string;
  value: string | null;
  madeAt: Date;
  adoptedAt: Date | null;
};

/**
 * Corrections that the caller's unit has to take over in its own system (更正回流), in order: a source reads on from the last number
 * that it has seen. One is adopted once the source itself says so.
 */
export const listCorrections = route({
  method: 'GET',
  path: '/api/dispute/corrections',
  summary: { zh: '待来源更正的数据', en: 'Corrections for the source' },
  allow: 'dispute.answer',
  query: Type.Object(
    { after: Type.Optional(Type.Integer({ minimum: 0 })), open: Type.Optional(Type.Literal('1')) },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    corrections: Type.Array(
      Type.Object({
        attributeTitle: Type.Object({ zh: Type.String(), en: Type.String() }),
        ...itemOf(correction, [
          'seq',
          'dispute',
          'dataset',
          'rowNo',
          'subjectPerson',
          'subjectEntity',
          'attribute',
          'value',
          'madeAt',
          'adoptedAt',
        ]).properties,
      }),
    ),
    next: Type.Union([Type.Integer(), Type.Null()]),
  }),
  examples: { own: { as: 'data-officer', purpose: 'data-quality' } },
  handler: async ({ db, actor, query, services }) => {
    const rows = await db.rows<Row>(sql`
      select seq, app as base, dispute, dataset, row_no as "rowNo", subject_person as "subjectPerson", subject_entity as "subjectEntity", attribute, value, made_at as "madeAt", adopted_at as "adoptedAt"
      from dispute.correction where unit = ${actor.unit ?? null}::text and seq > ${query.after ?? 0}::bigint ${query.open ? sql`and adopted_at is null` : empty}
      order by seq limit ${PAGE}::int`);
    return {
      corrections: rows.map(({ base, ...row }) => ({
        ...row,
        attributeTitle: findBase(services, base)?.attributes.find(({ name }) => name === row.attribute)?.title ?? {
          zh: row.attribute,
          en: row.attribute,
        },
        seq: Number(row.seq),
        value: row.value === null ? null : services.keyring.open(row.value, claimedContext(row.dispute)),
        madeAt: row.madeAt.toISOString(),
        adoptedAt: row.adoptedAt?.toISOString() ?? null,
      })),
      next: rows.length === PAGE ? Number(rows.at(-1)?.seq) : null,
    };
  },
});
