import type { FieldDeclaration } from '#platform/exchange/check/declaration.ts';
import type { Actor } from '#platform/kernel/actor.ts';
import type { GoldenTable } from '../shared/golden-store.ts';
import type { Rule } from '../shared/survivorship.ts';

/** What departments send of a building (导入字段). */
export const BUILDING_FIELDS: readonly FieldDeclaration[] = [
  {
    name: 'buildingCode',
    title: { zh: '房屋编码', en: 'Building code' },
    type: 'text',
    required: true,
    maxLength: 40,
    pattern: '^[0-9A-Za-z-]+$',
  },
  { name: 'name', title: { zh: '房屋名称', en: 'Name' }, type: 'text', maxLength: 200 },
  { name: 'address', title: { zh: '坐落', en: 'Address' }, type: 'text', maxLength: 300 },
  { name: 'committeeCode', title: { zh: '居委代码', en: 'Committee' }, type: 'text', pattern: '^\\d{12}$' },
  { name: 'yearBuilt', title: { zh: '建成年份', en: 'Year built' }, type: 'integer', minimum: 1000, maximum: 2100 },
  { name: 'floors', title: { zh: '层数', en: 'Floors' }, type: 'integer', minimum: 0, maximum: 200 },
  { name: 'heightM', title: { zh: '高度（米）', en: 'Height, metres' }, type: 'decimal', minimum: 0, maximum: 1000 },
  { name: 'structure', title: { zh: '结构', en: 'Structure' }, type: 'text', maxLength: 60 },
  { name: 'use', title: { zh: '用途', en: 'Use' }, type: 'text', maxLength: 60 },
  { name: 'heritageClass', title: { zh: '历史建筑类别', en: 'Heritage class' }, type: 'text', maxLength: 60 },
  { name: 'dwellings', title: { zh: '总户数', en: 'Dwellings' }, type: 'integer', minimum: 0 },
  { name: 'managedBy', title: { zh: '管理单位', en: 'Managing unit' }, type: 'text', maxLength: 100 },
  { name: 'facadeClass', title: { zh: '立面保护要求', en: 'Façade protection' }, type: 'text', maxLength: 100 },
  { name: 'secrecy', title: { zh: '涉密类别', en: 'Kept off public maps' }, type: 'text', pattern: '^[a-z]{2,20}$' },
  { name: 'outline', title: { zh: '轮廓', en: 'Outline' }, type: 'geometry' },
];

/** Whose word counts for what (一数一源): housing for the building, planning for what it surveys. */
export const BUILDING_RULES: readonly Rule[] = [
  { attributes: ['name'], units: ['housing', 'planning'] },
  { attributes: ['address'], units: ['housing', 'planning'] },
  { attributes: ['committeeCode'], units: ['housing', 'planning'] },
  { attributes: ['yearBuilt'], units: ['housing', 'planning'] },
  { attributes: ['floors'], units: ['housing', 'planning'] },
  { attributes: ['heightM'], units: ['planning', 'housing'] },
  { attributes: ['structure'], units: ['housing', 'planning'] },
  { attributes: ['use'], units: ['housing', 'planning'] },
  { attributes: ['heritageClass'], units: ['planning', 'housing'] },
  { attributes: ['dwellings'], units: ['housing', 'planning'] },
  { attributes: ['managedBy'], units: ['housing'] },
  { attributes: ['facadeClass'], units: ['planning', 'housing'] },
  { attributes: ['secrecy'], units: ['housing', 'planning'] },
  { attributes: ['outline'], units: ['housing', 'planning'] },
];

/** Units that answer for buildings; only their officers end, split or merge one. */
const BUILDING_UNITS: ReadonlySet<string> = new Set(BUILDING_RULES.flatMap(({ units }) => units));
export const answersForBuildings = ({ unit }: Actor): boolean => unit !== undefined && BUILDING_UNITS.has(unit);

export const BUILDING_TABLE: GoldenTable = {
  schema: 'space',
  name: 'building',
  key: 'code',
  columns: {
    name: 'name',
    address: 'address',
    committeeCode: 'committee_stated',
    yearBuilt: 'year_built',
    floors: 'floors',
    heightM: 'height_m',
    structure: 'structure',
    use: 'use',
    heritageClass: 'heritage_class',
    dwellings: 'dwellings',
    managedBy: 'managed_by',
    facadeClass: 'facade_class',
    secrecy: 'secrecy',
    outline: 'outline',
  },
  derived: ['committee_code', 'cell_code', 'address_key', 'unified_code'],
};
