import { Worker } from 'node:worker_threads';
import type { Cluster, spaceTimeScan } from '#platform/indicator/scan/space-time-scan.ts';

export type Scan = Parameters<typeof spaceTimeScan>[0];

/** Scans in a thread of their own (时空扫描): 999 repetitions take seconds, in which nobody else is to wait. Clusters in the order of the scans. */
export function runScans(scans: readonly Scan[]): Promise<Cluster[][]> {
  if (scans.length === 0) return Promise.resolve([]);
  return new Promise((done, fail) => {
    const worker = new Worker(new URL('./scan-worker.ts', import.meta.url), { workerData: scans });
    worker.once('message', (found: Cluster[][]) => {
      done(found);
      void worker.terminate();
    });
    worker.once('error', fail);
    worker.once('exit', (code) => fail(new Error(`the scan ended with ${code} and no answer`)));
  });
}
