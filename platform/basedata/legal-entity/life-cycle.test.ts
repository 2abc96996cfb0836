import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Statement } from '#platform/basedata/shared/survivorship.ts';
import { LIFE_STATES, lifeOf, lifeStateOf, presentStage } from './life-cycle.ts';

const said = (claim: number, status: string, statusOn?: string, unit = 'market-supervision'): Statement => ({
  claim,
  dataset: 'register',
  unit,
  batch: 'b',
  row: 1,
  sourceKey: 'k',
  receivedAt: `2026-01-01T00:00:${String(claim).padStart(2, '0')}.000Z`,
  values: { status, ...(statusOn === undefined ? {} : { statusOn }) },
});
const states = (...all: Statement[]) => lifeOf(all).map(({ state, on, doubtful }) => [state, on, doubtful]);

describe('words of registers', () => {
  it.each([
    ['存续（在营、开业、在册）', 'live'],
    ['已吊销，未注销', 'revoked'],
    ['注销', 'cancelled'],
    ['列入经营异常名录', 'abnormal'],
    ['名称预先核准', 'pre-registered'],
    ['不明', undefined],
  ])('%s means %s', (word, state) => expect(lifeStateOf(word)).toBe(state));
});

describe('the life of an enterprise', () => {
  it('goes from registration by the abnormal list and back, revocation, to cancellation, with its days', () => {
    expect(
      states(
        said(1, '预核准', '2020-01-02'),
        said(2, '存续', '2020-02-03'),
        said(3, '经营异常', '2022-07-05'),
        said(4, '存续', '2022-09-01'),
        said(5, '吊销', '2024-01-09'),
        said(6, '注销', '2025-03-01'),
      ),
    ).toEqual([
      ['pre-registered', '2020-01-02', false],
      ['live', '2020-02-03', false],
      ['abnormal', '2022-07-05', false],
      ['live', '2022-09-01', false],
      ['revoked', '2024-01-09', false],
      ['cancelled', '2025-03-01', false],
    ]);
  });

  it('revoked is not cancelled, and can only be cancelled', () => {
    const life = lifeOf([said(1, '吊销', '2024-01-09'), said(2, '存续', '2024-05-01')]);
    expect(life.map((s) => [s.state, s.doubtful])).toEqual([
      ['revoked', false],
      ['live', true],
    ]);
    expect(presentStage(life)?.state).toBe('revoked');
  });

  it('the order of arrival does not matter where registers give days, and tax does not say who lives', () => {
    expect(states(said(1, '注销', '2025-03-01'), said(2, '存续', '2020-02-03'))).toEqual([
      ['live', '2020-02-03', false],
      ['cancelled', '2025-03-01', false],
    ]);
    expect(states(said(1, '注销', undefined, 'tax'))).toEqual([]);
  });

  it('nothing follows cancellation, whatever registers say', () => {
    const word = fc.constantFrom('预核准', '存续', '经营异常', '吊销', '注销');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const life = lifeOf(words.map((w, i) => said(i, w)));
        const sure = life.filter((s) => !s.doubtful).map((s) => s.state);
        expect(sure.indexOf('cancelled')).toBeOneOf([-1, sure.length - 1]);
        expect(LIFE_STATES).toEqual(expect.arrayContaining(sure));
        if (words.length > 0) expect(presentStage(life)).toBeDefined();
      }),
    );
  });
});
