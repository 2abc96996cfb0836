import { describe, expect, it } from 'vitest';
import { ruleEn, ruleZh } from './rule-texts.ts';
import { type Logic, sayLogic, spanOf } from './rule-words.ts';

const words =
  (texts: object) =>
  (name: string, values: Record<string, string | number>): string => {
    const text = name.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], texts);
    return String(text).replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => String(values[key]));
  };
const rest = { hits: 2, of: 3, clearAfter: 3, damping: { times: 3, withinSeconds: 1_800, calmSeconds: 600 } };
const say = (condition: Logic['condition'], texts: object = ruleZh) => sayLogic({ ...rest, condition }, words(texts));

describe('a rule in sentences', () => {
  it('says when it raises, when it clears, and when it flaps', () => {
    expect(say({ kind: 'threshold', side: 'above', limit: 150, clearLimit: 135, holdSeconds: 90 })).toEqual([
      '高于 150 时不正常，回到 135 以下才算正常，须持续 90 秒',
      '最近 3 次里有 2 次不正常时发出，连续 3 次正常后解除',
      '30 分钟内发出 3 次算抖动，平静 10 分钟后恢复',
    ]);
    expect(say({ kind: 'rate', side: 'below', limit: -5, clearLimit: -2, overSeconds: 3_600 })[0]).toBe(
      '1 小时内变化低于 -5 时不正常，不低于 -2 才算正常',
    );
  });

  it('counts no samples where it is silence that raises', () => {
    expect(say({ kind: 'absence', afterSeconds: 7_200 })).toEqual([
      '2 小时没有收到消息时发出，收到即解除',
      '30 分钟内发出 3 次算抖动，平静 10 分钟后恢复',
    ]);
  });

  it('leaves no gap in either language, whatever the rule', () => {
    const conditions: Logic['condition'][] = [
      { kind: 'threshold', side: 'below', limit: 1, clearLimit: 2 },
      { kind: 'rate', side: 'above', limit: 1, clearLimit: 0, overSeconds: 61 },
      { kind: 'absence', afterSeconds: 1 },
      { kind: 'count', limit: 3, clearLimit: 1, windowSeconds: 60 },
    ];
    for (const condition of conditions)
      for (const texts of [ruleZh, ruleEn])
        for (const sentence of say(condition, texts)) expect(sentence).not.toMatch(/undefined|\{\{/);
  });

  it('tells a time by its largest whole unit', () => {
    expect([3_600, 5_400, 61].map(spanOf)).toEqual([
      { unit: 'hours', n: 1 },
      { unit: 'minutes', n: 90 },
      { unit: 'seconds', n: 61 },
    ]);
  });
});
