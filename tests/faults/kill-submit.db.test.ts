import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPlace, type Place, runChild } from './place.ts';

const FORMS = 120;
let place: Place;
beforeAll(async () => {
  place = await openPlace('submit', { RATE_LIMIT: '1000000' });
});
afterAll(() => place?.close());

/** Runs the child to its end: what was acknowledged, by form, and what ended it. */
async function run(...args: number[]): Promise<{ codes: Map<string, string>; signal: NodeJS.Signals | null }> {
  const { said, signal } = await runChild({ place, program: 'submit-child.ts', args: args.map(String) });
  const lines = said.split('\n').filter((line) => line.includes(' '));
  return { codes: new Map(lines.map((line) => line.split(' ') as [string, string])), signal };
}

it('keeps every acknowledged application once, although the process is killed while others are filed', async () => {
  const before = await run(FORMS, 16, 60);
  expect(before.signal).toBe('SIGKILL');
  expect(before.codes.size).toBeGreaterThanOrEqual(60);
  // Everybody sends again, as people do who have seen no answer: who had one gets the same code, nobody gets two.
  const after = await run(FORMS, 16, 0);
  expect(after.signal).toBeNull();
  expect(after.codes.size).toBe(FORMS);
  for (const [form, code] of before.codes) expect(after.codes.get(form), `form ${form}`).toBe(code);
  expect(new Set(after.codes.values()).size).toBe(FORMS);
  // The numbers of the day have no gap: what was rolled back took none with it. The days may be two around midnight.
  const byDay = Map.groupBy(after.codes.values(), (code) => code.slice(6, 12));
  for (const codes of byDay.values()) {
    const numbers = codes.map((code) => Number(code.slice(12, 18))).sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
  }
}, 240_000);
