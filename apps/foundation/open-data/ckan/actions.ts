import type { FastifyRequest } from 'fastify';
import type { MountKernel } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { unitNames } from '#platform/kernel/ports.ts';
import type { Text } from '#platform/kernel/text.ts';
import { findDocuments } from '#platform/search/find-documents.ts';
import { type ApiKey, meter, opens } from '../keys/api-key.ts';
import { DATASETS } from '../portal/index-dataset.ts';
import { originOf } from '../portal/origin.ts';
import { readDatasets, type Shown } from '../portal/read-dataset.ts';
import { markedRows } from '../portal/serve-file.ts';
import { LICENCES } from '../schema.ts';
import { denied, notFound } from './answer.ts';
import { searchRows } from './datastore.ts';
import { filterOf, sorted, valuesOf } from './filter.ts';
import { groupOf, organizationOf, type Package, packageOf } from './package.ts';
import { type Given, list, required, whole, words, yes } from './parameters.ts';

export type Asked = {
  kernel: MountKernel;
  request: FastifyRequest;
  db: Db;
  given: Given;
  key: ApiKey | undefined;
  units: ReadonlyMap<string, Text>;
};
type Action = { help: string; run(asked: Asked): Promise<unknown> };

/** Packages in one answer, as in CKAN. */
const MOST = 1000;

/** Names of the units, asked for before the transaction of the request: the embedded database has one session. */
export async function unitsOf({ services }: MountKernel): Promise<ReadonlyMap<string, Text>> {
  return (await services.registry.provided(unitNames)[0]?.value.all(services)) ?? new Map();
}

async function packagesOf(asked: Asked): Promise<{ set: Shown; found: Package }[]> {
  const origin = originOf(asked.kernel.services, asked.request);
  const { units } = asked;
  return (await readDatasets(asked.db)).map((set) => ({ set, found: packageOf(set, { origin, units }) }));
}

async function onePackage(asked: Asked, wanted: string): Promise<{ set: Shown; found: Package }> {
  const one = (await packagesOf(asked)).find(({ found }) => found.id === wanted || found.name === wanted);
  if (!one) throw notFound();
  return one;
}

async function oneResource(asked: Asked, wanted: string) {
  for (const { set, found } of await packagesOf(asked)) {
    const resource = found.resources.find(({ id }) => id === wanted);
    if (resource) return { set, resource };
  }
  throw notFound(`Resource ${wanted} was not found.`);
}

/** Counts of the values of a member among packages, the most frequent first. */
function facet(packages: readonly Package[], name: string, most: number) {
  const counts = new Map<string, number>();
  for (const found of packages)
    for (const value of valuesOf(found)[name] ?? []) counts.set(value, (counts.get(value) ?? 0) + 1);
  const items = [...counts].map(([value, count]) => ({ name: value, display_name: value, count }));
  return items.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)).slice(0, most < 0 ? undefined : most);
}

async function packageSearch(asked: Asked) {
  const { db, given } = asked;
  const q = words(given, 'q').trim();
  const rows = whole(given, 'rows', { otherwise: 10, most: MOST });
  const start = whole(given, 'start', { otherwise: 0, most: Number.MAX_SAFE_INTEGER });
  const fq = [words(given, 'fq'), ...list(given, 'fq_list')].filter(Boolean).join(' ');
  const all = await packagesOf(asked);
  let packages = all.map(({ found }) => found);
  if (q !== '' && q !== '*:*' && q !== '*') {
    if (/^[+-]?\w+:/.test(q)) packages = packages.filter(filterOf(q));
    else {
      const { ids } = await findDocuments(db, { kind: DATASETS.kind, q, page: 1, pageSize: MOST });
      const at = new Map(ids.map((id, place) => [id, place]));
      packages = packages
        .filter(({ name }) => at.has(name))
        .sort((a, b) => (at.get(a.name) ?? 0) - (at.get(b.name) ?? 0));
    }
  }
  packages = sorted(packages.filter(filterOf(fq)), words(given, 'sort'));
  const most = Number(words(given, 'facet.limit') || 50);
  const fields = words(given, 'facet') === 'false' ? [] : list(given, 'facet.field');
  const facets = fields.map((name) => ({ name, items: facet(packages, name, most) }));
  return {
    count: packages.length,
    sort: words(given, 'sort') || 'score desc, metadata_modified desc',
    facets: Object.fromEntries(
      facets.map(({ name, items }) => [name, Object.fromEntries(items.map((item) => [item.name, item.count]))]),
    ),
    search_facets: Object.fromEntries(facets.map(({ name, items }) => [name, { title: name, items }])),
    results: packages.slice(start, start + rows),
  };
}

function paged<T>(items: T[], given: Given, most = Number.MAX_SAFE_INTEGER): T[] {
  const offset = whole(given, 'offset', { otherwise: 0, most: Number.MAX_SAFE_INTEGER });
  return items.slice(offset, offset + whole(given, 'limit', { otherwise: most, most }));
}

async function organizations(asked: Asked) {
  const counts = new Map<string, number>();
  for (const { set } of await packagesOf(asked)) counts.set(set.owner, (counts.get(set.owner) ?? 0) + 1);
  const { units } = asked;
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([unit, count]) => {
      const made = organizationOf(unit, units);
      return {
        ...made,
        display_name: made.title,
        package_count: count,
        num_followers: 0,
        users: [],
        tags: [],
        extras: [],
        groups: [],
      };
    });
}

