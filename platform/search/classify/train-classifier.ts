import { classifyText, type Classifier, type Doubt, knownIn, scoresOf, shares } from './classify-text.ts';
import { featuresOf, soundsOf } from './features.ts';

/** A text of which somebody has said what it is (已办结案件的描述与分类). */
export type Labelled = { text: string; label: string };

/** What helps to learn besides the texts. */
export type Help = {
  /** What is known of the labels before any text (先验知识): names, criteria, other words for the same thing. Also a label without a text is learnt by it. */
  knowledge?: readonly Labelled[];
  /** How far the shares may be believed, where that was fitted on other texts (`fitDoubt`); otherwise it is fitted on every fifth of the texts. */
  doubt?: Doubt;
};

/** A feature that fewer texts hold is forgotten: a model must not keep the name of a person or of one house. */
const LEAST_TEXTS = 3;
/** Every fifth text is held back once to learn how far the shares may be believed. */
const HELD_BACK = 5;
/**
 * For how many texts one phrase of the knowledge counts. Chosen by cross-validation over families of words (`districts/huangpu/generate/word-families.ts`): 10, 20, 30.
 * It is a fixed number, so that knowledge speaks while there are few texts and fades as they become many.
 */
const KNOWLEDGE_COUNTS = 30;

/**
 * Learns what belongs to which class (multinomial naive Bayes on whether a feature occurs, Laplace smoothing, knowledge as counts before the first text), and how sure
 * it may be: naive Bayes counts words that come together as if each were news, so its shares are too near to 0 and 1, and some of the labels are
 * wrong. A temperature (Guo et al. 2017) and a share of errors are fitted on texts that it has not seen; the order of the classes stays.
 *
 * Same texts in the same order, same model. `undefined` if there are fewer than two classes.
 */
export function trainClassifier(texts: readonly Labelled[], help: Help = {}): Classifier | undefined {
  const { knowledge = [] } = help;
  const labels = [...new Set([...texts, ...knowledge].map(({ label }) => label))].sort();
  if (labels.length < 2) return undefined;
  const before = knowledge.map((each) => rowOf(each, KNOWLEDGE_COUNTS));
  const rows = texts.map((each) => rowOf(each, 1));
  const isAsked = (n: number) => n % HELD_BACK === HELD_BACK - 1;
  const doubt =
    help.doubt ??
    doubtOf(
      count([...before, ...rows.filter((_, n) => !isAsked(n))], labels),
      texts.filter((_, n) => isAsked(n)),
    );
  return { ...count([...before, ...rows], labels), ...doubt };
}

/**
 * How far a model may be believed on texts in words that it has not seen: fitted on `asked`, of a model that was taught `taught`. For texts that say everything in few
 * words, as generated ones do, so that those held back are too like those taught. Undefined with fewer than two classes.
 */
export function fitDoubt(options: {
  taught: readonly Labelled[];
  asked: readonly Labelled[];
  knowledge: readonly Labelled[];
}): Doubt | undefined {
  const { taught, asked, knowledge } = options;
  const model = trainClassifier(taught, { knowledge, doubt: { temperature: 1, error: 0 } });
  return model && doubtOf(model, asked);
}

type Row = { features: readonly string[]; label: string; counts: number };

function rowOf({ text, label }: Labelled, counts: number): Row {
  const sounds = new Set(soundsOf(text).map(({ sound }) => sound));
  return { features: [...featuresOf(text), ...sounds], label, counts };
}

function count(rows: readonly Row[], labels: readonly string[]): Classifier {
  const documents = labels.map(() => 0);
  const totals = labels.map(() => 0);
  const places = new Map(labels.map((label, at) => [label, at]));
  const all = new Map<string, Map<number, number>>();
  for (const { features, label: name, counts: texts } of rows) {
    const label = places.get(name) ?? 0;
    documents[label] = (documents[label] ?? 0) + texts;
    for (const feature of features) {
      const counts = all.get(feature) ?? new Map<number, number>();
      counts.set(label, (counts.get(label) ?? 0) + texts);
      all.set(feature, counts);
    }
  }
  const features: Record<string, [number, number][]> = Object.create(null);
  for (const [feature, counts] of [...all].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const held = [...counts].sort(([a], [b]) => a - b);
    if (held.reduce((sum, [, texts]) => sum + texts, 0) < LEAST_TEXTS) continue;
    features[feature] = held;
    for (const [label, texts] of held) totals[label] = (totals[label] ?? 0) + texts;
  }
  return { labels: [...labels], documents, totals, features, temperature: 1, error: 0 };
}

/** What is the least surprised by the texts: temperature and error are sought in turn; as learnt if there are too few texts to say. */
function doubtOf(model: Classifier, texts: readonly Labelled[]): Doubt {
  let doubt: Doubt = { temperature: 1, error: 0 };
  if (texts.length < 20) return doubt;
  const scores = texts.map(({ text, label }) => ({
    of: scoresOf(model, knownIn(model, text)),
    label: model.labels.indexOf(label),
  }));
  const surprise = (tried: Doubt) =>
    scores.reduce((sum, { of, label }) => sum - Math.log(Math.max(shares(of, tried)[label] ?? 0, 1e-12)), 0);
  for (let round = 0; round < 4; round++) {
    const { error } = doubt;
    const temperature = least((tried) => surprise({ temperature: tried, error }), [0.2, 50]);
    doubt = { temperature, error: least((tried) => surprise({ temperature, error: tried }), [0, 0.9]) };
  }
  return doubt;
}

/** Where a function with one valley is lowest (golden section). */
function least(of: (at: number) => number, [from, to]: readonly [number, number]): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  while (high - low > (to - from) / 2000) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)];
    if (of(left) < of(right)) high = right;
    else low = left;
  }
  return (low + high) / 2;
}

/** How well shares and rightness agree (期望校准误差, ECE; Naeini et al. 2015): ten equal bands of confidence, mean distance of confidence and share right, weighed by texts. */
export function calibrationError(model: Classifier, texts: readonly Labelled[]): number {
  const bands = Array.from({ length: 10 }, () => ({ texts: 0, confidence: 0, right: 0 }));
  for (const { text, label } of texts) {
    const [first] = classifyText(model, text, 1);
    const band = bands[Math.min(9, Math.floor((first?.confidence ?? 0) * 10))];
    if (!band) continue;
    band.texts += 1;
    band.confidence += first?.confidence ?? 0;
    if (first?.label === label) band.right += 1;
  }
  return (
    bands.reduce((sum, { confidence, right }) => sum + Math.abs(confidence - right), 0) / Math.max(1, texts.length)
  );
}
