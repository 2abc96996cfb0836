/** Load of the benches `gateway` and `verify`: requests that were signed before the clock runs. */
import { Agent, request } from 'node:http';

export type Ready = { method: string; url: string; headers: Record<string, string>; body: string };

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Sends one request; the milliseconds that it took. */
export function sendOne(ready: Ready): Promise<number> {
  const begin = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(ready.url, { method: ready.method, agent, headers: ready.headers }, (reply) => {
      let text = '';
      reply.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      reply.on('end', () =>
        reply.statusCode === 200
          ? resolve(performance.now() - begin)
          : reject(new Error(`${reply.statusCode} ${text}`)),
      );
    });
    sent.on('error', reject).end(ready.body);
  });
}

/** Sends all of them, `width` at a time: how many a second. */
export async function rate(all: readonly Ready[], width: number): Promise<number> {
  let next = 0;
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (;;) {
        const one = all[next++];
        if (!one) return;
        await sendOne(one);
      }
    }),
  );
  return (all.length * 1000) / (performance.now() - begin);
}

/** Times of all of them, one after the other. */
export async function times(all: readonly Ready[]): Promise<number[]> {
  const took: number[] = [];
  for (const one of all) took.push(await sendOne(one));
  return took;
}

/** Offers so many a second whether or not the ones before are answered: the times from the moment when each was due. */
export async function offer(all: readonly Ready[], perSecond: number): Promise<number[]> {
  const begin = performance.now();
  const open: Promise<number>[] = [];
  for (const [at, one] of all.entries()) {
    const due = begin + (at * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    open.push(sendOne(one).then(() => performance.now() - due));
  }
  return Promise.all(open);
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}
