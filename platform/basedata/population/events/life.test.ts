import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Statement } from '#platform/basedata/shared/survivorship.ts';
import { deathOf, lifeOf } from './life.ts';

let claim = 0;
const said = (unit: string, values: Record<string, string>, key = unit): Statement => ({
  claim: ++claim,
  dataset: `of-${unit}`,
  unit,
  batch: 'b',
  row: claim,
  sourceKey: key,
  receivedAt: `2026-01-01T00:00:${String(claim % 60).padStart(2, '0')}.000Z`,
  values,
});
const dead = { deathDate: '2026-03-01' };

describe('a death', () => {
  it('of one source is reported, of two it is confirmed, whatever day they give', () => {
    const one = [said('health', dead), said('health', dead, 'another file of the same unit')];
    expect(deathOf(one)?.state).toBe('reported');
    expect(deathOf([...one, said('civil-affairs', { deathDate: '2026-03-02' })])).toMatchObject({
      state: 'confirmed',
      on: '2026-03-01',
    });
  });

  it('with a later sign of life is a conflict, however many sources report it', () => {
    const signs: Record<string, string>[] = [
      { seenOn: '2026-04-01' },
      { marriedOn: '2026-03-15' },
      { residenceFrom: '2026-05-01' },
    ];
    for (const sign of signs)
      expect(deathOf([said('health', dead), said('public-security', dead), said('human-resources', sign)])?.state).toBe(
        'conflict',
      );
    expect(deathOf([said('health', dead), said('civil-affairs', { seenOn: '2026-02-01' })])?.state).toBe('reported');
  });

  it('is what a person says it is, until a claim comes that they did not know', () => {
    const report = said('health', dead);
    const upto = report.claim;
    expect(deathOf([report], { verdict: 'died', upto })?.state).toBe('confirmed');
    expect(deathOf([report], { verdict: 'alive', upto })?.state).toBe('refuted');
    expect(deathOf([report, said('public-security', dead)], { verdict: 'alive', upto })?.state).toBe('confirmed');
    expect(deathOf([report, said('civil-affairs', { seenOn: '2026-06-01' })], { verdict: 'died', upto })?.state).toBe(
      'conflict',
    );
  });
});

it('what happened in a life stands in order of days, and does not depend on the order of the files', () => {
  const all = [
    said('health', { birthDate: '1990-01-01', birthCertificate: 'x' }),
    said('public-security', { birthDate: '1990-01-01', residenceFrom: '2015-06-01' }),
    said('civil-affairs', { marriedOn: '2018-05-20', residenceFrom: '2015-06-01' }),
    said('health', dead, 'deaths'),
  ];
  const shape = (statements: Statement[]) => lifeOf(statements).map(({ kind, on, state }) => `${on} ${kind} ${state}`);
  expect(shape(all)).toEqual([
    '1990-01-01 born confirmed',
    '2015-06-01 moved confirmed',
    '2018-05-20 married confirmed',
    '2026-03-01 died reported',
  ]);
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (order) => {
      expect(shape(order)).toEqual(shape(all));
    }),
  );
});
