import { isHan, runsOf } from '../terms/segment.ts';

/**
 * What a text is told apart by: each two neighbouring characters of a Chinese run (二元组), a run of one character as it is, other words
 * whole, a number as `#`: house numbers and telephone numbers say nothing about the kind of a matter, and are nobody's business here.
 * Each once, in any order.
 */
export function featuresOf(text: string): string[] {
  return [...new Set(runsOf(text).flatMap((run) => (isHan(run) ? pairs(run) : [/\d/.test(run) ? '#' : run])))];
}

function pairs(run: string): string[] {
  const characters = [...run];
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, at) => `${characters[at]}${character}`);
}
