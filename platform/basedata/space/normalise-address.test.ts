import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toFullWidth } from './fixtures.ts';
import { normaliseAddress } from './normalise-address.ts';

describe('address', () => {
  it.each([
    [
      '上海市黄浦区瑞金二路118弄12号301室',
      { road: '瑞金二路', lane: '118', number: '12', room: '301', key: '瑞金二路118弄12号' },
    ],
    ['瑞金二路118弄12号', { road: '瑞金二路', lane: '118', number: '12', room: null, key: '瑞金二路118弄12号' }],
    [
      '上海市黄浦区 淮海中路300弄甲支弄12号后客堂',
      { road: '淮海中路', lane: '300甲支', number: '12', room: '后客堂', key: '淮海中路300弄甲支弄12号' },
    ],
    ['人民大道200号', { road: '人民大道', lane: null, number: '200', room: null, key: '人民大道200号' }],
    ['外滩源', { road: '外滩源', lane: null, number: null, room: null, key: null }],
  ])('reads %s', (text, parts) => {
    expect(normaliseAddress(text)).toEqual(parts);
  });

  it('gives every spelling of a building the same key, and each building its own', () => {
    const number = fc.integer({ min: 1, max: 999 });
    fc.assert(
      fc.property(
        fc.constantFrom('瑞金二路', '中山东一路', '方浜中路'),
        number,
        number,
        number,
        (road, lane, house, room) => {
          const plain = `${road}${lane}弄${house}号`;
          const spellings = [
            plain,
            `上海市黄浦区${plain}`,
            `黄浦区${plain}${room}室`,
            toFullWidth(`上海市黄浦区${plain}${room}室`),
            ` ${road} ${lane}弄 ${house}号 `,
          ];
          expect(new Set(spellings.map((text) => normaliseAddress(text).key))).toEqual(new Set([plain]));
          expect(normaliseAddress(`${road}${lane}弄${house + 1}号`).key).not.toBe(plain);
        },
      ),
    );
  });
});
