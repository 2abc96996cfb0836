import type { Actor } from '#platform/kernel/actor.ts';
import { port, type Services } from '#platform/kernel/app.ts';

/** A cluster of cases (案件聚集): more of one class in a circle and some days than chance gives. Days are those of Shanghai. */
export type CaseCluster = {
  id: string;
  /** Class of the cases, e.g. `E0402`. */
  class: string;
  street: string;
  lon: number;
  lat: number;
  radiusM: number;
  fromDay: string;
  toDay: string;
  observed: number;
  expected: number;
  /** Significance of the scan, 0 to 1. */
  p: number;
  /** Last day that was looked at: a cluster that reaches it is still rising. */
  scannedTo: string;
  replications: number;
  /** Numbers of its cases. */
  cases: readonly string[];
  sample: boolean;
};
/** Where clusters are found (聚集来源). It opens its own transactions and answers by the rights of the actor. `heard`: when it last looked, anywhere. */
export type ClusterSource = {
  read(context: { services: Services; actor: Actor }): Promise<{ heard: Date | null; clusters: CaseCluster[] }>;
};
export const clusterSource = port<ClusterSource>('incident.cluster-source');
