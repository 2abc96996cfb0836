import { useLocation } from 'react-router';
import type { Reply } from '#web/client/reply.ts';

export type Found = Reply<'/api/service/items'>;
export type Guide = Reply<'/api/service/items/{code}'>;
export type Bundle = Reply<'/api/service/bundles/{id}'>;
export type Form = Reply<'/api/service/forms/open', 'post'>;
export type Prefill = Reply<'/api/service/prefill'>;
/** Own certificates that stand in for papers, by type. */
export type Offer = Reply<'/api/service/own-certificates/offers', 'post'>['offers'][number];
export type Field = Form['fields'][number];
export type Material = Form['materials'][number];
export type Origin = Prefill['origins'][number];
export type Answer = string | number | boolean;
export type Answers = Record<string, Answer>;
/** Answers to guided questions, by item. */
export type Situations = Record<string, Record<string, string>>;

/** Entrance that the page stands in: its links stay there. */
export function useBase(): '/citizen' | '/business' {
  return useLocation().pathname.startsWith('/business') ? '/business' : '/citizen';
}

/** Address of the form of some items, with what was answered already. */
export function applyPath(options: {
  base: string;
  items: readonly string[];
  bundle?: string;
  situations?: Situations;
}): string {
  const { base, items, bundle, situations = {} } = options;
  const search = new URLSearchParams({ items: items.join(',') });
  if (bundle) search.set('bundle', bundle);
  if (Object.keys(situations).length > 0) search.set('situations', JSON.stringify(situations));
  return `${base}/apply?${search}`;
}

/** Answers to guided questions out of an address; what somebody has spoilt by hand counts as none. */
export function situationsOf(text: string | null): Situations {
  try {
    const found: unknown = JSON.parse(text ?? '{}');
    const plain = (value: unknown): value is Record<string, unknown> =>
      typeof value === 'object' && value !== null && !Array.isArray(value);
    if (!plain(found)) return {};
    return Object.fromEntries(
      Object.entries(found).flatMap(([item, answers]) =>
        plain(answers) && Object.values(answers).every((answer) => typeof answer === 'string')
          ? [[item, answers as Record<string, string>]]
          : [],
      ),
    );
  } catch {
    return {};
  }
}
