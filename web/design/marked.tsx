import { Fragment } from 'react';

/** A text in which the words that were looked for are marked, the longest first; upper and lower case are the same. */
export function Marked({ text, words }: { text: string; words: readonly string[] }) {
  const wanted = words.filter((word) => word.length > 0).toSorted((a, b) => b.length - a.length);
  if (wanted.length === 0) return text;
  const pattern = new RegExp(
    `(${wanted.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`,
    'gi',
  );
  return text
    .split(pattern)
    .map((part, i) =>
      i % 2 === 1 ? <mark key={`${i} ${part}`}>{part}</mark> : <Fragment key={`${i} ${part}`}>{part}</Fragment>,
    );
}
