import { type Actor, type Post, systemActor } from './actor.ts';
import type { JobHandler, Services } from './app.ts';
import { DatabaseAway } from './db/engine.ts';
import { deliverEvents, dispatchEvents, eventsWait } from './events.ts';
import { resealSome } from './reseal.ts';
import { sql } from './sql.ts';

type JobRow = {
  id: string;
  module: string;
  name: string;
  payload: Record<string, string>;
  attempts: number;
  account: string | null;
  unit: string | null;
  post: string | null;
  purpose: string | null;
  trace: string | null;
};

const LEASE_SECONDS = 60;
/** Jobs that may wait for outside systems at the same time. */
const BESIDE = 6;
/** Jobs are taken one after another for so long before timers and events have their turn again. */
const ROUND_MS = 200;
/** A fault that stays is told so often. */
const COMPLAIN_MS = 60_000;
/** How long a stop waits for them. */
const LAST_WAIT_MS = 5_000;
const kernel = systemActor({ name: 'jobs' });

export type Worker = {
  /** Looks at the queue now instead of at the next tick. */
  wake(): void;
  /** Runs until nothing is due and no cycle is under way: for tests and the command line. */
  drain(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Runs jobs and delivers events. A job that dies with its process is taken up again when its lease ends; in the
 * embedded database, which has one process only, at once (`reclaim`).
 */
export function startWorker(options: {
  services: Services;
  reclaim: boolean;
  pollMs?: number;
  onJobFailed?: () => void;
}): Worker {
  const { services } = options;
  const abort = new AbortController();
  let wakeUp: (() => void) | undefined;
  // A call during a cycle must not be lost: the queue is looked at once more before waiting.
  let called = false;
  let resting = false;
  const wake = (): void => {
    called = true;
    resting = false;
    wakeUp?.();
  };
  let running: Promise<void> = Promise.resolve();
  let reclaimed = !options.reclaim;
  const lastRun = new Map<string, number>();
  const outside = services.registry.modules.flatMap((module) =>
    (module.jobs ?? []).filter((job) => job.outside).map((job) => `${module.id}/${job.name}`),
  );
  const beside = new Set<Promise<void>>();

  /** What fails at every look is told once a minute. */
  const complained = new Map<string, number>();
  const complain = (what: string, error: unknown): void => {
    if (Date.now() - (complained.get(what) ?? 0) < COMPLAIN_MS) return;
    complained.set(what, Date.now());
    services.log.warn({ what, err: messageOf(error) }, 'tried again later');
  };

  const cycle = async (): Promise<boolean> => {
    if (!reclaimed) {
      await services.database.tx({ module: 'kernel', actor: kernel }, (db) =>
        db.run(sql`update kernel.job set locked_until = null where state = 'running'`),
      );
      reclaimed = true;
    }
    await runTimers(services, lastRun, complain);
    const { handled: events, failed } = await deliverEvents(services);
    for (const { consumer, error } of failed) complain(consumer, error);
    const resealed = await resealSome(services);
    // Timers and events cost more than most jobs: a few hundred small ones must not hold up somebody who pays.
    let jobs = 0;
    const end = Date.now() + ROUND_MS;
    while (await takeOne()) {
      jobs += 1;
      if (abort.signal.aborted || Date.now() >= end) break;
    }
    return events > 0 || resealed || jobs > 0;
  };

  /** Takes one job that is due and carries it out, or begins it where it waits for the outside; false where none is due. */
  const takeOne = async (): Promise<boolean> => {
    const job = await claim(services, beside.size < BESIDE ? [] : outside);
    if (job && outside.includes(`${job.module}/${job.name}`)) {
      const work = execute(services, job, abort.signal)
        .catch((error: unknown) => services.log.warn({ err: messageOf(error) }, 'job beside the queue failed'))
        .finally(() => {
          beside.delete(work);
          wake();
        });
      beside.add(work);
    } else if (job) await execute(services, job, abort.signal);
    return job !== undefined;
  };

  const loop = async () => {
    while (!abort.signal.aborted) {
      let busy = false;
      called = false;
      try {
        busy = await cycle();
      } catch (error) {
        services.log.warn({ err: messageOf(error) }, 'worker cycle failed');
      }
      if (busy || called || abort.signal.aborted) continue;
      resting = true;
      await new Promise<void>((resolve) => {
        wakeUp = resolve;
        setTimeout(resolve, options.pollMs ?? 500).unref();
      });
      resting = false;
    }
    resting = true;
  };
  running = loop();

  return {
    wake,
    drain: async () => {
      for (let quiet = 0; quiet < 2; ) {
        const open = await services.database.tx({ module: 'kernel', actor: kernel }, (db) =>
          db.one<{ open: number }>(
            sql`select count(*)::int as open from kernel.job where state in ('waiting','running') and run_at <= kernel.now()`,
          ),
        );
        const events = await dispatchEvents(services);
        const still = open.open === 0 && events === 0 && !(await eventsWait(services));
        // A cycle that is under way could still take up what the caller writes next.
        quiet = still && resting ? quiet + 1 : 0;
        if (!still) wake();
        if (quiet < 2) await new Promise((resolve) => setTimeout(resolve, still ? 5 : 50));
      }
    },
    stop: async () => {
      abort.abort();
      wake();
      await running;
      // What still waits for the outside is taken up again when its lease has ended.
      await Promise.race([Promise.all(beside), new Promise((resolve) => setTimeout(resolve, LAST_WAIT_MS).unref())]);
    },
  };
}

/** A timer that fails comes again after its time, and stops neither the others nor the queue. */
async function runTimers(
  services: Services,
  lastRun: Map<string, number>,
  complain: (what: string, error: unknown) => void,
): Promise<void> {
  for (const module of services.registry.modules) {
    for (const timer of module.timers ?? []) {
      const name = `${module.id}/${timer.name}`;
      if (Date.now() - (lastRun.get(name) ?? 0) < timer.everyMs) continue;
      lastRun.set(name, Date.now());
      try {
        await timer.run({ services });
      } catch (error) {
        if (error instanceof DatabaseAway) throw error;
        complain(name, error);
      }
    }
  }
}

/** The next job that is due, but none of those named in `except`. */
async function claim(services: Services, except: readonly string[]): Promise<JobRow | undefined> {
  return services.database.tx({ module: 'kernel', actor: kernel }, (db) =>
    db.first<JobRow>(sql`
      update kernel.job set state = 'running', attempts = attempts + 1, locked_until = now() + ${LEASE_SECONDS}::int * interval '1 second'
      where id = (
        select id from kernel.job
        where (state = 'waiting' or (state = 'running' and (locked_until is null or locked_until < now()))) and run_at <= kernel.now()
          and not (module || '/' || name) = any (${except}::text[])
        order by run_at limit 1 for update skip locked)
      returning id, module, name, payload, attempts, account, unit, post, purpose, trace`),
  );
}

async function execute(services: Services, job: JobRow, signal: AbortSignal): Promise<void> {
  const module = services.registry.modules.find((m) => m.id === job.module);
  const handler = module?.jobs?.find((j) => j.name === job.name);
  const actor = actorOf(job);
  try {
    if (!handler) throw new Error(`no job ${job.module}/${job.name} in any manifest`);
    await handler.run({
      id: job.id,
      payload: job.payload,
      attempt: job.attempts,
      actor,
      services,
      signal,
      tx: (work) => services.database.tx({ module: job.module, actor }, work),
      heartbeat: async () => {
        await services.database.tx({ module: 'kernel', actor: kernel }, (db) =>
          db.run(
            sql`update kernel.job set locked_until = now() + ${LEASE_SECONDS}::int * interval '1 second' where id = ${job.id}::uuid`,
          ),
        );
      },
    });
    await finish(services, job, 'done', null);
  } catch (error) {
    if (signal.aborted) return;
    await retryOrFail(services, job, handler, actor, messageOf(error));
  }
}

/** The job acts for the person who queued it, with the reach of the platform inside the module's own schema. */
function actorOf(job: JobRow): Actor {
  return {
    kind: 'system',
    account: job.account ?? 'system:jobs',
    name: `${job.module}/${job.name}`,
    unit: job.unit ?? undefined,
    post: (job.post as Post | null) ?? undefined,
    purpose: job.purpose ?? undefined,
    reach: 'district',
    trace: job.trace ?? job.id,
  };
}

async function retryOrFail(
  services: Services,
  job: JobRow,
  handler: JobHandler | undefined,
  actor: Actor,
  error: string,
): Promise<void> {
  services.log.warn({ job: `${job.module}/${job.name}`, id: job.id, attempt: job.attempts, err: error }, 'job failed');
  if (job.attempts < (handler?.attempts ?? 5)) {
    const delay = Math.min(2 ** job.attempts, 300);
    await services.database.tx({ module: 'kernel', actor: kernel }, (db) =>
      db.run(
        sql`update kernel.job set state = 'waiting', locked_until = null, last_error = ${error}, run_at = kernel.now() + ${delay}::int * interval '1 second' where id = ${job.id}::uuid`,
      ),
    );
    return;
  }
  if (handler?.failed) {
    await services.database.tx({ module: job.module, actor }, (db) =>
      handler.failed!({ payload: job.payload, error, db }),
    );
  }
  await finish(services, job, 'failed', error);
}

async function finish(services: Services, job: JobRow, state: 'done' | 'failed', error: string | null): Promise<void> {
  await services.database.tx({ module: 'kernel', actor: kernel }, (db) =>
    db.run(
      sql`update kernel.job set state = ${state}, last_error = ${error}::text, locked_until = null, finished_at = kernel.now() where id = ${job.id}::uuid`,
    ),
  );
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 500);
}
