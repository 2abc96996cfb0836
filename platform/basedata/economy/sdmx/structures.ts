import type { Language } from '#platform/kernel/text.ts';
import { DIMENSIONS } from '../codes.ts';
import { SdmxError, syntax } from './errors.ts';
import {
  AGENCY,
  AGENCY_TITLE,
  ARTEFACT_TYPES,
  type Artefact,
  type ArtefactType,
  ATTRIBUTES,
  CONCEPTS,
  MEASURE,
  named,
  STRUCTURE,
  TIME,
  urnOf,
  VERSION,
} from './model.ts';
import { type Query, versionMatches } from './query.ts';
import { attribute, header, names, NAMESPACES, XML } from './xml.ts';

export type StructureQuery = {
  types: readonly ArtefactType[];
  agency: string;
  id: string;
  items?: string;
  stubs: 'none' | 'all' | 'referenced';
  references: string;
};

const DETAILS = [
  'full',
  'allstubs',
  'referencestubs',
  'referencepartial',
  'allcompletestubs',
  'referencecompletestubs',
  'raw',
];
/** Types of artefacts that SDMX has and this base does not: a query for them is right and finds nothing. */
const OTHER_TYPES =
  /^(?:metadatastructure|metadataflow|metadataset|categoryscheme|categorisation|hierarchy|hierarchyassociation|hierarchicalcodelist|valuelist|geographiccodelist|geogridcodelist|dataproviderscheme|dataconsumerscheme|metadataproviderscheme|organisationunitscheme|organisationscheme|dataconstraint|metadataconstraint|contentconstraint|attachmentconstraint|actualconstraint|allowedconstraint|provisionagreement|metadataprovisionagreement|structureset|structuremap|representationmap|conceptschememap|categoryschememap|organisationschememap|reportingtaxonomymap|process|reportingtaxonomy|transformationscheme|rulesetscheme|userdefinedoperatorscheme|customtypescheme|namepersonalisationscheme|namealiasscheme|vtlmappingscheme)$/;

/** `/structure/{type}/{agency}/{id}/{version}/{item}` of 2.x, or `/{type}/{agency}/{id}/{version}/{item}` of 1.x. */
export function readStructureQuery(parts: readonly string[], query: Query, old: boolean): StructureQuery {
  const all = old ? 'all' : '*';
  const [type = all, agency = all, id = all, version = old ? 'latest' : '*', items] = parts.map((p) => p || all);
  if (parts.length > 5) throw syntax('路径过长', 'the path has too many parts');
  const wanted = type.split(',').map((each) => (old && each === 'structure' ? all : each));
  for (const each of wanted)
    if (each !== all && !(ARTEFACT_TYPES as readonly string[]).includes(each) && !OTHER_TYPES.test(each))
      throw syntax(`没有构件类型 ${each}`, `there is no artefact type ${each}`);
  const types = ARTEFACT_TYPES.filter((t) =>
    wanted.some((w) => w === all || w === t || (old && w === 'organisationscheme' && t === 'agencyscheme')),
  );
  const one = (name: string): string | undefined => {
    const value = query[name];
    if (Array.isArray(value)) throw syntax(`参数 ${name} 只能出现一次`, `parameter ${name} may be given once`);
    return value;
  };
  const detail = one('detail') ?? 'full';
  if (!DETAILS.includes(detail)) throw syntax(`detail 不能是 ${detail}`, `detail cannot be ${detail}`);
  const references = one('references') ?? 'none';
  const known = [
    'none',
    'parents',
    'parentsandsiblings',
    'children',
    'descendants',
    'all',
    'ancestors',
    ...ARTEFACT_TYPES,
  ];
  if (references.split(',').some((r) => !known.includes(r) && !OTHER_TYPES.test(r)))
    throw syntax(`references 不能是 ${references}`, `references cannot be ${references}`);
  const latest = old && (version === 'latest' || version === 'all');
  const fits = latest || version.split(',').some(versionMatches);
  return {
    types: fits ? types : [],
    agency,
    id,
    items: items === undefined || items === all ? undefined : items,
    stubs: detail.startsWith('all') ? 'all' : /^reference(?:complete)?stubs$/.test(detail) ? 'referenced' : 'none',
    references,
  };
}

export type Chosen = { artefact: Artefact; stub: boolean };

