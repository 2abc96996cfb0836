import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { OwnExam } from './hall-errors.ts';
import { assertMine } from './own-centres.ts';
import { FamilyCode } from './ticket-kiosk.ts';

const RUN = { allow: 'service-hall.centre.run' } as const;

/** Exams of the clerks of my centres (综窗人员技能). A person's own centre sees them, nobody else; nobody is ranked by them. */
export const listSkills = route({
  ...RUN,
  method: 'GET',
  path: '/api/service-hall/skills',
  summary: { zh: '综窗人员技能', en: 'Exams of clerks' },
  reply: Type.Object({
    skills: Type.Array(
      Type.Object({
        account: Type.String(),
        family: Type.String(),
        centre: Type.String(),
        passedOn: Type.String(),
        validTo: Type.Union([Type.String(), Type.Null()]),
      }),
    ),
  }),
  examples: { own: { as: 'unit-head' } },
  handler: async ({ db }) => ({
    skills: await db.rows<{
      account: string;
      family: string;
      centre: string;
      passedOn: string;
      validTo: string | null;
    }>(sql`
      select account, family, centre, passed_on::text as "passedOn", valid_to::text as "validTo" from service_hall.clerk_skill
      where centre = any (service_hall.my_centres()) order by account, family`),
  }),
});

/** Enters a passed exam, or when it stops to hold (登记考核结果). By another person than the one who passed. */
export const putSkill = route({
  ...RUN,
  method: 'PUT',
  path: '/api/service-hall/skills/:account/:family',
  summary: { zh: '登记考核结果', en: 'Enter an exam' },
  params: Type.Object({ account: Type.String({ minLength: 3, maxLength: 100 }), family: FamilyCode }),
  body: Type.Object(
    {
      centre: Type.String({ maxLength: 61 }),
      passedOn: Type.String({ format: 'date', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
      validTo: Type.Union([Type.String({ format: 'date', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }), Type.Null()]),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ entered: Type.Boolean() }),
  errors: [NotFound, InvalidInput, OwnExam],
  examples: {
    own: {
      as: 'unit-head',
      params: { account: 'fixture:clerk', family: 'civil' },
      body: { centre: 'fixture:centre', passedOn: '2026-01-15', validTo: null },
    },
  },
  handler: async ({ db, actor, clock, params: { account, family }, body }) => {
    if (account === actor.account) throw OwnExam.with();
    await assertMine(db, body.centre);
    const known = await db.first(sql`select code from service_hall.family where code = ${family}`);
    if (!known) throw NotFound.with();
    const today = shanghaiDate(clock.now());
    const message = { zh: '考核日期不能晚于今天，有效期不能早于考核日期', en: 'passed by today, valid from then on' };
    if (body.passedOn > today || (body.validTo !== null && body.validTo <= body.passedOn))
      throw InvalidInput.with({ fields: [{ pointer: '/passedOn', rule: 'order', message }] });
    await db.run(sql`
      insert into service_hall.clerk_skill (account, family, centre, passed_on, valid_to, entered_by)
      values (${account}, ${family}, ${body.centre}, ${body.passedOn}::date, ${body.validTo}::date, ${actor.account})
      on conflict (account, family) do update set centre = excluded.centre, passed_on = excluded.passed_on, valid_to = excluded.valid_to, entered_by = excluded.entered_by`);
    return { entered: true };
  },
});
