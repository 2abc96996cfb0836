import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readDefinition } from '../bpmn/read-definition.ts';
import { type Definition, nodeOf } from '../definition.ts';
import { blocks, draw, ROOT, VARIABLES } from '../fixtures/blocks.ts';
import { drawing } from '../fixtures/drawing.ts';
import { advance } from './advance.ts';
import { EMPTY, type Event, type State } from './state.ts';

/** Runs in an ordinary test; PROPERTY_RUNS asks for more (100,000 take minutes). */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 300);
/** After so many events nothing repeats any more, so that every process must come to its end. */
const PATIENCE = 60;
const MOST_EVENTS = 2_000;
const NOW = new Date('2026-03-02T02:00:00Z');

/** All that could happen to an instance now. */
function possible(definition: Definition, state: State, n: number): Event[] {
  const whole = new Set(Object.values(state.scopes).map(({ owner }) => owner));
  const tokens = Object.values(state.tokens).flatMap((token): Event[] => {
    const node = nodeOf(definition, token.node);
    if (whole.has(token.id) || node.type !== 'task') return [];
    const done: Event = { type: 'complete', token: token.id, variables: { n } };
    if (node.task.kind === 'service') return [done, { type: 'error', token: token.id, code: 'E' }];
    return node.task.kind === 'user' ? [done] : [];
  });
  const waits = Object.values(state.waits)
    .map(
      ({ kind, id }): Event =>
        kind === 'message' ? { type: kind, wait: id, variables: { n } } : { type: kind, wait: id },
    )
    // What brings a new value comes first: a timer alone would go round for ever.
    .sort((a, b) => Number(a.type === 'timer') - Number(b.type === 'timer'));
  return [...tokens, ...waits];
}

/** Everything in a state belongs to something in it; what has ended holds nothing. */
function expectSound(definition: Definition, state: State): void {
  for (const token of Object.values(state.tokens)) {
    expect(state.scopes).toHaveProperty(token.scope);
    expect(definition.nodes).toHaveProperty(token.node);
  }
  const processes = Object.values(state.scopes).filter(({ kind }) => kind === 'process');
  expect(processes).toHaveLength(state.ended ? 0 : 1);
  for (const { kind, owner } of Object.values(state.scopes))
    if (kind !== 'process') expect(state.tokens).toHaveProperty(owner ?? '');
  for (const { token, scope } of Object.values(state.waits))
    if (token !== undefined) expect(state.tokens).toHaveProperty(token);
    else expect(state.scopes).toHaveProperty(scope ?? '');
  if (state.ended) expect(state).toMatchObject({ tokens: {}, scopes: {}, waits: {} });
}

it('whatever happens in whatever order, a block-structured process ends, and its state is sound, repeatable and plain', async () => {
  await fc.assert(
    fc.asyncProperty(blocks, fc.array(fc.nat(10_000), { minLength: 20, maxLength: 60 }), async (block, choices) => {
      const definition = await readDefinition(drawing(draw(block), { variables: VARIABLES, root: ROOT }));
      let state = EMPTY;
      const events: Event[] = [];
      const does = (event: Event): void => {
        const made = advance({ definition, state, event, now: NOW });
        // Deterministic, also from what was stored and read again.
        const stored = JSON.parse(JSON.stringify(state)) as State;
        expect(advance({ definition, state: stored, event, now: NOW })).toEqual(made);
        state = made.state;
        events.push(event);
        expectSound(definition, state);
      };
      does({ type: 'start', variables: { n: 0 } });
      for (let count = 0; !state.ended; count += 1) {
        expect(count).toBeLessThan(MOST_EVENTS);
        const choice = choices[count % choices.length] ?? 0;
        const n = count < PATIENCE ? choice % 100 : 0;
        const now = possible(definition, state, n);
        // Nothing can happen and it has not ended: it would wait for ever.
        expect(now).not.toHaveLength(0);
        // A message may come again and again beside the process, so in the end only what moves it is done.
        does(now[count < PATIENCE ? choice % now.length : 0] as Event);
      }
      const again = events.reduce(
        (before, event) => advance({ definition, state: before, event, now: NOW }).state,
        EMPTY,
      );
      expect(again).toEqual(state);
    }),
    { numRuns: RUNS, seed: 310101 },
  );
}, 600_000);
