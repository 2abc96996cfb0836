import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { Conflict, InvalidInput } from '#platform/kernel/errors.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { Done, Line } from '../shapes.ts';
import { LICENCES, THEMES } from '../schema.ts';

const TwoWords = Type.Object({ zh: Line(2, 80), en: Line(2, 160) }, { additionalProperties: false });

/** Proposes a catalogue item for opening (提出开放): nothing is decided and nothing can be seen yet. The unit is the caller's. */
export const proposeDataset = route({
  method: 'POST',
  path: '/api/open-data/datasets',
  summary: { zh: '提出开放数据集', en: 'Propose a set for opening' },
  allow: 'open-data.dataset.prepare',
  body: Type.Object(
    {
      id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{2,99}$' }),
      item: Line(3, 120),
      title: TwoWords,
      summary: Type.Object({ zh: Line(4, 400), en: Line(4, 800) }, { additionalProperties: false }),
      theme: Type.Union(Object.keys(THEMES).map((theme) => Type.Literal(theme))),
      licence: Type.Union(Object.keys(LICENCES).map((licence) => Type.Literal(licence))),
      attribution: Type.Optional(Line(2, 300)),
      cycle: Type.Union(
        ['realtime', 'daily', 'weekly', 'monthly', 'quarterly', 'yearly', 'once'].map((cycle) => Type.Literal(cycle)),
      ),
      about: Type.Union([Type.Literal('person'), Type.Literal('firm'), Type.Literal('thing')]),
    },
    { additionalProperties: false },
  ),
  status: 201,
  reply: Done,
  errors: [Conflict, InvalidInput],
  examples: {
    own: {
      as: 'data-officer',
      body: {
        id: 'affairs-centres',
        item: 'geo.area',
        title: { zh: '社区事务受理服务中心', en: 'Community affairs centres' },
        summary: {
          zh: '各街道社区事务受理服务中心的地址与时间。',
          en: 'Addresses and hours of the community affairs centres.',
        },
        theme: 'services',
        licence: 'open-government-1.0',
        cycle: 'yearly',
        about: 'thing',
      },
    },
  },
  handler: async ({ db, actor, body, services }) => {
    const { id, item } = body;
    if (services.registry.resource(item)?.resource === undefined && !item.startsWith('external.'))
      throw InvalidInput.with({
        fields: [
          {
            pointer: '/item',
            rule: 'catalogued',
            message: { zh: '目录中没有这个资源', en: 'is no item of the catalogue' },
          },
        ],
      });
    const made = await db.run(sql`
      insert into open_data.dataset (id, item, title, summary, theme, owner, licence, attribution, cycle, about, badge, created_by)
      values (${id}, ${item}, ${json(body.title)}::text::jsonb, ${json(body.summary)}::text::jsonb, ${body.theme}, ${actor.unit ?? ''}, ${body.licence}, ${body.attribution ?? null}::text,
        ${body.cycle}, ${body.about}, ${services.config.sample ? 'sample' : 'real'}, ${actor.account}) on conflict do nothing`);
    if (made === 0) throw Conflict.with();
    return { id, state: 'proposed' };
  },
});
