import { expect, it } from 'vitest';
import { Problem } from '#web/client/index.ts';
import { isDue } from './outbox.ts';
import { bodyOf, outcomeOf } from './send-record.ts';

it('keeps what is told to come later until then, and lets the others go on', () => {
  expect(outcomeOf(new Problem({ code: 'INCIDENT_TOO_MANY_REPORTS', title: '', status: 429, retryAfter: 600 }))).toBe(
    'away',
  );
  expect(isDue({ state: 'waiting', notBefore: 1000 }, 999)).toBe(false);
  expect(isDue({ state: 'waiting', notBefore: 1000 }, 1000)).toBe(true);
  expect(isDue({ state: 'waiting' }, 0)).toBe(true);
  expect(isDue({ state: 'sent' }, 0)).toBe(false);
});

it('puts photos of this device behind those that were out before', () => {
  expect(bodyOf({ body: { clientId: 'c' }, uploaded: null })).toEqual({ clientId: 'c' });
  expect(bodyOf({ body: { clientId: 'c' }, uploaded: ['b'] })).toEqual({ clientId: 'c', files: ['b'] });
  expect(bodyOf({ body: { files: ['a'] }, uploaded: ['b'] })).toEqual({ files: ['a', 'b'] });
});
