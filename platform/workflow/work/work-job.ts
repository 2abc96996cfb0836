import type { JobHandler, Services } from '#platform/kernel/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { nodeOf } from '../definition.ts';
import type { Event } from '../engine/state.ts';
import { BusinessError, handlerOf, type Work, type WorkDone } from '../handlers.ts';
import { carrierOf, carry, pick, settle, take } from '../store/carry.ts';
import { readGraph, readInstance } from '../store/records.ts';
import { raiseIncident } from './incident.ts';

/** What a job is about; another of the same token does nothing. */
type Asked = { app: string; instance: string; token: string };

function askedOf(payload: Record<string, string>): Asked {
  return { app: payload.app ?? '', instance: payload.instance ?? '', token: payload.token ?? '' };
}

/**
 * Runs a service task outside the step that led to it. A handler that needs the database only runs together with the step that
 * follows; one that goes outside does so first, and must bear being called again after a crash (at least once).
 */
export const workJob: JobHandler = {
  name: 'work',
  outside: true,
  run: async ({ payload, attempt, services }) => {
    const asked = askedOf(payload);
    const found = await lookUp(services, asked);
    if (!found) return;
    const { handler, module, work } = found;
    const inApp = <T>(act: (db: Db) => Promise<T>) =>
      services.database.tx({ module: asked.app, actor: systemActor({ name: 'process' }) }, act);
    if ('call' in handler) {
      const event = await eventOf(asked.token, () => handler.call({ services, work, attempt }));
      await inApp((db) => goOn({ db, services, asked, event }));
      return;
    }
    // Of another module: its transaction, then the step; the token says if the step was taken already.
    if (module !== asked.app) {
      const event = await eventOf(asked.token, () =>
        services.database.tx({ module, actor: systemActor({ name: 'process' }) }, (db) => handler.run({ db, work })),
      );
      await inApp((db) => goOn({ db, services, asked, event }));
      return;
    }
    await runTogether({ services, asked, act: (db) => handler.run({ db, work }) });
  },
  failed: async ({ payload, error, db }) => {
    const asked = askedOf(payload);
    const row = await readInstance(db, asked.instance);
    const token = row.state.tokens[asked.token];
    if (!token || row.status !== 'active') return;
    await raiseIncident(db, { ...asked, node: token.node, kind: 'handler', error });
  },
};

/** The handler and the step in one transaction. Where the business says no, what the handler wrote is taken back. */
async function runTogether(options: {
  services: Services;
  asked: Asked;
  act: (db: Db) => Promise<WorkDone | void>;
}): Promise<void> {
  const { services, asked, act } = options;
  const tx = <T>(work: (db: Db) => Promise<T>) =>
    services.database.tx({ module: asked.app, actor: systemActor({ name: 'process' }) }, work);
  try {
    await tx(async (db) => {
      const carrier = await carrierOf(db, services);
      const moving = await take(carrier, asked.instance);
      if (!moving.state.tokens[asked.token]) return;
      const done = (await act(db)) ?? undefined;
      await carry(carrier, moving, { type: 'complete', token: asked.token, ...pick(done) });
      await settle(carrier);
    });
  } catch (error) {
    if (!(error instanceof BusinessError)) throw error;
    const event: Event = { type: 'error', token: asked.token, code: error.code };
    await tx((db) => goOn({ db, services, asked, event }));
  }
}

async function lookUp(services: Services, asked: Asked) {
  return services.database.tx(
    { module: 'workflow', actor: systemActor({ name: 'process' }) },
    async (db): Promise<({ work: Work } & NonNullable<ReturnType<typeof handlerOf>>) | undefined> => {
      const row = await readInstance(db, asked.instance);
      const token = row.state.tokens[asked.token];
      if (!token || row.status !== 'active') return undefined;
      const node = nodeOf(await readGraph(db, row.definition), token.node);
      if (node.type !== 'task' || node.task.kind !== 'service') return undefined;
      const found = handlerOf(services, { app: row.app, name: node.task.handler });
      if (!found) throw new Error(`no manifest has a handler ${node.task.handler} for ${row.app}`);
      const work = { app: row.app, instance: row.id, key: row.key, node: node.id, variables: row.state.variables };
      return { ...found, work };
    },
  );
}

async function eventOf(token: string, act: () => Promise<WorkDone | void>): Promise<Event> {
  try {
    return { type: 'complete', token, ...pick((await act()) ?? undefined) };
  } catch (error) {
    if (error instanceof BusinessError) return { type: 'error', token, code: error.code };
    throw error;
  }
}

async function goOn(options: { db: Db; services: Services; asked: Asked; event: Event }): Promise<void> {
  const { db, services, asked, event } = options;
  const carrier = await carrierOf(db, services);
  const moving = await take(carrier, asked.instance);
  // Withdrawn meanwhile, or done by the same job before a crash.
  if (moving.state.ended || !moving.state.tokens[asked.token]) return;
  await carry(carrier, moving, event);
  await settle(carrier);
}
