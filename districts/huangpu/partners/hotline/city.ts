import { randomUUID } from 'node:crypto';
import { type CityKey, faultOf, makeKey, signedAnswer } from './signing.ts';

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
  until?: string;
  attachment?: { id: string; name: string; code: string };
  /** Numbers before this one that never come. */
  dropped?: number[];
};
/** What goes wrong: it is busy, its answer is lost, it confirms nothing; its answer is not signed, signed by somebody else, changed on its way, or that to another question. */
export type Fault =
  | 'answer-500'
  | 'lose-answer'
  | 'no-receipt'
  | 'unsigned'
  | 'other-key'
  | 'changed'
  | 'other-question';

/** A file of an order that the city gives out. */
export type CityFile = { type: string; content: Uint8Array };

/**
 * The city's side of the hotline (模拟市热线): believes what is signed, takes each message once by its key and in order for each order, gives out the files of its
 * orders, signs its answers, and can be told to fail or to refuse. It keeps what it got in memory.
 */
export type City = {
  /** In the order in which they took effect. */
  taken: Progress[];
  /** Messages that came again, and what was not believed. */
  repeats: number;
  refused: string[];
  /** Files by the number of the attachment. */
  files: Map<string, CityFile>;
  fail(many: number, how: Fault): void;
  /** Refuses messages for good: the status it answers, or undefined where it takes one. */
  refuse(rule: (progress: Progress) => number | undefined): void;
  take(message: Message): Promise<Answered | 'cut'>;
};
export type Message = { method: string; url: string; headers: Record<string, string | undefined>; body: string };
export type Answered = { status: number; headers: Record<string, string>; body: string | Uint8Array };

/** Without keys nothing is believed; they are asked for until there are some. */
export function createCity(options: {
  key: CityKey;
  nodeKeys: () => Promise<readonly string[]>;
  now: () => Date;
}): City {
  const keys = new Set<string>();
  let failing = { many: 0, how: 'answer-500' as Fault };
  let rule: (progress: Progress) => number | undefined = () => undefined;
  let last: Record<string, string | undefined> = {};
  const stranger = makeKey();

  const answer = (message: Message, status: number, of: object | CityFile, how?: Fault): Answered => {
    const file = 'content' in of && of.content instanceof Uint8Array;
    const body = file ? (of as CityFile).content : JSON.stringify(of);
    const type = file ? (of as CityFile).type : 'application/json; charset=utf-8';
    if (how === 'unsigned') return { status, headers: { 'content-type': type }, body };
    const request =
      how === 'other-question' ? { ...message.headers, signature: last.signature ?? 'sig=:AAAA:' } : message.headers;
    const key = how === 'other-key' ? stranger : options.key;
    const headers = signedAnswer({ key, status, type, body, request, message: randomUUID(), at: options.now() });
    return { status, headers, body: how === 'changed' ? `${String(body)} ` : body };
  };

  const take = (message: Message, how: Fault | undefined): Answered | 'cut' => {
    const progress = JSON.parse(message.body) as Progress;
    const no = rule(progress);
    if (no !== undefined) return answer(message, no, { error: 'not taken' });
    if (keys.has(progress.key)) city.repeats += 1;
    else {
      const before = city.taken.findLast((each) => each.no === progress.no)?.seq ?? 0;
      const known = new Set([...(progress.dropped ?? []), before]);
      const gap = Array.from({ length: progress.seq - 1 - before }, (_, n) => before + 1 + n).some(
        (n) => !known.has(n),
      );
      if ((before > 0 && gap) || progress.seq <= before) return answer(message, 409, { error: 'order' });
      keys.add(progress.key);
      city.taken.push(progress);
    }
    if (how === 'lose-answer') return 'cut';
    return answer(message, 200, how === 'no-receipt' ? {} : { received: progress.key }, how);
  };

  const city: City = {
    taken: [],
    repeats: 0,
    refused: [],
    files: new Map(),
    fail: (many, how) => {
      failing = { many, how };
    },
    refuse: (given) => {
      rule = given;
    },
    take: async (message) => {
      const fault = faultOf({ ...message, nodeKeys: await options.nodeKeys(), now: options.now() });
      if (fault !== undefined) {
        city.refused.push(fault);
        return answer(message, 401, { error: fault });
      }
      const how = failing.many > 0 ? failing.how : undefined;
      if (how) failing.many -= 1;
      if (how === 'answer-500') return answer(message, 500, { error: 'busy' });
      const wanted = /\/files\/([^/]+)$/.exec(new URL(message.url).pathname)?.[1];
      const file = wanted === undefined ? undefined : city.files.get(wanted);
      const answered =
        wanted === undefined
          ? take(message, how)
          : file
            ? answer(message, 200, file, how)
            : answer(message, 404, { error: 'no such file' });
      last = message.headers;
      return answered;
    },
  };
  return city;
}
