import { systemActor } from '#platform/kernel/actor.ts';
import type { Mount, Services } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { stateStream } from '#platform/kernel/state-stream.ts';
import { readCentre } from './centre-record.ts';
import { readBoard } from './display-board.ts';

const actor = systemActor({ name: 'hall-display' });

/**
 * Calls as they happen, `/hall/centres/{centre}/calls`: each event is the whole board, so that a display that missed some is right
 * with the next. However many displays a hall has, the database is asked once for all of them.
 */
export const displayFeed: Mount = {
  path: '/hall/centres/:centre/calls',
  summary: { zh: '叫号推送', en: 'Calls as they happen' },
  allow: 'public',
  register(server, kernel) {
    const boards = stateStream(server, {
      event: 'board',
      services: () => kernel.services,
      read: async (centres) => {
        const { database, clock } = kernel.services;
        const found = new Map<string, string>();
        await database.tx({ module: 'service-hall', actor, readOnly: true }, async (db) => {
          for (const centre of centres)
            found.set(centre, JSON.stringify(await readBoard(db, { centre, now: clock.now() })));
        });
        return found;
      },
    });
    server.get<{ Params: { centre: string } }>('/hall/centres/:centre/calls', async (request, reply) => {
      const { centre } = request.params;
      if (!(await isCentre(kernel.services, centre))) throw NotFound.with();
      return boards.follow({ request, reply, key: centre });
    });
  },
};

async function isCentre(services: Services, code: string): Promise<boolean> {
  if (!/^[a-z][a-z0-9-]{1,60}$/.test(code)) return false;
  const found = await services.database.tx({ module: 'service-hall', actor, readOnly: true }, (db) =>
    readCentre(db, code),
  );
  return found !== undefined;
}
