import { systemActor } from '#platform/kernel/actor.ts';
import type { DatasetSource } from '#platform/catalog/dcat/dataset-source.ts';
import { ACCESS, agentOf, AUTHORITY, both, FREQUENCY, moment, type Node } from '#platform/catalog/dcat/document.ts';
import { FORMATS, type Format } from '../formats/write.ts';
import { LICENCES, THEMES } from '../schema.ts';
import { readDatasets, type Shown } from './read-dataset.ts';

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
        'dcat:keyword': both(THEMES[set.theme] ?? { zh: set.theme, en: set.theme }),
        'dcat:distribution': (['csv', 'json', 'jsonl', ...(set.geometry === null ? [] : ['geojson'])] as Format[]).map(
          (format) => distributionOf(set, format, origin),
        ),
      }),
    );
  },
};

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
