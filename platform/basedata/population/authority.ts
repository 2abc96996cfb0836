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

/** Attributes that stand in `population.condition`, with rights of their own. */
export const CONDITIONS = ['insured', 'maritalStatus', 'school', 'lowIncome', 'disability'] as const;

/** One identity number, another name *and* another birth date: not the same person. Public security says who holds it. */
export const SAME_PERSON: SubjectRule = {
  traits: ['name', 'birthDate'],
  units: ['public-security', 'civil-affairs', 'human-resources', 'health', 'education'],
};
