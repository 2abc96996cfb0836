import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { GateReport } from '../gate/gate.ts';
import type { Field, Value } from '../schema.ts';
import { ownUnit } from '../scope.ts';
import { FieldShape, Id, Maybe, Words } from '../shapes.ts';

const Finding = Type.Object({
  code: Type.String(),
  field: Type.Optional(Type.String()),
  text: Words,
  at: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});
const Report = Type.Object({
  verdict: Type.String(),
  rows: Type.Integer(),
  withheld: Type.Integer(),
  quasi: Type.Array(Type.Object({ name: Type.String(), why: Type.String() })),
  sensitive: Type.Array(Type.String()),
  k: Maybe(Type.Integer()),
  l: Maybe(Type.Integer()),
  t: Maybe(Type.Number()),
  findings: Type.Array(Finding),
});

/** A version with the report of the gate (检查报告), for the unit that answers for it. */
export const showVersion = route({
  method: 'GET',
  path: '/api/open-data/versions/:id',
  summary: { zh: '查看版本与检查报告', en: 'A version and the report of the gate' },
  allow: 'open-data.version.publish',
  params: Id,
  reply: Type.Object({
    id: Type.String(),
    dataset: Type.String(),
    title: Words,
    no: Type.Integer(),
    state: Type.String(),
    rows: Type.Integer(),
    fields: Type.Array(FieldShape),
    sample: Type.Array(Type.Array(Type.Unknown())),
    preparedName: Type.String(),
    approvedName: Maybe(Type.String()),
    mine: Type.Boolean(),
    report: Report,
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:open-version' } },
    foreign: { as: 'data-officer', params: { id: 'fixture:foreign-open-version' } },
  },
  handler: async ({ db, actor, params: { id } }) => {
    const found = await db.first<{
      id: string;
      dataset: string;
      title: { zh: string; en: string };
      no: number;
      state: string;
      rows: number;
      fields: Field[];
      sample: Value[][] | null;
      preparedName: string;
      preparedBy: string;
      approvedName: string | null;
      report: GateReport;
    }>(sql`
      select v.id, v.dataset, d.title, v.no, v.state, v.rows, v.fields, v.prepared_name as "preparedName", v.prepared_by as "preparedBy", v.approved_name as "approvedName",
        (select jsonb_path_query_array(c.rows, '$[0 to 9]') from open_data.chunk c where c.version = v.id and c.no = 0) as sample,
        (select report from open_data.risk_report r where r.version = v.id order by made_at desc limit 1) as report
      from open_data.version v join open_data.dataset d on d.id = v.dataset where v.id = ${id}::uuid and ${ownUnit(actor, sql`d.owner`)}`);
    if (!found) throw NotFound.with();
    const { preparedBy, sample, ...rest } = found;
    return { ...rest, sample: sample ?? [], mine: preparedBy === actor.account };
  },
});
