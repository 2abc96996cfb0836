/** The thread in which the guard reads what strangers send: when it hangs or grows, it is ended, and nothing else notices. */
import { parentPort, workerData } from 'node:worker_threads';
import { inspect } from './inspect.ts';

const found = await inspect(Buffer.from(workerData as Uint8Array));
parentPort?.postMessage(found);
