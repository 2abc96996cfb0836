import { expect, it } from 'vitest';
import { spanOf } from './device-time.tsx';

it('how far a clock is off is said in minutes, hours or days, whichever way', () => {
  expect(spanOf(720)).toEqual({ unit: 'minutes', n: 12 });
  expect(spanOf(-301)).toEqual({ unit: 'minutes', n: 5 });
  expect(spanOf(3 * 3600)).toEqual({ unit: 'hours', n: 3 });
  expect(spanOf(-8 * 86_400)).toEqual({ unit: 'days', n: 8 });
});
