import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, systemActor } from './actor.ts';
import type { EventRecord, Mount, MountKernel, Services } from './app.ts';
import { before, idOf, newestPlace, type Place, placeOf } from './commit-place.ts';
import { Forbidden } from './errors.ts';
import { beginLine } from './event-line.ts';
import { type LiveKind, type LiveRow, liveKind, seesRow } from './live-kind.ts';
import { policy } from './ports.ts';
import { sql } from './sql.ts';

/** How often the outbox is looked at: one read for everybody of this process, well below the two seconds that are promised (G12). */
const LOOK_MS = 250;
/** A line is told that it stands, and its rights are looked at again. */
const BEAT_MS = 15_000;
/** Lines of one process, and of one account; more are told to come later. */
const MOST = 5_000;
const MOST_OWN = 12;
/** Events of one read. */
const BATCH = 2_000;
/** What a line that was cut is told at most; beyond it reads its state anew (`reset`). */
export const MOST_REPLAY = 5_000;
/** What a line may leave unread, bytes; one that reads slower is cut, and comes back with the id of its last. */
const UNREAD = 1024 * 1024;

type Told = { place: Place; kind: Kind; row: LiveRow | undefined; text: string };
type Kind = LiveKind & { module: string };
/** `heard`: up to where the line has everything. */
type Line = {
  actor: Actor;
  kinds: ReadonlySet<Kind>;
  wanted: readonly string[];
  raw: FastifyReply['raw'];
  request: FastifyRequest;
  heard: Place;
};
type Looked = { told: Told[]; upTo: Place; full: boolean };
type Read = EventRecord & { txid: string };

/**
 * Events of the house as they are committed (实时事件流), for pages: server-sent events whose ids are places in the order of commits. Only what no running
 * transaction can still precede is sent, so a line that was cut and comes back with `Last-Event-ID` or `?last=` misses nothing and hears nothing twice.
 * `?kinds=case,alert` narrows it; who may follow which kind is decided by the policy, and which row of it by area and unit (`live-kind.ts`).
 */
export function eventStream(options: { path: string }): Mount {
  const { path } = options;
  return {
    path,
    summary: { zh: '实时事件流', en: 'Events as they happen' },
    allow: 'signed-in',
    register(server, kernel) {
      const lines = new Set<Line>();
      /** Up to where everybody listed has everything; absent while nobody follows. */
      let head: Place | undefined;
      let timer: NodeJS.Timeout | undefined;
      let reading = false;

      const drop = (line: Line): void => {
        if (!lines.delete(line)) return;
        line.raw.end();
        if (lines.size > 0) return;
        clearInterval(timer);
        timer = undefined;
        head = undefined;
      };
      const send = (line: Line, { told, upTo }: Pick<Looked, 'told' | 'upTo'>): void => {
        if (line.raw.writableLength > UNREAD) {
          line.raw.destroy();
          return drop(line);
        }
        const own = told.filter(
          ({ place, kind, row }) => before(line.heard, place) && line.kinds.has(kind) && seesRow(line.actor, row),
        );
        if (own.length > 0) line.raw.write(own.map(({ text }) => text).join(''));
        if (before(line.heard, upTo)) line.heard = upTo;
      };
      const look = async (): Promise<void> => {
        if (reading || !head) return;
        reading = true;
        try {
          for (let full = true; full && head && lines.size > 0; ) {
            const read = await after(kernel.services, head, await newestPlace(kernel.services), BATCH);
            full = read.full;
            head = read.upTo;
            for (const line of lines) send(line, read);
          }
        } catch (error) {
          // The database is away: the lines stand, and the next look begins where this one did.
          kernel.services.log.warn({ error: String(error) }, 'events not read');
        } finally {
          reading = false;
        }
      };
      const beat = setInterval(() => {
        for (const line of lines) {
          line.raw.write(`id: ${idOf(line.heard)}\nevent: here\ndata: {}\n\n`);
          rightsOf(kernel, line.request, line.wanted).then(
            ({ actor, kinds }) => {
              if (actor.account !== line.actor.account || kinds.size === 0) drop(line);
              else Object.assign(line, { actor, kinds });
            },
            () => drop(line),
          );
        }
      }, BEAT_MS);
      beat.unref();
      server.addHook('preClose', (done) => {
        clearInterval(beat);
        for (const line of lines) drop(line);
        done();
      });

      server.get(path, async (request, reply) => {
        const query = request.query as { last?: unknown; kinds?: unknown };
        const wanted = typeof query.kinds === 'string' && query.kinds !== '' ? query.kinds.split(',') : [];
        const { actor, kinds } = await rightsOf(kernel, request, wanted);
        if (kinds.size === 0) throw Forbidden.with();
        const own = [...lines].filter((line) => line.actor.account === actor.account).length;
        if (lines.size >= MOST || own >= MOST_OWN) return reply.code(503).header('retry-after', '30').send();
        const { services } = kernel;
        const last = placeOf(request.headers['last-event-id'] ?? query.last);
        const now = await newestPlace(services);
        // A place that nothing has reached yet is one of another database, or of this one before it was restored.
        const missed = last && !before(now, last) ? await after(services, last, now, MOST_REPLAY) : undefined;
        const raw = beginLine(reply, services);
        const from = last && missed && !missed.full ? last : now;
        const line: Line = { actor, kinds, wanted, raw, request, heard: from };
        raw.on('close', () => drop(line));
        raw.write(`retry: 1000\nid: ${idOf(from)}\nevent: ${last && from !== last ? 'reset' : 'here'}\ndata: {}\n\n`);
        if (missed && !missed.full) send(line, missed);
        // What was committed since its own read, and the others have heard already, is read for it alone.
        while (head && !raw.destroyed && before(line.heard, head))
          send(line, await after(services, line.heard, head, BATCH));
        if (raw.destroyed) return reply;
        lines.add(line);
        head ??= line.heard;
        timer ??= setInterval(() => void look(), LOOK_MS).unref();
        return reply;
      });
    },
  };
}

