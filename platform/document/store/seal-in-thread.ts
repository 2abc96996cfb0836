import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Services } from '#platform/kernel/app.ts';
import type { Sealed, ToSeal } from './seal-contents.ts';
import type { Answer, Ask } from './seal-worker.ts';

/** More would only wait for the same cores. */
const MOST_THREADS = 2;
/** A thread without work for so long is ended. */
const IDLE_MS = 10_000;

type Waiting = { done(sealed: Sealed[]): void; fail(error: Error): void };
type Thread = { worker: Worker; waiting: Map<number, Waiting>; idle: NodeJS.Timeout | undefined };
const threadsOf = new WeakMap<Services, Set<Thread>>();
let asked = 0;

/**
 * `sealContents` in a thread of this installation, the least busy one. `moved` are memories that the pieces lie in and nobody needs here any more: they go over without being copied.
 */
export function sealInThread(
  services: Services,
  options: { contents: ToSeal[]; moved?: ArrayBuffer[] },
): Promise<Sealed[]> {
  const threads = threadsOf.get(services) ?? new Set();
  threadsOf.set(services, threads);
  const thread = leastBusy(threads);
  clearTimeout(thread.idle);
  thread.worker.ref();
  asked += 1;
  const ask: Ask = { n: asked, contents: options.contents };
  return new Promise((done, fail) => {
    thread.waiting.set(ask.n, { done, fail });
    thread.worker.postMessage(ask, options.moved ?? []);
  });
}

function leastBusy(threads: Set<Thread>): Thread {
  const [least] = [...threads].sort((a, b) => a.waiting.size - b.waiting.size);
  if (least && (least.waiting.size === 0 || threads.size >= Math.min(MOST_THREADS, availableParallelism())))
    return least;
  return begin(threads);
}

function begin(threads: Set<Thread>): Thread {
  const worker = new Worker(new URL('./seal-worker.ts', import.meta.url));
  const thread: Thread = { worker, waiting: new Map(), idle: undefined };
  threads.add(thread);
  worker.on('message', (answer: Answer) => {
    const waiting = thread.waiting.get(answer.n);
    thread.waiting.delete(answer.n);
    if (thread.waiting.size === 0) rest(threads, thread);
    if ('error' in answer) waiting?.fail(answer.error);
    else waiting?.done(answer.sealed);
  });
  const gone = (error: Error): void => {
    threads.delete(thread);
    clearTimeout(thread.idle);
    for (const { fail } of thread.waiting.values()) fail(error);
    thread.waiting.clear();
  };
  worker.on('error', gone);
  worker.on('exit', (code) => gone(new Error(`the thread that writes files ended with ${code}`)));
  return thread;
}

/** Neither the thread nor its timer keeps a process alive. */
function rest(threads: Set<Thread>, thread: Thread): void {
  thread.worker.unref();
  thread.idle = setTimeout(() => {
    threads.delete(thread);
    void thread.worker.terminate();
  }, IDLE_MS).unref();
}
