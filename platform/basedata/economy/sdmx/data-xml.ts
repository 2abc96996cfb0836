import { attributeOf, codeOf, DIMENSION_IDS, type Writing } from './data-json.ts';
import type { Observation } from './fetch.ts';
import { AGENCY, AGENCY_TITLE, ATTRIBUTES, MEASURE, STRUCTURE, TIME, urnOf, VERSION } from './model.ts';
import { attribute, header, NAMESPACES, XML } from './xml.ts';

/** SDMX-ML 2.1 generic data message: for readers that do not know the structure. */
export function genericXml(writing: Writing): string {
  const { found, query } = writing;
  const values = (pairs: readonly (readonly [string, string | null])[]): string =>
    pairs
      .filter((pair): pair is readonly [string, string] => pair[1] !== null)
      .map(([id, value]) => `<generic:Value id="${id}" value="${attribute(value)}"/>`)
      .join('');
  const pairs = (o: Observation, level: 'series' | 'obs' | 'all') =>
    ATTRIBUTES.filter((a) => query.attributes.has(a.id) && (level === 'all' || a.level === level)).map(
      (a) => [a.id, attributeOf(found, o, a.id, writing.language)] as const,
    );
  const attributes = (o: Observation, level: 'series' | 'obs' | 'all'): string => {
    const inside = values(pairs(o, level));
    return inside === '' ? '' : `<generic:Attributes>${inside}</generic:Attributes>`;
  };
  const measure = (o: Observation): string =>
    query.measure && o.value !== null ? `<generic:ObsValue id="${MEASURE}" value="${o.value}"/>` : '';
  const flat = query.at === 'AllDimensions';
  const level = query.at === TIME ? 'obs' : 'all';
  const sets = found.sets.map((set) => {
    const inside = flat
      ? set.observations
          .map(
            (o) =>
              `<generic:Obs><generic:ObsKey>${values([...DIMENSION_IDS, TIME].map((d) => [d, codeOf(o, d)] as const))}</generic:ObsKey>${measure(o)}${attributes(o, 'all')}</generic:Obs>`,
          )
          .join('')
      : grouped(writing, set.observations)
          .map(
            ([dims, list]) =>
              `<generic:Series><generic:SeriesKey>${values(dims)}</generic:SeriesKey>${query.at === TIME && list[0] ? attributes(list[0], 'series') : ''}${
                query.seriesOnly
                  ? ''
                  : list
                      .map(
                        (o) =>
                          `<generic:Obs><generic:ObsDimension id="${query.at}" value="${attribute(codeOf(o, query.at))}"/>${measure(o)}${attributes(o, level)}</generic:Obs>`,
                      )
                      .join('')
              }</generic:Series>`,
          )
          .join('');
    return `<message:DataSet action="${query.updatedAfter ? 'Replace' : 'Information'}"${dates(set)} structureRef="${STRUCTURE_ID}">${inside}</message:DataSet>`;
  });
  return `${XML}<message:GenericData ${NAMESPACES.data} xmlns:generic="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic">${head(writing)}${sets.join('')}</message:GenericData>`;
}

/** SDMX-ML 2.1 structure-specific data message: attributes named by the data structure, a fifth of the size. */
export function specificXml(writing: Writing): string {
  const { found, query } = writing;
  const pairs = (list: readonly (readonly [string, string | null])[]): string =>
    list.flatMap(([id, value]) => (value === null ? [] : [` ${id}="${attribute(value)}"`])).join('');
  const attributes = (o: Observation, level: 'series' | 'obs' | 'all') =>
    ATTRIBUTES.filter((a) => query.attributes.has(a.id) && (level === 'all' || a.level === level)).map(
      (a) => [a.id, attributeOf(found, o, a.id, writing.language)] as const,
    );
  const measure = (o: Observation) => [[MEASURE, query.measure && o.value !== null ? String(o.value) : null]] as const;
  const flat = query.at === 'AllDimensions';
  const level = query.at === TIME ? 'obs' : 'all';
  const sets = found.sets.map((set) => {
    const inside = flat
      ? set.observations
          .map(
            (o) =>
              `<Obs${pairs([...DIMENSION_IDS, TIME].map((d) => [d, codeOf(o, d)] as const))}${pairs(measure(o))}${pairs(attributes(o, 'all'))}/>`,
          )
          .join('')
      : grouped(writing, set.observations)
          .map(([dims, list]) => {
            const start = `<Series${pairs(dims)}${query.at === TIME && list[0] ? pairs(attributes(list[0], 'series')) : ''}`;
            if (query.seriesOnly) return `${start}/>`;
            return `${start}>${list.map((o) => `<Obs${pairs([[query.at, codeOf(o, query.at)]])}${pairs(measure(o))}${pairs(attributes(o, level))}/>`).join('')}</Series>`;
          })
          .join('');
    return `<message:DataSet action="${query.updatedAfter ? 'Replace' : 'Information'}"${dates(set)} ss:dataScope="DataStructure" ss:structureRef="${STRUCTURE_ID}" xsi:type="ns1:DataSetType">${inside}</message:DataSet>`;
  });
  return `${XML}<message:StructureSpecificData ${NAMESPACES.data} xmlns:ss="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific" xmlns:ns1="${namespaceOf(query.at)}">${head(writing, namespaceOf(query.at))}${sets.join('')}</message:StructureSpecificData>`;
}

const STRUCTURE_ID = 'ECONOMY_1';
const namespaceOf = (at: string): string => `${urnOf('datastructure', STRUCTURE)}:ObsLevelDim:${at}`;

const dates = (set: { validFrom?: Date; validTo?: Date }): string =>
  [
    set.validFrom ? ` validFromDate="${set.validFrom.toISOString()}"` : '',
    set.validTo ? ` validToDate="${set.validTo.toISOString()}"` : '',
  ].join('');

function head(writing: Writing, namespace?: string): string {
  const reference = `<common:Structure><Ref agencyID="${AGENCY}" id="${STRUCTURE}" version="${VERSION}" class="DataStructure" package="datastructure"/></common:Structure>`;
  const usage = `<message:Structure structureID="${STRUCTURE_ID}"${namespace ? ` namespace="${namespace}"` : ''} dimensionAtObservation="${writing.query.at}">${reference}</message:Structure>`;
  return header({ id: writing.id, prepared: writing.prepared, title: AGENCY_TITLE, inside: usage });
}

/** Observations by what stands above them: the series, or the section where another dimension is at the observation. */
function grouped(writing: Writing, observations: readonly Observation[]) {
  const dims = [...DIMENSION_IDS, TIME].filter((d) => d !== writing.query.at);
  const groups = new Map<string, [(readonly [string, string])[], Observation[]]>();
  for (const o of observations) {
    const of = dims.map((d) => [d, codeOf(o, d)] as const);
    const key = of.map(([, v]) => v).join('.');
    const held = groups.get(key);
    if (held) held[1].push(o);
    else groups.set(key, [of, [o]]);
  }
  return [...groups.values()];
}
