/**
 * A harvester of CKAN portals (汇聚), written after what `ckanext-harvest` (its CKAN harvester) and `ckanext-dcat` (its RDF harvester) do: how they
 * page, what else they ask for, and what CKAN demands of a dataset before it creates it. It knows nothing of this house but an address.
 */
import { Parser, Store } from 'n3';

export type Loose = Record<string, unknown>;
export type Harvest = { imported: Map<string, Loose>; faults: string[]; requests: number };
type Ask = { base: string; headers?: Record<string, string> };

/** Datasets in one page, as the harvester asks for them. */
const PAGE = 100;
/** Pages after which a portal that never ends is given up. */
const MOST_PAGES = 100;

/**
 * Everything that a portal lists, or what changed since a moment: `package_search` by id, a page at a time until one is empty. Of each dataset
 * the organisation and the groups are fetched as well, as with `remote_orgs: create` and `remote_groups: create`.
 */
export async function harvestCkan(
  options: Ask & { since?: string; organizations?: readonly string[] },
): Promise<Harvest> {
  const { base, headers = {}, since, organizations } = options;
  const harvest: Harvest = { imported: new Map(), faults: [], requests: 0 };
  const ask = async (action: string, query: Record<string, string>): Promise<unknown> => {
    harvest.requests += 1;
    const reply = await fetch(`${base}/api/3/action/${action}?${new URLSearchParams(query)}`, { headers });
    if (reply.status !== 200) throw new Error(`${action} answers ${reply.status}: ${await reply.text()}`);
    const envelope = (await reply.json()) as { success?: boolean; result?: unknown };
    if (envelope.success !== true) throw new Error(`${action} has no success`);
    return envelope.result;
  };
  const terms = [
    ...(organizations ? [organizations.map((name) => `organization:${name}`).join(' OR ')] : []),
    ...(since === undefined ? [] : [`metadata_modified:[${since} TO *]`]),
  ];
  const found = new Map<string, Loose>();
  let before = '';
  for (let page = 0; page < MOST_PAGES; page++) {
    const { results } = (await ask('package_search', {
      rows: String(PAGE),
      start: String(page * PAGE),
      sort: 'id asc',
      ...(terms.length > 0 ? { fq: terms.join(' ') } : {}),
    })) as { results: Loose[] };
    if (results.length === 0) break;
    const text = JSON.stringify(results);
    if (text === before) throw new Error('the paging does not work');
    before = text;
    for (const one of results) found.set(String(one.id), one);
  }
  const known = new Map<string, Promise<unknown>>();
  const once = (action: string, id: string): Promise<unknown> => {
    const name = `${action} ${id}`;
    const asked = known.get(name) ?? ask(action, { id });
    known.set(name, asked);
    return asked;
  };
  const names = new Set<string>();
  for (const dataset of found.values()) {
    if (dataset.type === 'harvest') continue;
    const faults = faultsOf(dataset);
    for (const [action, id] of [
      ['organization_show', String(dataset.owner_org)],
      ...(dataset.groups as Loose[]).map(({ name }) => ['group_show', String(name)] as const),
    ] as const) {
      const theirs = await once(action, id).catch((error: unknown) => void faults.push(String(error)));
      if (theirs) faults.push(...faultsOfName(theirs as Loose).map((fault) => `${action} ${id} ${fault}`));
    }
    if (names.has(String(dataset.name))) faults.push('name is taken');
    names.add(String(dataset.name));
    if (faults.length > 0) harvest.faults.push(...faults.map((fault) => `${String(dataset.name)}: ${fault}`));
    else harvest.imported.set(String(dataset.name), dataset);
  }
  return harvest;
}

const NAME = /^[a-z0-9_-]{2,100}$/;
const RESERVED = ['new', 'edit', 'search'];
const MOMENT = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?)?$/;
const TAG = /^[\p{L}\p{N}\p{M}_ .-]{2,100}$/u;
const EMAIL = /^[^\s@]+@[^\s@]+$/;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const twice = (values: readonly string[]): string[] => values.filter((value, at) => values.indexOf(value) !== at);

const faultsOfName = ({ name }: Loose): string[] =>
  isText(name) && NAME.test(name) && !RESERVED.includes(name) ? [] : [`name ${String(name)}`];

