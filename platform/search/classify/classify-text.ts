import { featuresOf, soundsOf } from './features.ts';

/** What was learnt; plain data that is kept as JSON. */
export type Classifier = Doubt & {
  labels: string[];
  /** Texts by label; of what was known before, as many as it counts for. */
  documents: number[];
  /** Occurrences of features by label. */
  totals: number[];
  /** By feature: label and in how many of its texts. */
  features: Record<string, [label: number, texts: number][]>;
};

/** How far the scores may be believed. */
export type Doubt = {
  /** By how much they are too sure. */
  temperature: number;
  /** Share of the texts that bear any label, whatever they say. */
  error: number;
};

/** A class that a text may belong to, and how sure that is (置信度): of a hundred texts with 0.8, about eighty belong to the class. */
export type Guess = { label: string; confidence: number };

/**
 * The likeliest classes of a text, the likeliest first. Empty if nothing in the text was ever seen: what is likely without reading is
 * not an answer. Whether a guess is good enough to act on is for the caller's rule.
 */
export function classifyText(model: Classifier, text: string, most = 3): Guess[] {
  const known = knownIn(model, text);
  // A character alone stands in words of every kind: it helps to tell, but is not yet something known.
  if (!known.some((feature) => feature.length > 1)) return [];
  return shares(scoresOf(model, known), model)
    .map((confidence, label) => ({ label: model.labels[label] ?? '', confidence }))
    .sort((a, b) => b.confidence - a.confidence || (a.label < b.label ? -1 : 1))
    .slice(0, most);
}

/** What of a text the model knows: characters and pairs as they are written, and of a pair that it has never seen, its sound. */
export function knownIn(model: Pick<Classifier, 'features'>, text: string): string[] {
  const has = (feature: string) => Object.hasOwn(model.features, feature);
  const sounds = soundsOf(text).flatMap(({ pair, sound }) => (!has(pair) && has(sound) ? [sound] : []));
  return [...new Set([...featuresOf(text).filter(has), ...sounds])];
}

/** ln of prior and likelihood, by label. */
export function scoresOf(model: Classifier, features: readonly string[]): number[] {
  const { labels, documents, totals } = model;
  const all = documents.reduce((sum, texts) => sum + texts, 0);
  const size = sizeOf(model);
  const scores = labels.map((_, label) => Math.log(((documents[label] ?? 0) + 1) / (all + labels.length)));
  const smoothed = totals.map((total) => Math.log(total + size));
  for (const feature of features) {
    const held = Object.hasOwn(model.features, feature) ? model.features[feature] : undefined;
    if (!held) continue;
    for (let label = 0; label < scores.length; label++) scores[label] = (scores[label] ?? 0) - (smoothed[label] ?? 0);
    // ln(0 + 1) for the labels that have never had it.
    for (const [label, texts] of held) scores[label] = (scores[label] ?? 0) + Math.log(texts + 1);
  }
  return scores;
}

/** Shares that sum to 1. */
export function shares(scores: readonly number[], { temperature, error }: Doubt): number[] {
  const highest = Math.max(...scores);
  const raised = scores.map((score) => Math.exp((score - highest) / temperature));
  const sum = raised.reduce((all, share) => all + share, 0);
  return raised.map((share) => ((1 - error) * share) / sum + error / scores.length);
}

/** Number of features, counted once for a model. */
const sizes = new WeakMap<Classifier, number>();
function sizeOf(model: Classifier): number {
  const held = sizes.get(model);
  if (held !== undefined) return held;
  const size = Object.keys(model.features).length;
  sizes.set(model, size);
  return size;
}