/** The artefacts that a query asks for, and those that it wants with them. 404 where there is none. */
export function choose(artefacts: readonly Artefact[], query: StructureQuery): Chosen[] {
  const matches = (list: string, value: string): boolean =>
    list.split(/[,+]/).some((each) => each === '*' || each === 'all' || each === value);
  // The scheme of agencies is kept by SDMX itself; some readers ask for it so.
  const found = artefacts.filter(
    (a) =>
      query.types.includes(a.type) &&
      (matches(query.agency, AGENCY) || (a.type === 'agencyscheme' && query.agency === 'SDMX')) &&
      matches(query.id, a.id),
  );
  if (found.length === 0) throw new SdmxError('none', { zh: '没有符合条件的构件', en: 'no artefact matches' });
  const narrowed = found.map((a) =>
    query.items === undefined || a.items.length === 0
      ? a
      : { ...a, items: a.items.filter((item) => query.items?.split(/[,+]/).includes(item.id)) },
  );
  const more = new Set<Artefact>();
  for (const artefact of found)
    for (const type of related(artefact.type, query.references))
      for (const other of artefacts) if (other.type === type && !found.includes(other)) more.add(other);
  return [
    ...narrowed.map((artefact) => ({ artefact, stub: query.stubs === 'all' })),
    ...[...more].map((artefact) => ({ artefact, stub: query.stubs !== 'none' })),
  ];
}

/** Which types an artefact leads to: a flow to its structure, a structure to concepts and lists, and back. */
function related(type: ArtefactType, references: string): ArtefactType[] {
  const children: Record<ArtefactType, ArtefactType[]> = {
    dataflow: ['datastructure'],
    datastructure: ['conceptscheme', 'codelist'],
    codelist: [],
    conceptscheme: [],
    agencyscheme: [],
  };
  const parents: Record<ArtefactType, ArtefactType[]> = {
    dataflow: [],
    datastructure: ['dataflow'],
    codelist: ['datastructure'],
    conceptscheme: ['datastructure'],
    agencyscheme: [],
  };
  const down = (from: ArtefactType): ArtefactType[] => [
    ...children[from],
    ...children[from].flatMap((each) => down(each)),
  ];
  const up = (from: ArtefactType): ArtefactType[] => [...parents[from], ...parents[from].flatMap((each) => up(each))];
  return references.split(',').flatMap((each): ArtefactType[] => {
    switch (each) {
      case 'none':
        return [];
      case 'children':
        return children[type];
      case 'descendants':
        return down(type);
      case 'parents':
        return parents[type];
      case 'ancestors':
        return up(type);
      case 'parentsandsiblings':
        return parents[type].flatMap((parent) => [parent, ...children[parent]]);
      case 'all':
        return [...down(type), ...up(type)];
      default:
        return [...down(type), ...up(type)].filter((found) => found === each);
    }
  });
}

type Json = Record<string, unknown>;
const COLLECTIONS: Record<ArtefactType, string> = {
  agencyscheme: 'agencySchemes',
  dataflow: 'dataflows',
  codelist: 'codelists',
  conceptscheme: 'conceptSchemes',
  datastructure: 'dataStructures',
};
type Head = { id: string; prepared: Date; language: Language; self: string };

/** SDMX-JSON structure message 2.0.0. */
export function structureJson(chosen: readonly Chosen[], head: Head): Json {
  const { language } = head;
  const data: Record<string, Json[]> = {};
  for (const { artefact, stub } of chosen) {
    const { type, id, title, items } = artefact;
    const common: Json = {
      id,
      ...named(title, language),
      version: VERSION,
      agencyID: type === 'agencyscheme' ? 'SDMX' : AGENCY,
      isExternalReference: stub,
      links: [{ rel: 'self', urn: urnOf(type, id), ...(stub ? { href: head.self } : {}) }],
    };
    const inside: Json = stub ? {} : insideJson(type, items, language, id);
    (data[COLLECTIONS[type]] ??= []).push({ ...common, ...inside });
  }
  return {
    meta: {
      schema:
        'https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/2.0.0/sdmx-json-structure-schema.json',
      id: head.id,
      prepared: head.prepared.toISOString(),
      test: false,
      contentLanguages: language === 'zh' ? ['zh', 'en'] : ['en', 'zh'],
      sender: { id: AGENCY, ...named(AGENCY_TITLE, language) },
      links: [{ href: head.self, rel: 'self' }],
    },
    data,
  };
}

