import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { idOf } from '../ckan/package.ts';
import { Maybe, SetId, SetShape } from '../shapes.ts';
import { readDataset } from './read-dataset.ts';

const Version = Type.Object({
  no: Type.Integer(),
  cite: Type.String(),
  rows: Type.Integer(),
  dataOn: Type.String(),
  publishedAt: Type.String(),
  note: Maybe(Type.String()),
  state: Type.String(),
});
const Comment = Type.Object({
  id: Type.String(),
  text: Type.String(),
  rowNo: Maybe(Type.Integer()),
  field: Maybe(Type.String()),
  state: Type.String(),
  answer: Maybe(Type.String()),
  madeAt: Type.String(),
  fixedIn: Maybe(Type.Integer()),
});
const Reuse = Type.Object({ id: Type.String(), title: Type.String(), url: Maybe(Type.String()), kind: Type.String() });

/** The page of a set: what it holds, its history, what people said of it and what was made of it. */
export const showDataset = route({
  method: 'GET',
  path: '/api/open-data/datasets/:id',
  summary: { zh: '查看开放数据集', en: 'An open set' },
  allow: 'public',
  params: SetId,
  reply: Type.Object({
    dataset: SetShape,
    /** CKAN id of the table, for examples of calls. */
    resource: Type.String(),
    versions: Type.Array(Version),
    feedback: Type.Array(Comment),
    reuses: Type.Array(Reuse),
    /** What the gate left out, in words for everybody. */
    gate: Maybe(Type.Object({ withheld: Type.Integer(), k: Maybe(Type.Integer()), l: Maybe(Type.Integer()) })),
  }),
  examples: { own: { as: 'anonymous', params: { id: 'committees' } } },
  handler: async ({ db, params: { id } }) => {
    const dataset = await readDataset(db, id);
    const versions = await db.rows<{
      no: number;
      cite: string;
      rows: number;
      dataOn: string;
      publishedAt: Date;
      note: string | null;
      state: string;
    }>(sql`
      select no, cite, rows, data_on::text as "dataOn", published_at as "publishedAt", note, state from open_data.version where dataset = ${id} and state in ('published', 'superseded') order by no desc`);
    const feedback = await db.rows<{
      id: string;
      text: string;
      rowNo: number | null;
      field: string | null;
      state: string;
      answer: string | null;
      madeAt: Date;
      fixedIn: number | null;
    }>(sql`
      select f.id, f.text, f.row_no as "rowNo", f.field, f.state, f.answer, f.made_at as "madeAt", v.no as "fixedIn" from open_data.feedback f left join open_data.version v on v.id = f.fixed_in
      where f.dataset = ${id} and f.state in ('open', 'fixed', 'declined') and f.hidden_at is null order by f.made_at desc limit 100`);
    const reuses = await db.rows<{ id: string; title: string; url: string | null; kind: string }>(sql`
      select id, title, url, kind from open_data.reuse where state = 'listed' and hidden_at is null and ${id} = any(datasets) order by listed_at desc`);
    const gate = await db.first<{ report: { withheld: number; k: number | null; l: number | null } }>(
      sql`select jsonb_build_object('withheld', report -> 'withheld', 'k', report -> 'k', 'l', report -> 'l') as report from open_data.risk_report where version = ${dataset.version}::uuid order by made_at desc limit 1`,
    );
    return {
      dataset,
      resource: idOf(`${id} csv`),
      versions: versions.map((one) => ({ ...one, publishedAt: one.publishedAt.toISOString() })),
      feedback: feedback.map((one) => ({ ...one, madeAt: one.madeAt.toISOString() })),
      reuses,
      gate: dataset.about === 'thing' ? null : (gate?.report ?? null),
    };
  },
});
