import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Mount } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { handle, type Place, print, readCard, stateOf, within } from './desk.ts';
import { PANEL_POLICY, panelPage } from './panel.ts';

export const BASE = '/simulator/peripherals';
const MODEL = '样例读卡器（模拟）';
type Params = { Params: { centre: string; no: string } };

/** A picture of the size of a scan, without anything on it: what the simulated scanner sees. */
const PAGE_PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR42mP8//8/AzbAxIADAACTzwP9sb7mjwAAAABJRU5ErkJggg==';

/**
 * Devices of the sample's windows, as a real agent offers them on the clerk's own machine: `GET status`, `POST id-card`, `POST scan`, `POST print`
 * (docs/decisions/017-window-devices.md). And a page where a hand puts cards on the reader. Elsewhere than in the sample it is not there.
 */
export const peripheralsMount: Mount = {
  path: BASE,
  summary: { zh: '样例窗口外设', en: 'Devices of the sample’s windows' },
  allow: 'public',
  register(server, kernel) {
    server.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 4096 },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    server.addHook('onRequest', async (_request, reply) => {
      if (!kernel.services.config.sample) return reply.callNotFound();
    });
    const at = `${BASE}/:centre/:no`;
    const placeOf = (request: FastifyRequest<Params>): Place => ({
      centre: request.params.centre,
      no: Number(request.params.no),
    });
    /** Runs only for a desk that is there. */
    const withDesk =
      (work: (place: Place, request: FastifyRequest<Params>, reply: FastifyReply) => Promise<unknown>) =>
      async (request: FastifyRequest<Params>, reply: FastifyReply) => {
        const place = placeOf(request);
        const known = Number.isInteger(place.no) && place.no < 1000 && (await stateOf(kernel.services, place));
        if (!known) return reply.callNotFound();
        return work(place, request, reply);
      };
    server.get<Params>(
      `${at}/status`,
      withDesk(async (place) => {
        const desk = await stateOf(kernel.services, place);
        return { model: MODEL, simulated: true, reader: desk?.plugged ? 'ready' : 'absent', card: desk?.card !== null };
      }),
    );
    server.post<Params>(
      `${at}/id-card`,
      withDesk(async (place, request, reply) => {
        const { challenge } = (request.body ?? {}) as { challenge?: unknown };
        if (typeof challenge !== 'string' || challenge.length < 16 || challenge.length > 128)
          return reply.code(400).send({ reason: 'challenge' });
        const reading = await readCard(kernel.services, place, challenge);
        return reading ?? reply.code(409).send({ reason: 'no-card' });
      }),
    );
    server.post<Params>(
      `${at}/scan`,
      withDesk(async () => ({ name: '扫描件.png', mediaType: 'image/png', content: PAGE_PNG })),
    );
    server.post<Params>(
      `${at}/print`,
      withDesk(async (place, request, reply) => {
        const { title, lines } = (request.body ?? {}) as { title?: unknown; lines?: unknown };
        const good = typeof title === 'string' && title.length <= 80 && Array.isArray(lines) && lines.length <= 40;
        if (!good) return reply.code(400).send({ reason: 'page' });
        await print(kernel.services, place, { title, lines: lines.map((line) => String(line).slice(0, 200)) });
        return { printed: true };
      }),
    );
    server.get<Params>(
      at,
      withDesk(async (place, _request, reply) => {
        const { services } = kernel;
        const desk = await stateOf(services, place);
        const [cards, printed, messages] = await within(services, (db) =>
          Promise.all([
            db.rows<{ key: string; title: string }>(
              sql`select key, title from peripherals_simulator.card order by key`,
            ),
            db.rows<{ at: Date; title: string; lines: string[] }>(sql`
              select at, title, lines from peripherals_simulator.printed where centre = ${place.centre} and window_no = ${place.no}::int order by at desc limit 5`),
            db.rows<{ at: Date; phone: string; body: string }>(
              sql`select at, phone, body from peripherals_simulator.message order by at desc limit 5`,
            ),
          ]),
        );
        if (!desk) return reply.callNotFound();
        const page = panelPage({ place: `${place.centre} ${place.no}`, desk, cards, printed, messages });
        return reply.header('content-security-policy', PANEL_POLICY).type('text/html; charset=utf-8').send(page);
      }),
    );
    server.post<Params>(
      at,
      withDesk(async (place, request, reply) => {
        const { card, plug } = (request.body ?? {}) as { card?: string; plug?: string };
        await handle(kernel.services, place, {
          ...(card !== undefined && { card: card || null }),
          ...(plug !== undefined && { plugged: plug === 'in' }),
        });
        return reply.redirect(`${BASE}/${encodeURIComponent(place.centre)}/${place.no}`, 303);
      }),
    );
  },
};
