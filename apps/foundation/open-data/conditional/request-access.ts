import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { Conflict, domainError, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { readDataset } from '../portal/read-dataset.ts';
import { Done, Line, SetId } from '../shapes.ts';

export const MEASURES = [
  'access-control',
  'encryption',
  'audit-log',
  'no-transfer',
  'deletion',
  'incident-report',
] as const;

export const EntityNeeded = domainError({
  code: 'REAL_NAME_ENTITY_NEEDED',
  status: 403,
  title: { zh: '有条件开放须由实名的企业或机构申请', en: 'A registered enterprise has to ask for conditional data' },
  action: { zh: '请用企业办事人账号登录后申请。', en: 'Sign in as the agent of an enterprise and ask again.' },
});

/** Asks for a conditional set (申请有条件开放): who, what for, and what the applicant says it can protect. */
export const requestAccess = route({
  method: 'POST',
  path: '/api/open-data/datasets/:id/access-requests',
  summary: { zh: '申请使用有条件开放数据', en: 'Ask for a conditional set' },
  allow: 'signed-in',
  params: SetId,
  body: Type.Object(
    {
      purpose: Line(10, 600),
      measures: Type.Array(Type.Union(MEASURES.map((measure) => Type.Literal(measure))), {
        minItems: 3,
        maxItems: 6,
        uniqueItems: true,
      }),
    },
    { additionalProperties: false },
  ),
  status: 201,
  reply: Done,
  errors: [NotFound, Conflict, EntityNeeded],
  examples: {
    own: {
      as: 'enterprise-agent',
      params: { id: 'fixture-conditional' },
      body: { purpose: '开发社区服务的选址分析工具', measures: ['access-control', 'encryption', 'no-transfer'] },
    },
  },
  handler: async ({ db, actor, params, body: { purpose, measures } }) => {
    const set = await readDataset(db, params.id);
    if (set.opening !== 'conditional') throw NotFound.with();
    if (actor.entity === undefined) throw EntityNeeded.with();
    // An agreement that has run out is over, so that its holder may ask again.
    await db.run(sql`
      update open_data.access_request set state = 'expired' where dataset = ${set.id} and account = ${actor.account} and state = 'approved' and valid_until <= kernel.now()`);
    const id = uuidv7();
    const made = await db.run(sql`
      insert into open_data.access_request (id, dataset, owner, account, entity, entity_name, purpose, measures)
      values (${id}::uuid, ${set.id}, ${set.owner}, ${actor.account}, ${actor.entity}, ${actor.entity}, ${purpose}, ${measures}::text[]) on conflict do nothing`);
    if (made === 0) throw Conflict.with();
    return { id, state: 'asked' };
  },
});
