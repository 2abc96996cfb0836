import { port, type Services } from '#platform/kernel/app.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { Node } from './document.ts';

/**
 * Datasets beside the catalogue's own items, e.g. what is opened with its files (`dcat:distribution`). It opens a transaction of its
 * own, under the provider's role.
 */
export type DatasetSource = {
  datasets(options: { services: Services; origin: string; units: ReadonlyMap<string, Text> }): Promise<Node[]>;
};
export const datasetSource = port<DatasetSource>('catalog.dcat-datasets');
