import type { Services } from '#platform/kernel/app.ts';
import { isPersonal } from '#platform/kernel/resource.ts';

/** Whether an item of the catalogue has fields of L3 or L4. */
export const isPersonalItem = (services: Services, item: string): boolean =>
  Object.values(services.registry.resource(item)?.resource.fields ?? {}).some(({ level }) => isPersonal(level));
