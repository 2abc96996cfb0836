import type { FastifyReply, FastifyRequest } from 'fastify';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Mount, Services } from '#platform/kernel/app.ts';
import { before, idOf, newestPlace, type Place, placeOf } from '#platform/kernel/commit-place.ts';
import { beginLine } from '#platform/kernel/event-line.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type MessageView, readMessages } from './list-messages.ts';

/** How often new messages are looked for: one read for everybody of this process. */
const LOOK_MS = 500;
/** A comment that tells proxies that the line stands; the session is asked for again at the same time. */
const BEAT_MS = 15_000;
/** Lines of one process, and of one account; more are told to poll. */
const MOST = 5_000;
const MOST_OWN = 12;
/** Messages of one look. */
const BATCH = 500;
/** What a line may leave unread, bytes; one that reads slower is ended and comes back with the id of its last. */
const UNREAD = 256 * 1024;
const actor = systemActor({ name: 'messages' });
const MESSAGES = { module: 'signal', table: sql`signal.message` };

/** `heard`: up to where the line has everything. */
type Line = { account: string; raw: FastifyReply['raw']; request: FastifyRequest; heard: Place };

/**
 * My messages as they come, `/signal/messages` (server-sent events, WHATWG HTML 9.2). Ids are places in the order of commits, and only what no running
 * transaction can still precede is sent: so a line that was cut and comes back with `Last-Event-ID` misses nothing. A line of a session that has
 * ended is closed within seconds.
 */
export const messageStream: Mount = {
  path: '/signal/messages',
  summary: { zh: '消息推送', en: 'Messages as they come' },
  allow: 'signed-in',
  register(server, kernel) {
    const lines = new Set<Line>();
    let watch: NodeJS.Timeout | undefined;
    const beat = setInterval(() => {
      for (const line of lines) {
        line.raw.write(': here\n\n');
        kernel
          .tx(line.request, async (_db, { account }) => account)
          .then((account) => account === line.account || line.raw.end())
          .catch(() => line.raw.end());
      }
    }, BEAT_MS);
    beat.unref();
    server.addHook('preClose', (done) => {
      clearInterval(beat);
      clearInterval(watch);
      for (const { raw } of lines) raw.end();
      lines.clear();
      done();
    });
    server.get('/signal/messages', async (request, reply) => {
      const account = await kernel.tx(request, async (_db, caller) => caller.account);
      const own = [...lines].filter((line) => line.account === account).length;
      if (lines.size >= MOST || own >= MOST_OWN) return reply.code(503).header('retry-after', '30').send();
      const { services } = kernel;
      // Read before the line is listed: what comes between is found by the watch, which begins at the older place.
      const start = await newestPlace(services, MESSAGES);
      const named = placeOf(request.headers['last-event-id']);
      // A place that nothing has reached yet is one of another database: waiting for it would be waiting in vain.
      const last = named && !before(start, named) ? named : undefined;
      const missed = last ? await after(services, last, account) : [];
      const raw = beginLine(reply, services);
      const line: Line = { account, raw, request, heard: last ?? start };
      raw.write(`retry: 1000\nid: ${idOf(line.heard)}\n: begins\n\n`);
      for (const message of missed) {
        raw.write(eventOf(message));
        line.heard = placeOf(message.place) ?? line.heard;
      }
      lines.add(line);
      watch ??= look(services, lines, () => {
        clearInterval(watch);
        watch = undefined;
      });
      request.raw.on('close', () => lines.delete(line));
      return reply;
    });
  },
};

function look(services: Services, lines: Set<Line>, stop: () => void): NodeJS.Timeout {
  let reading = false;
  const once = async (): Promise<void> => {
    if (lines.size === 0) return stop();
    if (reading) return;
    reading = true;
    try {
      // Who joins while this is read begins with the next look: its place may lie before what is read now.
      const present = [...lines];
      const from = present.map(({ heard }) => heard).reduce((least, place) => (before(place, least) ? place : least));
      const upTo = await newestPlace(services, MESSAGES);
      const messages = await after(services, from);
      const end = messages.length < BATCH ? upTo : undefined;
      for (const line of present) {
        if (line.raw.writableLength > UNREAD) line.raw.destroy();
        if (line.raw.destroyed) continue;
        for (const message of messages) {
          const place = placeOf(message.place) as Place;
          if (!before(line.heard, place)) continue;
          if (message.account === line.account) line.raw.write(eventOf(message));
          line.heard = place;
        }
        if (end && before(line.heard, end)) line.heard = end;
      }
    } catch (error) {
      // The database is away: the lines stand, and the next look tries again.
      services.log.warn({ error: String(error) }, 'messages not read');
    } finally {
      reading = false;
    }
  };
  const timer = setInterval(() => void once(), LOOK_MS);
  timer.unref();
  return timer;
}

async function after(
  services: Services,
  { txid, seq }: Place,
  account?: string,
): Promise<(MessageView & { account: string; place: string })[]> {
  const own = account === undefined ? sql`` : sql`and account = ${account}`;
  return services.database.tx({ module: 'signal', actor, readOnly: true }, (db) =>
    readMessages(
      db,
      sql`where (txid, seq) > (${txid}::text::xid8, ${seq}::bigint) and txid < pg_snapshot_xmin(pg_current_snapshot()) ${own} order by txid, seq limit ${BATCH}::int`,
    ),
  );
}

function eventOf({ account: _account, place, ...message }: MessageView & { account: string; place: string }): string {
  return `id: ${place}\nevent: message\ndata: ${JSON.stringify(message)}\n\n`;
}
