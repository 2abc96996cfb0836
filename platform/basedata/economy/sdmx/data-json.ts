import type { Language } from '#platform/kernel/text.ts';
import { DIMENSIONS } from '../codes.ts';
import { firstDay, lastDay } from '../period.ts';
import type { Found, Observation } from './fetch.ts';
import {
  AGENCY,
  AGENCY_TITLE,
  ATTRIBUTES,
  type Artefact,
  type AttributeId,
  FLOW,
  FLOW_TITLE,
  MEASURE,
  named,
  STRUCTURE,
  TIME,
  urnOf,
} from './model.ts';
import type { DataQuery } from './query.ts';

type Json = Record<string, unknown>;
export type Writing = {
  found: Found;
  query: DataQuery;
  artefacts: readonly Artefact[];
  language: Language;
  id: string;
  prepared: Date;
  self: string;
};

/** SDMX-JSON data message 2.0.0 (for SDMX 3.0) or 1.0.0 (for SDMX 2.1). */
export function dataJson(writing: Writing, version: '2.0.0' | '1.0.0'): Json {
  const { found, query, artefacts, language, id, prepared, self } = writing;
  const two = version === '2.0.0';
  const all = found.sets.flatMap((set) => set.observations);
  const seriesDimensions = query.at === 'AllDimensions' ? [] : [...DIMENSION_IDS, TIME].filter((d) => d !== query.at);
  const observationDimensions = query.at === 'AllDimensions' ? [...DIMENSION_IDS, TIME] : [query.at];
  const values = new Map<string, string[]>();
  for (const dimension of [...DIMENSION_IDS, TIME])
    values.set(dimension, [...new Set(all.map((o) => codeOf(o, dimension)))].sort());
  const index = new Map([...values].map(([d, list]) => [d, new Map(list.map((v, i) => [v, i]))]));
  const at = (o: Observation, dimension: string): number => index.get(dimension)?.get(codeOf(o, dimension)) ?? 0;
  const dimension = (name: string): Json => ({
    id: name,
    ...named(titleOf(artefacts, name), language),
    keyPosition: [...DIMENSION_IDS, TIME].indexOf(name),
    ...(two ? { roles: [name === TIME ? 'TIME_PERIOD' : name] } : { role: name }),
    values: (values.get(name) ?? []).map((code) => value(artefacts, { component: name, code, language, two })),
  });
  // Attributes of a series stand there only where series are by time; else every observation carries them.
  const onSeries =
    query.at === TIME ? ATTRIBUTES.filter((a) => a.level === 'series' && query.attributes.has(a.id)) : [];
  const onObservation = query.seriesOnly
    ? []
    : ATTRIBUTES.filter((a) => query.attributes.has(a.id) && !onSeries.includes(a));
  const attributes = new Map<AttributeId, string[]>();
  for (const { id: name } of [...onSeries, ...onObservation])
    attributes.set(name, [
      ...new Set(all.map((o) => attributeOf(found, o, name, language)).filter((v): v is string => v !== null)),
    ]);
  const attributeIndex = (o: Observation, name: AttributeId): number | null => {
    const text = attributeOf(found, o, name, language);
    return text === null ? null : (attributes.get(name)?.indexOf(text) ?? null);
  };
  const attribute = (name: AttributeId, level: 'series' | 'obs'): Json => {
    const described = ATTRIBUTES.find((a) => a.id === name);
    const list = attributes.get(name) ?? [];
    return {
      id: name,
      ...named(described?.title ?? { zh: name, en: name }, language),
      ...(two
        ? {
            relationship:
              level === 'series'
                ? { dimensions: described?.id === 'TITLE' ? [...DIMENSION_IDS] : ['INDICATOR'] }
                : { observation: {} },
          }
        : {}),
      ...(list.length > 0
        ? { values: list.map((code) => value(artefacts, { component: name, code, language, two })) }
        : two
          ? {}
          : { values: [] }),
    };
  };
  const measure = { id: MEASURE, ...named({ zh: '观测值', en: 'Observation value' }, language) };
  const structure: Json = {
    ...named(FLOW_TITLE, language),
    links: [
      { urn: urnOf('dataflow', FLOW), rel: 'dataflow' },
      { urn: urnOf('datastructure', STRUCTURE), rel: two ? 'structure' : 'datastructure' },
    ],
    ...(two ? { dataSets: found.sets.map((_, i) => i) } : {}),
    dimensions: {
      ...(two ? {} : { dataSet: [] }),
      ...(seriesDimensions.length > 0 || !two ? { series: seriesDimensions.map(dimension) } : {}),
      observation: observationDimensions.map(dimension),
    },
    ...(two ? { measures: { observation: query.measure ? [measure] : [] } } : {}),
    attributes: {
      dataSet: [],
      series: onSeries.map((a) => attribute(a.id, 'series')),
      observation: onObservation.map((a) => attribute(a.id, 'obs')),
    },
  };
  const cells = (o: Observation): unknown[] => [
    ...(query.measure ? [o.value] : two ? [] : [null]),
    ...onObservation.map((a) => attributeIndex(o, a.id)),
  ];
  const dataSets = found.sets.map((set): Json => {
    const head: Json = {
      ...(two ? { structure: 0 } : {}),
      action: query.updatedAfter ? (two ? 'Replace' : 'Replace') : 'Information',
      ...(set.validFrom ? { validFrom: set.validFrom.toISOString() } : {}),
      ...(set.validTo ? { validTo: set.validTo.toISOString() } : {}),
      links: [{ urn: urnOf('dataflow', FLOW), rel: 'dataflow' }],
    };
    if (query.at === 'AllDimensions')
      return {
        ...head,
        observations: Object.fromEntries(
          set.observations.map((o) => [observationDimensions.map((d) => at(o, d)).join(':'), cells(o)]),
        ),
      };
    const series: Record<string, { attributes?: unknown[]; observations?: Record<string, unknown[]> }> = {};
    for (const o of set.observations) {
      const key = seriesDimensions.map((d) => at(o, d)).join(':');
      const made = (series[key] ??= {
        ...(onSeries.length > 0 ? { attributes: onSeries.map((a) => attributeIndex(o, a.id)) } : {}),
        ...(query.seriesOnly ? {} : { observations: {} }),
      });
      if (made.observations) made.observations[String(at(o, query.at))] = cells(o);
    }
    return { ...head, series };
  });
  return {
    meta: {
      schema: `https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/data-message/tools/schemas/${two ? '2.0.0' : '1.0'}/sdmx-json-data-schema.json`,
      id,
      prepared: prepared.toISOString(),
      test: false,
      contentLanguages: language === 'zh' ? ['zh', 'en'] : ['en', 'zh'],
      sender: { id: AGENCY, ...named(AGENCY_TITLE, language) },
      links: [{ href: self, rel: 'self' }],
    },
    data: two ? { structures: [structure], dataSets } : { structure, dataSets },
    ...(two ? {} : { errors: [] }),
  };
}

