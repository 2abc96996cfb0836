import type { Services } from '#platform/kernel/app.ts';
import { measureAll } from '#platform/catalog/quality/measure.ts';

/** What the catalogue of the sample district knows of itself: the quality of what was loaded. */
export async function loadCare(services: Services): Promise<void> {
  await measureAll(services);
}
