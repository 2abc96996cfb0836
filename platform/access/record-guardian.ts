import { Type } from 'typebox';
import { type Actor } from '#platform/kernel/actor.ts';
import { route } from '#platform/kernel/app.ts';
import type { Services } from '#platform/kernel/app.ts';
import { type FieldFault, Forbidden, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { delegationScope } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import { forgetSessions } from '#platform/identity/authenticate.ts';
import { ID_NUMBER_LOOKUP, personResolver } from '#platform/identity/subjects.ts';
import { comesOfAge, daysAfter, isMinor, termOf } from './delegation-rules.ts';
import { delegationTerms } from './delegation-terms.ts';
import { DelegationNotOpen } from './delegation-errors.ts';
import { DelegationParams, holdDelegation } from './delegation-record.ts';
import { end } from './end-delegation.ts';
import { factOf } from './person-facts.ts';

/** The unit that keeps the register of guardians (民政部门). */
const REGISTER_UNIT = 'civil-affairs';

function assertRegistrar(actor: Actor): void {
  if (actor.unit !== REGISTER_UNIT) throw Forbidden.with({ extra: { permission: 'access.guardianship.record' } });
}

const Named = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 60 }),
    idNumber: Type.String({ pattern: '^[0-9]{17}[0-9Xx]$' }),
  },
  { additionalProperties: false },
);

type Resident = { pid: string; name: string; birthDate: string | null };

/** A resident by identity number and name; both must agree, so that a slip of the pen names nobody else. */
async function residentOf(services: Services, who: { name: string; idNumber: string }): Promise<Resident | undefined> {
  const hash = services.keyring.lookup(ID_NUMBER_LOOKUP, who.idNumber.toUpperCase());
  const pid = await services.registry.provided(personResolver)[0]?.value.personOf({ hash, services });
  const fact = pid === undefined ? undefined : await factOf(services, pid);
  if (pid === undefined || fact?.name !== who.name.trim() || fact.deathDate) return undefined;
  return { pid, name: fact.name, birthDate: fact.birthDate };
}

const unknown = (field: string): FieldFault => ({
  pointer: `/${field}`,
  rule: 'unknown',
  message: {
    zh: '人口库中没有姓名和身份证号码都相符的在世居民',
    en: 'no living resident has both this name and this number',
  },
});

/**
 * Records a guardianship (监护登记), a fact of civil affairs with its document: the guardian may then act for the ward, for a
 * minor until full age (民法典 art. 17, 23, 27), for an adult (art. 28) for the term stated, within the rule of the day.
 */
export const recordGuardian = route({
  method: 'POST',
  path: '/api/access/guardianships',
  summary: { zh: '登记监护代办', en: 'Record a guardian' },
  allow: 'access.guardianship.record',
  body: Type.Object(
    {
      ward: Named,
      guardian: Named,
      scopes: Type.Array(Type.String({ minLength: 1, maxLength: 60 }), { minItems: 1, maxItems: 50 }),
      until: Type.Optional(Type.String({ format: 'date' })),
      evidence: Type.String({ minLength: 4, maxLength: 300 }),
    },
    { additionalProperties: false },
  ),
  status: 201,
  reply: Type.Object({ id: Type.String(), validTo: Type.String({ format: 'date-time' }) }),
  errors: [Forbidden, InvalidInput],
  examples: { own: { as: 'data-officer', body: 'fixture:guardianship' } },
  prepare: async ({ actor, body, services }) => {
    assertRegistrar(actor);
    return { ward: await residentOf(services, body.ward), guardian: await residentOf(services, body.guardian) };
  },
  handler: async ({ db, actor, clock, services, body, prepared: { ward, guardian } }) => {
    const now = clock.now();
    const { longest, fullAge, offerDays } = await delegationTerms(db, now);
    const faults: FieldFault[] = [];
    if (!ward) faults.push(unknown('ward'));
    if (!guardian || (guardian.birthDate && isMinor(guardian.birthDate, now, fullAge)))
      faults.push(unknown('guardian'));
    if (ward && guardian && ward.pid === guardian.pid)
      faults.push({
        pointer: '/guardian',
        rule: 'self',
        message: { zh: '监护人不能是本人', en: 'cannot be the ward' },
      });
    const declared = services.registry.provided(delegationScope).map(({ value }) => value);
    body.scopes.forEach((id, i) => {
      if (!declared.some((s) => s.id === id && s.givers.includes('person')))
        faults.push({
          pointer: `/scopes/${i}`,
          rule: 'enum',
          message: { zh: '没有这个可以代办的事项', en: 'is no scope' },
        });
    });
    const ofAge =
      ward?.birthDate && isMinor(ward.birthDate, now, fullAge) ? comesOfAge(ward.birthDate, fullAge) : undefined;
    const term =
      ofAge && body.until === undefined
        ? { from: now, to: ofAge }
        : termOf({ basis: 'guardian', longest: longest.guardian, now, until: body.until });
    if ('fault' in term && ward)
      faults.push({
        pointer: '/until',
        rule: term.fault,
        message: {
          zh: `请填写 ${longest.guardian} 天以内的截止日期`,
          en: `must be a date within ${longest.guardian} days`,
        },
      });
    if (faults.length > 0 || 'fault' in term || !ward || !guardian) throw InvalidInput.with({ fields: faults });
    const to = ofAge && ofAge < term.to ? ofAge : term.to;
    const id = uuidv7();
    await db.run(sql`
      insert into access.delegation (id, basis, giver_person, giver_name, offered_by, to_person, to_label, scopes, valid_from, valid_to, evidence, state, offered_at, lapses_at)
      values (${id}::uuid, 'guardian', ${ward.pid}::uuid, ${ward.name}, ${actor.account}, ${guardian.pid}::uuid, ${guardian.name}, ${[...new Set(body.scopes)]}::text[],
        ${term.from}::timestamptz, ${to}::timestamptz, ${body.evidence.trim()}, 'offered', ${now}::timestamptz, ${daysAfter(now, offerDays)}::timestamptz)`);
    await db.emit({ type: 'access.delegation.offered', subject: id });
    return { id, validTo: to.toISOString() };
  },
});

/** The register does not hold any more: the guardian's rights end at once (监护终止, 民法典 art. 39). */
export const endGuardian = route({
  method: 'POST',
  path: '/api/access/guardianships/:id/end',
  summary: { zh: '终止监护代办', en: 'End a guardianship on record' },
  allow: 'access.guardianship.record',
  params: DelegationParams,
  reply: Type.Object({ id: Type.String() }),
  errors: [NotFound, DelegationNotOpen, Forbidden],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:guardian-delegation' } },
    foreign: { as: 'data-officer', params: { id: 'fixture:delegation' } },
  },
  prepare: async ({ actor }) => assertRegistrar(actor),
  handler: async ({ db, actor, clock, services, params: { id } }) => {
    const row = await holdDelegation(db, id);
    if (row.state !== 'offered' && row.state !== 'accepted') throw DelegationNotOpen.with();
    await end({ db, id, by: actor.account, why: 'record', now: clock.now() });
    forgetSessions(services);
    return { id };
  },
});
