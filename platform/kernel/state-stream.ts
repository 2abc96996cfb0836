import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from './app.ts';
import { beginLine } from './event-line.ts';

/** How often what is followed is looked at: one read for all who follow, well below the second that is promised. */
const READ_MS = 250;
/** A comment that tells proxies and browsers that the line stands, and the moment at which a follower's right is looked at again. */
const BEAT_MS = 15_000;
/** Followers of one stream and process; more are told to poll. */
const MOST = 2_000;
/** Looks that failed one after the other, after which followers are sent away: they ask by themselves and show how old it is. */
const FAILS = 12;
/** What a follower may leave unread in bytes; one that reads slower is ended and comes back for the newest. */
const UNREAD = 256 * 1024;

type Follower = { reply: FastifyReply['raw']; key: string; seen: string; still: () => Promise<boolean> };

export type StateStream = {
  /**
   * Keeps the reply open and sends the state of `key` whenever it is another than the one that the reader knows. `still` says, at each
   * beat, whether the reader may go on.
   */
  follow(options: {
    request: FastifyRequest;
    reply: FastifyReply;
    key: string;
    still?: () => Promise<boolean>;
  }): FastifyReply;
};

/**
 * Server-sent events (WHATWG HTML 9.2) of states, not of changes: each event is named by the digest of the state that it brings. A
 * reader that was cut off comes back with the last one (`Last-Event-ID`, or `?last=` where the browser cannot set it) and is told
 * at once if the state is another by now, whichever process it reaches: nothing can be missed, and nothing need be kept.
 */
export function stateStream(
  server: FastifyInstance,
  options: {
    event: string;
    services: () => Services;
    /** Followers of one key; absent = as many as the stream takes. */
    mostOfKey?: number;
    /** States of the keys as JSON, all in one question; a key that is missing is not told. */
    read(keys: readonly string[]): Promise<ReadonlyMap<string, string>>;
  },
): StateStream {
  const { event, read } = options;
  const followers = new Set<Follower>();
  const states = new Map<string, { id: string; data: string }>();
  let timer: NodeJS.Timeout | undefined;
  let reading = false;
  let failed = 0;

  const followed = (): Set<string> => new Set([...followers].map(({ key }) => key));
  const drop = (follower: Follower): void => {
    if (!followers.delete(follower)) return;
    follower.reply.end();
    if (!followed().has(follower.key)) states.delete(follower.key);
    if (followers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
  const tell = (follower: Follower): void => {
    const state = states.get(follower.key);
    if (!state || state.id === follower.seen) return;
    if (follower.reply.writableLength > UNREAD) return drop(follower);
    follower.seen = state.id;
    follower.reply.write(`id: ${state.id}\nevent: ${event}\ndata: ${state.data}\n\n`);
  };
  const look = async (): Promise<void> => {
    if (reading) return;
    reading = true;
    try {
      const found = await read([...followed()]);
      failed = 0;
      const still = followed();
      for (const [key, data] of found)
        if (still.has(key) && states.get(key)?.data !== data) states.set(key, { id: digestOf(data), data });
      for (const follower of followers) tell(follower);
    } catch (error) {
      failed += 1;
      if (failed === 1) options.services().log.warn({ event, error: String(error) }, 'followed state not read');
      if (failed >= FAILS) for (const follower of followers) drop(follower);
    } finally {
      reading = false;
    }
  };
  const beat = setInterval(() => {
    for (const follower of followers) {
      follower.reply.write(': here\n\n');
      follower.still().then(
        (may) => void (may || drop(follower)),
        () => drop(follower),
      );
    }
  }, BEAT_MS);
  beat.unref();
  server.addHook('preClose', (done) => {
    clearInterval(beat);
    for (const follower of followers) drop(follower);
    done();
  });

  return {
    follow({ request, reply, key, still = async () => true }) {
      const same = [...followers].filter((follower) => follower.key === key).length;
      if (followers.size >= MOST || same >= (options.mostOfKey ?? MOST))
        return reply.code(503).header('retry-after', '60').send();
      beginLine(reply, options.services());
      reply.raw.write('retry: 1000\n\n');
      const follower: Follower = { reply: reply.raw, key, seen: lastSeen(request), still };
      followers.add(follower);
      request.raw.on('close', () => drop(follower));
      // Who has gone while their right was looked at is told by no event any more, and would be followed for ever.
      if (request.raw.socket.destroyed) {
        drop(follower);
        return reply;
      }
      tell(follower);
      if (!timer) {
        timer = setInterval(() => void look(), READ_MS);
        timer.unref();
      }
      void look();
      return reply;
    },
  };
}

/** The state that the reader has; a browser sets the header only while it repeats a connection by itself. */
function lastSeen(request: FastifyRequest): string {
  const asked = request.headers['last-event-id'] ?? (request.query as { last?: unknown }).last;
  return typeof asked === 'string' ? asked.slice(0, 64) : '';
}

const digestOf = (data: string): string => createHash('sha256').update(data).digest('hex').slice(0, 32);
