import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { readDataset } from '../portal/read-dataset.ts';
import { voiceOf } from '../scope.ts';
import { Done, Line, SetId } from '../shapes.ts';
import { abusiveWords, noteModeration } from './moderate.ts';

/** Says that something in a set is wrong (数据纠错): the set as a whole, a row, or a value. It is a task of the owner from then on. */
export const giveFeedback = route({
  method: 'POST',
  path: '/api/open-data/datasets/:id/feedback',
  summary: { zh: '数据纠错与意见', en: 'Report an error in a set' },
  allow: 'signed-in',
  params: SetId,
  body: Type.Object(
    {
      text: Line(4, 600),
      rowNo: Type.Optional(Type.Integer({ minimum: 1 })),
      field: Type.Optional(Line(1, 60)),
      reuse: Type.Optional(Type.String({ format: 'uuid' })),
    },
    { additionalProperties: false },
  ),
  status: 201,
  reply: Done,
  errors: [NotFound, InvalidInput],
  examples: {
    own: {
      as: 'citizen',
      params: { id: 'committees' },
      body: { text: '第 1 行的名称与现状不一致', rowNo: 1, field: 'name' },
    },
  },
  handler: async ({ db, actor, services, params, body: { text, rowNo = null, field = null, reuse = null } }) => {
    const set = await readDataset(db, params.id);
    if (rowNo !== null && rowNo > set.rows)
      throw InvalidInput.with({
        fields: [{ pointer: '/rowNo', rule: 'maximum', message: { zh: '没有这一行', en: 'is no row of the set' } }],
      });
    if (field !== null && !set.fields.some(({ name }) => name === field))
      throw InvalidInput.with({
        fields: [{ pointer: '/field', rule: 'known', message: { zh: '没有这一列', en: 'is no column of the set' } }],
      });
    if (
      reuse !== null &&
      !(await db.first(
        sql`select id from open_data.reuse where id = ${reuse}::uuid and state = 'listed' and hidden_at is null and ${set.id} = any(datasets)`,
      ))
    )
      throw InvalidInput.with({
        fields: [
          { pointer: '/reuse', rule: 'known', message: { zh: '没有这个应用', en: 'is no listed re-use of the set' } },
        ],
      });
    const words = await abusiveWords(db, text);
    const state = words.length > 0 ? 'held' : 'open';
    const id = uuidv7();
    await db.run(sql`insert into open_data.feedback (id, dataset, version, row_no, field, text, author, owner, reuse, state)
      values (${id}::uuid, ${set.id}, ${set.version}::uuid, ${rowNo}::int, ${field}::text, ${text}, ${voiceOf(services, actor)}, ${set.owner}, ${reuse}::uuid, ${state})`);
    if (words.length > 0) await noteModeration(db, { kind: 'feedback', subject: id, step: 'held', words });
    else await db.emit({ type: 'open-data.feedback.given', subject: id, data: { dataset: set.id } });
    return { id, state };
  },
});
