import { type Field, LICENCES } from '../schema.ts';
import type { Shown } from '../portal/read-dataset.ts';

const FRICTIONLESS: Record<Field['type'], string> = {
  string: 'string',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  geometry: 'geojson',
};
const XSD: Record<Field['type'], string> = {
  string: 'string',
  integer: 'integer',
  number: 'double',
  boolean: 'boolean',
  date: 'date',
  geometry: 'json',
};

/** Table Schema of Frictionless (v1). */
export function tableSchema(fields: readonly Field[]) {
  return {
    fields: fields.map(({ name, title, type }) => ({
      name,
      title: title.zh,
      description: title.en,
      type: FRICTIONLESS[type],
    })),
    missingValues: [''],
  };
}

/** Data Package of Frictionless (v1): the set with its files. */
export function dataPackage(set: Shown, base: string) {
  const licence = LICENCES[set.licence];
  return {
    profile: 'tabular-data-package',
    name: set.id,
    id: set.cite,
    title: set.title.zh,
    description: set.summary.zh,
    version: String(set.no),
    created: set.publishedAt,
    licenses: [{ name: set.licence, title: licence?.title.en, path: licence?.url }],
    resources: [
      {
        profile: 'tabular-data-resource',
        name: set.id,
        path: `${base}/v${set.no}.csv`,
        format: 'csv',
        mediatype: 'text/csv',
        encoding: 'utf-8',
        schema: tableSchema(set.fields),
      },
    ],
  };
}

/** Metadata for Tabular Data on the Web (CSVW, W3C Recommendation 2015) of the CSV file. */
export function csvw(set: Shown, base: string) {
  return {
    '@context': ['http://www.w3.org/ns/csvw', { '@language': 'zh' }],
    url: `${base}/v${set.no}.csv`,
    'dc:title': [
      { '@value': set.title.zh, '@language': 'zh' },
      { '@value': set.title.en, '@language': 'en' },
    ],
    'dc:description': set.summary.zh,
    'dc:identifier': set.cite,
    'dc:license': { '@id': LICENCES[set.licence]?.url },
    'dc:modified': { '@value': set.publishedAt.slice(0, 10), '@type': 'xsd:date' },
    dialect: { encoding: 'utf-8', lineTerminators: ['\r\n'], header: true },
    tableSchema: {
      columns: set.fields.map(({ name, title, type }) => ({
        name,
        titles: [name],
        'dc:title': { '@value': title.zh, '@language': 'zh' },
        datatype: XSD[type],
        null: [''],
      })),
    },
  };
}