/** What `package_create` refuses (CKAN's default schema and its validators). */
export function faultsOf(dataset: Loose): string[] {
  const faults = faultsOfName(dataset);
  const bad = (what: string, is: boolean) => void (is && faults.push(what));
  bad('id', !isText(dataset.id) || dataset.id.length > 100);
  bad('title', !isText(dataset.title));
  bad('type', dataset.type !== 'dataset');
  bad('state', dataset.state !== 'active');
  bad('private', typeof dataset.private !== 'boolean');
  bad('owner_org', !isText(dataset.owner_org));
  bad('license_id', !isText(dataset.license_id));
  bad('version', isText(dataset.version) && dataset.version.length > 100);
  for (const name of ['author_email', 'maintainer_email'])
    bad(name, isText(dataset[name]) && !EMAIL.test(String(dataset[name])));
  for (const name of ['metadata_created', 'metadata_modified']) bad(name, !MOMENT.test(String(dataset[name])));
  const extras = dataset.extras as { key?: unknown; value?: unknown }[];
  bad('extras', !extras.every(({ key, value }) => isText(key) && value !== undefined && value !== null));
  bad('extras twice', twice(extras.map(({ key }) => String(key))).length > 0);
  const tags = (dataset.tags as { name?: unknown }[]).map(({ name }) => String(name));
  for (const tag of tags) bad(`tag ${tag}`, !TAG.test(tag) || tag !== tag.trim());
  bad(`tag twice ${twice(tags).join()}`, twice(tags).length > 0);
  bad('num_tags', dataset.num_tags !== tags.length);
  const resources = dataset.resources as Loose[];
  bad('num_resources', resources.length === 0 || dataset.num_resources !== resources.length);
  bad('resource id twice', twice(resources.map(({ id }) => String(id))).length > 0);
  resources.forEach((resource, position) => {
    const at = `resource ${position}`;
    bad(`${at} id`, !/^[a-zA-Z0-9_-]{7,100}$/.test(String(resource.id)));
    bad(`${at} package_id`, resource.package_id !== dataset.id);
    bad(`${at} position`, resource.position !== position);
    bad(`${at} url`, !URL.canParse(String(resource.url)));
    bad(`${at} url_type`, resource.url_type !== null);
    bad(`${at} name`, !isText(resource.name));
    bad(`${at} format`, !isText(resource.format));
    bad(`${at} size`, resource.size !== null && !Number.isInteger(Number(resource.size)));
    for (const name of ['created', 'last_modified', 'metadata_modified'])
      bad(`${at} ${name}`, !MOMENT.test(String(resource[name])));
  });
  return faults;
}

const DCAT = 'http://www.w3.org/ns/dcat#';
const DCT = 'http://purl.org/dc/terms/';
const TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
const HYDRA = 'http://www.w3.org/ns/hydra/core#';

/**
 * Datasets of a DCAT document as the RDF harvester makes them: guid from the address, the text in the language of the reading site, name from
 * the title, a resource for each distribution. Pages are followed where the document names one.
 */
export async function harvestDcat(options: Ask & { path: string; language: string }): Promise<Harvest> {
  const { base, headers = {}, path, language } = options;
  const harvest: Harvest = { imported: new Map(), faults: [], requests: 0 };
  const names = new Set<string>();
  for (let address: string | undefined = `${base}${path}`; address !== undefined; ) {
    harvest.requests += 1;
    const reply: Response = await fetch(address, { headers: { ...headers, accept: 'text/turtle' } });
    if (reply.status !== 200) throw new Error(`${address} answers ${reply.status}`);
    const graph: Store = new Store(new Parser({ baseIRI: address }).parse(await reply.text()));
    const text = (subject: string, predicate: string): string | undefined => {
      const values = graph.getObjects(subject, predicate, null);
      const fitting = values.find((value) => 'language' in value && value.language === language);
      return (fitting ?? values.at(-1))?.value;
    };
    for (const { value: guid } of graph.getSubjects(TYPE, `${DCAT}Dataset`, null)) {
      const title = text(guid, `${DCT}title`) ?? '';
      const resources = graph.getObjects(guid, `${DCAT}distribution`, null).map(({ value: one }) => ({
        uri: one,
        name: text(one, `${DCT}title`) ?? '',
        url: text(one, `${DCAT}downloadURL`) ?? text(one, `${DCAT}accessURL`) ?? '',
        mimetype: text(one, `${DCAT}mediaType`)?.split('/media-types/').at(-1) ?? '',
        format: text(one, `${DCT}format`)?.split('/').at(-1) ?? '',
        license: text(one, `${DCT}license`) ?? '',
      }));
      const name = nameFrom(title, names);
      const dataset: Loose = {
        guid,
        title,
        name,
        notes: text(guid, `${DCT}description`) ?? '',
        identifier: text(guid, `${DCT}identifier`),
        tags: graph.getObjects(guid, `${DCAT}keyword`, null).map((keyword) => keyword.value),
        license_id: resources.find(({ license }) => license !== '')?.license ?? '',
        resources,
      };
      const faults = [
        ...faultsOfName(dataset),
        ...(!URL.canParse(guid) ? ['no address'] : []),
        ...(title === '' ? ['no title'] : []),
        ...(dataset.notes === '' ? ['no description'] : []),
        ...resources.flatMap(({ uri, url, mimetype, format, name: called }) =>
          [
            URL.canParse(url) ? '' : `${uri}: no url`,
            /^[a-z]+\/[a-z0-9.+-]+$/.test(mimetype) ? '' : `${uri}: media type ${mimetype}`,
            format === '' ? `${uri}: no format` : '',
            called === '' ? `${uri}: no title` : '',
          ].filter(Boolean),
        ),
      ];
      if (faults.length > 0) harvest.faults.push(...faults.map((fault) => `${guid}: ${fault}`));
      else harvest.imported.set(guid, dataset);
    }
    const [page] = graph.getSubjects(TYPE, `${HYDRA}PagedCollection`, null);
    const next: string | undefined = page && graph.getObjects(page, `${HYDRA}nextPage`, null)[0]?.value;
    address = next === address ? undefined : next;
  }
  return harvest;
}

/** A name from a title (`munge_title_to_name`), with a number where it is taken. */
function nameFrom(title: string, taken: Set<string>): string {
  const plain = title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[ .:/]/g, '-')
    .replaceAll(/[^a-z0-9_-]/g, '')
    .replaceAll(/-{2,}/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 96);
  let name = plain;
  for (let number = 1; taken.has(name); number++) name = `${plain}${number}`;
  taken.add(name);
  return name;
}
