import { describe, expect, it } from 'vitest';
import { sequence } from '#platform/kernel/random.ts';
import { classifyText, type Classifier } from './classify-text.ts';
import { featuresOf, soundsOf } from './features.ts';
import { calibrationError, fitDoubt, type Labelled, trainClassifier } from './train-classifier.ts';

/** Words that belong to a class, and words that people use for anything. */
const WORDS: Record<string, string[]> = {
  井盖缺失: ['井盖', '不见了', '窨井', '没有盖子', '露着口', '会摔下去'],
  路灯不亮: ['路灯', '不亮', '晚上很黑', '灯坏了', '一闪一闪', '看不见路'],
  乱倒垃圾: ['垃圾', '堆着', '发臭', '没人清运', '乱倒', '建筑垃圾'],
  占道经营: ['摆摊', '占道', '人行道', '走不过去', '烧烤摊', '流动摊贩'],
};
const ANY = ['门口', '路边', '小区旁', '请尽快', '处理一下', '已经好几天', '麻烦', '弄堂口', '看不见路', '没人清运'];

/** Reports of a seed; `noise` of them bear the label of another class, as clerks err. */
function reports(options: { count: number; seed: number; noise: number }): Labelled[] {
  const random = sequence(options.seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const labels = Object.keys(WORDS);
  return Array.from({ length: options.count }, () => {
    const of = pick(labels);
    const own = Array.from({ length: 1 + Math.floor(random() * 2) }, () => pick(WORDS[of] ?? []));
    const text = [pick(ANY), ...own, pick(ANY)].join('');
    return { text, label: random() < options.noise ? pick(labels) : of };
  });
}

describe('features of a text', () => {
  it('are Chinese characters and pairs of them, each once; numbers are no more than numbers', () => {
    expect(featuresOf('井盖井盖坏了')).toEqual(['井', '盖', '坏', '了', '井盖', '盖井', '盖坏', '坏了']);
    expect(featuresOf('A座301室')).toEqual(['a', '座', '#', '室']);
    expect(featuresOf('Ａ座３０１室')).toEqual(featuresOf('a座301室'));
    expect(featuresOf('13800138000 138')).toEqual(['#']);
    expect(featuresOf('')).toEqual([]);
  });

  it('sound alike however they are written', () => {
    const sounds = (text: string) => soundsOf(text).map(({ sound }) => sound);
    expect(sounds('井盖')).toEqual(['~jing gai']);
    expect(sounds('井蓋')).toEqual(sounds('景盖'));
    expect(soundsOf('A1')).toEqual([]);
  });
});

describe('a classifier', () => {
  const model = trainClassifier(reports({ count: 2000, seed: 1, noise: 0.1 })) as Classifier;

  it('names the class of texts that it has not seen', () => {
    const texts = reports({ count: 500, seed: 2, noise: 0 });
    const right = texts.filter(({ text, label }) => classifyText(model, text)[0]?.label === label);
    expect(right.length / texts.length).toBeGreaterThan(0.95);
  });

  it('is as sure as it is right: of the texts at a confidence, about that share is right', () => {
    const texts = reports({ count: 4000, seed: 3, noise: 0.3 });
    const taught = trainClassifier(reports({ count: 4000, seed: 4, noise: 0.3 })) as Classifier;
    const guesses = texts.map(({ text, label }) => {
      const [first] = classifyText(taught, text);
      return { confidence: first?.confidence ?? 0, right: first?.label === label };
    });
    const meanConfidence = guesses.reduce((sum, { confidence }) => sum + confidence, 0) / guesses.length;
    const accuracy = guesses.filter(({ right }) => right).length / guesses.length;
    expect(Math.abs(meanConfidence - accuracy)).toBeLessThan(0.05);
  });

  it('forgets what fewer than three texts hold: no name stays in it', () => {
    const taught = trainClassifier([
      ...reports({ count: 200, seed: 5, noise: 0 }),
      { text: '欧阳锋家门口路灯不亮', label: '路灯不亮' },
      { text: '欧阳锋又报路灯不亮', label: '路灯不亮' },
    ]) as Classifier;
    expect(JSON.stringify(taught)).not.toContain('欧阳');
  });

  it('says nothing of a text in which it knows nothing', () => {
    expect(classifyText(model, '祝您新年快乐')).toEqual([]);
    expect(classifyText(model, '')).toEqual([]);
    expect(classifyText(model, 'constructor __proto__')).toEqual([]);
  });

  it('is the same after it was kept as JSON, and when taught again', () => {
    const again = trainClassifier(reports({ count: 2000, seed: 1, noise: 0.1 }));
    expect(again).toEqual(model);
    const kept = JSON.parse(JSON.stringify(model)) as Classifier;
    const text = '路边窨井没有盖子';
    expect(classifyText(kept, text)).toEqual(classifyText(model, text));
  });

  it('is asked by sound where the characters are unknown to it: misheard, mistyped, traditional', () => {
    for (const text of ['炉灯', '路燈']) expect(classifyText(model, text)[0]?.label, text).toBe('路灯不亮');
  });

  it('knows a class before any text of it, by what is known of the class, and believes texts more as they become many', () => {
    const knowledge = [
      { text: '道路积水', label: '道路积水' },
      { text: '水淹', label: '道路积水' },
      { text: '垃圾', label: '乱倒垃圾' },
    ];
    const taught = trainClassifier(reports({ count: 400, seed: 6, noise: 0 }), { knowledge }) as Classifier;
    expect(taught.labels).toContain('道路积水');
    expect(classifyText(taught, '马路上水淹了')[0]?.label).toBe('道路积水');
    const many = Array.from({ length: 400 }, () => ({ text: '水淹', label: '路灯不亮' }));
    const other = trainClassifier([...reports({ count: 400, seed: 6, noise: 0 }), ...many], {
      knowledge,
    }) as Classifier;
    expect(classifyText(other, '水淹')[0]?.label).toBe('路灯不亮');
  });

  it('doubts itself as far as texts in other words show', () => {
    const taught = reports({ count: 400, seed: 7, noise: 0 });
    const asked = reports({ count: 200, seed: 8, noise: 0.5 });
    const doubt = fitDoubt({ taught, asked, knowledge: [] });
    const doubting = trainClassifier(taught, doubt && { doubt }) as Classifier;
    expect(doubting).toMatchObject({ ...doubt });
    const sure = trainClassifier(taught) as Classifier;
    expect(calibrationError(doubting, asked)).toBeLessThan(calibrationError(sure, asked));
    expect(fitDoubt({ taught: [], asked, knowledge: [] })).toBeUndefined();
  });

  it('needs two classes', () => {
    expect(trainClassifier([{ text: '井盖', label: '井盖缺失' }])).toBeUndefined();
  });
});
