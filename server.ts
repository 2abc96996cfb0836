import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { assertDemoAccountsAllowed, readDemoAccounts } from '#platform/identity/demo-accounts.ts';
import { districtFolder } from '#platform/identity/organisation.ts';
import type { Services } from '#platform/kernel/app.ts';
import { type Config, readConfig, webBuilt } from '#platform/kernel/config.ts';
import { type Control, openControl } from '#platform/kernel/control.ts';
import { DirectoryInUse } from '#platform/kernel/db/lock.ts';
import { DatabaseAway } from '#platform/kernel/db/engine.ts';
import { createServer } from '#platform/kernel/http.ts';
import { createLogger } from '#platform/kernel/log.ts';
import { createRegistry } from '#platform/kernel/registry.ts';
import { openRuntime, type Runtime } from '#platform/kernel/runtime.ts';
import type { Text } from '#platform/kernel/text.ts';
import { serveWeb } from '#platform/kernel/web-files.ts';
import { installedManifests } from './manifests.ts';
import { buildWeb } from './tools/build-web.ts';

/** Set by the first signal: what breaks off after it is no news. */
let stopping = false;

/**
 * `npm start`: listens first and says where, then opens the database, loads the sample district and turns /readyz green.
 * Every end that a person can mend is one sentence, in Chinese and English, and exit code 1.
 */
async function main(): Promise<void> {
  const config = readConfig();
  assertDemoAccountsAllowed(config);
  const log = createLogger({ level: config.logLevel });
  const manifests = await installedManifests(config);
  const registry = createRegistry(manifests);
  let runtime: Runtime | undefined;
  let control: Control | undefined;
  const server = await createServer({ services: () => runtime?.services, registry, config, log });
  const dist = join(config.root, 'web/dist');
  await serveWeb(server.fastify, { dist, config });
  await listen(server.fastify, config);

  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    say('正在停止…', 'Stopping…');
    await server.fastify.close();
    await control?.close();
    await runtime?.close();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());

  const building = webBuilt(config) ? undefined : buildWeb({ root: config.root });
  if (building) say('首次启动，正在生成页面…', 'First start: building the pages…');
  const opened = await openRuntime({
    manifests,
    registry,
    config,
    log,
    onStep: () => say('正在准备数据库…', 'Preparing the database…'),
  });
  // The gate stands before anyone can ask: /readyz must not be green for a moment in between.
  if (config.sample) opened.services.gates.set('sample', { ready: false, note: '' });
  runtime = opened;
  control = await openControl(runtime.services);
  if (config.sample) await loadSample(runtime.services);
  await building;
  if (config.sample) showDemoAccounts(config);
  say('已就绪。', 'Ready.');
}

async function listen(
  fastify: { listen(options: { host: string; port: number }): Promise<string> },
  config: Config,
): Promise<void> {
  const address = await fastify.listen({ host: config.host, port: config.port });
  console.log(`智慧城区 Smart District  ${address}/`);
}

type Progress = { title: Text; read: number; faulty: number; at: number; of: number };

/** Loads the sample district through its own imports; /readyz waits for it. Nothing of the platform names a district. */
async function loadSample(services: Services): Promise<void> {
  const folder = districtFolder(services.config.root);
  const district = (await import(pathToFileURL(join(folder, 'load.ts')).href)) as {
    loadSample(options: { services: Services; onProgress: (progress: Progress) => void }): Promise<void>;
    afterLoad?(options: { services: Services }): Promise<unknown>;
  };
  const gate = services.gates.get('sample') ?? { ready: false, note: '' };
  const shown = { at: 0, ms: 0 };
  await district.loadSample({
    services,
    onProgress: ({ title, read, faulty, at, of }) => {
      gate.note = `${at}/${of} ${title.zh} ${title.en}`;
      const now = Date.now();
      if (at === shown.at && now - shown.ms < 1000) return;
      Object.assign(shown, { at, ms: now });
      console.log(
        `  [${at}/${of}] ${title.zh} ${title.en}  ${read} 行 rows${faulty > 0 ? `，${faulty} 行有误 faulty` : ''}`,
      );
    },
  });
  gate.ready = true;
  gate.note = '';
  // Nobody waits for the rest.
  void district.afterLoad?.({ services }).catch((error: unknown) => services.log.warn({ err: error }, 'sample'));
}

function showDemoAccounts(config: Config): void {
  const accounts = readDemoAccounts(config.root);
  if (accounts.length > 0) say('演示账号（样例数据，仅限本机）', 'Demo accounts (sample data, this machine only)');
  for (const { account, password, name, post } of accounts)
    console.log(`  ${account.padEnd(16)} ${password.padEnd(18)} ${post.padEnd(18)} ${name}`);
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
    return process.env['DATABASE_URL']
      ? `数据库无法连接，请检查 DATABASE_URL。 The database does not answer; check DATABASE_URL. (${error.message})`
      : `内嵌数据库没有响应，请重新启动；已保存的数据不受影响。 The embedded database does not answer; start again, what was saved is kept. (${error.message})`;
  if (!(error instanceof Error)) return String(error);
  // Sentences written for people need no stack.
  return /[\u4e00-\u9fff]/.test(error.message) ? error.message : (error.stack ?? error.message);
}

await main().catch((error: unknown) => {
  if (stopping) return;
  console.error(explain(error));
  process.exit(1);
});
