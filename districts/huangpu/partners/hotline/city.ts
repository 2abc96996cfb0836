import { faultOf } from './signing.ts';

/** What the city was told of an order, as it took it. */
export type Progress = {
  key: string;
  no: string;
  seq: number;
  status: string;
  at: string;
  text?: string;
  caseNo?: string;
  unit?: string;
  reason?: string;
  receipt?: string;
};
export type Fault = 'answer-500' | 'lose-answer' | 'no-receipt';

/**
 * The city's side of the hotline (模拟市热线): believes what is signed, takes each message once by its key and in order for each order, and can be told to fail. It
 * keeps what it got in memory.
 */
export type City = {
  /** In the order in which they took effect. */
  taken: Progress[];
  /** Messages that came again, and what was not believed. */
  repeats: number;
  refused: string[];
  fail(many: number, how: Fault): void;
  take(message: Message): Promise<{ status: number; body: object } | 'cut'>;
};
export type Message = { method: string; url: string; headers: Record<string, string | undefined>; body: string };

/** Without keys nothing is believed; they are asked for until there are some. */
export function createCity(options: { nodeKeys: () => Promise<readonly string[]>; now: () => Date }): City {
  const keys = new Set<string>();
  let failing = { many: 0, how: 'answer-500' as Fault };
  const city: City = {
    taken: [],
    repeats: 0,
    refused: [],
    fail: (many, how) => {
      failing = { many, how };
    },
    take: async (message) => {
      const fault = faultOf({ ...message, nodeKeys: await options.nodeKeys(), now: options.now() });
      if (fault !== undefined) {
        city.refused.push(fault);
        return { status: 401, body: { error: fault } };
      }
      const how = failing.many > 0 ? failing.how : undefined;
      if (how) failing.many -= 1;
      if (how === 'answer-500') return { status: 500, body: { error: 'busy' } };
      const progress = JSON.parse(message.body) as Progress;
      if (keys.has(progress.key)) city.repeats += 1;
      else {
        const last = city.taken.findLast(({ no }) => no === progress.no)?.seq ?? 0;
        if (last > 0 && progress.seq !== last + 1) return { status: 409, body: { error: 'order' } };
        keys.add(progress.key);
        city.taken.push(progress);
      }
      if (how === 'lose-answer') return 'cut';
      return { status: 200, body: how === 'no-receipt' ? {} : { received: progress.key } };
    },
  };
  return city;
}
