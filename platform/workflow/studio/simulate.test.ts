import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readDefinition } from '../bpmn/read-definition.ts';
import { fileOf } from './fixtures/small-diagrams.ts';
import { mean } from './quantile.ts';
import { simulate } from './simulate.ts';
import type { SimulationSettings } from './simulation-terms.ts';

const settings = (more: Partial<SimulationSettings> = {}): SimulationSettings => ({
  seed: 11,
  runs: 200,
  perDay: 8,
  defaultMinutes: 30,
  durations: {},
  posts: {},
  outcomes: {},
  variables: {},
  ...more,
});
const permit = readFile(new URL('../../../districts/huangpu/processes/single-permit.bpmn', import.meta.url), 'utf8');
const LIMITS = { acceptDays: 5, examineDays: 20, warnDays: 15 };

describe('a simulation', () => {
  it('gives the same figures for the same seed, and others for another', async () => {
    const definition = await readDefinition(await permit);
    const play = (seed: number) => simulate(definition, settings({ seed, runs: 50, variables: LIMITS }));
    expect(play(1)).toEqual(play(1));
    expect(play(1).leadMinutes).not.toEqual(play(2).leadMinutes);
  });

  it('brings every case to its end, by paths whose shares are one together', async () => {
    const result = simulate(await readDefinition(await permit), settings({ variables: LIMITS }));
    expect(result).toMatchObject({ runs: 200, finished: 200, stuck: [] });
    expect(result.paths.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(result.leadMinutes.p90).toBeGreaterThan(result.leadMinutes.p50);
  });

  // One clerk, Poisson arrivals, exponential work: M/M/1, whose mean wait is ρ/(μ − λ) (Erlang, 1909).
  it('waits as queueing theory says', async () => {
    const definition = await readDefinition(fileOf('start > a > end'));
    const played = [1, 2, 3, 4, 5].map((seed) =>
      simulate(
        definition,
        settings({ seed, runs: 2_000, perDay: 8, defaultMinutes: 30, posts: { 'data-officer': 1 } }),
      ),
    );
    const [arrivals, served] = [8 / 480, 1 / 30];
    const rho = arrivals / served;
    const found = mean(played.map(({ tasks }) => tasks[0]?.waitMean ?? 0));
    const expected = rho / (served - arrivals);
    expect(Math.abs(found - expected) / expected).toBeLessThan(0.2);
    expect(mean(played.map(({ posts }) => posts[0]?.utilisation ?? 0))).toBeCloseTo(rho, 1);
  });

  it('follows the shares that were entered, and the times that the log has seen', async () => {
    const definition = await readDefinition(
      fileOf(
        'start > x1; x1 > a > x2; x2 > x1 [r = "again"]; x2 > end !',
        '<bpmn:userTask id="a" name="a" district:posts="data-officer" district:outcomes="again done" district:result="r"/>',
        '<district:variable name="r" type="string" level="L1"/>',
      ),
    );
    const result = simulate(
      definition,
      settings({
        durations: { a: { seen: [10] } },
        outcomes: {
          a: [
            { value: 'again', weight: 0 },
            { value: 'done', weight: 1 },
          ],
        },
      }),
    );
    expect(result.leadMinutes).toEqual({ p50: 10, p90: 10 });
    expect(result.paths).toEqual([{ elements: ['a', 'end'], share: 1 }]);
  });

  it('says where cases cannot go on', async () => {
    const definition = await readDefinition(
      fileOf(
        'start > a > x1; x1 > b > end [n = 1]; x1 > c > end2 [n = 2]',
        '',
        '<district:variable name="n" type="number" level="L1"/>',
      ),
    );
    const { finished, stuck } = simulate(definition, settings({ runs: 20 }));
    expect(finished).toBe(0);
    expect(stuck).toMatchObject([{ element: 'x1', count: 20 }]);
  });
});