/** Who calls, and which kinds they may follow now. */
async function rightsOf(
  kernel: MountKernel,
  request: FastifyRequest,
  wanted: readonly string[],
): Promise<{ actor: Actor; kinds: ReadonlySet<Kind> }> {
  const { services } = kernel;
  const actor = await kernel.tx(request, async (_db, caller) => caller);
  const may = services.registry.provided(policy)[0]?.value;
  const kinds = kindsOf(services).filter(
    ({ name, action }) =>
      (wanted.length === 0 || wanted.includes(name)) && may?.may({ actor, action, services }) === true,
  );
  return { actor, kinds: new Set(kinds) };
}

const known = new WeakMap<Services['registry'], Kind[]>();
function kindsOf({ registry }: Services): Kind[] {
  const found =
    known.get(registry) ?? registry.provided(liveKind).map(({ value, module }) => ({ ...value, module: module.id }));
  known.set(registry, found);
  return found;
}

/** What was committed after a place up to another, at most so much: told in the words of its kinds. `full`: there may be more after `upTo`. */
async function after(services: Services, from: Place, to: Place, most: number): Promise<Looked> {
  const kinds = kindsOf(services);
  const types = [...new Set(kinds.flatMap((kind) => kind.types))];
  const actor = systemActor({ name: 'live' });
  // Ordered by the columns: their text under the same names would be another order.
  const events = await services.database.tx({ module: 'kernel', actor, readOnly: true }, (db) =>
    db.rows<Read>(sql`
      select e.id, e.source, e.type, e.subject, e.time, e.data, e.account, e.seq::text as seq, e.txid::text as txid from kernel.event e
      where (e.txid, e.seq) > (${from.txid}::text::xid8, ${from.seq}::bigint) and (e.txid, e.seq) <= (${to.txid}::text::xid8, ${to.seq}::bigint)
        and e.type in (select jsonb_array_elements_text(${JSON.stringify(types)}::text::jsonb))
      order by e.txid, e.seq limit ${most + 1}::int`),
  );
  const full = events.length > most;
  const taken = events.slice(0, most);
  const last = taken.at(-1);
  const told: Told[] = [];
  for (const kind of kinds) {
    const own = taken.filter(({ type }) => kind.types.includes(type));
    const { read } = kind;
    if (own.length === 0) continue;
    const subjects = [...new Set(own.map(({ subject }) => subject))];
    const rows = read
      ? await services.database.tx({ module: kind.module, actor, readOnly: true }, (db) => read(db, subjects))
      : undefined;
    for (const event of own) {
      const row = rows?.get(event.subject);
      if (rows && !row) continue;
      const place = { txid: event.txid, seq: event.seq };
      told.push({ place, kind, row, text: textOf(event, place, kind, row) });
    }
  }
  told.sort((a, b) => (before(a.place, b.place) ? -1 : 1));
  return { told, upTo: full && last ? { txid: last.txid, seq: last.seq } : to, full };
}

function textOf(event: Read, place: Place, kind: Kind, row: LiveRow | undefined): string {
  const data = { kind: kind.name, type: event.type, subject: event.subject, time: event.time, row: row?.row ?? null };
  return `id: ${idOf(place)}\nevent: event\ndata: ${JSON.stringify(data)}\n\n`;
}
