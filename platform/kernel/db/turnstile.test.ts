import { describe, expect, it } from 'vitest';
import { DatabaseAway } from './engine.ts';
import { turnstile } from './turnstile.ts';

describe('the one session of the embedded database', () => {
  it('sends a person away in time and lets a patient one wait; who left once cannot leave for another', async () => {
    const turns = turnstile();
    const leave = await turns.enter(1);
    const patient = turns.enter(60_000);
    await expect(turns.enter(1)).rejects.toBeInstanceOf(DatabaseAway);
    leave();
    leave();
    const next = await patient;
    await expect(turns.enter(1)).rejects.toBeInstanceOf(DatabaseAway);
    next();
    await expect(turns.enter(1)).resolves.toBeTypeOf('function');
  });
});
