import type { Text } from '#platform/kernel/text.ts';
import { type Definition, isActivity, type Node, nodeOf } from '../definition.ts';
import type { Finding } from './finding.ts';
import { isDone, keyOf, type Marking, tokenGame } from './token-game.ts';

/** So many markings are looked at; a definition that has more is not called sound, but told that it was not seen to the end. */
const MOST_MARKINGS = 20_000;

export type Soundness = {
  findings: Finding[];
  /** Markings that were looked at. */
  markings: number;
  /** All of them were. */
  complete: boolean;
};

/**
 * Soundness (健全性; van der Aalst, 1997) by looking at every marking that the token game can come to: from each the process can
 * still end, nothing goes on twice side by side where nobody meant it to, and every step can be come to.
 */
export function checkSoundness(definition: Definition, most = MOST_MARKINGS): Soundness {
  const { begin, steps } = tokenGame(definition);
  const seen = new Map<string, Marking>();
  const before = new Map<string, string[]>();
  const stuck: Marking[] = [];
  const fired = new Set<string>(scopeStarts(definition));
  const open: string[] = [];
  const meet = (marking: Marking, from?: string) => {
    const key = keyOf(marking);
    if (from !== undefined) before.set(key, [...(before.get(key) ?? []), from]);
    if (seen.has(key)) return;
    seen.set(key, marking);
    open.push(key);
  };
  for (const marking of begin) meet(marking);
  for (let key = open.pop(); key !== undefined && seen.size <= most; key = open.pop()) {
    const marking = seen.get(key) ?? {};
    if (isDone(marking)) continue;
    const next = steps(marking);
    for (const { node, to } of next) {
      fired.add(node);
      meet(to, key);
    }
    if (next.length === 0) stuck.push(marking);
  }
  const complete = seen.size <= most;
  const findings = [
    ...stuckAt(definition, stuck),
    ...twiceAt(definition, [...seen.values()]),
    ...(complete ? neverAt(definition, fired, stuck.length > 0) : []),
    ...(complete && stuck.length === 0 ? circles(definition, seen, before) : []),
  ];
  if (!complete)
    findings.push({
      ...about(definition, null),
      rule: 'soundness-bound',
      severity: 'warning',
      message: {
        zh: `可能的走法太多，只检查了 ${most} 种局面，不能保证没有死锁`,
        en: `there are too many ways: ${most} situations were looked at, so that a deadlock may have been missed`,
      },
    });
  return { findings, markings: seen.size, complete };
}

const scopeStarts = ({ scopes }: Definition): string[] => Object.values(scopes).flatMap(({ starts }) => starts);

const about = (definition: Definition, id: string | null): Pick<Finding, 'element' | 'name'> => ({
  element: id,
  name: id === null ? definition.name : (definition.nodes[id]?.name ?? id),
});

/** One finding an element and rule, however many markings lead there. */
function each(definition: Definition, ids: Iterable<string>, rule: string, message: (node: Node) => Text): Finding[] {
  return [...new Set(ids)].map((id) => ({
    ...about(definition, id),
    rule,
    severity: 'error',
    message: message(nodeOf(definition, id)),
  }));
}

/** The elements that tokens wait before, where nothing can happen any more. */
function stuckAt(definition: Definition, stuck: readonly Marking[]): Finding[] {
  const waiting = stuck.flatMap((marking) =>
    Object.keys(marking).flatMap((place) => {
      if (place.startsWith('~')) return [];
      const flow = definition.flows[place];
      return flow ? [flow.to] : [];
    }),
  );
  return each(definition, waiting, 'deadlock', (node) =>
    node.type === 'gateway' && node.incoming.length > 1
      ? {
          zh: '这里要等几条线都到齐，但前面只会走其中一条，流程会永远停住',
          en: 'waits for all its ways in, of which only some are ever taken: the process stops here for good',
        }
      : { zh: '流程走到这里就停住，再也走不下去', en: 'the process comes here and can never go on' },
  );
}

