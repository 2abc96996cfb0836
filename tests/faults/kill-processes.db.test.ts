import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPlace, type Place, runChild } from './place.ts';

/** The embedded database is slower and one process only: fewer show the same. */
const TIMERS = process.env.TEST_DATABASE_URL ? 10_000 : 400;
let place: Place;
beforeAll(async () => {
  place = await openPlace('processes');
});
afterAll(() => place?.close());

const run = (...args: string[]) => runChild({ place, program: 'process-child.ts', args });

it('takes each of 10,000 processes on once whose timers are due in the same minute, although it is killed in the middle', async () => {
  expect(await run('plant', String(TIMERS), '2')).toEqual({ said: '', signal: 'SIGKILL' });
  const { said } = await run('fire');
  expect(JSON.parse(said)).toEqual({ waiting: 0, tasks: TIMERS, instances: TIMERS, fired: TIMERS });
}, 240_000);
