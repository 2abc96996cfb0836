import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { InvalidInput } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { voiceOf } from '../scope.ts';
import { Done, Line } from '../shapes.ts';
import { abusiveWords, noteModeration } from './moderate.ts';

/** Registers what somebody made of open sets (登记应用). It stands in the gallery once a person has looked at it. */
export const makeReuse = route({
  method: 'POST',
  path: '/api/open-data/reuses',
  summary: { zh: '登记数据应用', en: 'Register a re-use' },
  allow: 'signed-in',
  body: Type.Object(
    {
      title: Line(2, 80),
      text: Line(10, 600),
      url: Type.Optional(Type.String({ pattern: '^https?://[^\\s"<>]+$', maxLength: 300 })),
      kind: Type.Union(['app', 'research', 'story', 'service'].map((kind) => Type.Literal(kind))),
      datasets: Type.Array(Line(3, 100), { minItems: 1, maxItems: 20, uniqueItems: true }),
      by: Line(1, 60),
    },
    { additionalProperties: false },
  ),
  status: 201,
  reply: Done,
  errors: [InvalidInput],
  examples: {
    own: {
      as: 'citizen',
      body: {
        title: '居委地图',
        text: '按地址查找所属居委会的小程序，使用居委边界数据。',
        kind: 'app',
        datasets: ['committees'],
        by: '样例开发者',
      },
    },
  },
  handler: async ({ db, actor, services, body }) => {
    const { title, text, url = null, kind, datasets, by } = body;
    const { known } = await db.one<{ known: number }>(
      sql`select count(*)::int as known from open_data.dataset where id = any(${datasets}::text[]) and state = 'open'`,
    );
    if (known !== datasets.length)
      throw InvalidInput.with({
        fields: [
          {
            pointer: '/datasets',
            rule: 'open',
            message: { zh: '有未开放的数据集', en: 'names a set that is not open' },
          },
        ],
      });
    const id = uuidv7();
    await db.run(sql`insert into open_data.reuse (id, title, text, url, kind, datasets, author, by_name)
      values (${id}::uuid, ${title}, ${text}, ${url}::text, ${kind}, ${datasets}::text[], ${voiceOf(services, actor)}, ${by})`);
    const words = await abusiveWords(db, title, text, by);
    if (words.length > 0) await noteModeration(db, { kind: 'reuse', subject: id, step: 'held', words });
    return { id, state: 'waiting' };
  },
});
