import { Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import { route } from '#platform/kernel/app.ts';
import type { Services } from '#platform/kernel/app.ts';
import { parsePhone } from '#platform/kernel/codes/mobile.ts';
import { type FieldFault, InvalidInput } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { maskPhone } from '#platform/kernel/mask.ts';
import { delegationScope } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import { GiverNotLinked, GiverUnderAge, TooManyDelegations } from './delegation-errors.ts';
import { DelegationSchema, readDelegation, shown } from './delegation-record.ts';
import { type Basis, daysAfter, isMinor, type TermFault, termOf } from './delegation-rules.ts';
import { delegationTerms } from './delegation-terms.ts';
import { factOf } from './person-facts.ts';

function termFault(fault: TermFault, at: 'until' | 'minutes', longest: number): { zh: string; en: string } {
  switch (fault) {
    case 'past':
      return { zh: '截止日期已经过去', en: 'is in the past' };
    case 'too-long':
      return at === 'minutes'
        ? {
            zh: `时间过长：居委代办最长 ${longest} 分钟`,
            en: `is too long: a committee helper acts for ${longest} minutes at most`,
          }
        : { zh: `期限过长：最长 ${longest} 天`, en: `is too long: at most ${longest} days` };
    case 'missing':
      return { zh: '请写明到什么时候为止', en: 'must say until when' };
  }
}

/** What name and phone of an addressee are kept as. */
export function addresseeKey(services: Services, who: { name: string; phone: string }): string {
  return services.keyring.lookup('delegation-to', `${who.name}|${who.phone}`);
}

/**
 * Offers a delegation (委托代办): the giver, signed in, says to whom, for what and until when. Whether such an account or person
 * exists is not told: the offer simply waits for the one who is meant.
 */
export const offerDelegation = route({
  method: 'POST',
  path: '/api/access/delegations',
  summary: { zh: '委托别人代办', en: 'Let somebody act for me' },
  allow: 'access.delegation.give',
  body: Type.Object(
    {
      basis: Type.Union([Type.Literal('consent'), Type.Literal('helper'), Type.Literal('agent')]),
      to: Type.Object(
        {
          account: Type.Optional(Type.String({ minLength: 3, maxLength: 41 })),
          name: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
          phone: Type.Optional(Type.String({ minLength: 5, maxLength: 20 })),
        },
        { additionalProperties: false },
      ),
      scopes: Type.Array(Type.String({ minLength: 1, maxLength: 60 }), { minItems: 1, maxItems: 50 }),
      until: Type.Optional(Type.String({ format: 'date' })),
      minutes: Type.Optional(Type.Integer({ minimum: 5 })),
      evidence: Type.Optional(Type.String({ maxLength: 300 })),
    },
    { additionalProperties: false },
  ),
  status: 201,
  self: true,
  reply: DelegationSchema,
  errors: [GiverNotLinked, GiverUnderAge, TooManyDelegations],
  examples: {
    own: {
      as: 'citizen',
      body: {
        basis: 'helper',
        to: { account: 'worker.yandang' },
        scopes: ['own-record-read'],
        minutes: 60,
        evidence: '本人在居委会窗口',
      },
    },
  },
  prepare: async ({ actor, services }) =>
    actor.person === undefined ? undefined : { fact: await factOf(services, actor.person) },
  handler: async ({ db, actor, clock, services, body, prepared }) => {
    const now = clock.now();
    const giver = body.basis === 'agent' ? { entity: actor.entity } : { person: actor.person };
    if (giver.person === undefined && giver.entity === undefined) throw GiverNotLinked.with();
    const fact = giver.person === undefined ? undefined : prepared?.fact;
    const terms = await delegationTerms(db, now);
    if (fact?.birthDate && isMinor(fact.birthDate, now, terms.fullAge)) throw GiverUnderAge.with();
    const faults: FieldFault[] = scopeFaults({ scopes: body.scopes, basis: body.basis, services });
    const to = addressee({ to: body.to, actor, services, faults });
    const longest = terms.longest[body.basis];
    const term = termOf({ basis: body.basis, longest, now, until: body.until, minutes: body.minutes });
    if ('fault' in term)
      faults.push({
        pointer: `/${term.at}`,
        rule: term.fault,
        message: termFault(term.fault, term.at, longest),
      });
    const evidence = body.evidence?.trim() ?? '';
    if (body.basis === 'helper' && evidence.length < 2)
      faults.push({
        pointer: '/evidence',
        rule: 'required',
        message: { zh: '请写明本人在哪里、如何在场', en: 'must say where and how you are present' },
      });
    if (faults.length > 0 || 'fault' in term) throw InvalidInput.with({ fields: faults });
    const { open } = await db.one<{ open: number }>(sql`
      select count(*)::int as open from access.delegation where state in ('offered', 'accepted') and valid_to > ${now}::timestamptz
        and (giver_person = ${giver.person ?? null}::uuid or giver_entity = ${giver.entity ?? null}::text)`);
    if (open >= terms.mostOpen) throw TooManyDelegations.with();
    const id = uuidv7();
    await db.run(sql`
      insert into access.delegation (id, basis, giver_person, giver_entity, giver_name, offered_by, to_account, to_key, to_label, scopes, valid_from, valid_to,
        evidence, state, offered_at, lapses_at)
      values (${id}::uuid, ${body.basis}, ${giver.person ?? null}::uuid, ${giver.entity ?? null}::text, ${fact?.name ?? actor.name}, ${actor.account},
        ${to.account}::text, ${to.key}::text, ${to.label}, ${[...new Set(body.scopes)]}::text[], ${term.from}::timestamptz, ${term.to}::timestamptz,
        ${evidence || '委托人登录后在线同意'}, 'offered', ${now}::timestamptz, ${daysAfter(now, terms.offerDays)}::timestamptz)`);
    await db.emit({ type: 'access.delegation.offered', subject: id });
    return shown(await readDelegation(db, id), now);
  },
});

/** The list of scopes is closed, and nobody gives what is not theirs to give. */
function scopeFaults(options: { scopes: readonly string[]; basis: Basis; services: Services }): FieldFault[] {
  const kind = options.basis === 'agent' ? 'entity' : 'person';
  const declared = options.services.registry.provided(delegationScope).map(({ value }) => value);
  return options.scopes.flatMap((id, i) => {
    if (declared.some((scope) => scope.id === id && scope.givers.includes(kind))) return [];
    return [
      {
        pointer: `/scopes/${i}`,
        rule: 'enum',
        message: { zh: '没有这个可以委托的事项', en: 'is nothing that you can delegate' },
      },
    ];
  });
}

function addressee(options: {
  to: { account?: string; name?: string; phone?: string };
  actor: Actor;
  services: Services;
  faults: FieldFault[];
}): { account: string | null; key: string | null; label: string } {
  const { to, actor, services, faults } = options;
  const fault = (field: string, rule: string, message: { zh: string; en: string }) =>
    faults.push({ pointer: `/to/${field}`, rule, message });
  if (to.account !== undefined) {
    const account = to.account.trim().toLowerCase();
    if (account === actor.account) fault('account', 'self', { zh: '不能委托给自己', en: 'cannot be yourself' });
    return { account, key: null, label: account };
  }
  const name = to.name?.trim() ?? '';
  const phone = parsePhone(to.phone ?? '');
  if (name === '') fault('name', 'required', { zh: '请填写姓名，或填写账号', en: 'is needed, or an account' });
  if (phone?.kind !== 'mobile')
    fault('phone', 'pattern', { zh: '请填写 11 位手机号码', en: 'must be a mobile number' });
  const number = phone?.number ?? '';
  return {
    account: null,
    key: addresseeKey(services, { name, phone: number }),
    label: `${name}（${maskPhone(number)}）`,
  };
}
