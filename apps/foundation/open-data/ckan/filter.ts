import { searchError } from './answer.ts';
import type { Package } from './package.ts';

/** What a package may be narrowed by (fq), under CKAN's names. */
export const valuesOf = (found: Package): Record<string, string[]> => ({
  id: [found.id],
  name: [found.name],
  title: [found.title],
  organization: [found.organization.name],
  owner_org: [found.owner_org],
  groups: found.groups.map(({ name }) => name),
  tags: found.tags.map(({ name }) => name),
  res_format: [...new Set(found.resources.map(({ format }) => format))],
  license_id: [found.license_id],
  isopen: [String(found.isopen)],
  state: ['active'],
  type: ['dataset'],
  dataset_type: ['dataset'],
  private: ['false'],
  capacity: ['public'],
  metadata_modified: [found.metadata_modified],
  metadata_created: [found.metadata_created],
});

type Values = Record<string, string[]>;
type Test = (values: Values) => boolean;

/** `field:value`, the value quoted, a choice in brackets, a range or plain. */
const CLAUSE = /^(\w+):(?:"((?:[^"\\]|\\.)*)"|\(([^)]*)\)|[[{]\s*(\S+)\s+TO\s+(\S+?)\s*[\]}]|([^\s"()[\]]+))/;
/** Brackets within brackets that a filter may have. */
const DEEPEST = 8;

/**
 * The parts of Solr's syntax that clients and harvesters of CKAN send as `fq`: clauses with `+`, `-` or NOT, in brackets, joined by AND, OR or a
 * space, which means AND.
 */
export function filterOf(fq: string): (found: Package) => boolean {
  const reader = { rest: fq.trim() };
  const test = reader.rest === '' ? () => true : readAny(reader, 0);
  if (reader.rest !== '') throw searchError(`fq at “${reader.rest.slice(0, 40)}”`);
  return (found) => test(valuesOf(found));
}

type Reader = { rest: string };

function took(reader: Reader, pattern: RegExp): RegExpExecArray | undefined {
  const found = pattern.exec(reader.rest) ?? undefined;
  if (found) reader.rest = reader.rest.slice(found[0].length).trimStart();
  return found;
}

function readAny(reader: Reader, depth: number): Test {
  const tests = [readAll(reader, depth)];
  while (took(reader, /^(?:OR\b|\|\|)/)) tests.push(readAll(reader, depth));
  return (values) => tests.some((test) => test(values));
}

function readAll(reader: Reader, depth: number): Test {
  const tests = [readOne(reader, depth)];
  while (reader.rest !== '' && !/^(?:\)|OR\b|\|\|)/.test(reader.rest)) {
    took(reader, /^(?:AND\b|&&)/);
    tests.push(readOne(reader, depth));
  }
  return (values) => tests.every((test) => test(values));
}

function readOne(reader: Reader, depth: number): Test {
  const sign = took(reader, /^(?:[+-]|!|NOT\s)/)?.[0] ?? '';
  const test = took(reader, /^\(/) ? inBrackets(reader, depth + 1) : clause(reader);
  return sign === '' || sign === '+' ? test : (values) => !test(values);
}

function inBrackets(reader: Reader, depth: number): Test {
  if (depth > DEEPEST) throw searchError('fq has too many brackets');
  const test = readAny(reader, depth);
  if (!took(reader, /^\)/)) throw searchError(`fq at “${reader.rest.slice(0, 40)}”`);
  return test;
}

function clause(reader: Reader): Test {
  const found = took(reader, CLAUSE);
  if (!found) throw searchError(`fq at “${reader.rest.slice(0, 40)}”`);
  const [, field = '', quoted, choice, from, to, plain] = found;
  if (from !== undefined && to !== undefined)
    return (values) =>
      (values[field] ?? []).some(
        (value) => (from === '*' || value >= from.replace(/"/g, '')) && (to === '*' || value <= to.replace(/"/g, '')),
      );
  const wanted =
    choice === undefined
      ? [quoted?.replaceAll(/\\(.)/g, '$1') ?? plain ?? '']
      : choice.split(/\s+OR\s+/).map((one) => one.trim().replace(/^"|"$/g, ''));
  return (values) => {
    const has = values[field] ?? [];
    return wanted.some((value) =>
      value === '*'
        ? has.length > 0
        : value.endsWith('*')
          ? has.some((one) => one.startsWith(value.slice(0, -1)))
          : has.includes(value),
    );
  };
}

/** Order by `field asc|desc`, several with commas; the score is the order in which the search found them. */
export function sorted(packages: Package[], sort: string): Package[] {
  const rules = sort
    .split(',')
    .map((rule) => rule.trim().split(/\s+/))
    .filter(([field]) => field !== undefined && field !== '' && field !== 'score');
  if (rules.length === 0) return packages;
  const key = (found: Package, field: string): string => {
    if (field === 'title_string' || field === 'title') return found.title;
    // Harvesters page in the order of the ids.
    if (field === 'id' || field === 'name' || field === 'metadata_modified' || field === 'metadata_created')
      return found[field];
    if (field === 'organization') return found.organization.name;
    throw searchError(`sort by ${field}`);
  };
  return [...packages].sort((a, b) => {
    for (const [field = '', way = 'asc'] of rules) {
      const [x, y] = [key(a, field), key(b, field)];
      if (x !== y) return (x < y ? -1 : 1) * (way.toLowerCase() === 'desc' ? -1 : 1);
    }
    return 0;
  });
}