export const DIMENSION_IDS: readonly string[] = DIMENSIONS.map((d) => d.id);

export const codeOf = (o: Observation, dimension: string): string =>
  dimension === TIME ? o.period : (o.key[DIMENSION_IDS.indexOf(dimension)] ?? '');

/** The value of an attribute of an observation or of its series; null where it has none. */
export function attributeOf(found: Found, o: Observation, name: AttributeId, language: Language): string | null {
  switch (name) {
    case 'UNIT_MEASURE':
      return found.series.get(o.key.join('.'))?.unit ?? null;
    case 'TITLE':
      return found.series.get(o.key.join('.'))?.title[language] ?? null;
    case 'OBS_STATUS':
      return o.status;
    case 'COMMENT_OBS':
      return o.note;
    case 'LAST_UPDATE':
      return o.publishedAt.toISOString();
    default:
      return name satisfies never;
  }
}

export function titleOf(artefacts: readonly Artefact[], component: string) {
  const found = artefacts.find((a) => a.type === 'conceptscheme')?.items.find((item) => item.id === component);
  return found?.title ?? { zh: component, en: component };
}

/** Code list of a component, undefined where its values are not coded. */
export function listOf(component: string): string | undefined {
  return (
    DIMENSIONS.find((d) => d.id === component)?.list ?? ATTRIBUTES.find((a) => a.id === component)?.list ?? undefined
  );
}

export function codeTitle(artefacts: readonly Artefact[], component: string, code: string) {
  const list = listOf(component);
  return artefacts.find((a) => a.type === 'codelist' && a.id === list)?.items.find((item) => item.id === code)?.title;
}

function value(
  artefacts: readonly Artefact[],
  { component, code, language, two }: { component: string; code: string; language: Language; two: boolean },
): Json {
  if (component === TIME) {
    const range = { start: `${firstDay(code)}T00:00:00+08:00`, end: `${lastDay(code)}T23:59:59+08:00` };
    return two ? { value: code, ...range } : { id: code, name: code, ...range };
  }
  if (listOf(component) === undefined) return two ? { value: code } : { name: code };
  const title = codeTitle(artefacts, component, code) ?? { zh: code, en: code };
  const parent = artefacts
    .find((a) => a.type === 'codelist' && a.id === listOf(component))
    ?.items.find((item) => item.id === code)?.parent;
  return { id: code, ...named(title, language), ...(parent ? { parent } : {}) };
}
