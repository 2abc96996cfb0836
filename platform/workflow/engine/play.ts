import type { Definition } from '../definition.ts';
import { advance } from './advance.ts';
import { type Effect, EMPTY, type Event, type State, type Token } from './state.ts';

/**
 * An instance in memory, moved event by event: what simulation and tests use. It keeps the events, so that the whole can be
 * played again.
 */
export type Play = {
  state(): State;
  events: { event: Event; now: Date }[];
  effects: Effect[];
  /** Applies an event and gives what it caused. */
  do(event: Event, now?: Date): Effect[];
  /** The token that rests at a node; the first by age. */
  at(node: string): Token | undefined;
  /** Nodes at which activities rest, by age. */
  resting(): string[];
};

export function play(definition: Definition, now: Date = new Date('2026-03-02T02:00:00Z')): Play {
  let state = EMPTY;
  const made: Play = {
    state: () => state,
    events: [],
    effects: [],
    do: (event, at = now) => {
      const next = advance({ definition, state, event, now: at });
      state = next.state;
      made.events.push({ event, now: at });
      made.effects.push(...next.effects);
      return next.effects;
    },
    at: (node) => Object.values(state.tokens).find((token) => token.node === node && !isWhole(state, token)),
    resting: () =>
      Object.values(state.tokens)
        .filter((token) => !isWhole(state, token))
        .map(({ node }) => node),
  };
  return made;
}

/** A token that only holds a scope, where others are at work. */
function isWhole(state: State, token: Token): boolean {
  return Object.values(state.scopes).some(({ owner }) => owner === token.id);
}
