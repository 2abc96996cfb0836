import { createHash } from 'node:crypto';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { JobHandler, Services } from '#platform/kernel/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { isLoopback } from '#platform/kernel/config.ts';
import type { Consumer } from '#platform/kernel/app.ts';
import { createOutbound } from '#platform/kernel/outbound.ts';
import { unitNames } from '#platform/kernel/ports.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { readFile } from 'node:fs/promises';
import { packageOf } from '../ckan/package.ts';
import { fileOf } from '../formats/files.ts';
import { readDatasets } from '../portal/read-dataset.ts';

/** Files above this go by their address; the city node fetches them itself. */
const LARGEST = 32 * 1024 * 1024;

export type PushResult = {
  entries: number;
  pushed: number;
  kept: number;
  failed: number;
  removed: number;
  received: number;
};

/** A record of the city, as far as this house reads it. */
const Words = Type.Object({
  zh: Type.String({ minLength: 1, maxLength: 2000 }),
  en: Type.String({ minLength: 1, maxLength: 2000 }),
});
const CityRecord = Type.Object({
  id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{2,99}$' }),
  cityOwned: Type.Boolean(),
  title: Words,
  summary: Words,
});

/**
 * Brings the catalogue and the opened data to the city node (上报) and takes city records back (回流), K2. What the city node holds already, by
 * digest, is not sent again; each entry is noted when it has arrived, so that an interrupted run goes on where it stopped. For an
 * item of a city department the city's record stands.
 */
