import { createHash } from 'node:crypto';
import type { Text } from '#platform/kernel/text.ts';
import { FORMATS, type Format } from '../formats/write.ts';
import type { Shown } from '../portal/read-dataset.ts';
import { LICENCES, THEMES } from '../schema.ts';

/** A stable UUID (version 8 of RFC 9562) of a name: CKAN's clients expect ids of this form. */
export function idOf(name: string): string {
  const hex = createHash('sha256').update(`smart-district open-data ${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const SHOWN: Format[] = ['csv', 'json', 'jsonl', 'geojson'];
const stamp = (text: string): string => text.replace(/Z$/, '.000000');

export type Package = ReturnType<typeof packageOf>;
export type Resource = Package['resources'][number];

/** An open set as a CKAN package (dataset). */
export function packageOf(set: Shown, { origin, units }: { origin: string; units: ReadonlyMap<string, Text> }) {
  const organization = organizationOf(set.owner, units);
  const licence = LICENCES[set.licence];
  const formats = SHOWN.filter((format) => format !== 'geojson' || set.geometry !== null);
  const tags = [...new Set([THEMES[set.theme]?.zh ?? set.theme, ...set.fields.map(({ title }) => title.zh)])].map(
    (name) =>
      name
        .replaceAll(/[^\p{L}\p{N} ._-]/gu, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim(),
  );
  const id = idOf(set.id);
  return {
    id,
    name: set.id,
    title: set.title.zh,
    title_translated: { zh: set.title.zh, en: set.title.en },
    notes: [set.summary.zh, set.attribution].filter(Boolean).join('\n\n'),
    type: 'dataset',
    state: 'active',
    private: false,
    isopen: (licence?.open ?? false) && set.opening === 'open',
    license_id: set.licence,
    license_title: licence?.title.zh ?? set.licence,
    license_url: licence?.url ?? null,
    author: organization.title,
    author_email: null,
    maintainer: organization.title,
    maintainer_email: null,
    url: `${origin}/data/open/${set.id}`,
    version: set.cite,
    metadata_created: stamp(set.createdAt),
    metadata_modified: stamp(set.publishedAt),
    creator_user_id: null,
    owner_org: organization.id,
    organization,
    groups: [groupOf(set.theme)],
    tags: tags
      .filter((name) => name.length >= 2)
      .map((name) => ({ id: idOf(`tag ${name}`), name, display_name: name, state: 'active', vocabulary_id: null })),
    num_tags: tags.filter((name) => name.length >= 2).length,
    extras: [
      { key: 'catalogue_item', value: set.item },
      { key: 'opening_type', value: set.opening },
      { key: 'update_cycle', value: set.cycle },
      { key: 'stale', value: String(set.stale) },
      { key: 'digest_sha256', value: set.digest },
    ],
    resources: formats.map((format, position) => ({
      id: idOf(`${set.id} ${format}`),
      package_id: id,
      name: `${set.title.zh} (${FORMATS[format].name})`,
      description: '',
      format: FORMATS[format].name.replace(' Lines', 'L'),
      mimetype: FORMATS[format].type.split(';')[0] ?? '',
      mimetype_inner: null,
      url: `${origin}/open/${set.id}/v${set.no}.${FORMATS[format].extension}`,
      url_type: null,
      resource_type: 'file',
      hash: '',
      size: null,
      state: 'active',
      position,
      created: stamp(set.createdAt),
      last_modified: stamp(set.publishedAt),
      metadata_modified: stamp(set.publishedAt),
      cache_url: null,
      cache_last_updated: null,
      datastore_active: format === 'csv',
    })),
    num_resources: formats.length,
    relationships_as_subject: [],
    relationships_as_object: [],
  };
}

export function organizationOf(unit: string, units: ReadonlyMap<string, Text>) {
  const title = units.get(unit)?.zh ?? unit;
  return {
    id: idOf(`organization ${unit}`),
    name: unit,
    title,
    type: 'organization',
    description: '',
    image_url: '',
    created: '2026-01-01T00:00:00.000000',
    is_organization: true,
    approval_status: 'approved',
    state: 'active',
  };
}

export function groupOf(theme: string) {
  const title = THEMES[theme]?.zh ?? theme;
  return {
    id: idOf(`group ${theme}`),
    name: theme,
    title,
    display_name: title,
    description: '',
    image_display_url: '',
  };
}
