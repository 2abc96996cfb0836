import { expect, it } from 'vitest';
import { inTurn } from './in-turn.ts';

it('waits for what is on its way, and says of each whether it was kept', async () => {
  const answers: ((kept: boolean) => void)[] = [];
  let begun = 0;
  const keep = inTurn(() => {
    begun += 1;
    return new Promise<boolean>((resolve) => answers.push(resolve));
  });
  const [first, second] = [keep(), keep()];
  await Promise.resolve();
  expect(begun).toBe(1);
  answers[0]?.(false);
  expect(await first).toBe(false);
  await Promise.resolve();
  expect(begun).toBe(2);
  answers[1]?.(true);
  expect(await second).toBe(true);
});
