import type { Actor } from '#platform/kernel/actor.ts';
import { port, type Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { FormField } from './item-definition.ts';
import type { ItemMaterial, ItemTerms } from './item-terms.ts';

/** Answers to the guided questions, by item. */
export type Situations = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** One item as it can be applied for now, in the applicant's situation. */
export type OfferedItem = {
  terms: ItemTerms;
  fields: readonly FormField[];
  /** Materials that the situation asks for. */
  materials: readonly ItemMaterial[];
};

export type CaseOffer = {
  bundle?: { id: string; title: Text };
  items: readonly OfferedItem[];
  /** Which item waits for which, by code: from the bundle, never from the request. */
  after: Readonly<Record<string, readonly string[]>>;
  /** What the district knows of the applicant, by data element: an answer that says the same has its origin there. Opens transactions of its own. */
  known(): Promise<KnownValues>;
};
export type KnownValues = Readonly<
  Record<string, { value: unknown; resource: string; unit: string; state: 'verified' | 'disputed' }>
>;

/**
 * What can be applied for: asked by the submission, answered by the item catalogue and by whoever else offers items (an installation
 * with a city catalogue). Undefined where one of the items is not this source's, or is not offered.
 */
export type CaseOffers = {
  offer(options: {
    /** Read only. */
    db: Db;
    services: Services;
    actor: Actor;
    items: readonly string[];
    bundle: string | undefined;
    situations: Situations;
  }): Promise<CaseOffer | undefined>;
};
export const caseOffers = port<CaseOffers>('service.case-offers');

/** The first source that offers all of the items. */
export async function findOffer(options: Parameters<CaseOffers['offer']>[0]): Promise<CaseOffer | undefined> {
  for (const { value } of options.services.registry.provided(caseOffers)) {
    const found = await value.offer(options);
    if (found) return found;
  }
  return undefined;
}
