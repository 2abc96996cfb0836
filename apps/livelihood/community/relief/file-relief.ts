import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { domainError, NotFound } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { relief } from '../resources.ts';
import { faultsOf } from './answers.ts';
import { reliefFormOf } from './relief-form.ts';

const ReliefFaulty = domainError({
  code: 'RELIEF_FAULTY',
  status: 422,
  title: { zh: '申请表还不能提交', en: 'The form cannot be sent yet' },
  action: { zh: '请按提示修改标出的项目。', en: 'Correct the fields that are marked.' },
});

/** Takes in an application for relief: answers are kept with it, what was obtained stays at its source and is named. */
export const fileRelief = route({
  method: 'POST',
  path: '/api/community/relief',
  summary: { zh: '受理救助申请', en: 'Take in an application for relief' },
  allow: 'community.relief.file',
  body: Type.Object(
    {
      pid: Type.String({ format: 'uuid' }),
      answers: Type.Record(
        Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,60}$' }),
        Type.Union([Type.String({ maxLength: 4000 }), Type.Number(), Type.Boolean()]),
      ),
    },
    { additionalProperties: false },
  ),
  reply: itemOf(relief, ['id', 'pid', 'kind', 'filedAt']),
  status: 201,
  errors: [NotFound, ReliefFaulty],
  examples: {
    own: {
      as: 'street-clerk',
      body: {
        pid: 'fixture:own-resident',
        answers: { kind: '临时救助', reason: '因病住院', monthlyIncome: 2600, insured: true },
      },
      purpose: 'verify-application',
    },
    foreign: {
      as: 'street-clerk',
      body: { pid: 'fixture:foreign-resident', answers: { kind: '临时救助' } },
      purpose: 'verify-application',
    },
  },
  handler: async ({ db, actor, body: { pid, answers } }) => {
    const form = await reliefFormOf(db, pid);
    const faults = faultsOf(form.fields, form.asked, answers);
    if (faults.length > 0) throw ReliefFaulty.with({ fields: faults });
    const obtained = Object.fromEntries(
      form.fields.flatMap(({ name, resource, field, owner }) =>
        form.asked.has(name) ? [] : [[name, { resource, field, owner }]],
      ),
    );
    const kind = typeof answers.kind === 'string' ? answers.kind : '';
    const filed = await db.one<{ id: string; filedAt: Date }>(sql`
      insert into community.relief (pid, committee_code, kind, answers, obtained, filed_by, filed_name, filed_unit)
      values (${pid}::uuid, ${form.committeeCode}, ${kind}, ${json(answers)}::text::jsonb, ${json(obtained)}::text::jsonb, ${actor.account}, ${actor.name}, ${actor.unit ?? null}::text)
      returning id, filed_at as "filedAt"`);
    return { id: filed.id, pid, kind, filedAt: filed.filedAt.toISOString() };
  },
});
