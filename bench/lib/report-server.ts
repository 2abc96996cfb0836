/**
 * The servers of the bench `report`, each a process of its own: the product with cases on the database that the environment names, or (`bare`) the same bytes taken in, hashed, encrypted
 * and brought to the disk by nothing but Node. Says its port once it is ready.
 */
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { createServer as createHttp } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { incident } from '#platform/case/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { document } from '#platform/document/app.ts';
import { exchange } from '#platform/exchange/app.ts';
import { geo } from '#platform/geo/app.ts';
import { anonymous } from '#platform/kernel/actor.ts';
import { app } from '#platform/kernel/app.ts';
import { readConfig } from '#platform/kernel/config.ts';
import { createServer } from '#platform/kernel/http.ts';
import { createLogger } from '#platform/kernel/log.ts';
import { authenticator } from '#platform/kernel/ports.ts';
import { createRegistry } from '#platform/kernel/registry.ts';
import { openRuntime } from '#platform/kernel/runtime.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';

/** Supervisors without end: `sid=u7` is the account u7. */
const identity = app({
  id: 'test-identity',
  kind: 'capability',
  folder: 'platform/case/fixtures/identity',
  title: { zh: '样例身份', en: 'Sample identity' },
  provides: [
    authenticator.provide({
      authenticate: async ({ cookie, trace }) => {
        const account = /sid=(u\d+)/.exec(cookie ?? '')?.[1];
        if (!account) return anonymous(trace);
        const unit = { unit: 'street-990101001', area: '990101001' };
        return { kind: 'person', account, name: account, post: 'grid-supervisor', reach: 'own', trace, ...unit };
      },
    }),
  ],
});
const manifests = [identity, rulebook, calendar, access, audit, search, catalog, document, exchange, geo, incident];

async function product(): Promise<string> {
  const config = readConfig();
  const log = createLogger({ level: config.logLevel });
  const registry = createRegistry(manifests);
  const runtime = await openRuntime({ manifests, registry, config, log, work: false });
  const server = await createServer({ services: () => runtime.services, registry, config, log });
  return new URL(await server.fastify.listen({ port: 0, host: '127.0.0.1' })).port;
}

async function bare(): Promise<string> {
  const folder = join(process.env.DATA_DIR ?? '', 'bare');
  await mkdir(folder, { recursive: true });
  let n = 0;
  // Idle between the rounds of the other: closing in the meantime would be taken for a fault.
  const server = createHttp({ keepAliveTimeout: 600_000 }, (request, reply) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const whole = Buffer.concat(pieces);
      const sizes = (new URL(request.url ?? '', 'http://x').searchParams.get('sizes') ?? '').split(',').map(Number);
      let at = 0;
      const works = sizes
        .filter((size) => size > 0)
        .map(async (size) => {
          const bytes = whole.subarray(at, at + size);
          at += size;
          createHash('sm3').update(bytes).digest();
          createHash('sha256').update(bytes).digest();
          const cipher = createCipheriv('aes-256-gcm', randomBytes(32), Buffer.alloc(12));
          const file = await open(join(folder, String(n++)), 'w');
          await file.writev([cipher.update(bytes), cipher.final()]);
          await file.sync();
          await file.close();
        });
      void Promise.all(works).then(() => {
        reply.writeHead(201, { 'content-type': 'application/json' });
        reply.end(JSON.stringify({ files: works.map(() => crypto.randomUUID()) }));
      });
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return String((server.address() as AddressInfo).port);
}

// Ended in order, so that a profile (`node --cpu-prof`) is written.
process.once('SIGTERM', () => process.exit());
console.log(`ready ${process.argv[2] === 'bare' ? await bare() : await product()}`);