function insideJson(type: ArtefactType, items: Artefact['items'], language: Language, list: string): Json {
  const concept = (id: string): string => urnOf('conceptscheme', CONCEPTS, id);
  const enumeration = (id: string) => ({ localRepresentation: { enumeration: urnOf('codelist', id) } });
  switch (type) {
    case 'dataflow':
      return { structure: urnOf('datastructure', STRUCTURE) };
    case 'codelist':
    case 'conceptscheme':
    case 'agencyscheme': {
      const key = { codelist: 'codes', conceptscheme: 'concepts', agencyscheme: 'agencies' }[type];
      return {
        isPartial: false,
        [key]: items.map((item) => ({
          id: item.id,
          ...named(item.title, language),
          ...(item.description
            ? { description: item.description[language], descriptions: { ...item.description } }
            : {}),
          ...(item.parent && items.some((i) => i.id === item.parent) ? { parent: item.parent } : {}),
          links: [{ rel: 'self', urn: urnOf(type, list, item.id) }],
        })),
      };
    }
    case 'datastructure':
      return {
        dataStructureComponents: {
          dimensionList: {
            id: 'DimensionDescriptor',
            dimensions: DIMENSIONS.map((d, position) => ({
              id: d.id,
              position,
              conceptIdentity: concept(d.id),
              ...enumeration(d.list),
            })),
            timeDimension: {
              id: TIME,
              conceptIdentity: concept(TIME),
              localRepresentation: { format: { dataType: 'ObservationalTimePeriod' } },
            },
          },
          measureList: {
            id: 'MeasureDescriptor',
            measures: [
              {
                id: MEASURE,
                conceptIdentity: concept(MEASURE),
                localRepresentation: { format: { dataType: 'Double' } },
                usage: 'optional',
              },
            ],
          },
          attributeList: {
            id: 'AttributeDescriptor',
            attributes: ATTRIBUTES.map((a) => ({
              id: a.id,
              conceptIdentity: concept(a.id),
              ...(a.list
                ? enumeration(a.list)
                : {
                    localRepresentation: {
                      format: { dataType: a.id === 'LAST_UPDATE' ? 'DateTime' : 'String' },
                    },
                  }),
              attributeRelationship:
                a.level === 'obs'
                  ? { observation: {} }
                  : { dimensions: a.id === 'UNIT_MEASURE' ? ['INDICATOR'] : DIMENSIONS.map((d) => d.id) },
              usage: a.id === 'OBS_STATUS' || a.id === 'UNIT_MEASURE' ? 'mandatory' : 'optional',
            })),
          },
        },
      };
    default:
      return type satisfies never;
  }
}

/** SDMX-ML 2.1 structure message. */
export function structureXml(chosen: readonly Chosen[], head: Head): string {
  const of = (type: ArtefactType): Chosen[] => chosen.filter(({ artefact }) => artefact.type === type);
  const wrap = (tag: string, inside: string): string =>
    inside === '' ? '' : `<structure:${tag}>${inside}</structure:${tag}>`;
  const maintainable = (tag: string, { artefact, stub }: Chosen, inside: string): string => {
    const agency = artefact.type === 'agencyscheme' ? 'SDMX' : AGENCY;
    return `<structure:${tag} id="${artefact.id}" urn="${urnOf(artefact.type, artefact.id)}" agencyID="${agency}" version="${VERSION}" isFinal="true"${stub ? ` isExternalReference="true" structureURL="${attribute(head.self)}"` : ' isExternalReference="false"'}>${names(artefact.title)}${stub ? '' : inside}</structure:${tag}>`;
  };
  const scheme = (tag: string, item: string, each: Chosen): string =>
    maintainable(
      tag,
      each,
      each.artefact.items
        .map(
          (i) =>
            `<structure:${item} id="${i.id}" urn="${urnOf(each.artefact.type, each.artefact.id, i.id)}">${names(i.title)}${i.description ? names(i.description, 'common:Description') : ''}${
              i.parent && item !== 'Agency' && each.artefact.items.some((o) => o.id === i.parent)
                ? `<structure:Parent><Ref id="${i.parent}"/></structure:Parent>`
                : ''
            }</structure:${item}>`,
        )
        .join(''),
    );
  const structures = [
    wrap(
      'OrganisationSchemes',
      of('agencyscheme')
        .map((a) => scheme('AgencyScheme', 'Agency', a))
        .join(''),
    ),
    wrap(
      'Dataflows',
      of('dataflow')
        .map((a) =>
          maintainable(
            'Dataflow',
            a,
            `<structure:Structure><Ref id="${STRUCTURE}" version="${VERSION}" agencyID="${AGENCY}" package="datastructure" class="DataStructure"/></structure:Structure>`,
          ),
        )
        .join(''),
    ),
    wrap(
      'Codelists',
      of('codelist')
        .map((a) => scheme('Codelist', 'Code', a))
        .join(''),
    ),
    wrap(
      'Concepts',
      of('conceptscheme')
        .map((a) => scheme('ConceptScheme', 'Concept', a))
        .join(''),
    ),
    wrap(
      'DataStructures',
      of('datastructure')
        .map((a) => maintainable('DataStructure', a, componentsXml()))
        .join(''),
    ),
  ];
  return `${XML}<message:Structure ${NAMESPACES.structure}>${header({ id: head.id, prepared: head.prepared, title: AGENCY_TITLE })}<message:Structures>${structures.join('')}</message:Structures></message:Structure>`;
}

