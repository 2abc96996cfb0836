import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';
import { ENTITY_ATTRIBUTES } from './entity-rules.ts';

/** The catalogue entry of an attribute, from the one list of them. */
function described(name: string) {
  const found = ENTITY_ATTRIBUTES.find((a) => a.name === name);
  if (!found) throw new Error(`no attribute ${name}`);
  return {
    schema: Type.Union([Type.String(), Type.Null()]),
    title: found.title,
    level: found.level,
    column: found.column,
  };
}

/** Enterprises (法人单位), one golden record a credit code. */
export const entities = resource({
  id: 'legal-entity.entity',
  version: 1,
  title: { zh: '法人单位', en: 'Legal entities' },
  summary: {
    zh: '企业、个体工商户与其他组织的登记、地址、经营信息，市场监管、税务、商务三部门汇成一条记录，每项注明来源。',
    en: 'Registration, addresses and business facts of enterprises from three authorities in one record, each value with its source.',
  },
  owner: 'market-supervision',
  sharing: 'conditional',
  opening: 'conditional',
  updates: 'daily',
  retention: { zh: '注销后长期', en: 'permanent after deregistration' },
  table: 'legal_entity.entity',
  key: 'uscc',
  scope: { by: 'area', field: 'committeeCode' },
  fields: {
    uscc: {
      schema: Type.String(),
      title: { zh: '统一社会信用代码', en: 'Unified social credit code' },
      level: 'L1',
      element: 'GB 32100',
      subject: 'entity',
    },
    name: described('name'),
    kind: described('kind'),
    status: described('status'),
    legalRepresentative: described('legalRepresentative'),
    foundedOn: described('foundedOn'),
    registeredCapital: described('registeredCapital'),
    industryCode: described('industryCode'),
    industryName: described('industryName'),
    registeredAddress: described('registeredAddress'),
    businessAddress: described('businessAddress'),
    taxAddress: described('taxAddress'),
    buildingCode: described('buildingCode'),
    staff: described('staff'),
    foreignInvested: described('foreignInvested'),
    taxRating: described('taxRating'),
    committeeCode: {
      schema: Type.Union([Type.String(), Type.Null()]),
      title: { zh: '居委代码', en: 'Committee' },
      level: 'L1',
    },
  },
});
