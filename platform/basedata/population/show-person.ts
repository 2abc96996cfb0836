import { Type } from 'typebox';
import { attributeViews } from '#platform/access/attributes/view.ts';
import { route } from '#platform/kernel/app.ts';
import { InvalidInput } from '#platform/kernel/errors.ts';
import { AsOfQuery } from '#platform/basedata/shared/card-schema.ts';
import { MARKS } from './attributes.ts';
import { anyPid, foreignPid } from './examples.ts';
import { CardSchema, readCard } from './read-card.ts';
import { resident } from './resources.ts';

export const PidParams = Type.Object({ pid: Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }) });

/** One person, one card: each value with its source, what other sources say, and as of any day. */
export const showPerson = route({
  method: 'GET',
  path: '/api/population/persons/:pid',
  summary: { zh: '一人一档', en: 'The card of a person' },
  allow: 'population.person.read',
  params: PidParams,
  query: Type.Object({
    ...AsOfQuery.properties,
    fields: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z]+(,[A-Za-z]+)*$',
        maxLength: 300,
        description: 'only these attributes, by name',
      }),
    ),
  }),
  errors: [InvalidInput],
  reply: CardSchema,
  examples: {
    own: () => ({ as: 'street-clerk', params: { pid: anyPid() }, purpose: 'community-care' }),
    foreign: () => ({ as: 'street-clerk', params: { pid: foreignPid() }, purpose: 'community-care' }),
  },
  handler: ({ db, params, query, services, actor }) => {
    const asked = query.fields?.split(',');
    const unknown = asked?.find((name) => !MARKS.some((mark) => mark.name === name));
    if (unknown !== undefined)
      throw InvalidInput.with({
        fields: [
          {
            pointer: '/fields',
            rule: 'enum',
            message: { zh: `没有 ${unknown} 这一项`, en: `${unknown} is no attribute` },
          },
        ],
      });
    const viewOf = attributeViews({ services, actor, resource: resident.id });
    return readCard({
      db,
      pid: params.pid,
      asOf: query.asOf,
      // What was not asked for is not read: the log of the person says so.
      viewOf: (mark) => (asked === undefined || asked.includes(mark.name) ? viewOf(mark) : 'hidden'),
    });
  },
});
