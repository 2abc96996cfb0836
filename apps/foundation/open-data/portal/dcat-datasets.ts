import { systemActor } from '#platform/kernel/actor.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { DatasetSource } from '#platform/catalog/dcat/dataset-source.ts';
import { ACCESS, agentOf, AUTHORITY, both, FREQUENCY, moment, type Node } from '#platform/catalog/dcat/document.ts';
import { FORMATS, type Format } from '../formats/write.ts';
import { LICENCES, THEMES } from '../schema.ts';
import { readDatasets, type Shown } from './read-dataset.ts';

/** EU data themes, which DCAT-AP readers sort by. */
const EU_THEMES: Record<string, string> = {
  places: 'REGI',
  buildings: 'REGI',
  population: 'SOCI',
  economy: 'ECON',
  environment: 'ENVI',
  transport: 'TRAN',
  culture: 'EDUC',
  services: 'GOVE',
};
const EU_THEME_NAMES: Record<string, Text> = {
  REGI: { zh: '区域与城市', en: 'Regions and cities' },
  SOCI: { zh: '人口与社会', en: 'Population and society' },
  ECON: { zh: '经济与金融', en: 'Economy and finance' },
  ENVI: { zh: '环境', en: 'Environment' },
  TRAN: { zh: '交通', en: 'Transport' },
  EDUC: { zh: '教育、文化与体育', en: 'Education, culture and sport' },
  GOVE: { zh: '政府与公共部门', en: 'Government and public sector' },
};

/** EU file types, which DCAT-AP readers expect. */
const FILE_TYPES: Partial<Record<Format, string>> = { csv: 'CSV', json: 'JSON', jsonl: 'JSON', geojson: 'GEOJSON' };

/** Open sets in the export of the catalogue, each with its files. */
export const dcatDatasets: DatasetSource = {
  datasets: async ({ services, origin, units }) => {
    const sets = await services.database.tx({ module: 'open-data', actor: systemActor({ name: 'dcat' }) }, (db) =>
      readDatasets(db),
    );
    return sets.map(
      (set): Node => ({
        '@id': `${origin}/open/${set.id}`,
        '@type': 'dcat:Dataset',
        'dct:identifier': set.cite,
        'dct:title': both(set.title),
        'dct:description': both(set.summary),
        'dct:publisher': agentOf(set.owner, units),
        'dct:accrualPeriodicity': {
          '@id': `${AUTHORITY}/frequency/${FREQUENCY[set.cycle] ?? 'UNKNOWN'}`,
          '@type': 'dct:Frequency',
        },
        'dct:accessRights': {
          '@id': `${AUTHORITY}/access-right/${ACCESS[set.opening] ?? 'NON_PUBLIC'}`,
          '@type': 'dct:RightsStatement',
        },
        'dct:issued': moment(new Date(set.createdAt)),
        'dct:modified': moment(new Date(set.publishedAt)),
        'dct:source': { '@id': `${origin}/api/catalog/items/${set.item}` },
        'dcat:landingPage': { '@id': `${origin}/data/open/${set.id}`, '@type': 'foaf:Document' },
        'dcat:version': String(set.no),
        'dcat:theme': themeOf(set.theme),
        'dcat:keyword': both(THEMES[set.theme] ?? { zh: set.theme, en: set.theme }),
        'dcat:distribution': (['csv', 'json', 'jsonl', ...(set.geometry === null ? [] : ['geojson'])] as Format[]).map(
          (format) => distributionOf(set, format, origin),
        ),
      }),
    );
  },
};

function themeOf(theme: string): Node {
  const code = EU_THEMES[theme] ?? 'GOVE';
  return {
    '@id': `${AUTHORITY}/data-theme/${code}`,
    '@type': 'skos:Concept',
    'skos:prefLabel': both(EU_THEME_NAMES[code] ?? { zh: code, en: code }),
  };
}

function distributionOf(set: Shown, format: Format, origin: string): Node {
  const address = `${origin}/open/${set.id}/v${set.no}.${FORMATS[format].extension}`;
  const media = FORMATS[format].type.split(';')[0] ?? '';
  return {
    '@id': address,
    '@type': 'dcat:Distribution',
    'dct:title': both({
      zh: `${set.title.zh}（${FORMATS[format].name}）`,
      en: `${set.title.en} (${FORMATS[format].name})`,
    }),
    'dcat:accessURL': { '@id': `${origin}/data/open/${set.id}` },
    'dcat:downloadURL': { '@id': address },
    'dcat:mediaType': { '@id': `https://www.iana.org/assignments/media-types/${media}`, '@type': 'dct:MediaType' },
    'dct:format': { '@id': `${AUTHORITY}/file-type/${FILE_TYPES[format] ?? 'CSV'}`, '@type': 'dct:MediaTypeOrExtent' },
    'dct:license': {
      '@id': LICENCES[set.licence]?.url ?? `urn:smart-district:licence:${set.licence}`,
      '@type': 'dct:LicenseDocument',
    },
    'dct:modified': moment(new Date(set.publishedAt)),
  };
}
