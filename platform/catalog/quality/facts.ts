import { systemActor } from '#platform/kernel/actor.ts';
import { port, type Services } from '#platform/kernel/app.ts';
import type { Text } from '#platform/kernel/text.ts';
import { itemDetail } from '../item-detail.ts';

/** Something about a resource that only its own module can count: sources that contradict each other, disputes that are open. */
export type OwnFact = { resource: string; id: string; what: Text; checked: number; failed: number };

/**
 * What a base database knows of the consistency of its own resources (一致性). It opens a transaction of its own, under its own role.
 * Counts only.
 */
export type QualityFacts = { count(options: { services: Services }): Promise<OwnFact[]> };
export const qualityFacts = port<QualityFacts>('catalog.qualityFacts');

/** What lies outside a resource's table: its newest batch, and what its module knows. */
export type Facts = { freshAt: string | null; own: OwnFact[] };

/** Asks all who know something, before the transaction in which it is counted: an embedded database has one session. */
export async function gatherFacts(services: Services, resources: readonly string[]): Promise<Map<string, Facts>> {
  const own: OwnFact[] = [];
  for (const { value } of services.registry.provided(qualityFacts)) own.push(...(await value.count({ services })));
  const actor = systemActor({ name: 'quality' });
  const facts = new Map<string, Facts>();
  for (const resource of resources) {
    const module = services.registry.resource(resource)?.module.id;
    let freshAt: string | null = null;
    if (module !== undefined)
      for (const { value } of services.registry.provided(itemDetail))
        freshAt ??= (await value.describe({ services, actor, resource, module }))?.freshness ?? null;
    facts.set(resource, { freshAt, own: own.filter((fact) => fact.resource === resource) });
  }
  return facts;
}
