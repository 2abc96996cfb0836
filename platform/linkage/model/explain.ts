import type { Text } from '#platform/kernel/text.ts';
import type { Rule } from './space.ts';

/** What one attribute said about a pair. */
export type Reason = {
  readonly attribute: string;
  /** Level's id; undefined = not stated on a side. */
  readonly level: string | undefined;
  /** log2(m/u), 0 where nothing is stated. */
  readonly weight: number;
  /** False where a stronger agreement of the same group stands for it. */
  readonly counted: boolean;
  readonly text: Text;
};

/** How a score came about, field by field. */
export type Explanation = {
  readonly version: string;
  readonly prior: number;
  readonly weight: number;
  readonly probability: number;
  readonly reasons: readonly Reason[];
  readonly rule: Pick<Rule, 'id' | 'title' | 'effect'> | undefined;
};

/** How strongly a weight speaks, in plain words. One step is a factor of about eight. */
export function strengthOf(weight: number): Text {
  const much = Math.abs(weight);
  if (much < 0.5) return { zh: '几乎不说明问题', en: 'says next to nothing' };
  const grade =
    much < 3
      ? { zh: '略微', en: 'slightly' }
      : much < 7
        ? { zh: '明显', en: 'clearly' }
        : much < 13
          ? { zh: '有力', en: 'strongly' }
          : { zh: '极有力', en: 'very strongly' };
  return weight > 0
    ? { zh: `${grade.zh}支持同一主体`, en: `speaks ${grade.en} for one and the same` }
    : { zh: `${grade.zh}支持不同主体`, en: `speaks ${grade.en} for two different ones` };
}

/** The sentence of one field. */
export function sentenceOf(options: { title: Text; level: Text | undefined; weight: number; counted: boolean }): Text {
  const { title, level, weight, counted } = options;
  if (level === undefined)
    return { zh: `${title.zh}：一方未提供，不计`, en: `${title.en}: not stated on one side, does not count` };
  if (!counted)
    return {
      zh: `${title.zh}：${level.zh}，已由同组更强的一致代表，不重复计`,
      en: `${title.en}: ${level.en}; a stronger agreement of its group stands for it, so it is not counted again`,
    };
  const strength = strengthOf(weight);
  const shown = `${weight > 0 ? '+' : ''}${weight.toFixed(1)}`;
  return {
    zh: `${title.zh}：${level.zh}，${strength.zh}（${shown}）`,
    en: `${title.en}: ${level.en}, ${strength.en} (${shown})`,
  };
}
