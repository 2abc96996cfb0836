import { describe, expect, it } from 'vitest';
import { readDefinition } from '../bpmn/read-definition.ts';
import { checkSoundness } from './check-soundness.ts';
import { elementsOf, fileOf } from './fixtures/small-diagrams.ts';

const faultsOf = async (lines: string, more = '') => {
  const { findings } = checkSoundness(await readDefinition(fileOf(lines, more)));
  return findings.map(({ rule, element }) => `${rule} ${element}`);
};

const SUBPROCESS = (inner: string, more = '') =>
  `<bpmn:subProcess id="part" name="part">${elementsOf(inner, more)}</bpmn:subProcess>`;
const ON_PART = (kind: string, interrupting = true) =>
  `<bpmn:boundaryEvent id="b" attachedToRef="part" cancelActivity="${interrupting}"><bpmn:${kind}/></bpmn:boundaryEvent>`;

describe('a sound process', () => {
  it.each([
    ['a line', 'start > a > end'],
    ['a choice that comes together', 'start > x1; x1 > a > x2 [n = 1]; x1 > b > x2 !; x2 > end'],
    ['parallel ways that are joined', 'start > p1; p1 > a > p2; p1 > b > p2; p2 > c > end'],
    ['parallel ways that end each for itself', 'start > p1; p1 > a > end1; p1 > b > end2'],
    ['a loop', 'start > x1; x1 > a > x2; x2 > x1 [n = 1]; x2 > end !'],
    ['an inclusive pair', 'start > o1; o1 > a > o2 [n = 1]; o1 > b > o2 !; o1 > c > o2 [n = 2]; o2 > end'],
  ])('%s', async (_, lines) => {
    expect(await faultsOf(lines)).toEqual([]);
  });

  it('a subprocess with a deadline that interrupts, and one with a reminder beside it', async () => {
    const lines = 'start > part > end; b > late > end2';
    const timer = 'timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition';
    for (const interrupting of [true, false]) {
      const boundary = `<bpmn:boundaryEvent id="b" attachedToRef="part" cancelActivity="${interrupting}"><bpmn:${timer}></bpmn:boundaryEvent>`;
      expect(await faultsOf(lines, SUBPROCESS('start1 > a > end1') + boundary)).toEqual([]);
    }
  });

  it('an error inside that is caught outside', async () => {
    const inner = `<bpmn:endEvent id="end_error"><bpmn:errorEventDefinition errorRef="err"/></bpmn:endEvent>`;
    const part = SUBPROCESS('start1 > x1; x1 > a > end1 [n = 1]; x1 > end_error !', inner);
    expect(await faultsOf('start > part > end; b > mend > end2', part + ON_PART('errorEventDefinition'))).toEqual([]);
  });
});

describe('a process that is not sound', () => {
  it('waits for ever at a parallel join behind an exclusive split', async () => {
    expect(await faultsOf('start > x1; x1 > a > p1 [n = 1]; x1 > b > p1 !; p1 > end')).toEqual(['deadlock p1']);
  });

  it('does a step twice behind a parallel split that nobody joins', async () => {
    expect(await faultsOf('start > p1; p1 > a > x1; p1 > b > x1; x1 > c > end')).toEqual(['not-synchronised x1']);
  });

  it('goes round without an end', async () => {
    const found = await faultsOf('start > x1; x1 > a > x2 [n = 1]; x1 > end !; x2 > b > x2');
    expect(found).toEqual(expect.arrayContaining(['no-end b']));
    expect(found.every((each) => each.startsWith('no-end'))).toBe(true);
  });

  it('has a step that nothing comes to: the catcher of an error that nobody throws', async () => {
    const part = SUBPROCESS('start1 > a > end1') + ON_PART('escalationEventDefinition');
    expect(await faultsOf('start > part > end; b > never > end2', part)).toEqual([
      'unreachable never',
      'unreachable end2',
      'unreachable b',
    ]);
  });

  it('waits in a loop whose join wants a token of the first round', async () => {
    expect(await faultsOf('start > p1; p1 > a > x1; x1 > p1 [n = 1]; x1 > end !')).toContain('deadlock p1');
  });
});

it('says so when there is more than it looked at', async () => {
  const wide = Array.from({ length: 12 }, (_, i) => `p1 > a${i} > b${i} > p2`).join(';');
  const { findings, complete } = checkSoundness(await readDefinition(fileOf(`start > p1; ${wide}; p2 > end`)), 500);
  expect(complete).toBe(false);
  expect(findings).toMatchObject([{ rule: 'soundness-bound', severity: 'warning' }]);
});
