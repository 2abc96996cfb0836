import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Language, Text } from '#platform/kernel/text.ts';
import { CODE_LISTS, DIMENSIONS } from '../codes.ts';

/*
 * The structures of the base database in the SDMX 3.0 information model: one agency, one data structure, one dataflow, a concept
 * scheme, and a code list a dimension. Versions are semantic; 2.1 readers see the same numbers.
 */
export const AGENCY = 'SMART_DISTRICT';
export const VERSION = '1.0.0';
export const FLOW = 'ECONOMY';
export const STRUCTURE = 'DSD_ECONOMY';
export const CONCEPTS = 'CS_ECONOMY';
export const TIME = 'TIME_PERIOD';
export const MEASURE = 'OBS_VALUE';

export const FLOW_TITLE: Text = { zh: '宏观经济数据库', en: 'Macro-economy base database' };
export const AGENCY_TITLE: Text = { zh: '智慧城区统计', en: 'Statistics of the smart district' };

/** Attributes with the level that they belong to: a series, or an observation. */
export const ATTRIBUTES = [
  { id: 'UNIT_MEASURE', list: 'CL_UNIT', level: 'series', title: { zh: '计量单位', en: 'Unit of measure' } },
  { id: 'TITLE', list: undefined, level: 'series', title: { zh: '序列标题', en: 'Title' } },
  { id: 'OBS_STATUS', list: 'CL_OBS_STATUS', level: 'obs', title: { zh: '数据状态', en: 'Observation status' } },
  { id: 'COMMENT_OBS', list: undefined, level: 'obs', title: { zh: '注', en: 'Comment' } },
  { id: 'LAST_UPDATE', list: undefined, level: 'obs', title: { zh: '发布时间', en: 'Last update' } },
] as const;
export type AttributeId = (typeof ATTRIBUTES)[number]['id'];

const PACKAGES = {
  dataflow: ['datastructure', 'Dataflow'],
  datastructure: ['datastructure', 'DataStructure'],
  codelist: ['codelist', 'Codelist'],
  conceptscheme: ['conceptscheme', 'ConceptScheme'],
  agencyscheme: ['base', 'AgencyScheme'],
} as const;
export type ArtefactType = keyof typeof PACKAGES;
export const ARTEFACT_TYPES = Object.keys(PACKAGES) as ArtefactType[];

/** The URN of an artefact (SDMX 3.0, section 5). */
export function urnOf(type: ArtefactType, id: string, item?: string): string {
  const [pack, name] = PACKAGES[type];
  const inside = type === 'codelist' ? 'Code' : type === 'conceptscheme' ? 'Concept' : 'Agency';
  const versioned = `${AGENCY}:${id}(${VERSION})`;
  return `urn:sdmx:org.sdmx.infomodel.${pack}.${item ? inside : name}=${versioned}${item ? `.${item}` : ''}`;
}

export type Item = { id: string; title: Text; parent?: string; description?: Text };
export type Artefact = { type: ArtefactType; id: string; title: Text; items: readonly Item[] };

/** All artefacts, with the codes that are in the database now. */
export async function readArtefacts(db: Db, levels: readonly string[]): Promise<Artefact[]> {
  const codes = await db.rows<{ list: string; code: string; parent: string | null; title: Text }>(
    sql`select list, code, parent, title from economy.code order by list, ord, code`,
  );
  const indicators = await db.rows<{ code: string; parent: string | null; title: Text; definition: Text }>(
    sql`select code, parent, title, definition from economy.indicator where level = any(${[...levels]}::text[]) order by ord`,
  );
  const lists = new Map<string, Item[]>();
  for (const { list, code, parent, title } of codes)
    lists.set(list, [...(lists.get(list) ?? []), { id: code, title, parent: parent ?? undefined }]);
  lists.set(
    'CL_INDICATOR',
    indicators.map(({ code, parent, title, definition }) => ({
      id: code,
      title,
      parent: parent ?? undefined,
      description: definition,
    })),
  );
  const titles = (list: string): Text =>
    CODE_LISTS[list]?.title ??
    (list === 'CL_INDICATOR' ? { zh: '指标', en: 'Indicators' } : { zh: '地区', en: 'Reference areas' });
  const concepts: Item[] = [
    ...DIMENSIONS.map(({ id, title }) => ({ id, title })),
    { id: TIME, title: { zh: '时期', en: 'Time period' } },
    { id: MEASURE, title: { zh: '观测值', en: 'Observation value' } },
    ...ATTRIBUTES.map(({ id, title }) => ({ id, title })),
  ];
  return [
    { type: 'agencyscheme', id: 'AGENCIES', title: AGENCY_TITLE, items: [{ id: AGENCY, title: AGENCY_TITLE }] },
    { type: 'dataflow', id: FLOW, title: FLOW_TITLE, items: [] },
    ...[...lists]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, items]): Artefact => ({ type: 'codelist', id, title: titles(id), items })),
    { type: 'conceptscheme', id: CONCEPTS, title: { zh: '概念', en: 'Concepts' }, items: concepts },
    { type: 'datastructure', id: STRUCTURE, title: FLOW_TITLE, items: [] },
  ];
}

/** Name in the language of the reader, and in both. */
export const named = (title: Text, language: Language) => ({ name: title[language], names: { ...title } });
