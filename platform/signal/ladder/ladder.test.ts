import { describe, expect, it } from 'vitest';
import { holdersOf, nextRung } from './ladder.ts';

const holder = (account: string, post: string, unit: string | null) => ({
  person: account,
  account,
  name: '',
  post,
  unit,
});
const HOLDERS = [
  holder('l', 'unit-liaison', 'green'),
  holder('h', 'unit-head', 'green'),
  holder('other', 'unit-head', 'market'),
  holder('d', 'duty-officer', 'centre'),
  holder('c', 'unit-head', null),
];

describe('a ladder', () => {
  const LADDER = ['a', 'b', 'c', 'd'];
  const who = (held: string) => (rung: string) => (held.includes(rung) ? [`who-${rung}`] : []);

  it('goes to the next rung that somebody holds and names those that nobody does', async () => {
    const empty: string[] = [];
    const nobody = (rung: string, place: number) => void empty.push(`${rung}${place}`);
    expect(await nextRung({ ladder: LADDER, told: 1, who: who('ad'), nobody })).toEqual({
      rung: 'd',
      place: 4,
      accounts: ['who-d'],
    });
    expect(empty).toEqual(['b2', 'c3']);
    expect(await nextRung({ ladder: LADDER, told: 4, who: who('abcd'), nobody })).toBeUndefined();
    expect(await nextRung({ ladder: LADDER, told: 0, who: who(''), nobody })).toBeUndefined();
  });

  it('finds holders of the unit, or of the whole district, and never residents', () => {
    const head = { posts: ['unit-head'], unit: 'green' };
    expect(holdersOf(HOLDERS, { ...head, where: 'unit' })).toEqual(['h']);
    expect(holdersOf(HOLDERS, { ...head, where: 'district' })).toEqual(['h', 'other']);
    expect(holdersOf(HOLDERS, { posts: ['unit-liaison', 'unit-head'], unit: 'green', where: 'unit' })).toEqual([
      'l',
      'h',
    ]);
  });
});
