import type { Actor } from '#platform/kernel/actor.ts';
import type { Keyring } from '#platform/kernel/secret.ts';
import { parseCitizenId } from '#platform/kernel/codes/citizen-id.ts';
import type { Services } from '#platform/kernel/app.ts';
import { type FieldFault, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { ID_NUMBER_LOOKUP, personResolver } from '#platform/identity/subjects.ts';

/** What is sealed of an applicant: how the office reaches them. */
export type Contact = { name: string; phone: string; idNumber?: string };

/** Whose case it is: a resident, an enterprise, or somebody known by their identity number only. */
export type Applicant = {
  person: string | null;
  entity: string | null;
  key: string | null;
  contact: Contact;
};

export const applicantContext = (caseId: string): string => `service:applicant:${caseId}`;
export const answersContext = (subCase: string): string => `service:answers:${subCase}`;

/** Last digits by which the public query knows an applicant (第二要素): of the phone and of the identity number. */
export const FACTOR_DIGITS = 4;
const FACTOR = 'service.case.factor';

/** Keyed digest of last digits, bound to the code: equal digits of two cases have nothing in common. */
export function factorDigest(keyring: Keyring, of: { code: string; digits: string }): string {
  return keyring.lookup(FACTOR, `${of.code}:${of.digits}`);
}

/** Digests that open the public query of a case. */
export function factorsOf(keyring: Keyring, code: string, contact: Contact): string[] {
  return [contact.phone, contact.idNumber]
    .filter((text) => text !== undefined)
    .map((text) => factorDigest(keyring, { code, digits: text.slice(-FACTOR_DIGITS) }));
}

/**
 * Who applies: the person or enterprise that is signed in or that somebody acts for; at a window whoever shows an identity card, or the
 * enterprise by its code.
 */
export async function applicantOf(options: {
  actor: Actor;
  services: Services;
  contact: { name: string; phone: string };
  shown: { idNumber?: string; entity?: string } | undefined;
}): Promise<Applicant> {
  const { actor, services, contact, shown } = options;
  if (actor.post === 'citizen' || actor.post === 'enterprise-agent') {
    const person = actor.post === 'citizen' ? (actor.person ?? null) : null;
    const entity = actor.post === 'enterprise-agent' ? (actor.entity ?? null) : null;
    if (person === null && entity === null) throw NotFound.with();
    return { person, entity, key: null, contact };
  }
  if (shown?.entity !== undefined) return { person: null, entity: shown.entity, key: null, contact };
  const id = parseCitizenId(shown?.idNumber ?? '', { allowSample: services.config.sample });
  if (!id.ok) throw InvalidInput.with({ fields: [badNumber] });
  const { number } = id.id;
  const key = services.keyring.lookup(ID_NUMBER_LOOKUP, number);
  const person = await services.registry.provided(personResolver)[0]?.value.personOf({ hash: key, services });
  return { person: person ?? null, entity: null, key, contact: { ...contact, idNumber: number } };
}

const badNumber: FieldFault = {
  pointer: '/applicant/idNumber',
  rule: 'form',
  message: { zh: '身份证件号码不正确', en: 'is no identity number' },
};
