import { ProblemError } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { CaseOffer, CaseOffers } from './case-offer.ts';
import { type PlanNode, planFault } from './case-plan.ts';
import { knownOf, prefillOf } from './form-prefill.ts';
import { openForm } from './form-view.ts';
import { termsOf } from './item-record.ts';

/** Offers what the item catalogue has published: terms, fields and materials of the situation, and what waits for what in a bundle. */
export const offerItems: CaseOffers = {
  offer: async ({ db, services, actor, items, bundle, situations }): Promise<CaseOffer | undefined> => {
    const opened = await openForm(db, items, situations).catch((error: unknown) => {
      if (error instanceof ProblemError && error.spec.status === 404) return undefined;
      throw error;
    });
    if (!opened) return undefined;
    const offered: CaseOffer['items'][number][] = [];
    for (const code of items) {
      const terms = await termsOf(db, code);
      const chosen = opened.chosen.get(code);
      const ids = new Set(chosen?.materials.map(({ id }) => id));
      offered.push({
        terms,
        fields: chosen?.fields ?? [],
        materials: terms.materials.filter(({ id }) => ids.has(id)),
      });
    }
    const joined = bundle === undefined ? undefined : await bundleOf({ db, bundle, items });
    if (bundle !== undefined && joined === undefined) return undefined;
    return {
      ...(joined && { bundle: { id: joined.id, title: joined.title } }),
      items: offered,
      after: joined?.after ?? {},
      known: async () => knownOf(await prefillOf({ services, actor, fields: opened.form.fields })),
    };
  },
};

type Joined = { id: string; title: { zh: string; en: string }; after: Record<string, string[]> };

/** The bundle with its dependencies among the items that are applied for. One that goes round in a circle is offered to nobody. */
async function bundleOf(options: {
  db: Parameters<CaseOffers['offer']>[0]['db'];
  bundle: string;
  items: readonly string[];
}): Promise<Joined | undefined> {
  const { db, bundle, items } = options;
  const row = await db.first<{ id: string; title: Joined['title'] }>(
    sql`select id, title from service.bundle where id = ${bundle} and version > 0`,
  );
  if (!row) return undefined;
  // What does not belong to it is applied for by itself.
  const own = new Set(
    (await db.rows<{ item: string }>(sql`select item from service.bundle_item where bundle = ${bundle}`)).map(
      ({ item }) => item,
    ),
  );
  if (items.some((item) => !own.has(item))) return undefined;
  const rows = await db.rows<{ item: string; before: string }>(sql`
    select item, before from service.bundle_after
    where bundle = ${bundle} and item = any(${[...items]}::text[]) and before = any(${[...items]}::text[]) order by item, before`);
  const nodes = items.map(
    (id): PlanNode => ({ id, after: rows.filter(({ item }) => item === id).map(({ before }) => before) }),
  );
  if (planFault(nodes)) return undefined;
  return { ...row, after: Object.fromEntries(nodes.map(({ id, after }) => [id, [...after]])) };
}
