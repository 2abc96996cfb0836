import { Type } from 'typebox';
import { attributeViews } from '#platform/access/attributes/view.ts';
import { route } from '#platform/kernel/app.ts';
import { AsOfQuery } from '#platform/basedata/shared/card-schema.ts';
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
  query: AsOfQuery,
  reply: CardSchema,
  examples: {
    own: () => ({ as: 'street-clerk', params: { pid: anyPid() }, purpose: 'community-care' }),
    foreign: () => ({ as: 'street-clerk', params: { pid: foreignPid() }, purpose: 'community-care' }),
  },
  handler: ({ db, params, query, services, actor }) =>
    readCard({
      db,
      pid: params.pid,
      asOf: query.asOf,
      viewOf: attributeViews({ services, actor, resource: resident.id }),
    }),
});
