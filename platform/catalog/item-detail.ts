import { Type, type Static } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import { port, type Services } from '#platform/kernel/app.ts';

const MaybeText = Type.Union([Type.String(), Type.Null()]);
export const TextSchema = Type.Object({ zh: Type.String(), en: Type.String() });

/** What is known of the data behind an item (数据来源与质量): never rows, never personal data. */
export const ItemDetailSchema = Type.Object({
  /** When the newest batch was loaded; null = nothing yet. */
  freshness: MaybeText,
  /** Rows in quarantine that nobody has corrected yet. */
  faults: Type.Integer(),
  rows: Type.Union([Type.Integer(), Type.Null()]),
  datasets: Type.Array(
    Type.Object({
      id: Type.String(),
      title: TextSchema,
      unit: Type.String(),
      badge: Type.String(),
      licence: MaybeText,
      attribution: MaybeText,
      sourceUrl: MaybeText,
      datum: MaybeText,
      mappingVersion: Type.Integer(),
    }),
  ),
  batches: Type.Array(
    Type.Object({
      id: Type.String(),
      dataset: Type.String(),
      unit: Type.String(),
      receivedAt: Type.String(),
      state: Type.String(),
      rowsRead: Type.Integer(),
      rowsLoaded: Type.Integer(),
      rowsFaulty: Type.Integer(),
      mappingVersion: Type.Integer(),
    }),
  ),
});
export type ItemDetail = Static<typeof ItemDetailSchema>;

/**
 * Says where the rows of a resource come from. It opens a transaction of its own, under the provider's own role, before
 * that of the request. Provided by `exchange`; without it an item shows its declaration only.
 */
export type ItemDetailSource = {
  describe(options: {
    services: Services;
    actor: Actor;
    resource: string;
    module: string;
  }): Promise<ItemDetail | undefined>;
};
export const itemDetail = port<ItemDetailSource>('catalog.itemDetail');
