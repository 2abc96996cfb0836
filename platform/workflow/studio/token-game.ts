import { type Definition, flowOf, isActivity, type Node, nodeOf, scopeOf } from '../definition.ts';

/*
 * The token game (令牌博弈) of a definition without its data: a condition may come out either way, an event may come or not, a task
 * ends. After Dijkman, Dumas, Ouyang, "Semantics and analysis of business process models in BPMN", Information and Software
 * Technology 50 (2008); inclusive joins by BPMN 2.0.2 table 13.3. Several runs of one activity count as one.
 */

/**
 * Where tokens are: by flow id what is on its way, by `@node` what is being done, by `~node` what may still be started beside it
 * (a boundary event that does not interrupt, an event subprocess): once for each time that its host is entered.
 */
export type Marking = Readonly<Record<string, number>>;

export type Step = { node: string; to: Marking };

/** Tokens in one place that are told apart: one more means that something goes on twice, and its count may grow without end. */
const MOST = 2;

export const isDone = (marking: Marking): boolean => Object.keys(marking).every((place) => place.startsWith('~'));
export const keyOf = (marking: Marking): string =>
  Object.keys(marking)
    .sort()
    .map((place) => `${place}=${marking[place]}`)
    .join(' ');

/** The game of one definition: how it begins, and what may happen next. */
export function tokenGame(definition: Definition): { begin: Marking[]; steps(marking: Marking): Step[] } {
  const nodes = Object.values(definition.nodes);
  const flows = Object.values(definition.flows);
  const scopesOfPlace = (place: string): string[] => {
    const id = place.replace(/^[@~]/, '');
    let scope = (definition.nodes[id] ?? nodeOf(definition, flowOf(definition, id).from)).scope;
    const chain = [scope];
    while (scope !== definition.id) {
      scope = nodeOf(definition, scope).scope;
      chain.push(scope);
    }
    return chain;
  };
  const chains = new Map<string, string[]>();
  const chainOf = (place: string): string[] => {
    const known = chains.get(place) ?? scopesOfPlace(place);
    chains.set(place, known);
    return known;
  };
  const within = (marking: Marking, scope: string): string[] =>
    Object.keys(marking).filter((place) => chainOf(place).includes(scope));
  const leads = reachability(definition);

  /** Takes everything out of a scope, and out of what runs inside it. */
  const clear = (marking: Marking, scope: string): Marking => take(marking, within(marking, scope));
  const out = (marking: Marking, node: Node): Marking => put(marking, node.outgoing);

  /** Markings after a scope was entered: one for each way of starting it. */
  function enter(marking: Marking, id: string): Marking[] {
    const scope = scopeOf(definition, id);
    const armed = scope.handlers.filter((handler) => startOf(handler)?.trigger.kind !== 'compensation');
    const ready = put(
      marking,
      armed.map((handler) => `~${handler}`),
    );
    if (scope.starts.length > 0) return scope.starts.map((start) => out(ready, nodeOf(definition, start)));
    // A scope without a start event begins at everything that nothing leads to (BPMN 2.0.2 §13.3.4).
    const first = scope.nodes
      .map((node) => nodeOf(definition, node))
      .filter((node) => node.incoming.length === 0 && node.type !== 'boundary' && node.type !== 'event-subprocess')
      .filter((node) => !(isActivity(node) && node.compensates));
    return first.reduce<Marking[]>((all, node) => all.flatMap((each) => arrive(each, node)), [ready]);
  }

  const startOf = (scope: string) => {
    const [start] = definition.scopes[scope]?.starts ?? [];
    const node = start === undefined ? undefined : nodeOf(definition, start);
    return node?.type === 'start' ? node : undefined;
  };

  /** What a node does with the token that it was given; the token is already taken. */
  function arrive(marking: Marking, node: Node): Marking[] {
    switch (node.type) {
      case 'start':
      case 'catch':
      case 'boundary':
        return [out(marking, node)];
      case 'throw':
        return thrown(marking, node);
      case 'end':
        return ended(marking, node);
      case 'gateway':
        if (node.gateway === 'parallel') return [out(marking, node)];
        if (node.gateway === 'inclusive') return choices(marking, node);
        return node.outgoing.map((flow) => put(marking, [flow]));
      case 'task':
      case 'call':
        return watched(node).length === 0 ? choices(marking, node) : [begun(marking, node)];
      case 'subprocess':
        return enter(begun(marking, node), node.id);
      case 'event-subprocess':
        return [];
    }
  }

  const watched = (node: Node): string[] =>
    isActivity(node)
      ? node.boundary.filter((id) => {
          const boundary = nodeOf(definition, id);
          return boundary.type === 'boundary' && boundary.trigger.kind !== 'compensation';
        })
      : [];

  const begun = (marking: Marking, node: Node): Marking => {
    const beside = watched(node).filter((id) => {
      const boundary = nodeOf(definition, id);
      return boundary.type === 'boundary' && !boundary.interrupting;
    });
    return put(marking, [`@${node.id}`, ...beside.map((id) => `~${id}`)]);
  };

  /** Flows without condition, any of those with one, and the default where none was taken. */
  function choices(marking: Marking, node: Node): Marking[] {
    const standard = 'default' in node ? node.default : undefined;
    const conditional = node.outgoing.filter((id) => id !== standard && flowOf(definition, id).condition !== undefined);
    const always = node.outgoing.filter((id) => id !== standard && !conditional.includes(id));
    const taken = subsets(conditional).map((some) => [...always, ...some]);
    const ways = taken
      .map((some) => (some.length === 0 && standard !== undefined ? [standard] : some))
      .filter((some) => some.length > 0);
    if (ways.length === 0) return node.type === 'gateway' ? [] : [marking];
    return ways.map((some) => put(marking, some));
  }

  function thrown(marking: Marking, node: Node & { type: 'throw' }): Marking[] {
    const { trigger } = node;
    if (trigger.kind === 'link')
      return nodes
        .filter((each) => each.type === 'catch' && each.scope === node.scope && each.trigger.kind === 'link')
        .filter((each) => each.type === 'catch' && each.trigger.kind === 'link' && each.trigger.link === trigger.link)
        .map((each) => out(marking, each));
    const on = out(marking, node);
    return trigger.kind === 'escalation' ? caught(on, node.scope, trigger.kind, trigger.code) : [on];
  }

  function ended(marking: Marking, node: Node & { type: 'end' }): Marking[] {
    const { trigger } = node;
    switch (trigger.kind) {
      case 'terminate':
        return [clear(marking, node.scope)];
      case 'error':
      case 'escalation':
        return caught(marking, node.scope, trigger.kind, trigger.code);
      case 'cancel':
        return caught(marking, node.scope, 'cancel', undefined);
      default:
        return [marking];
    }
  }

  /** Looks outwards for the boundary event that catches; what nobody catches ends the process if it is an error, and else nothing. */
  function caught(
    marking: Marking,
    from: string,
    kind: 'error' | 'escalation' | 'cancel',
    code: string | undefined,
  ): Marking[] {
    for (let scope = from; scope !== definition.id; scope = nodeOf(definition, scope).scope) {
      const host = nodeOf(definition, scope);
      const catcher = watched(host)
        .map((id) => nodeOf(definition, id))
        .find(
          (each) =>
            each.type === 'boundary' &&
            each.trigger.kind === kind &&
            (!('code' in each.trigger) || each.trigger.code === undefined || each.trigger.code === code),
        );
      if (catcher?.type !== 'boundary') continue;
      if (!catcher.interrupting) return [out(marking, catcher)];
      return [out(left(clear(marking, scope), host), catcher)];
    }
    return [kind === 'error' ? clear(marking, definition.id) : marking];
  }

  /** An activity is over: neither it nor what could start beside it remains. */
  const left = (marking: Marking, node: Node): Marking =>
    take(marking, [`@${node.id}`, ...watched(node).map((id) => `~${id}`)]);

  /** Does an inclusive join wait for something that may still come to an empty way in (BPMN 2.0.2 table 13.3)? */
  function waits(marking: Marking, join: Node): boolean {
    const empty = join.incoming.filter((flow) => !marking[flow]);
    const filled = join.incoming.filter((flow) => marking[flow]);
    return Object.keys(marking)
      .filter((place) => !place.startsWith('~') && !join.incoming.includes(place))
      .some((place) => {
        const to = leads(place, join.id);
        return empty.some((flow) => to.has(flow)) && !filled.some((flow) => to.has(flow));
      });
  }

  function fire(marking: Marking, node: Node): Marking[] {
    const filled = node.incoming.filter((flow) => marking[flow]);
    if (filled.length === 0) return [];
    if (node.type === 'gateway' && node.gateway === 'parallel')
      return filled.length === node.incoming.length ? arrive(take(marking, node.incoming), node) : [];
    if (node.type === 'gateway' && node.gateway === 'inclusive' && node.incoming.length > 1)
      return waits(marking, node) ? [] : arrive(take(marking, filled), node);
    return filled.flatMap((flow) => arrive(take(marking, [flow]), node));
  }

  function goOn(marking: Marking, node: Node): Marking[] {
    if (!marking[`@${node.id}`]) return [];
    const empty = !definition.scopes[node.id] || within(marking, node.id).every((place) => place.startsWith('~'));
    if (!empty) return [];
    const over = left(definition.scopes[node.id] ? clear(marking, node.id) : marking, node);
    return node.type === 'event-subprocess' ? [over] : choices(over, node);
  }

  /** What may come from outside: a boundary event of what is being done, an event subprocess of a scope that is open. */
  function happen(marking: Marking, node: Node): Marking[] {
    if (node.type === 'boundary') {
      const host = nodeOf(definition, node.host);
      if (!marking[`@${host.id}`] || node.trigger.kind === 'compensation') return [];
      const fromInside = ['error', 'escalation', 'cancel'].includes(node.trigger.kind) && host.type === 'subprocess';
      if (fromInside && node.trigger.kind !== 'error') return [];
      if (!node.interrupting) return marking[`~${node.id}`] ? [out(take(marking, [`~${node.id}`]), node)] : [];
      return [out(left(definition.scopes[host.id] ? clear(marking, host.id) : marking, host), node)];
    }
    if (node.type !== 'event-subprocess' || !marking[`~${node.id}`]) return [];
    const interrupting = startOf(node.id)?.interrupting ?? true;
    // It is there only while its scope is: tokens beside those that are merely ready.
    if (within(marking, node.scope).every((place) => place.startsWith('~'))) return [];
    const rest = interrupting ? clear(marking, node.scope) : take(marking, [`~${node.id}`]);
    return enter(put(rest, [`@${node.id}`]), node.id);
  }

  return {
    begin: enter({}, definition.id),
    steps: (marking) =>
      nodes.flatMap((node) =>
        [...fire(marking, node), ...goOn(marking, node), ...happen(marking, node)].map((to) => ({ node: node.id, to })),
      ),
  };

  /** By place: the flows that a token from there may come to without passing a certain join. */
  function reachability({ nodes: all }: Definition): (place: string, join: string) => ReadonlySet<string> {
    const known = new Map<string, Set<string>>();
    const next = (id: string): string[] => {
      const node = all[id];
      if (!node) return [];
      const beside = isActivity(node) ? node.boundary.flatMap((each) => all[each]?.outgoing ?? []) : [];
      const inside = Object.values(all).filter((each) => each.scope === id);
      return [...node.outgoing, ...beside, ...inside.flatMap(({ outgoing }) => outgoing)];
    };
    return (place, join) => {
      const key = `${place} ${join}`;
      const found = known.get(key) ?? new Set<string>();
      if (known.has(key)) return found;
      known.set(key, found);
      const open = place.startsWith('@') ? next(place.slice(1)) : [place];
      for (let flow = open.pop(); flow !== undefined; flow = open.pop()) {
        if (found.has(flow)) continue;
        found.add(flow);
        const to = flows.find(({ id }) => id === flow)?.to;
        if (to === undefined || to === join) continue;
        const outside = all[to];
        open.push(...next(to));
        // What ends inside a subprocess goes on behind it.
        if (outside && outside.outgoing.length === 0) open.push(...(all[outside.scope]?.outgoing ?? []));
      }
      return found;
    };
  }
}

function put(marking: Marking, places: readonly string[]): Marking {
  const next: Record<string, number> = { ...marking };
  for (const place of places) next[place] = Math.min(MOST, (next[place] ?? 0) + 1);
  return next;
}

/** Takes one token from each; of a place that is merely ready, all. */
function take(marking: Marking, places: readonly string[]): Marking {
  const next: Record<string, number> = { ...marking };
  for (const place of places) {
    const rest = (next[place] ?? 0) - 1;
    if (rest > 0 && !place.startsWith('~')) next[place] = rest;
    else delete next[place];
  }
  return next;
}

function subsets<T>(items: readonly T[]): T[][] {
  return items.reduce<T[][]>((all, item) => [...all, ...all.map((some) => [...some, item])], [[]]);
}
