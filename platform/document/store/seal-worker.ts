/** The thread that hashes, encrypts and writes what came in, so that the one that answers need not wait for the disk. */
import { parentPort } from 'node:worker_threads';
import { sealContents, type Sealed, type ToSeal } from './seal-contents.ts';

export type Ask = { n: number; contents: ToSeal[] };
export type Answer = { n: number; sealed: Sealed[] } | { n: number; error: Error };

parentPort?.on('message', ({ n, contents }: Ask) => {
  try {
    answer({ n, sealed: sealContents(contents) });
  } catch (error) {
    answer({ n, error: error as Error });
  }
});

const answer = (said: Answer): void => parentPort?.postMessage(said);
