import type { SubjectRule } from '#platform/basedata/shared/same-subject.ts';
import type { Rule } from '#platform/basedata/shared/survivorship.ts';

/**
 * Who is believed for what (一数一源). The first unit is the authoritative source (数据责任单位) of the item; the others
 * speak where it is silent, in this order; a unit not named comes last. Equal authority: the claim that arrived last.
 */
export const PERSON_RULES: readonly Rule[] = [
  { attributes: ['name'], units: ['public-security', 'civil-affairs', 'human-resources', 'health', 'education'] },
  { attributes: ['sex'], units: ['public-security', 'civil-affairs', 'health', 'human-resources', 'education'] },
  { attributes: ['birthDate'], units: ['public-security', 'health', 'civil-affairs', 'human-resources', 'education'] },
  { attributes: ['nation'], units: ['public-security', 'civil-affairs'] },
  { attributes: ['hukouAddress'], units: ['public-security'] },
  { attributes: ['deathDate'], units: ['public-security', 'health', 'civil-affairs'] },
  // Whoever knows the latest move: a register that learns late still holds the former home.
  {
    attributes: ['residenceAddress', 'buildingCode', 'residenceFrom'],
    units: ['civil-affairs', 'public-security', 'human-resources', 'health', 'education'],
    newestBy: 'residenceFrom',
  },
  { attributes: ['householdNo', 'relation'], units: ['civil-affairs', 'public-security'] },
  // Schools hold the guardian's number, so they come last.
  { attributes: ['phone'], units: ['civil-affairs', 'human-resources', 'health', 'public-security', 'education'] },
  { attributes: ['insured'], units: ['human-resources'] },
  { attributes: ['maritalStatus'], units: ['civil-affairs', 'public-security'] },
  { attributes: ['school'], units: ['education'] },
  { attributes: ['lowIncome'], units: ['civil-affairs'] },
  { attributes: ['disability'], units: ['civil-affairs', 'health'] },
];

/** Who is whose (亲属关系): each a look-up key of an identity number, so a relation may be known before the person is. */
export const KIN_RULES: readonly Rule[] = [
  { attributes: ['motherId'], units: ['health', 'public-security', 'civil-affairs'] },
  { attributes: ['fatherId'], units: ['public-security', 'health', 'civil-affairs'] },
  { attributes: ['spouseId'], units: ['civil-affairs', 'public-security'] },
];

/** Days on which something happened in a life; what they mean together is decided in `events/life.ts`. */
export const LIFE_FIELDS = ['marriedOn', 'movedOutOn', 'seenOn'] as const;

/** Attributes that stand in `population.condition`, with rights of their own. */
export const CONDITIONS = ['insured', 'maritalStatus', 'school', 'lowIncome', 'disability'] as const;

/** One identity number, another name *and* another birth date: not the same person. Public security says who holds it. */
export const SAME_PERSON: SubjectRule = {
  traits: ['name', 'birthDate'],
  units: ['public-security', 'civil-affairs', 'human-resources', 'health', 'education'],
};