function componentsXml(): string {
  const concept = (id: string): string =>
    `<structure:ConceptIdentity><Ref id="${id}" maintainableParentID="${CONCEPTS}" maintainableParentVersion="${VERSION}" agencyID="${AGENCY}" package="conceptscheme" class="Concept"/></structure:ConceptIdentity>`;
  const enumeration = (list: string): string =>
    `<structure:LocalRepresentation><structure:Enumeration><Ref id="${list}" version="${VERSION}" agencyID="${AGENCY}" package="codelist" class="Codelist"/></structure:Enumeration></structure:LocalRepresentation>`;
  const format = (type: string): string =>
    `<structure:LocalRepresentation><structure:TextFormat textType="${type}"/></structure:LocalRepresentation>`;
  const urn = (kind: string, id: string): string =>
    ` urn="urn:sdmx:org.sdmx.infomodel.datastructure.${kind}=${AGENCY}:${STRUCTURE}(${VERSION}).${id}"`;
  const dimensions = DIMENSIONS.map(
    (d, i) =>
      `<structure:Dimension id="${d.id}"${urn('Dimension', d.id)} position="${i + 1}">${concept(d.id)}${enumeration(d.list)}</structure:Dimension>`,
  ).join('');
  const time = `<structure:TimeDimension id="${TIME}"${urn('TimeDimension', TIME)} position="${DIMENSIONS.length + 1}">${concept(TIME)}${format('ObservationalTimePeriod')}</structure:TimeDimension>`;
  const attributes = ATTRIBUTES.map((a) => {
    const relation =
      a.level === 'obs'
        ? `<structure:PrimaryMeasure><Ref id="${MEASURE}"/></structure:PrimaryMeasure>`
        : (a.id === 'UNIT_MEASURE' ? ['INDICATOR'] : DIMENSIONS.map((d) => d.id))
            .map((id) => `<structure:Dimension><Ref id="${id}"/></structure:Dimension>`)
            .join('');
    const mandatory = a.id === 'OBS_STATUS' || a.id === 'UNIT_MEASURE';
    return `<structure:Attribute id="${a.id}"${urn('DataAttribute', a.id)} assignmentStatus="${mandatory ? 'Mandatory' : 'Conditional'}">${concept(a.id)}${a.list ? enumeration(a.list) : format(a.id === 'LAST_UPDATE' ? 'DateTime' : 'String')}<structure:AttributeRelationship>${relation}</structure:AttributeRelationship></structure:Attribute>`;
  }).join('');
  return `<structure:DataStructureComponents><structure:DimensionList id="DimensionDescriptor"${urn('DimensionDescriptor', 'DimensionDescriptor')}>${dimensions}${time}</structure:DimensionList><structure:AttributeList id="AttributeDescriptor"${urn('AttributeDescriptor', 'AttributeDescriptor')}>${attributes}</structure:AttributeList><structure:MeasureList id="MeasureDescriptor"${urn('MeasureDescriptor', 'MeasureDescriptor')}><structure:PrimaryMeasure id="${MEASURE}"${urn('PrimaryMeasure', MEASURE)}>${concept(MEASURE)}</structure:PrimaryMeasure></structure:MeasureList></structure:DataStructureComponents>`;
}
