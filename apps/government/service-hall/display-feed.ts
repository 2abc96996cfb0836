import type { FastifyReply } from 'fastify';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Mount, Services } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { readCentre } from './centre-record.ts';
import { readBoard } from './display-board.ts';

/** How often a centre with displays is looked at: one read for all of them, well below the second that is promised. */
const READ_MS = 250;
/** A comment that tells proxies and displays that the line stands. */
const BEAT_MS = 15_000;
/** Displays of one process; more are told to poll. */
const MOST = 2_000;
const actor = systemActor({ name: 'hall-display' });

type Watch = {
  displays: Set<FastifyReply['raw']>;
  last: string;
  revision: number;
  timer: NodeJS.Timeout;
  reading: boolean;
};

/**
 * Calls as they happen, `/hall/centres/{centre}/calls` (server-sent events, WHATWG HTML 9.2): each event is the whole board, so that a
 * display that missed some is right with the next. However many displays a hall has, the database is asked once for all of them.
 */
export const displayFeed: Mount = {
  path: '/hall/centres/:centre/calls',
  summary: { zh: '叫号推送', en: 'Calls as they happen' },
  allow: 'public',
  register(server, kernel) {
    const watches = new Map<string, Watch>();
    const displays = (): number => [...watches.values()].reduce((sum, watch) => sum + watch.displays.size, 0);
    const beat = setInterval(() => {
      for (const { displays: all } of watches.values()) for (const display of all) display.write(': here\n\n');
    }, BEAT_MS);
    beat.unref();
    server.addHook('preClose', (done) => {
      clearInterval(beat);
      for (const watch of watches.values()) {
        clearInterval(watch.timer);
        for (const display of watch.displays) display.end();
      }
      watches.clear();
      done();
    });
    server.get<{ Params: { centre: string } }>('/hall/centres/:centre/calls', async (request, reply) => {
      const { centre } = request.params;
      if (!(await isCentre(kernel.services, centre))) throw NotFound.with();
      if (displays() >= MOST) return reply.code(503).header('retry-after', '60').send();
      reply.hijack();
      const display = reply.raw;
      display.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      display.write('retry: 1000\n\n');
      const watch = watches.get(centre) ?? begin(kernel.services, centre, watches);
      watch.displays.add(display);
      if (watch.last !== '') display.write(eventOf(watch));
      request.raw.on('close', () => {
        watch.displays.delete(display);
        if (watch.displays.size > 0 || watches.get(centre) !== watch) return;
        clearInterval(watch.timer);
        watches.delete(centre);
      });
      return reply;
    });
  },
};

function begin(services: Services, centre: string, watches: Map<string, Watch>): Watch {
  const look = async (): Promise<void> => {
    if (watch.reading) return;
    watch.reading = true;
    try {
      const board = JSON.stringify(
        await services.database.tx({ module: 'service-hall', actor, readOnly: true }, (db) =>
          readBoard(db, { centre, now: services.clock.now() }),
        ),
      );
      if (board === watch.last) return;
      watch.last = board;
      watch.revision += 1;
      const event = eventOf(watch);
      for (const display of watch.displays) display.write(event);
    } catch (error) {
      // The database is away: displays keep what they show and say how old it is; the next look tries again.
      services.log.warn({ centre, error: String(error) }, 'hall display not read');
    } finally {
      watch.reading = false;
    }
  };
  const timer = setInterval(() => void look(), READ_MS);
  const watch: Watch = { displays: new Set(), last: '', revision: 0, timer, reading: false };
  timer.unref();
  watches.set(centre, watch);
  void look();
  return watch;
}

const eventOf = ({ last, revision }: Watch): string => `id: ${revision}\nevent: board\ndata: ${last}\n\n`;

async function isCentre(services: Services, code: string): Promise<boolean> {
  if (!/^[a-z][a-z0-9-]{1,60}$/.test(code)) return false;
  const found = await services.database.tx({ module: 'service-hall', actor, readOnly: true }, (db) =>
    readCentre(db, code),
  );
  return found !== undefined;
}
