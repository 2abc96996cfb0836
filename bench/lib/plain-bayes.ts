import type { Labelled } from '#platform/search/classify/train-classifier.ts';

/**
 * The plainest way to tell a class from words, as a reference: multinomial naive Bayes on pairs of characters, each counted once a text, Laplace smoothing, nothing known
 * before. Gives shares by label.
 */
export function plainBayes(texts: readonly Labelled[]): (text: string) => { label: string; confidence: number }[] {
  const counts = new Map<string, Map<string, number>>();
  const totals = new Map<string, { texts: number; pairs: number }>();
  for (const { text, label } of texts) {
    const total = totals.get(label) ?? { texts: 0, pairs: 0 };
    totals.set(label, total);
    total.texts += 1;
    for (const pair of pairsOf(text)) {
      const held = counts.get(pair) ?? new Map<string, number>();
      counts.set(pair, held.set(label, (held.get(label) ?? 0) + 1));
      total.pairs += 1;
    }
  }
  return (text) => {
    const known = pairsOf(text).filter((pair) => counts.has(pair));
    const scores = [...totals].map(([label, { texts: own, pairs }]) => ({
      label,
      score: known.reduce(
        (sum, pair) => sum + Math.log((counts.get(pair)?.get(label) ?? 0) + 1) - Math.log(pairs + counts.size),
        Math.log(own / texts.length),
      ),
    }));
    const highest = Math.max(...scores.map(({ score }) => score));
    const sum = scores.reduce((all, { score }) => all + Math.exp(score - highest), 0);
    return scores
      .map(({ label, score }) => ({ label, confidence: Math.exp(score - highest) / sum }))
      .sort((a, b) => b.confidence - a.confidence);
  };
}

function pairsOf(text: string): string[] {
  const runs = text.match(/\p{Script=Han}+/gu) ?? [];
  return [...new Set(runs.flatMap((run) => [...run].slice(1).map((character, at) => `${[...run][at]}${character}`)))];
}
