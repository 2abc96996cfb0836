import { Worker } from 'node:worker_threads';
import type { Readable } from 'node:stream';
import { HEAD_BYTES, MEDIA, mediaTypeOf } from '../media-type.ts';
import { inspect, type Inspection } from './inspect.ts';

const TIMEOUT_MS = 30_000;
const MEMORY_MB = 768;
/** Contents that are in memory at the same time. */
const AT_ONCE = 2;

/** Types whose whole content has to be read; the others are told by their first bytes. */
const WHOLE: readonly (string | undefined)[] = [MEDIA.zip, MEDIA.pdf, MEDIA.ole];

let running = 0;
const waiting: (() => void)[] = [];

/**
 * Looks a content through (`inspect.ts`). Archives, PDF and office files are read in a thread with limits of time and memory; what does not
 * end within them counts as a bomb.
 */
export async function runInspection(options: { head: Buffer; read: () => Readable }): Promise<Inspection> {
  const { head, read } = options;
  if (!WHOLE.includes(mediaTypeOf(head.subarray(0, HEAD_BYTES)))) return inspect(head);
  if (running >= AT_ONCE) await new Promise<void>((go) => waiting.push(go));
  running += 1;
  try {
    const pieces: Buffer[] = [];
    for await (const piece of read()) pieces.push(piece as Buffer);
    return await inThread(new Uint8Array(Buffer.concat(pieces)));
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

function inThread(content: Uint8Array<ArrayBuffer>): Promise<Inspection> {
  return new Promise((done, fail) => {
    const worker = new Worker(new URL('./inspect-worker.ts', import.meta.url), {
      workerData: content,
      transferList: [content.buffer],
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
      stderr: true,
      stdout: true,
    });
    const timer = setTimeout(() => end({ fault: 'bomb' }), TIMEOUT_MS);
    const end = (found: Inspection): void => {
      clearTimeout(timer);
      done(found);
      void worker.terminate();
    };
    worker.once('message', end);
    worker.once('error', (error: Error & { code?: string }) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') return end({ fault: 'bomb' });
      clearTimeout(timer);
      fail(error);
    });
    worker.once('exit', () => end({ fault: 'damaged' }));
  });
}
