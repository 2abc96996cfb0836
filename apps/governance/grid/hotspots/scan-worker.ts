import { parentPort, workerData } from 'node:worker_threads';
import { type Cluster, spaceTimeScan } from '#platform/indicator/scan/space-time-scan.ts';
import type { Scan } from './run-scans.ts';

const found: Cluster[][] = (workerData as Scan[]).map((scan) => spaceTimeScan(scan));
parentPort?.postMessage(found);
