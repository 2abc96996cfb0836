import { readConfig } from '#platform/kernel/config.ts';
import { createServer } from '#platform/kernel/http.ts';
import { createLogger } from '#platform/kernel/log.ts';
import { createRegistry } from '#platform/kernel/registry.ts';
import { openRuntime } from '#platform/kernel/runtime.ts';
import { caseManifests } from '#platform/service/fixtures/case-house.ts';

/*
 * Files applications. `submit N AT M`: N forms, AT at once; says each code as soon as it is acknowledged, and kills itself with the
 * M-th, while others are on their way. M = 0: to the end.
 */
const [total = 0, atOnce = 1, dieAt = 0] = process.argv.slice(2).map(Number);
const config = readConfig();
const log = createLogger({ level: 'silent' });
const registry = createRegistry(caseManifests);
const runtime = await openRuntime({ manifests: caseManifests, registry, config, log, work: false });
const server = await createServer({ services: () => runtime.services, registry, config, log });
await server.fastify.ready();

/** The same forms in every run: a retry of what nobody knows the outcome of. */
const formOf = (n: number): string => `019a0000-0000-7000-8000-${String(n).padStart(12, '0')}`;
let next = 0;
let acknowledged = 0;
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    while (next < total) {
      const n = next++;
      const reply = await server.fastify.inject({
        method: 'POST',
        url: '/api/service/cases',
        headers: { cookie: 'sid=citizen', 'idempotency-key': crypto.randomUUID() },
        payload: {
          form: formOf(n),
          channel: 'web',
          items: [{ code: 'food-licence', version: 1 }],
          answers: { 'shop-name': '石库门面馆', 'floor-area': 60 },
          materials: [],
          contact: { name: '沈若水', phone: '13812345678' },
        },
      });
      if (reply.statusCode !== 201) throw new Error(reply.body);
      process.stdout.write(`${n} ${reply.json<{ code: string }>().code}\n`);
      acknowledged += 1;
      if (acknowledged === dieAt) process.kill(process.pid, 'SIGKILL');
    }
  }),
);
await server.fastify.close();
await runtime.close();
