import { describe, expect, it } from 'vitest';
import { link } from '../engine/link.ts';
import { readTable } from '../engine/table.ts';
import { train } from '../engine/train.ts';
import type { Stated } from '../model/space.ts';
import { firmSpace } from './firm.ts';

const FIRST = [...'申沪浦江海瑞思南复兴恒泰永裕祥和德盛华新'];
const SECOND = [...'源昌隆茂丰润泽康宁安顺利成美佳悦尚品格致'];
const TRADES = ['餐饮', '贸易', '咨询', '文化传播', '信息科技'];
const PEOPLE = [...'张王李赵钱孙周吴郑陈'];

/** The n-th firm as three departments write it: market supervision, tax with another legal wording, commerce without a code. */
function firm(n: number): [Stated, Stated, Stated] {
  const trade = `${FIRST[n % 20]}${SECOND[(n * 7) % 20]}${SECOND[(n * 3 + 1) % 20]}`;
  const stated = {
    code: `code-${n}`,
    name: `上海${trade}${TRADES[n % 5]}有限公司`,
    address: `淮海中路${1 + (n % 900)}号${101 + n}室`,
    phone: `021-6${String(1_000_003 + n * 7919).slice(0, 7)}`,
    representative: `${PEOPLE[n % 10]}${SECOND[(n * 11) % 20]}${FIRST[(n * 13) % 20]}`,
  };
  return [
    stated,
    { ...stated, name: `上海市${trade}${TRADES[n % 5]}有限责任公司`, phone: '' },
    { ...stated, code: undefined, name: `${trade}（上海）${TRADES[n % 5]}有限公司`, phone: '' },
  ];
}

describe('firms', () => {
  const claims = Array.from({ length: 200 }, (_, n) => firm(n)).flat();
  const parameters = train(readTable(firmSpace, claims), { randomPairs: 50_000 });
  const clustersWith = (more: readonly Stated[]): number[] => {
    const { clusters } = link(readTable(firmSpace, [...claims, ...more]), parameters);
    return [...clusters.of];
  };

  it('one firm under several wordings of its name is one, with or without its code', () => {
    const of = clustersWith([]);
    const whole = claims.filter((_, i) => i % 3 === 1 && of[i] === of[i - 1]).length;
    expect(whole).toBe(200);
    // No two firms were made one.
    for (let i = 0; i < of.length; i += 1) expect(Math.floor((of[i] as number) / 3)).toBe(Math.floor(i / 3));
  });

  it('a branch is not its head, and two codes are two firms, whatever else agrees', () => {
    const [head] = firm(0);
    const at = claims.length;
    const of = clustersWith([
      { ...head, code: undefined, name: `${head.name}淮海路分公司` },
      { ...head, code: 'another' },
    ]);
    expect(of[at]).toBe(at);
    expect(of[at + 1]).toBe(at + 1);
  });
});
