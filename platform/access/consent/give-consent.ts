import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { isCreditCode } from '#platform/kernel/codes/credit-code.ts';
import { type FieldFault, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { GiverNotLinked } from '../delegation-errors.ts';
import { Words } from '../policy/shapes.ts';
import { consentKey } from './consent-key.ts';
import { ConsentEnded, ConsentParams, ConsentSchema, findConsents } from './consent-record.ts';
import { consentItems, LONGEST_CONSENT_DAYS, statementOf } from './consent-rules.ts';

const DAY = 86_400_000;

/** My consents (我的授权): who may have which data about me for what, and each use. */
export const listConsents = route({
  method: 'GET',
  path: '/api/access/consents',
  summary: { zh: '我的数据授权', en: 'My consents' },
  allow: 'access.consent.give',
  self: true,
  reply: Type.Object({
    consents: Type.Array(ConsentSchema),
    items: Type.Array(Type.Object({ id: Type.String(), title: Words, level: Type.String() })),
    purposes: Type.Array(Type.Object({ code: Type.String(), title: Words, verified: Type.Boolean() })),
    longestDays: Type.Integer(),
  }),
  examples: { own: { as: 'citizen' } },
  handler: async ({ db, actor, clock, services }) => ({
    consents: await findConsents({ db, now: clock.now() }),
    items: consentItems(services.registry, actor.entity === undefined ? 'person' : 'entity'),
    purposes: await db.rows<{ code: string; title: { zh: string; en: string }; verified: boolean }>(
      sql`select code, title, verified_by is not null as verified from access.consent_purpose order by code`,
    ),
    longestDays: LONGEST_CONSENT_DAYS,
  }),
});

/**
 * Consents that one recipient gets named items about the caller for one purpose (第三方授权). There is no other shape: what serves
 * two purposes or two recipients is two consents, each of which can be refused alone. Nothing else of the platform asks for it.
 */
export const giveConsent = route({
  method: 'POST',
  path: '/api/access/consents',
  summary: { zh: '授权第三方取用我的数据', en: 'Let a third party have data about me' },
  allow: 'access.consent.give',
  assurance: 2,
  passwordOnly: true,
  body: Type.Object(
    {
      recipient: Type.String({
        minLength: 18,
        maxLength: 18,
        description: '统一社会信用代码 / unified social credit code',
      }),
      recipientName: Type.String({ minLength: 2, maxLength: 80 }),
      purpose: Type.String({ maxLength: 60 }),
      items: Type.Array(Type.String({ maxLength: 120 }), { minItems: 1, maxItems: 50, uniqueItems: true }),
      mode: Type.Union([Type.Literal('once'), Type.Literal('continuous')]),
      days: Type.Integer({ minimum: 1, maximum: LONGEST_CONSENT_DAYS }),
      licence: Type.Optional(
        Type.String({ minLength: 4, maxLength: 80, description: '电子亮证记录号 / reference of the city e-licence' }),
      ),
    },
    { additionalProperties: false },
  ),
  status: 201,
  self: true,
  reply: ConsentSchema,
  errors: [GiverNotLinked],
  examples: {
    own: {
      as: 'citizen',
      body: {
        recipient: '91310000MA1FP0009R',
        recipientName: '样例银行',
        purpose: 'loan',
        items: ['population.resident.name'],
        mode: 'once',
        days: 30,
      },
    },
  },
  handler: async ({ db, actor, clock, services, body }) => {
    const kind = actor.entity === undefined ? 'person' : 'entity';
    const subject = actor.entity ?? actor.person;
    if (subject === undefined) throw GiverNotLinked.with();
    const now = clock.now();
    const allowed = new Set(consentItems(services.registry, kind).map(({ id }) => id));
    const faults: FieldFault[] = body.items.flatMap((item, i) =>
      allowed.has(item)
        ? []
        : [
            {
              pointer: `/items/${i}`,
              rule: 'enum',
              message: { zh: '没有这一项可授权的数据', en: 'is nothing that you can give' },
            },
          ],
    );
    if (!isCreditCode(body.recipient))
      faults.push({
        pointer: '/recipient',
        rule: 'pattern',
        message: { zh: '统一社会信用代码不正确', en: 'is no unified social credit code' },
      });
    const purpose = await db.first(sql`select from access.consent_purpose where code = ${body.purpose}`);
    if (!purpose)
      faults.push({
        pointer: '/purpose',
        rule: 'enum',
        message: { zh: '没有这个用途', en: 'is no purpose of the list' },
      });
    if (faults.length > 0) throw InvalidInput.with({ fields: faults });
    const id = uuidv7();
    const to = new Date(now.getTime() + body.days * DAY);
    const year = new Intl.DateTimeFormat('en', { timeZone: 'Asia/Shanghai', year: 'numeric' }).format(now);
    const { no } = await db.one<{ no: string }>(sql`select kernel.next_number('consent', ${year})::text as no`);
    const number = `SQ-${year}-${no.padStart(6, '0')}`;
    const key = await consentKey(db, services);
    const statement = statementOf({
      ...body,
      number,
      subject,
      subjectName: actor.name,
      from: now,
      to,
      givenAt: now,
      licence: body.licence ?? null,
    });
    await db.run(sql`
      insert into access.consent (id, number, subject_person, subject_entity, subject_name, recipient, recipient_name, items, purpose, mode, valid_from, valid_to, given_by, given_at,
        licence, statement, signature, key_id)
      values (${id}::uuid, ${number}, ${kind === 'person' ? subject : null}::uuid, ${kind === 'entity' ? subject : null}::text, ${actor.name}, ${body.recipient}, ${body.recipientName},
        ${[...body.items].sort()}::text[], ${body.purpose}, ${body.mode}, ${now}::timestamptz, ${to}::timestamptz, ${actor.account}, ${now}::timestamptz,
        ${body.licence ?? null}::text, ${statement}, ${key.sign(statement)}, ${key.id})`);
    await db.emit({ type: 'access.consent.given', subject: id });
    return one(await findConsents({ db, now, where: sql`c.id = ${id}::uuid` }));
  },
});

/** Revokes a consent (撤回授权, PIPL art. 15): the next call of anybody is refused. */
export const revokeConsent = route({
  method: 'POST',
  path: '/api/access/consents/:id/revoke',
  summary: { zh: '撤回授权', en: 'Revoke a consent' },
  allow: 'access.consent.give',
  params: ConsentParams,
  self: true,
  reply: ConsentSchema,
  errors: [NotFound, ConsentEnded],
  examples: {
    own: { as: 'citizen', params: { id: 'fixture:consent' } },
    foreign: { as: 'citizen', params: { id: 'fixture:foreign-consent' } },
  },
  handler: async ({ db, actor, clock, params: { id } }) => {
    const now = clock.now();
    await db.run(sql`select from access.consent where id = ${id}::uuid for update`);
    const found = one(await findConsents({ db, now, where: sql`c.id = ${id}::uuid` }));
    if (found.state === 'revoked' || found.state === 'expired') throw ConsentEnded.with();
    await db.run(
      sql`update access.consent set revoked_at = ${now}::timestamptz, revoked_by = ${actor.account} where id = ${id}::uuid`,
    );
    await db.emit({ type: 'access.consent.revoked', subject: id });
    return one(await findConsents({ db, now, where: sql`c.id = ${id}::uuid` }));
  },
});

function one<T>(list: readonly T[]): T {
  const [first] = list;
  if (first === undefined) throw NotFound.with();
  return first;
}
