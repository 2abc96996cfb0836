import { classifyText, type Classifier } from '#platform/search/classify/classify-text.ts';
import { type Labelled, trainClassifier } from '#platform/search/classify/train-classifier.ts';

/** What was learnt, and how good it was on texts that it had not seen (留出检验). */
export type Learnt = {
  model: Classifier;
  texts: number;
  heldOut: number;
  classes: number;
  /** Share whose class came first, and among the first three. */
  top1: number;
  top3: number;
};

/** Every so-manyth text is held out of the model that is judged. */
const HELD_OUT = 5;

/** Shares of texts whose class a model puts first, and among the first three. */
export function judge(model: Classifier, texts: readonly Labelled[]): { top1: number; top3: number } {
  let [first, among] = [0, 0];
  for (const { text, label } of texts) {
    const guesses = classifyText(model, text);
    if (guesses[0]?.label === label) first += 1;
    if (guesses.some((guess) => guess.label === label)) among += 1;
  }
  return { top1: first / Math.max(1, texts.length), top3: among / Math.max(1, texts.length) };
}

/**
 * Learns classes from texts (学习), judges on every fifth that the judged model has not seen, then learns from all of them. Undefined with fewer than two
 * classes or ten texts. Pairs of characters that fewer than three texts hold are forgotten, so that no name stays in the model.
 */
export function learn(texts: readonly Labelled[]): Learnt | undefined {
  const heldOut = texts.filter((_, n) => n % HELD_OUT === HELD_OUT - 1);
  const judged = trainClassifier(texts.filter((_, n) => n % HELD_OUT !== HELD_OUT - 1));
  const model = trainClassifier(texts);
  if (!judged || !model || heldOut.length < 2) return undefined;
  return {
    model,
    texts: texts.length,
    heldOut: heldOut.length,
    classes: model.labels.length,
    ...judge(judged, heldOut),
  };
}
