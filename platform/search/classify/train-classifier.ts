import { featuresOf } from './features.ts';
import { scoresOf, shares, type Classifier, type Doubt } from './classify-text.ts';

/** A text of which somebody has said what it is (已办结案件的描述与分类). */
export type Labelled = { text: string; label: string };

/** A pair of characters that fewer texts hold is forgotten: a model must not keep the name of a person or of one house. */
const LEAST_TEXTS = 3;
/** Every fifth text is held back once to learn how far the shares may be believed. */
const HELD_BACK = 5;

/**
 * Learns what belongs to which class (multinomial naive Bayes on whether a feature occurs, Laplace smoothing), and how sure it may be:
 * naive Bayes counts words that come together as if each were news, so its shares are too near to 0 and 1, and some of the labels are
 * wrong. A temperature (Guo et al. 2017) and a share of errors are fitted on texts that it has not seen; the order of the classes stays.
 *
 * Same texts in the same order, same model. `undefined` if there are fewer than two classes.
 */
export function trainClassifier(texts: readonly Labelled[]): Classifier | undefined {
  const labels = [...new Set(texts.map(({ label }) => label))].sort();
  if (labels.length < 2) return undefined;
  const rows = texts.map(({ text, label }) => ({ features: featuresOf(text), label: labels.indexOf(label) }));
  const seen = rows.filter((_, n) => n % HELD_BACK !== HELD_BACK - 1);
  const heldBack = rows.filter((_, n) => n % HELD_BACK === HELD_BACK - 1);
  return { ...count(rows, labels), ...doubtOf(count(seen, labels), heldBack) };
}

type Row = { features: readonly string[]; label: number };

function count(rows: readonly Row[], labels: readonly string[]): Classifier {
  const documents = labels.map(() => 0);
  const totals = labels.map(() => 0);
  const all = new Map<string, Map<number, number>>();
  for (const { features, label } of rows) {
    documents[label] = (documents[label] ?? 0) + 1;
    for (const feature of features) {
      const counts = all.get(feature) ?? new Map<number, number>();
      counts.set(label, (counts.get(label) ?? 0) + 1);
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
function doubtOf(model: Classifier, rows: readonly Row[]): Doubt {
  let doubt: Doubt = { temperature: 1, error: 0 };
  if (rows.length < 20) return doubt;
  const scores = rows.map((row) => ({ of: scoresOf(model, row.features), label: row.label }));
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
