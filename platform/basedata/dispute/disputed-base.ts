import type { Actor } from '#platform/kernel/actor.ts';
import { port, type Services } from '#platform/kernel/app.ts';
import type { Level } from '#platform/kernel/resource.ts';
import type { Text } from '#platform/kernel/text.ts';

/** An attribute that may be disputed. */
export type DisputedAttribute = {
  name: string;
  title: Text;
  level: Level;
  /** Comes with the card in clear; otherwise departments other than the source see a mask. */
  open: boolean;
};

/** What one source says of the attribute. */
export type StatedValue = {
  unit: string;
  dataset: string;
  datasetTitle: Text;
  receivedAt: string;
  value: string;
  masked: string;
  /** This is the value that stands. */
  golden: boolean;
};

/** How an attribute of a subject stands at the moment. */
export type Standing = {
  /** By what name officials call the subject. */
  label: string;
  /** Unit of the source whose value stands, or the first in authority where none has said anything: whose task a dispute is. */
  unit: string;
  /** Claim whose value stands. */
  claim?: number;
  values: StatedValue[];
  /** A dispute about it is open (争议中). */
  disputed: boolean;
};

/**
 * What a base database offers so that its values can be disputed (异议): which attributes, how they stand, and what a claimed value
 * must look like. It follows the event `dispute.accepted` and makes the correction effective (`shared/corrections.ts`), `uses:
 * ['dispute']` and shows on its cards what is disputed.
 */
export type DisputedBase = {
  /** Module that provides it. */
  id: string;
  title: Text;
  subject: 'person' | 'entity';
  /** Card of a subject, `:subject` for its id. */
  card: string;
  attributes: readonly DisputedAttribute[];
  /** The canonical form of a claimed value, or what is wrong with it. */
  accept(options: {
    attribute: string;
    value: string;
    services: Services;
  }): { ok: true; value: string } | { ok: false; reason: Text };
  /** How an attribute stands; undefined where the caller sees no such subject. Opens a transaction of its own: for `prepare`. */
  stand(options: {
    services: Services;
    actor: Actor;
    subject: string;
    attribute: string;
    /** The subject is the caller. */
    own: boolean;
  }): Promise<Standing | undefined>;
};

/** Base databases whose values may be disputed, by the modules that hold them. */
export const disputedBase = port<DisputedBase>('dispute.base');

export function findBase(services: Services, id: string): DisputedBase | undefined {
  return services.registry.provided(disputedBase).find(({ value }) => value.id === id)?.value;
}
