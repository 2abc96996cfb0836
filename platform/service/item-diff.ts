import type { ItemDefinition } from './item-definition.ts';

/** One difference between two versions: where, and what stood and stands there; null = nothing. */
export type Difference = { pointer: string; before: unknown; after: unknown };

/** Lists whose entries have a name of their own are compared by it, so that moving one is no change of all. */
const NAMED: Record<string, string> = { questions: 'id', materials: 'id', fields: 'element' };

/** What changed from one version to the next, down to the single value. */
export function differences(before: Partial<ItemDefinition>, after: Partial<ItemDefinition>): Difference[] {
  const found: Difference[] = [];
  for (const key of keysOf(before, after)) {
    const name = NAMED[key];
    const old = (before as Record<string, unknown>)[key];
    const now = (after as Record<string, unknown>)[key];
    if (name) compare(byName(old, name), byName(now, name), `/${key}`, found);
    else compare(old, now, `/${key}`, found);
  }
  return found;
}

function compare(before: unknown, after: unknown, pointer: string, found: Difference[]): void {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  if (isRecord(before) && isRecord(after)) {
    for (const key of keysOf(before, after)) compare(before[key], after[key], `${pointer}/${key}`, found);
    return;
  }
  found.push({ pointer, before: before ?? null, after: after ?? null });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const keysOf = (a: object, b: object): string[] => [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();

function byName(list: unknown, name: string): Record<string, unknown> {
  return Object.fromEntries(
    ((list ?? []) as Record<string, unknown>[]).map((entry, at) => [String(entry[name] ?? at), entry]),
  );
}