/** Where two tokens can be on one way: what follows is done twice. */
function twiceAt(definition: Definition, markings: readonly Marking[]): Finding[] {
  const main = reached(definition, { beside: false });
  const twice = markings.flatMap((marking) =>
    Object.entries(marking).flatMap(([place, count]) => {
      if (count < 2 || place.startsWith('~')) return [];
      const id = place.startsWith('@') ? place.slice(1) : (definition.flows[place]?.to ?? place);
      // What an event starts beside its host (a reminder) may well go on when the host is done once more.
      return main.has(id) ? [meetingBefore(definition, id)] : [];
    }),
  );
  // Only where it begins: what comes behind it is done twice because of it.
  const marked = new Set(twice);
  const first = [...marked].filter((id) => {
    const before = nodeOf(definition, id).incoming.map((flow) => definition.flows[flow]?.from ?? '');
    return !before.some(
      (from) => marked.has(meetingBefore(definition, from)) && meetingBefore(definition, from) !== id,
    );
  });
  return each(definition, first.length > 0 ? first : marked, 'not-synchronised', () => ({
    zh: '并行分开的线没有等齐就到了这里，后面的步骤会被办两次；请先用并行网关汇合',
    en: 'parallel ways come here without being joined, so that what follows is done twice: join them with a parallel gateway first',
  }));
}

/** The element at or before this one where several ways meet. */
function meetingBefore(definition: Definition, id: string): string {
  const seen = new Set<string>();
  for (let at = id; !seen.has(at); ) {
    seen.add(at);
    const { incoming } = nodeOf(definition, at);
    const from = incoming.length === 1 ? definition.flows[incoming[0] ?? '']?.from : undefined;
    if (from === undefined) return incoming.length > 1 ? at : id;
    at = from;
  }
  return id;
}

/** Elements that lines lead to from the starts, whatever the game says; `beside`: also by events that do not interrupt. */
function reached(definition: Definition, { beside }: { beside: boolean }): Set<string> {
  const found = new Set<string>();
  const open = [...(definition.scopes[definition.id]?.starts ?? [])];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    const node = nodeOf(definition, id);
    open.push(...node.outgoing.flatMap((flow) => definition.flows[flow]?.to ?? []));
    if (definition.scopes[id]) open.push(...(definition.scopes[id]?.starts ?? []));
    if (!isActivity(node)) continue;
    for (const event of node.boundary) {
      const boundary = nodeOf(definition, event);
      if (boundary.type === 'boundary' && (beside || boundary.interrupting)) open.push(event);
    }
  }
  return found;
}

/** Steps that no way leads to. Behind a deadlock only those that not even a line leads to: the others are its consequence. */
function neverAt(definition: Definition, fired: ReadonlySet<string>, isStuck: boolean): Finding[] {
  const lined = isStuck ? reached(definition, { beside: true }) : new Set<string>();
  const never = Object.values(definition.nodes).filter(
    (node) =>
      !fired.has(node.id) &&
      !lined.has(node.id) &&
      !(isActivity(node) && node.compensates) &&
      !(node.type === 'boundary' && node.trigger.kind === 'compensation') &&
      !insideCompensation(definition, node),
  );
  const ids = new Set(never.map(({ id }) => id));
  // A link's end is come to by its beginning; a part of something unreachable is not told again.
  const told = never.filter((node) => !ids.has(node.scope) && !(node.type === 'catch' && node.trigger.kind === 'link'));
  return each(
    definition,
    told.map(({ id }) => id),
    'unreachable',
    () => ({ zh: '没有一种走法能到这里', en: 'no way ever leads here' }),
  );
}

function insideCompensation(definition: Definition, { scope }: Node): boolean {
  for (let id = scope; id !== definition.id; id = nodeOf(definition, id).scope) {
    const node = nodeOf(definition, id);
    if (isActivity(node) && node.compensates) return true;
  }
  return false;
}

/** Markings from which the process can go on for ever but never end. */
function circles(
  definition: Definition,
  seen: ReadonlyMap<string, Marking>,
  before: ReadonlyMap<string, readonly string[]>,
): Finding[] {
  const ending = new Set([...seen].filter(([, marking]) => isDone(marking)).map(([key]) => key));
  const open = [...ending];
  for (let key = open.pop(); key !== undefined; key = open.pop())
    for (const from of before.get(key) ?? [])
      if (!ending.has(from)) {
        ending.add(from);
        open.push(from);
      }
  const caught = [...seen].filter(([key]) => !ending.has(key));
  const where = caught.flatMap(([, marking]) =>
    Object.keys(marking).flatMap((place) =>
      place.startsWith('@') ? [place.slice(1)] : (definition.flows[place]?.to ?? []),
    ),
  );
  return each(definition, where, 'no-end', () => ({
    zh: '从这里出发只能打转，永远到不了结束',
    en: 'from here the process goes round for ever and never ends',
  }));
}
