import { type Element, kindOf } from '../bpmn/element.ts';
import { type Model, nameOf } from './read-model.ts';

/** One element that two versions of a definition do not have alike. */
export type Difference = {
  element: string;
  kind: string;
  name: string;
  change: 'added' | 'removed' | 'changed';
  /** What of it was changed: names of the standard's attributes. */
  attributes: { attribute: string; before: string | null; after: string | null }[];
};

/** Where an element stands is no difference, nor is what others say of it (both ends of a line name each other). */
const NOT_ITS_OWN = new Set(['incoming', 'outgoing', 'flowElements', 'laneSets', 'artifacts', 'di', '$parent']);

/**
 * What was added, removed and changed between two versions, element by element: by id, as moddle reads them, so that the order in
 * the file, white space and the drawing do not count.
 */
export function compareModels(before: Model, after: Model): Difference[] {
  const [old, now] = [before, after].map(flowParts) as [Map<string, Element>, Map<string, Element>];
  const found: Difference[] = [];
  for (const [id, element] of now) {
    const was = old.get(id);
    if (!was) found.push(difference(element, 'added', []));
    else {
      const attributes = changedAttributes(was, element);
      if (attributes.length > 0) found.push(difference(element, 'changed', attributes));
    }
  }
  for (const [id, element] of old) if (!now.has(id)) found.push(difference(element, 'removed', []));
  return found;
}

const difference = (
  element: Element,
  change: Difference['change'],
  attributes: Difference['attributes'],
): Difference => ({
  element: element.id ?? '',
  kind: kindOf(element),
  name: nameOf(element),
  change,
  attributes,
});

/** Everything that has an id and is no part of the drawing; parts of an element (its trigger, its condition) belong to it. */
function flowParts({ root }: Model): Map<string, Element> {
  const parts = new Map<string, Element>();
  const visit = (element: Element) => {
    if (element.id !== undefined) parts.set(element.id, element);
    for (const list of ['rootElements', 'participants', 'laneSets', 'lanes', 'flowElements', 'artifacts'])
      for (const child of (element[list] as Element[] | undefined) ?? []) visit(child);
  };
  for (const element of (root.rootElements as Element[] | undefined) ?? []) visit(element);
  return parts;
}

function changedAttributes(before: Element, after: Element): Difference['attributes'] {
  const [old, now] = [before, after].map(attributesOf) as [Map<string, string>, Map<string, string>];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((attribute) => {
    const [was, is] = [old.get(attribute) ?? null, now.get(attribute) ?? null];
    return was === is ? [] : [{ attribute, before: was, after: is }];
  });
}

function attributesOf(element: Element): Map<string, string> {
  const found = new Map<string, string>([['$type', element.$type]]);
  // References are members that do not show when an object is spread; foreign attributes stand apart.
  const members = Object.getOwnPropertyNames(element).map((name) => [name, element[name]] as const);
  for (const [name, value] of [...members, ...Object.entries((element.$attrs as object | undefined) ?? {})])
    if (!NOT_ITS_OWN.has(name) && !name.startsWith('$') && value !== undefined) found.set(name, textOf(value));
  return found;
}

/** A value as people may compare it: a text as it is, a reference as the id of what it names, a part as JSON without ids that editors make up. */
function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  const element = value as Element;
  if (isReferred(element)) return element.id ?? '';
  const { body } = element;
  if (typeof body === 'string') return body;
  if (typeof element.text === 'string') return element.text;
  const parts = [...attributesOf(element)].filter(([name]) => name !== 'id' && name !== '$type');
  return `${element.$type.replace(/^\w+:/, '')}(${parts.map(([name, text]) => `${name}: ${text}`).join('; ')})`;
}

/** Elements that stand elsewhere in the file are referred to by id, not repeated. */
const isReferred = ({ $type }: Element): boolean =>
  /:(SequenceFlow|Lane|Process|Participant|Message|Signal|Error|Escalation|DataObject|DataStore|ItemDefinition|Resource)$/.test(
    $type,
  ) || /(Task|Event|Gateway|SubProcess|Activity|Reference)$/.test($type);
