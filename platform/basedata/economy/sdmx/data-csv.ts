import { neutralise } from '#platform/kernel/neutralise.ts';
import { attributeOf, codeTitle, DIMENSION_IDS, listOf, titleOf, type Writing } from './data-json.ts';
import type { Observation } from './fetch.ts';
import { AGENCY, ATTRIBUTES, FLOW, FLOW_TITLE, MEASURE, TIME, VERSION } from './model.ts';

/**
 * SDMX-CSV 2.0 (columns STRUCTURE, STRUCTURE_ID, ACTION, with `labels` and `keys` of the media type) or 1.0 (column DATAFLOW).
 * Free text that a spreadsheet would run as a formula is neutralised.
 */
export function dataCsv(
  writing: Writing,
  options: { version: '2.0.0' | '1.0.0'; labels?: string; keys?: string },
): string {
  const { found, query, artefacts, language } = writing;
  const { version, labels = 'id', keys = 'none' } = options;
  const two = version === '2.0.0';
  const attributes = ATTRIBUTES.filter((a) => query.attributes.has(a.id));
  const components = [...DIMENSION_IDS, TIME];
  const label = (id: string): string => titleOf(artefacts, id)[language];
  const heading = (id: string): string[] =>
    labels === 'both' ? [`${id}: ${label(id)}`] : labels === 'name' && two && listOf(id) ? [id, label(id)] : [id];
  const cell = (id: string, code: string | null): string[] => {
    const title = code === null ? '' : (codeTitle(artefacts, id, code)?.[language] ?? '');
    const text = code ?? '';
    if (labels === 'both') return [listOf(id) && code !== null ? `${text}: ${title}` : text];
    return labels === 'name' && two && listOf(id) ? [text, title] : [text];
  };
  const withSeries = keys === 'series' || keys === 'both';
  const withObservation = keys === 'obs' || keys === 'both';
  const head = [
    ...(two ? ['STRUCTURE', 'STRUCTURE_ID', ...(labels === 'name' ? ['STRUCTURE_NAME'] : []), 'ACTION'] : ['DATAFLOW']),
    ...(two && withSeries ? ['SERIES_KEY'] : []),
    ...(two && withObservation ? ['OBS_KEY'] : []),
    ...components.flatMap(heading),
    ...(query.measure ? heading(MEASURE) : []),
    ...attributes.flatMap((a) => heading(a.id)),
  ];
  const id = `${AGENCY}:${FLOW}(${VERSION})`;
  const action = query.updatedAfter ? 'R' : 'I';
  const row = (o: Observation): string[] => [
    ...(two
      ? [
          'dataflow',
          labels === 'both' ? `${id}: ${FLOW_TITLE[language]}` : id,
          ...(labels === 'name' ? [FLOW_TITLE[language]] : []),
          action,
        ]
      : [labels === 'both' ? `${id}: ${FLOW_TITLE[language]}` : id]),
    ...(two && withSeries ? [o.key.join('.')] : []),
    ...(two && withObservation ? [`${o.key.join('.')}.${o.period}`] : []),
    ...DIMENSION_IDS.flatMap((d, i) => cell(d, o.key[i] ?? '')),
    ...cell(TIME, o.period),
    ...(query.measure ? [o.value === null ? (two ? '' : 'NaN') : String(o.value)] : []),
    ...attributes.flatMap((a) => {
      const text = attributeOf(found, o, a.id, language);
      return cell(a.id, text !== null && (a.id === 'COMMENT_OBS' || a.id === 'TITLE') ? neutralise(text) : text);
    }),
  ];
  const seen = new Set<string>();
  const lines = found.sets.flatMap((set) =>
    set.observations.flatMap((o) => {
      if (!query.seriesOnly) return [row(o)];
      const key = o.key.join('.');
      if (seen.has(key)) return [];
      seen.add(key);
      return [row({ ...o, period: '' })];
    }),
  );
  return [head, ...lines].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