async function groups(asked: Asked) {
  const counts = new Map<string, number>();
  for (const { set } of await packagesOf(asked)) counts.set(set.theme, (counts.get(set.theme) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([theme, count]) => ({
      ...groupOf(theme),
      type: 'group',
      is_organization: false,
      state: 'active',
      approval_status: 'approved',
      package_count: count,
      num_followers: 0,
      users: [],
      tags: [],
      extras: [],
      groups: [],
    }));
}

const listed = (items: { name: string }[], given: Given): unknown[] =>
  yes(given, 'all_fields')
    ? paged(items, given)
    : paged(
        items.map(({ name }) => name),
        given,
      );

async function shown(items: { id: string; name: string }[], asked: Asked, kind: 'organization' | 'group') {
  const wanted = required(asked.given, 'id');
  const found = items.find(({ id, name }) => id === wanted || name === wanted);
  if (!found) throw notFound();
  if (!yes(asked.given, 'include_datasets')) return found;
  const packages = (await packagesOf(asked)).map(({ found: one }) => one);
  return {
    ...found,
    packages: packages.filter((one) =>
      kind === 'organization'
        ? one.organization.name === found.name
        : one.groups.some(({ name }) => name === found.name),
    ),
  };
}

/** The actions of CKAN's API version 3 that readers and harvesters use. What changes something is not among them. */
export const ACTIONS: Record<string, Action> = {
  site_read: { help: 'Return True.', run: async () => true },
  status_show: {
    help: 'Return a dictionary with information about the site’s configuration.',
    run: async (asked) => ({
      ckan_version: '2.11.0',
      site_url: originOf(asked.kernel.services, asked.request),
      site_title: '公共数据开放',
      site_description: '',
      locale_default: 'zh_Hans_CN',
      error_emails_to: null,
      extensions: ['datastore'],
    }),
  },
  help_show: {
    help: 'Return the help string for a particular API action.\n\n:param name: Action function name',
    run: async ({ given }) => {
      const action = ACTIONS[required(given, 'name')];
      if (!action) throw notFound('Action function not found');
      return action.help;
    },
  },
  package_list: {
    help: 'Return a list of the names of the site’s datasets (packages).\n\n:param limit: most names\n:param offset: where to begin',
    run: async (asked) => paged((await packagesOf(asked)).map(({ found }) => found.name).sort(), asked.given),
  },
  current_package_list_with_resources: {
    help: 'Return a list of the site’s datasets and their resources, the newest first.\n\n:param limit:\n:param offset:',
    run: async (asked) =>
      paged(
        sorted(
          (await packagesOf(asked)).map(({ found }) => found),
          'metadata_modified desc',
        ),
        asked.given,
        MOST,
      ),
  },
  package_search: {
    help: 'Searches for packages satisfying a given search criteria.\n\n:param q: words\n:param fq: filters, field:value\n:param rows: at most 1000\n:param start:\n:param sort:\n:param facet.field: JSON list',
    run: packageSearch,
  },
  package_show: {
    help: 'Return the metadata of a dataset (package) and its resources.\n\n:param id: id or name',
    run: async (asked) => (await onePackage(asked, required(asked.given, 'id'))).found,
  },
  resource_show: {
    help: 'Return the metadata of a resource.\n\n:param id:',
    run: async (asked) => (await oneResource(asked, required(asked.given, 'id'))).resource,
  },
  organization_list: {
    help: 'Return a list of the names of the site’s organizations.\n\n:param all_fields:',
    run: async (asked) => listed(await organizations(asked), asked.given),
  },
  organization_show: {
    help: 'Return the details of an organization.\n\n:param id: id or name\n:param include_datasets:',
    run: async (asked) => shown(await organizations(asked), asked, 'organization'),
  },
  group_list: {
    help: 'Return a list of the names of the site’s groups.\n\n:param all_fields:',
    run: async (asked) => listed(await groups(asked), asked.given),
  },
  group_show: {
    help: 'Return the details of a group.\n\n:param id: id or name\n:param include_datasets:',
    run: async (asked) => shown(await groups(asked), asked, 'group'),
  },
  tag_list: {
    help: 'Return a list of the site’s tags.\n\n:param query:\n:param all_fields:',
    run: async (asked) => {
      const query = words(asked.given, 'query');
      const tags = new Map((await packagesOf(asked)).flatMap(({ found }) => found.tags).map((tag) => [tag.name, tag]));
      const found = [...tags.values()]
        .filter(({ name }) => name.includes(query))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      return yes(asked.given, 'all_fields') ? found : found.map(({ name }) => name);
    },
  },
  license_list: {
    help: 'Return the list of licenses available for datasets on the site.',
    run: async () =>
      Object.entries(LICENCES).map(([id, { title, url, open }]) => ({
        id,
        title: title.zh,
        url,
        status: 'active',
        od_conformance: open ? 'approved' : 'not reviewed',
      })),
  },
  datastore_search: {
    help: 'Search a DataStore resource.\n\n:param resource_id: id of the CSV resource\n:param filters: {"field": value or list}\n:param q:\n:param limit: default 100, at most 32000\n:param offset:\n:param fields:\n:param sort:',
    run: async (asked) => {
      const { db, given, kernel, request, key } = asked;
      const wanted = required(given, 'resource_id');
      const { set, resource } = await oneResource(asked, wanted);
      if (!resource.datastore_active) throw notFound(`Resource "${wanted}" was not found.`);
      const bound = set.opening === 'conditional';
      if (bound && (!key || !(await opens(db, { key, dataset: set.id }))))
        throw denied('this dataset needs a key under an agreement');
      const marked = bound && key ? await markedRows(kernel, db, set, key) : undefined;
      const found = await searchRows(db, { set, given, resource: wanted, link: request.url, marked });
      if (key) await meter(db, { key: key.id, dataset: set.id, rows: found.records.length });
      return found;
    },
  },
};
