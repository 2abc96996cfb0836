import { classifyText, type Classifier } from '#platform/search/classify/classify-text.ts';
import {
  calibrationError,
  type Help,
  type Labelled,
  trainClassifier,
} from '#platform/search/classify/train-classifier.ts';

/** What was learnt, and how good it was on texts that it had not seen (留出检验). */
export type Learnt = {
  model: Classifier;
  texts: number;
  heldOut: number;
  classes: number;
  /** Share whose class came first, and among the first three. */
  top1: number;
  top3: number;
  /** By how much confidence and rightness differ on the texts held out (期望校准误差), 0 to 1. */
  calibration: number;
  byClass: readonly ClassScore[];
  confusions: readonly Confusion[];
};
/** Of the held-out texts of a class: how many there were, and how many came first or among the first three. */
export type ClassScore = { class: string; texts: number; top1: number; top3: number };
/** How often texts of one class were taken for another (混淆). `said` is empty where the model knew nothing of the text. */
export type Confusion = { right: string; said: string; texts: number };

/** Every so-manyth text is held out of the model that is judged. */
const HELD_OUT = 5;

type Judged = { top1: number; top3: number; byClass: ClassScore[]; confusions: Confusion[] };

/** Shares of texts whose class a model puts first and among the first three, by class too, and what it takes for what, the most frequent first. */
export function judge(model: Classifier, texts: readonly Labelled[]): Judged {
  const byClass = new Map<string, ClassScore>();
  const confusions = new Map<string, Confusion>();
  for (const { text, label } of texts) {
    const guesses = classifyText(model, text);
    const said = guesses[0]?.label ?? '';
    const score = byClass.get(label) ?? { class: label, texts: 0, top1: 0, top3: 0 };
    byClass.set(label, score);
    score.texts += 1;
    if (said === label) score.top1 += 1;
    if (guesses.some((guess) => guess.label === label)) score.top3 += 1;
    if (said === label) continue;
    const confusion = confusions.get(`${label} ${said}`) ?? { right: label, said, texts: 0 };
    confusions.set(`${label} ${said}`, confusion);
    confusion.texts += 1;
  }
  const scores = [...byClass.values()].sort((one, other) => (one.class < other.class ? -1 : 1));
  const share = (of: 'top1' | 'top3') => scores.reduce((sum, score) => sum + score[of], 0) / Math.max(1, texts.length);
  return {
    top1: share('top1'),
    top3: share('top3'),
    byClass: scores,
    confusions: [...confusions.values()].sort(
      (one, other) => other.texts - one.texts || (`${one.right} ${one.said}` < `${other.right} ${other.said}` ? -1 : 1),
    ),
  };
}

/**
 * Learns classes from texts (学习), judges on every fifth that the judged model has not seen, then learns from all of them. Undefined with fewer than two
 * classes or ten texts. Pairs of characters that fewer than three texts hold are forgotten, so that no name stays in the model. `help`: what is known of the classes
 * besides the texts.
 */
export function learn(texts: readonly Labelled[], help: Help = {}): Learnt | undefined {
  const heldOut = texts.filter((_, n) => n % HELD_OUT === HELD_OUT - 1);
  const judged = trainClassifier(
    texts.filter((_, n) => n % HELD_OUT !== HELD_OUT - 1),
    help,
  );
  const model = trainClassifier(texts, help);
  if (!judged || !model || heldOut.length < 2) return undefined;
  return {
    model,
    texts: texts.length,
    heldOut: heldOut.length,
    classes: new Set(texts.map(({ label }) => label)).size,
    calibration: calibrationError(judged, heldOut),
    ...judge(judged, heldOut),
  };
}

/**
 * Learns from texts and judges on others that no version is ever taught (检验案件), so that versions may be compared on them. Undefined with fewer than two classes or two
 * texts to judge on.
 */
export function learnAndJudge(options: {
  taught: readonly Labelled[];
  exam: readonly Labelled[];
  help: Help;
}): Learnt | undefined {
  const { taught, exam, help } = options;
  const model = trainClassifier(taught, help);
  if (!model || exam.length < 2) return undefined;
  return {
    model,
    texts: taught.length + exam.length,
    heldOut: exam.length,
    classes: new Set([...taught, ...exam].map(({ label }) => label)).size,
    calibration: calibrationError(model, exam),
    ...judge(model, exam),
  };
}

/** How the model in use did on the same texts as a new one (同题对比): where its class was among the first three. */
export type Compared = {
  version: number;
  top1: number;
  top3: number;
  calibration: number;
  /** Of the texts: right only with the new model, and only with the old. */
  gained: number;
  lost: number;
  /** Classes with another share than before, those that lose most first. */
  byClass: { class: string; texts: number; before: number; after: number }[];
};

/** Two models on the same texts. Pure. */
export function compareModels(options: {
  before: { version: number; model: Classifier };
  after: Classifier;
  exam: readonly Labelled[];
}): Compared {
  const { before, after, exam } = options;
  const knows = (model: Classifier) =>
    exam.map(({ text, label }) => classifyText(model, text).some((guess) => guess.label === label));
  const [old, now] = [knows(before.model), knows(after)];
  const { top1, top3, byClass } = judge(before.model, exam);
  const later = new Map(judge(after, exam).byClass.map((each) => [each.class, each.top3]));
  return {
    version: before.version,
    top1,
    top3,
    calibration: calibrationError(before.model, exam),
    gained: now.filter((known, at) => known && !old[at]).length,
    lost: now.filter((known, at) => !known && old[at]).length,
    byClass: byClass
      .map((each) => ({ class: each.class, texts: each.texts, before: each.top3, after: later.get(each.class) ?? 0 }))
      .filter((each) => each.before !== each.after)
      .sort(
        (one, other) => one.after - one.before - (other.after - other.before) || (one.class < other.class ? -1 : 1),
      ),
  };
}
