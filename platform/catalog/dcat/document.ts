import type { Text } from '#platform/kernel/text.ts';
import { OVERSIGHT_UNIT } from '../grant-record.ts';

export type Item = {
  id: string;
  title: Text;
  summary: Text;
  owner: string;
  updates: string;
  opening: string;
  level: string;
  published_at: Date;
  revised_at: Date;
  keywords: Text[];
  /** Code in the register (信息资源代码). */
  code?: string | null;
  /** An item of the register, whose data are in a system elsewhere. */
  registered?: boolean;
};

/** A JSON-LD node of the few forms that the export needs: names are compact, values are nodes, literals or lists of them. */
export type Node = { '@id'?: string; '@type'?: string; [property: string]: Value | Value[] | undefined };
export type Literal = { '@value': string; '@language'?: string; '@type'?: string };
export type Value = Node | Literal | string;

export const PREFIXES = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  sd: 'urn:smart-district:vocabulary:',
} as const;

export const AUTHORITY = 'http://publications.europa.eu/resource/authority';
/** Update cycles (更新周期) as EU frequency codes, which DCAT-AP readers expect. */
export const FREQUENCY: Record<string, string> = {
  realtime: 'UPDATE_CONT',
  daily: 'DAILY',
  weekly: 'WEEKLY',
  monthly: 'MONTHLY',
  quarterly: 'QUARTERLY',
  yearly: 'ANNUAL',
  once: 'NEVER',
};
export const ACCESS: Record<string, string> = { open: 'PUBLIC', conditional: 'RESTRICTED', closed: 'NON_PUBLIC' };

/** The catalogue as DCAT 3 (W3C Recommendation 2024) within DCAT-AP 3.0: classes of what is named are stated, so that it can be checked alone. */
export function catalogueOf(options: {
  origin: string;
  items: readonly Item[];
  units: ReadonlyMap<string, Text>;
  /** Datasets of other modules (`dataset-source.ts`). */
  more?: readonly Node[];
}): Node {
  const { origin, items, units, more = [] } = options;
  const revised = items.reduce((latest, { revised_at: at }) => Math.max(latest, at.getTime()), 0);
  return {
    '@id': `${origin}/catalog`,
    '@type': 'dcat:Catalog',
    'dct:title': both({ zh: '信息资源目录', en: 'Catalogue of information resources' }),
    'dct:description': both({
      zh: '本区各单位的政务信息资源：名称、信息项、提供单位、更新周期与共享条件。',
      en: 'Information resources of the units of the district: names, fields, provider, update cycle and terms of sharing.',
    }),
    'dct:publisher': agentOf(OVERSIGHT_UNIT, units),
    'dct:language': ['ZHO', 'ENG'].map((code) => ({
      '@id': `${AUTHORITY}/language/${code}`,
      '@type': 'dct:LinguisticSystem',
    })),
    'foaf:homepage': { '@id': `${origin}/data`, '@type': 'foaf:Document' },
    ...(items.length > 0 ? { 'dct:modified': moment(new Date(revised)) } : {}),
    'dcat:dataset': [...items.map((item) => datasetOf({ origin, item, units })), ...more],
  };
}

/** One item as `dcat:Dataset`. */
export function datasetOf(options: { origin: string; item: Item; units: ReadonlyMap<string, Text> }): Node {
  const { origin, item, units } = options;
  const keywords = new Map(
    item.keywords.flatMap(both).map((literal) => [`${literal['@language']} ${literal['@value']}`, literal]),
  );
  return {
    '@id': `${origin}/api/catalog/${item.registered ? 'entries' : 'items'}/${item.id}`,
    '@type': 'dcat:Dataset',
    'dct:identifier': item.id,
    'dct:title': both(item.title),
    'dct:description': both(item.summary),
    'dct:publisher': agentOf(item.owner, units),
    'dct:accrualPeriodicity': {
      '@id': `${AUTHORITY}/frequency/${FREQUENCY[item.updates] ?? 'UNKNOWN'}`,
      '@type': 'dct:Frequency',
    },
    'dct:accessRights': {
      '@id': `${AUTHORITY}/access-right/${ACCESS[item.opening] ?? 'NON_PUBLIC'}`,
      '@type': 'dct:RightsStatement',
    },
    'dct:issued': moment(item.published_at),
    'dct:modified': moment(item.revised_at),
    'dcat:landingPage': {
      '@id': `${origin}/data/${item.registered ? 'entries' : 'items'}/${item.id}`,
      '@type': 'foaf:Document',
    },
    'dcat:keyword': [...keywords.values()],
    'sd:level': item.level,
    ...(item.code ? { 'sd:code': item.code } : {}),
  };
}

export function agentOf(unit: string, units: ReadonlyMap<string, Text>): Node {
  const name = units.get(unit) ?? { zh: unit, en: unit };
  return { '@id': `urn:smart-district:unit:${unit}`, '@type': 'foaf:Agent', 'foaf:name': both(name) };
}

export function both({ zh, en }: Text): Literal[] {
  return [
    { '@value': zh, '@language': 'zh' },
    { '@value': en, '@language': 'en' },
  ];
}

export const moment = (at: Date): Literal => ({ '@value': at.toISOString(), '@type': 'xsd:dateTime' });
