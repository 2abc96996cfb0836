import type { Text } from '#platform/kernel/text.ts';
import { type Condition, type FormField, GROUPS } from './item-definition.ts';

/** A field as one item asks for it; `at` is its place in that item's form. */
export type Part = FormField & { item: string; at: number };

export type ConflictKind = 'type' | 'required' | 'choices' | 'length' | 'range' | 'pattern' | 'source';
/** Items ask for one data element in different ways; the stricter holds. `solved` false: no answer could please all. */
export type Conflict = { element: string; kind: ConflictKind; solved: boolean; items: string[] };

/** A data element as the joined form asks for it, once. */
export type MergedField = {
  element: string;
  title: Text;
  group: FormField['group'];
  type: FormField['type'];
  required: boolean;
  choices?: string[];
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  /** All of them hold. */
  patterns: string[];
  source?: { resource: string; field: string };
  /** How each item asks for it, by the items' codes: who gets the answer, and what for (目的限定). */
  parts: Part[];
};

export type MergedForm = { items: string[]; fields: MergedField[]; conflicts: Conflict[] };

const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const groupOf = ({ group }: Pick<FormField, 'group'>): number => GROUPS.indexOf(group);
/** Fields stand in the order of the forms that they come from, the earliest place counts. */
const placeOf = ({ parts }: MergedField): number => Math.min(...parts.map(({ at }) => at));

/** The form of one item, as a joined form of one. */
export function formOf(item: string, fields: readonly FormField[]): MergedForm {
  return build(
    [item],
    fields.map((field, at) => ({ ...field, item, at })),
  );
}

/**
 * One form for several items (一件事“一张表”): each data element once. What is merged are always the parts, never what was made of them, so that the
 * result does not depend on order or grouping and merging again changes nothing.
 */
export function mergeForms(forms: readonly MergedForm[]): MergedForm {
  return build(
    forms.flatMap(({ items }) => items),
    forms.flatMap(({ fields }) => fields.flatMap(({ parts }) => parts)),
  );
}

function build(items: readonly string[], parts: readonly Part[]): MergedForm {
  const elements = new Map<string, Map<string, Part>>();
  for (const part of parts) {
    const known = elements.get(part.element) ?? new Map<string, Part>();
    // An item has one form; should two versions of it meet, the order in which they come decides nothing.
    const other = known.get(part.item);
    if (!other || JSON.stringify(part) < JSON.stringify(other)) known.set(part.item, part);
    elements.set(part.element, known);
  }
  const solved = [...elements.values()].map((known) =>
    solve([...known.values()].sort((a, b) => byCode(a.item, b.item)) as [Part, ...Part[]]),
  );
  return {
    items: [...new Set(items)].sort(byCode),
    fields: solved
      .map(({ field }) => field)
      .sort((a, b) => groupOf(a) - groupOf(b) || placeOf(a) - placeOf(b) || byCode(a.element, b.element)),
    conflicts: solved
      .flatMap(({ conflicts }) => conflicts)
      .sort((a, b) => byCode(a.element, b.element) || byCode(a.kind, b.kind)),
  };
}

/** The stricter of all parts, and where they differ. */
function solve(parts: [Part, ...Part[]]): { field: MergedField; conflicts: Conflict[] } {
  const [first] = parts;
  const conflicts: Conflict[] = [];
  const differ = (kind: ConflictKind, values: readonly unknown[], solved = true) => {
    if (new Set(values.map((value) => JSON.stringify(value ?? null))).size > 1)
      conflicts.push({ element: first.element, kind, solved, items: parts.map(({ item }) => item) });
  };
  // Free text takes in anything that a number, a date or a choice says; two of those exclude each other.
  const kinds = [...new Set(parts.map(({ type }) => type))].filter((type) => type !== 'text').sort(byCode);
  differ(
    'type',
    parts.map(({ type }) => type),
    kinds.length <= 1,
  );
  const type = kinds[0] ?? 'text';
  differ(
    'required',
    parts.map(({ required }) => required),
  );
  const lists = parts.flatMap(({ choices }) => (choices ? [choices] : []));
  const choices = lists[0]?.filter((choice) => lists.every((list) => list.includes(choice)));
  differ(
    'choices',
    lists.map((list) => [...list].sort(byCode)),
    choices === undefined || choices.length > 0,
  );
  const numbers = (name: 'maxLength' | 'minimum' | 'maximum') =>
    parts.flatMap((part) => (part[name] === undefined ? [] : [part[name]]));
  differ(
    'length',
    parts.map(({ maxLength }) => maxLength),
  );
  const minimum = greatest(numbers('minimum'));
  const maximum = least(numbers('maximum'));
  differ(
    'range',
    parts.map((part) => [part.minimum, part.maximum]),
    minimum === undefined || maximum === undefined || minimum <= maximum,
  );
  const patterns = [...new Set(parts.flatMap(({ pattern }) => (pattern === undefined ? [] : [pattern])))].sort(byCode);
  differ(
    'pattern',
    parts.map(({ pattern }) => pattern),
  );
  const sources = parts.flatMap(({ resource, field }) => (resource && field ? [{ resource, field }] : []));
  differ(
    'source',
    sources.map(({ resource, field }) => `${resource}.${field}`),
  );
  const source = sources.sort((a, b) => byCode(`${a.resource}.${a.field}`, `${b.resource}.${b.field}`))[0];
  return {
    conflicts,
    field: {
      element: first.element,
      title: first.title,
      group: [...parts].sort((a, b) => groupOf(a) - groupOf(b))[0]?.group ?? first.group,
      type,
      required: parts.some(({ required }) => required),
      ...defined({ choices, maxLength: least(numbers('maxLength')), minimum, maximum, source }),
      patterns,
      parts,
    },
  };
}

const least = (numbers: readonly number[]): number | undefined =>
  numbers.length > 0 ? Math.min(...numbers) : undefined;
const greatest = (numbers: readonly number[]): number | undefined =>
  numbers.length > 0 ? Math.max(...numbers) : undefined;

/** Without the members that are not there: a form has to compare equal to itself after a journey through JSON. */
function defined<T extends object>(record: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** Answers to a form: data element → value. */
export type FormAnswers = Readonly<Record<string, string | number | boolean>>;

/** What a department gets of the answers: those that its item asks for, and no other (《个人信息保护法》第六条). */
export function answersFor(form: MergedForm, item: string, answers: FormAnswers): FormAnswers {
  const asked = new Set(
    form.fields.flatMap(({ element, parts }) => (parts.some((part) => part.item === item) ? [element] : [])),
  );
  return Object.fromEntries(Object.entries(answers).filter(([element]) => asked.has(element)));
}

/** Fields without what only one item's situation needs: `applies` says of each part whether it is there. */
export function narrowForm(
  form: MergedForm,
  applies: (part: { item: string; when?: readonly Condition[] }) => boolean,
): MergedForm {
  return build(
    form.items,
    form.fields.flatMap(({ parts }) => parts.filter(applies)),
  );
}

/** How much the joined form saves. */
export type Saving = { separate: number; joined: number; asked: number };

/** Fields of the separate forms, of the joined one, and of those that a person still has to fill in. */
export function savingOf(form: MergedForm): Saving {
  return {
    separate: form.fields.reduce((sum, { parts }) => sum + parts.length, 0),
    joined: form.fields.length,
    asked: form.fields.filter(({ source }) => source === undefined).length,
  };
}
