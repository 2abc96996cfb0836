import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPlace, type Place, runChild } from './place.ts';

const CLOCKS = 10_000;
let place: Place;
beforeAll(async () => {
  place = await openPlace('clocks');
});
afterAll(() => place?.close());

const run = (...args: string[]) => runChild({ place, program: 'clock-child.ts', args });

it('tells of each of 10,000 due clocks once, although the process is killed in the middle and starts again', async () => {
  // Twenty batches turn amber, one finds nothing; the kill comes while the sixth batch of those due is written.
  expect(await run('plant', String(CLOCKS), '27')).toEqual({ said: '', signal: 'SIGKILL' });
  const { said } = await run('fire');
  const { counts, batches } = JSON.parse(said);
  expect(counts).toEqual([
    { type: 'calendar.clock.amber', events: CLOCKS, clocks: CLOCKS },
    { type: 'calendar.clock.due', events: CLOCKS, clocks: CLOCKS },
  ]);
  // What was committed before the kill was not told again: one look for amber, fifteen batches and a look for due, one for stops.
  expect(batches).toBe(18);
}, 240_000);
