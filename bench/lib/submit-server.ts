/**
 * The server of the bench `submit`: an installation with cases, listening on a port of its own, on the database that the environment names.
 * Says its port once it is ready; it is stopped, or killed, by whoever started it.
 */
import { caseManifests } from '#platform/service/fixtures/case-house.ts';
import { readConfig } from '#platform/kernel/config.ts';
import { createServer } from '#platform/kernel/http.ts';
import { createLogger } from '#platform/kernel/log.ts';
import { createRegistry } from '#platform/kernel/registry.ts';
import { openRuntime } from '#platform/kernel/runtime.ts';

const config = readConfig();
const log = createLogger({ level: config.logLevel });
const registry = createRegistry(caseManifests);
const runtime = await openRuntime({ manifests: caseManifests, registry, config, log, work: false });
const server = await createServer({ services: () => runtime.services, registry, config, log });
const address = await server.fastify.listen({ port: 0, host: '127.0.0.1' });
console.log(`ready ${new URL(address).port}`);
