import type { DecisionTable } from './model.ts';

const TABLE = /<((?:[\w.-]+:)?)decisionTable\b[^>]*?(?:\/>|>[\s\S]*?<\/\1decisionTable\s*>)/g;

/** Whether the grid can edit a model: it has one decision table, so that there is no doubt which. */
export const hasOneTable = (xml: string): boolean => [...xml.matchAll(TABLE)].length === 1;

/** The same model with another table; everything else in the file, diagrams and notes too, stays as it was. */
export function replaceTable(xml: string, table: DecisionTable): string {
  const [found, second] = [...xml.matchAll(TABLE)];
  if (!found || second) throw new Error('the model has not exactly one decision table');
  const prefix = found[1] ?? '';
  const indent = /[ \t]*$/.exec(xml.slice(0, found.index))?.[0] ?? '';
  const written = tableXml(table, prefix).replaceAll('\n', `\n${indent}`);
  return xml.slice(0, found.index) + written + xml.slice(found.index + found[0].length);
}

function tableXml(table: DecisionTable, prefix: string): string {
  const lines: string[] = [];
  const put = (depth: number, text: string): void => void lines.push('  '.repeat(depth) + text);
  const open = (name: string, attributes: Record<string, string | undefined> = {}): string => {
    const written = Object.entries(attributes).flatMap(([key, value]) =>
      value ? [` ${key}="${escapeXml(value)}"`] : [],
    );
    return `<${prefix}${name}${written.join('')}>`;
  };
  const close = (name: string): string => `</${prefix}${name}>`;
  const boxed = (
    depth: number,
    name: string,
    text: string,
    attributes: Record<string, string | undefined> = {},
  ): void => put(depth, `${open(name, attributes)}${open('text')}${escapeXml(text)}${close('text')}${close(name)}`);

  put(0, open('decisionTable', { hitPolicy: table.hitPolicy, aggregation: table.aggregation }));
  for (const { label, expression, typeRef, values } of table.inputs) {
    put(1, open('input', { label }));
    boxed(2, 'inputExpression', expression, { typeRef });
    if (values) boxed(2, 'inputValues', values);
    put(1, close('input'));
  }
  for (const output of table.outputs) {
    put(1, open('output', { name: output.name, label: output.label, typeRef: output.typeRef }));
    if (output.values) boxed(2, 'outputValues', output.values);
    if (output.default) boxed(2, 'defaultOutputEntry', output.default);
    put(1, close('output'));
  }
  if (table.rules.some(({ note }) => note)) put(1, open('annotation', { name: '说明' }) + close('annotation'));
  for (const rule of table.rules) {
    put(1, open('rule', { id: rule.id }));
    for (const cell of rule.inputs) boxed(2, 'inputEntry', cell);
    for (const cell of rule.outputs) boxed(2, 'outputEntry', cell);
    if (table.rules.some(({ note }) => note)) boxed(2, 'annotationEntry', rule.note ?? '');
    put(1, close('rule'));
  }
  put(0, close('decisionTable'));
  return lines.join('\n');
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
