import { describe, expect, it } from 'vitest';
import { readDefinition } from '../bpmn/read-definition.ts';
import { elementsOf, fileOf } from '../studio/fixtures/small-diagrams.ts';
import { fitnessOf, fits, replayCase } from './replay.ts';

const replay = async (lines: string, log: string, more = '') =>
  replayCase(
    await readDefinition(fileOf(lines, more)),
    log.split(' ').map((node) => ({ node, lifecycle: 'complete' })),
  );

describe('a case that went as drawn', () => {
  it.each([
    ['a line', 'start > a > b > end', 'start a b end'],
    ['a choice', 'start > x1; x1 > a > end [n = 1]; x1 > b > end2 !', 'start x1 b end2'],
    ['a loop', 'start > x1; x1 > a > x2; x2 > x1 [n = 1]; x2 > end !', 'start x1 a x2 x1 a x2 end'],
    ['parallel ways in either order', 'start > p1; p1 > a > p2; p1 > b > p2; p2 > end', 'start p1 b a p2 end'],
    [
      'some of several',
      'start > o1; o1 > a > o2 [n = 1]; o1 > b > o2 !; o1 > c > o2 [n = 2]; o2 > end',
      'start o1 c a o2 end',
    ],
  ])('%s fits fully', async (_, lines, log) => {
    const counts = await replay(lines, log);
    expect(fits(counts), JSON.stringify(counts)).toBe(true);
    expect(fitnessOf([counts])).toBe(1);
  });

  it('fits where a deadline broke a subprocess off', async () => {
    const part = `<bpmn:subProcess id="part" name="part">${elementsOf('start1 > a > c > end1')}</bpmn:subProcess><bpmn:boundaryEvent id="b" attachedToRef="part"><bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>`;
    const counts = await replay('start > part > end; b > late > end2', 'start start1 a b late end2', part);
    expect(fits(counts), JSON.stringify(counts)).toBe(true);
  });
});

describe('a case that did not', () => {
  it('misses a token where a step was skipped, and leaves one', async () => {
    const counts = await replay('start > a > b > end', 'start a end');
    // Put down: 1 at first, then by start and a. Taken: by start, a and end, whose was missing; that of a lies there.
    expect(counts).toEqual({ produced: 3, consumed: 3, missing: 1, remaining: 1 });
    expect(fitnessOf([counts])).toBeCloseTo(0.5 * (1 - 1 / 3) + 0.5 * (1 - 1 / 3), 9);
  });

  it('misses one where a join did not wait', async () => {
    const counts = await replay('start > p1; p1 > a > p2; p1 > b > p2; p2 > end', 'start p1 a p2 end');
    expect(counts).toMatchObject({ missing: 1, remaining: 1 });
  });

  it('weighs against those that fit', async () => {
    const lines = 'start > a > b > end';
    const [fit, off] = [await replay(lines, 'start a b end'), await replay(lines, 'start b a end')];
    expect(fitnessOf([fit, off])).toBeGreaterThan(fitnessOf([off]));
    expect(fitnessOf([fit, off])).toBeLessThan(1);
  });
});
