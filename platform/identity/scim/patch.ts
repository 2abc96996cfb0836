import { invalid } from './errors.ts';
import { matches, parseFilter, shortPath } from './filter.ts';

type Json = Record<string, unknown>;
const SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const MOST_OPERATIONS = 100;
const READ_ONLY = ['id', 'meta', 'groups'];
const PATH = /^((?:urn:[\w.:-]+:)?[A-Za-z$][\w$-]*)(?:\.([A-Za-z$][\w$-]*))?$/;
const SELECTED = /^((?:urn:[\w.:-]+:)?[A-Za-z$][\w$-]*)\[(.+)\](?:\.([A-Za-z$][\w$-]*))?$/;

/** Applies a PATCH (RFC 7644 § 3.5.2) to a resource and returns the new one; the old one is left alone. */
export function applyPatch(resource: Json, request: unknown): Json {
  const { schemas, Operations: operations } = (request ?? {}) as { schemas?: unknown; Operations?: unknown };
  if (!Array.isArray(schemas) || !schemas.includes(SCHEMA))
    throw invalid('invalidSyntax', `schemas must hold ${SCHEMA}`);
  if (!Array.isArray(operations) || operations.length === 0 || operations.length > MOST_OPERATIONS)
    throw invalid('invalidSyntax', `Operations must hold 1 to ${MOST_OPERATIONS} entries`);
  const result = structuredClone(resource);
  for (const operation of operations as { op?: unknown; path?: unknown; value?: unknown }[]) {
    const op = String(operation?.op ?? '').toLowerCase();
    if (op !== 'add' && op !== 'replace' && op !== 'remove')
      throw invalid('invalidSyntax', 'op must be add, replace or remove');
    if (operation.path !== undefined && typeof operation.path !== 'string')
      throw invalid('invalidPath', 'path must be text');
    if (operation.path === undefined) {
      if (op === 'remove') throw invalid('noTarget', 'remove needs a path');
      if (typeof operation.value !== 'object' || operation.value === null || Array.isArray(operation.value))
        throw invalid('invalidValue', 'without a path, value must be an object');
      for (const [name, value] of Object.entries(operation.value)) change(result, op, name, value);
    } else change(result, op, operation.path, operation.value);
  }
  return result;
}

function change(target: Json, op: 'add' | 'replace' | 'remove', path: string, value: unknown): void {
  const selected = SELECTED.exec(path);
  const plain = selected ? null : PATH.exec(path);
  const attribute = selected?.[1] ?? plain?.[1];
  if (attribute === undefined) throw invalid('invalidPath', `path ${path} is not readable`);
  const name = keyIn(target, attribute);
  if (READ_ONLY.includes(name.toLowerCase())) throw invalid('mutability', `${name} is read-only`);
  if (op !== 'remove' && value === undefined) throw invalid('invalidValue', `${op} needs a value`);
  if (selected) return changeSelected({ target, op, name, filter: selected[2] ?? '', sub: selected[3], value });
  const sub = plain?.[2];
  if (sub !== undefined) {
    const inner = (isObject(target[name]) ? target[name] : {}) as Json;
    if (op === 'remove') delete inner[keyIn(inner, sub)];
    else inner[keyIn(inner, sub)] = value;
    target[name] = inner;
    return;
  }
  if (op === 'remove') {
    // Azure and others name the members to take away in `value`; RFC 7644 does it by a filter in the path.
    const there = target[name];
    if (value === undefined || !Array.isArray(there)) delete target[name];
    else target[name] = there.filter((item) => !asList(value).some((gone) => sameValue(item, gone)));
    return;
  }
  const there = target[name];
  if (op === 'add' && Array.isArray(there)) {
    target[name] = [...there, ...asList(value).filter((item) => !there.some((other) => sameValue(other, item)))];
  } else if (isObject(there) && isObject(value)) target[name] = op === 'add' ? { ...there, ...value } : value;
  else target[name] = value;
}

function changeSelected(step: {
  target: Json;
  op: 'add' | 'replace' | 'remove';
  name: string;
  filter: string;
  sub: string | undefined;
  value: unknown;
}): void {
  const { target, op, name, sub, value } = step;
  const filter = parseFilter(step.filter);
  const list = asList(target[name] ?? []) as Json[];
  const hit = list.filter((item) => isObject(item) && matches(filter, item));
  if (hit.length === 0) throw invalid('noTarget', `nothing in ${name} matches`);
  if (op === 'remove' && sub === undefined) target[name] = list.filter((item) => !hit.includes(item));
  else
    for (const item of hit) {
      if (sub === undefined) Object.assign(item, value);
      else if (op === 'remove') delete item[keyIn(item, sub)];
      else item[keyIn(item, sub)] = value;
    }
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
const sameValue = (a: unknown, b: unknown): boolean =>
  isObject(a) && isObject(b) && 'value' in a ? a.value === b.value : JSON.stringify(a) === JSON.stringify(b);

/** Names are compared without case: the one that is there, else the one that was written. */
function keyIn(object: Json, written: string): string {
  const short = shortPath(written);
  const plain = written.slice(written.length - short.length);
  return Object.keys(object).find((key) => key.toLowerCase() === short) ?? plain;
}
