import { connect, createServer as listenTcp, type Server as TcpServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import { createServer, type Server } from '#platform/kernel/http.ts';
import { openRuntime, type Runtime } from '#platform/kernel/runtime.ts';
import { openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { jobLog, probeManifests } from './probe/app.ts';

/** A line to the database that the test can cut and mend. */
type Line = { port: number; cut(): Promise<void>; mend(): Promise<void> };

async function openLine(target: URL): Promise<Line> {
  const sockets = new Set<Socket>();
  let server: TcpServer | undefined;
  const line: Line = {
    port: 0,
    mend: () =>
      new Promise((resolve) => {
        server = listenTcp((inner) => {
          const outer = connect(Number(target.port || 5432), target.hostname);
          for (const socket of [inner, outer]) {
            sockets.add(socket);
            socket
              .on('error', () => undefined)
              .on('close', () => {
                inner.destroy();
                outer.destroy();
              });
          }
          inner.pipe(outer).pipe(inner);
        }).listen(line.port, '127.0.0.1', () => {
          line.port = (server?.address() as { port: number } | undefined)?.port ?? 0;
          resolve();
        });
      }),
    cut: () =>
      new Promise((resolve) => {
        server?.close(() => resolve());
        for (const socket of sockets) socket.destroy();
        sockets.clear();
      }),
  };
  await line.mend();
  return line;
}

describe.skipIf(!process.env.TEST_DATABASE_URL)('a database that goes away', () => {
  let house: TestHouse;
  let line: Line;
  let runtime: Runtime;
  let server: Server;
  beforeAll(async () => {
    house = await openHouse({ manifests: probeManifests, work: false });
    const url = new URL(house.services.config.databaseUrl ?? '');
    line = await openLine(new URL(url));
    url.hostname = '127.0.0.1';
    url.port = String(line.port);
    const config = { ...house.services.config, databaseUrl: url.href, databaseAdminUrl: undefined };
    runtime = await openRuntime({ manifests: probeManifests, config, log: house.services.log });
    server = await createServer({
      services: () => runtime.services,
      registry: runtime.services.registry,
      config,
      log: house.services.log,
    });
  });
  afterAll(async () => {
    await server?.fastify.close();
    await runtime?.close();
    await line?.cut();
    await house?.close();
  });

  const ask = () => server.fastify.inject({ url: '/api/probe/ping', headers: { 'accept-language': 'en' } });
  const add = (key: string) =>
    server.fastify.inject({
      method: 'POST',
      url: '/api/probe/notes',
      headers: { cookie: 'sid=clerk', 'idempotency-key': key },
      payload: { body: 'during the fault' },
    });

  it('answers 503 with what to do, is not ready, and recovers by itself, nothing doubled', async () => {
    expect((await ask()).statusCode).toBe(200);
    expect((await add('before-the-cut')).statusCode).toBe(201);
    await line.cut();
    const away = await ask();
    expect(away.statusCode).toBe(503);
    expect(away.headers['retry-after']).toBe('5');
    expect(away.json()).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      action: expect.stringContaining('recovers by itself'),
    });
    expect((await add('during-the-cut')).statusCode).toBe(503);
    expect((await server.fastify.inject({ url: '/readyz' })).json()).toMatchObject({
      waiting: [{ gate: 'database', note: 'no answer' }],
    });
    expect((await server.fastify.inject({ url: '/healthz' })).statusCode).toBe(200);
    await line.mend();
    while ((await ask()).statusCode !== 200) await new Promise((resolve) => setTimeout(resolve, 100));
    const again = await add('before-the-cut');
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect((await add('during-the-cut')).statusCode).toBe(201);
    expect((await server.fastify.inject({ url: '/readyz' })).statusCode).toBe(200);
  });

  it('goes on with its jobs afterwards', async () => {
    await line.cut();
    await ask();
    await line.mend();
    while ((await ask()).statusCode !== 200) await new Promise((resolve) => setTimeout(resolve, 100));

    await runtime.services.database.tx({ module: 'probe', actor: systemActor({ name: 'test' }) }, (db) =>
      db.enqueue({ name: 'count', payload: { note: 'after' } }),
    );
    runtime.services.wake();
    while (!jobLog.runs.includes('after#1')) await new Promise((resolve) => setTimeout(resolve, 50));
  });
});
