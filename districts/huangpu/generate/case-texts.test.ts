import { describe, expect, it } from 'vitest';
import { type Classifier, classifyText } from '#platform/search/classify/classify-text.ts';
import { trainClassifier } from '#platform/search/classify/train-classifier.ts';
import { type CaseText, generateCaseTexts } from './case-texts.ts';
import { createRandom } from './random.ts';

const HELD_OUT = 2000;
const model = trainClassifier(generateCaseTexts({ count: 12_000, random: createRandom(310_101) })) as Classifier;
const heldOut = generateCaseTexts({ count: HELD_OUT, random: createRandom(7) }).map((of) => ({
  ...of,
  guesses: classifyText(model, of.text),
}));
type Judged = (typeof heldOut)[number];
const share = (of: readonly Judged[], holds: (one: Judged) => boolean) => of.filter(holds).length / of.length;

describe('reports in the words of people', () => {
  it('have their class among the first three in at least nine of ten cases', () => {
    expect(share(heldOut, ({ guesses, label }) => guesses.some((guess) => guess.label === label))).toBeGreaterThan(0.9);
  });

  it('are right as often as the confidence says', () => {
    const sure = heldOut.filter(({ guesses }) => (guesses[0]?.confidence ?? 0) >= 0.6);
    expect(sure.length / HELD_OUT).toBeGreaterThan(0.8);
    const meant = sure.reduce((sum, { guesses }) => sum + (guesses[0]?.confidence ?? 0), 0) / sure.length;
    expect(Math.abs(share(sure, ({ guesses, label }) => guesses[0]?.label === label) - meant)).toBeLessThan(0.05);
  });

  it('are the same for the same seed', () => {
    const again = (): CaseText[] => generateCaseTexts({ count: 20, random: createRandom(7) });
    expect(again()).toEqual(again());
  });
});