export async function exchangeWithCity(
  services: Services,
  heartbeat: () => Promise<void> = async () => undefined,
): Promise<PushResult> {
  const { nodeRole, cityNode, cityNodeToken, publicOrigin } = services.config;
  const result: PushResult = { entries: 0, pushed: 0, kept: 0, failed: 0, removed: 0, received: 0 };
  if (nodeRole !== 'branch' || cityNode === undefined) return result;
  const { hostname } = new URL(cityNode);
  const send = createOutbound({
    targets: [{ origin: cityNode, ...(isLoopback(hostname) ? { networks: ['127.0.0.0/8', '::1/128'] } : {}) }],
    timeoutMs: 60_000,
    maxBytes: LARGEST,
  });
  const headers = { authorization: `Bearer ${cityNodeToken ?? ''}`, 'content-type': 'application/json' };
  const tx = <T>(work: Parameters<typeof services.database.tx<T>>[1]) =>
    services.database.tx<T>({ module: 'open-data', actor: systemActor({ name: 'city-node' }) }, work);
  result.received = await takeBack();
  const units = (await services.registry.provided(unitNames)[0]?.value.all(services)) ?? new Map();
  const sets = await tx((db) => readDatasets(db));
  const known = new Map(
    (
      await tx((db) =>
        db.rows<{ entry: string; digest: string }>(
          sql`select entry, digest from open_data.push where pushed_at is not null`,
        ),
      )
    ).map(({ entry, digest }) => [entry, digest]),
  );
  const cityOwned = new Set(
    (await tx((db) => db.rows<{ entry: string }>(sql`select entry from open_data.city_record where city_owned`))).map(
      ({ entry }) => entry,
    ),
  );
  for (const set of sets) {
    result.entries += 1;
    const entry = json(packageOf(set, { origin: publicOrigin ?? 'http://localhost', units }));
    const digest = createHash('sha256').update(entry).update(set.digest).digest('hex');
    if (known.get(set.id) === digest || cityOwned.has(set.id)) {
      result.kept += 1;
      continue;
    }
    try {
      const file =
        set.opening === 'open'
          ? await fileOf(services, { version: set.version, fields: set.fields, format: 'csv' })
          : undefined;
      if (file && file.size <= LARGEST)
        await expectDone(
          send(`${cityNode}/harvest/entries/${set.id}/data`, {
            method: 'PUT',
            headers: { ...headers, 'content-type': 'text/csv', digest: set.digest },
            body: await readFile(file.path),
          }),
        );
      // The entry comes after its data: what the city lists it can also give.
      await expectDone(
        send(`${cityNode}/harvest/entries/${set.id}`, { method: 'PUT', headers: { ...headers, digest }, body: entry }),
      );
      await tx((db) =>
        db.run(sql`insert into open_data.push (entry, digest, pushed_at, attempts) values (${set.id}, ${digest}, kernel.now(), 1)
        on conflict (entry) do update set digest = excluded.digest, pushed_at = kernel.now(), attempts = open_data.push.attempts + 1, problem = null`),
      );
      result.pushed += 1;
    } catch (error) {
      result.failed += 1;
      const problem = (error instanceof Error ? error.message : String(error)).slice(0, 300);
      await tx((db) =>
        db.run(sql`insert into open_data.push (entry, digest, attempts, problem) values (${set.id}, ${digest}, 1, ${problem})
        on conflict (entry) do update set attempts = open_data.push.attempts + 1, problem = excluded.problem`),
      );
    }
    await heartbeat();
  }
  await takeDown(new Set(sets.map(({ id }) => id)));
  return result;

  async function takeBack(): Promise<number> {
    const reply = await send(`${cityNode}/harvest/records`, { headers });
    if (reply.status !== 200) throw new Error(`city node answers ${reply.status}`);
    const { records } = JSON.parse(reply.body.toString('utf8')) as { records?: unknown };
    if (!Array.isArray(records)) throw new Error('city node answers without records');
    // One record that another system got wrong must not break the page of everybody: it is left out.
    const right = records.filter((record): record is Static<typeof CityRecord> => Value.Check(CityRecord, record));
    if (right.length < records.length)
      services.log.warn({ wrong: records.length - right.length }, 'the city node sent records that cannot be read');
    await tx(async (db) => {
      for (const { id, cityOwned, title, summary } of right)
        await db.run(sql`insert into open_data.city_record (entry, body, city_owned, received_at) values (${id}, ${json({ title, summary })}::text::jsonb, ${cityOwned}, kernel.now())
          on conflict (entry) do update set body = excluded.body, city_owned = excluded.city_owned, received_at = kernel.now()`);
    });
    return right.length;
  }

  /** What is not open any more leaves the city node too. */
  async function takeDown(open: ReadonlySet<string>): Promise<void> {
    const gone = await tx((db) => db.rows<{ entry: string }>(sql`select entry from open_data.push`));
    for (const { entry } of gone) {
      if (open.has(entry)) continue;
      try {
        const { status } = await send(`${cityNode}/harvest/entries/${entry}/withdrawal`, {
          method: 'POST',
          headers,
          body: '{}',
        });
        if (status !== 404 && (status < 200 || status >= 300)) throw new Error(`city node answers ${status}`);
        await tx((db) => db.run(sql`delete from open_data.push where entry = ${entry}`));
        result.removed += 1;
      } catch (error) {
        result.failed += 1;
        const problem = (error instanceof Error ? error.message : String(error)).slice(0, 300);
        await tx((db) =>
          db.run(sql`update open_data.push set attempts = attempts + 1, problem = ${problem} where entry = ${entry}`),
        );
      }
    }
  }
}

async function expectDone(reply: Promise<{ status: number }>): Promise<void> {
  const { status } = await reply;
  if (status < 200 || status >= 300) throw new Error(`city node answers ${status}`);
}

export const pushJob: JobHandler = {
  name: 'push',
  run: async ({ services, heartbeat }) => {
    const { failed } = await exchangeWithCity(services, heartbeat);
    // What did not arrive is tried again with the job; what arrived is not sent twice.
    if (failed > 0) throw new Error(`${failed} entries did not arrive`);
  },
};

/**
 * A published version is news for the city node. Each has a job of its own: one that was queued under a common name while another ran would be
 * taken for that one and lost.
 */
export const pushPublished: Consumer = {
  name: 'push-published',
  type: 'open-data.version.published',
  handle: async ({ event, db, services }) => {
    if (services.config.nodeRole === 'branch') await db.enqueue({ name: 'push', payload: {}, key: event.subject });
  },
};

/** A set that was taken down leaves the city node as well. */
export const pushWithdrawn: Consumer = {
  name: 'push-withdrawn',
  type: 'open-data.dataset.withdrawn',
  handle: async ({ event, db, services }) => {
    if (services.config.nodeRole === 'branch') await db.enqueue({ name: 'push', payload: {}, key: event.id });
  },
};
