import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

export const APACHE = '/usr/sbin/apache2';
export const MODULES = '/usr/lib/apache2/modules';

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Debian's Apache in a folder of its own, serving its `www`, with one module more that signs people in. */
export async function startApache(options: {
  folder: string;
  port: number;
  modules: readonly string[];
  lines: string;
}): Promise<ChildProcess> {
  const { folder, port, lines } = options;
  const modules = [
    'mpm_event',
    'authz_core',
    'authz_user',
    'authn_core',
    ...options.modules,
    'dir',
    'headers',
    'alias',
  ];
  const configuration = `
ServerRoot ${folder}
PidFile ${folder}/pid
Listen 127.0.0.1:${port}
ServerName 127.0.0.1:${port}
User www-data
Group www-data
ErrorLog ${folder}/error.log
LogLevel warn ${options.modules.map((name) => `${name}:debug`).join(' ')}
${modules
  .filter((name) => existsSync(`${MODULES}/mod_${name}.so`))
  .map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`)
  .join('\n')}
DocumentRoot ${folder}/www
DirectoryIndex index.html
${lines}`;
  writeFileSync(join(folder, 'apache.conf'), configuration);
  spawn('chmod', ['-R', 'a+rX', folder]);
  const apache = spawn(APACHE, ['-f', join(folder, 'apache.conf'), '-D', 'FOREGROUND'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  apache.stderr?.on('data', (chunk) => (said += chunk));
  const end = Date.now() + 20_000;
  for (;;) {
    const up = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    );
    if (up) return apache;
    if (Date.now() > end) throw new Error(`apache does not answer: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
