import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Services } from '#platform/kernel/app.ts';
import { type Config, readConfig, webBuilt } from '#platform/kernel/config.ts';
import { DirectoryInUse } from '#platform/kernel/db/lock.ts';
import { DatabaseAway } from '#platform/kernel/db/engine.ts';
import { createServer } from '#platform/kernel/http.ts';
import { createLogger } from '#platform/kernel/log.ts';
import { createRegistry } from '#platform/kernel/registry.ts';
import { openRuntime, type Runtime } from '#platform/kernel/runtime.ts';
import { serveWeb } from '#platform/kernel/web-files.ts';
import { manifests } from './manifests.ts';
import { buildWeb } from './tools/build-web.ts';

/**
 * `npm start`: listens first and says where, then opens the database, loads the sample district and turns /readyz green.
 * Every end that a person can mend is one sentence, in Chinese and English, and exit code 1.
 */
async function main(): Promise<void> {
  const config = readConfig();
  const log = createLogger({ level: config.logLevel });
  const registry = createRegistry(manifests);
  let runtime: Runtime | undefined;
  const server = await createServer({ services: () => runtime?.services, registry, config, log });
  const dist = join(config.root, 'web/dist');
  await serveWeb(server.fastify, { dist });
  await listen(server.fastify, config);

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    say('正在停止…', 'Stopping…');
    await server.fastify.close();
    await runtime?.close();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());

  const building = webBuilt(config) ? undefined : buildWeb({ root: config.root });
  if (building) say('首次启动，正在生成页面…', 'First start: building the pages…');
  runtime = await openRuntime({
    manifests,
    registry,
    config,
    log,
    onStep: () => say('正在准备数据库…', 'Preparing the database…'),
  });
  if (config.sample) await loadSample(runtime.services);
  await building;
  say('已就绪。', 'Ready.');
}

async function listen(
  fastify: { listen(options: { host: string; port: number }): Promise<string> },
  config: Config,
): Promise<void> {
  const address = await fastify.listen({ host: config.host, port: config.port });
  console.log(`智慧城区 Smart District  ${address}/`);
}

/** The district is chosen by configuration: nothing of the platform names one. */
async function loadSample(services: Services): Promise<void> {
  const file = join(services.config.root, 'districts', services.config.district, 'load.ts');
  if (!existsSync(file)) return;
  const gate = { ready: false, note: '' };
  services.gates.set('sample', gate);
  const district = (await import(pathToFileURL(file).href)) as {
    loadSample(options: { services: Services; onProgress: (note: string) => void }): Promise<void>;
  };
  const shown = { note: '', at: 0 };
  await district.loadSample({
    services,
    onProgress: (note) => {
      gate.note = note;
      if (note === shown.note || Date.now() - shown.at < 500) return;
      Object.assign(shown, { note, at: Date.now() });
      console.log(`  ${note}`);
    },
  });
  gate.ready = true;
  gate.note = '';
}

function say(zh: string, en: string): void {
  console.log(`${zh}  ${en}`);
}

/** What went wrong, for the person at the terminal; a fault of the program keeps its stack. */
function explain(error: unknown): string {
  const code = (error as { code?: string }).code;
  const { PORT = '8080', HOST = '127.0.0.1' } = process.env;
  if (code === 'EADDRINUSE') {
    return `端口 ${PORT} 已被占用，请先停止占用它的程序，或用 PORT 另选端口。 Port ${PORT} is taken; stop the program that uses it or choose another with PORT.`;
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
    return `无法监听 ${HOST}:${PORT}，请检查 HOST 与 PORT。 Cannot listen on ${HOST}:${PORT}; check HOST and PORT.`;
  }
  if (error instanceof DirectoryInUse) return error.message;
  if (error instanceof DatabaseAway)
    return `数据库无法连接，请检查 DATABASE_URL。 The database does not answer; check DATABASE_URL.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

await main().catch((error: unknown) => {
  console.error(explain(error));
  process.exit(1);
});
