import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const HOME = '/usr/lib/postgresql';

/** The newest PostgreSQL of this machine; undefined where there is none, or where nobody may be found to run it. */
async function binaries(): Promise<{ bin: string; as: string[]; owner: number | undefined } | undefined> {
  try {
    const [version] = readdirSync(HOME).sort((a, b) => Number(b) - Number(a));
    const bin = join(HOME, version as string, 'bin');
    await run(join(bin, 'pg_ctl'), ['--version']);
    // PostgreSQL refuses to run as root.
    if (userInfo().uid !== 0) return { bin, as: [], owner: undefined };
    const { stdout } = await run('id', ['-u', 'postgres']);
    return { bin, as: ['runuser', '-u', 'postgres', '--'], owner: Number(stdout) };
  } catch {
    return undefined;
  }
}

export type Cluster = {
  /** As the administrator. */
  url: string;
  /** `pg_ctl restart -m immediate`: every process of the server is killed, what was committed is recovered from its log. */
  crash(): Promise<void>;
  close(): Promise<void>;
};

/** A PostgreSQL of a test's own, which may be killed; undefined where this machine has no binaries. */
export async function openCluster(): Promise<Cluster | undefined> {
  const found = await binaries();
  if (!found) return undefined;
  const { bin, as, owner } = found;
  const folder = await mkdtemp(join(tmpdir(), 'smart-district-cluster-'));
  if (owner !== undefined) await chown(folder, owner, owner);
  const data = join(folder, 'data');
  const port = await freePort();
  const program = (name: string, args: readonly string[]) => {
    const [command, ...rest] = [...as, join(bin, name), ...args] as [string, ...string[]];
    return run(command, rest, { cwd: '/' });
  };
  const settings = [
    `-p ${port}`,
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
    // The machine goes on while the server is killed: what was written is there without being forced to the disk.
    'fsync=off',
    // What nobody has committed is not written by itself: the worst that a crash can find.
    'wal_writer_delay=10s',
  ];
  const options = ['-D', data, '-w', '-l', join(folder, 'log'), '-o', settings.join(' -c ')];
  await program('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync']);
  await program('pg_ctl', [...options, 'start']);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    crash: async () => void (await program('pg_ctl', [...options, '-m', 'immediate', 'restart'])),
    close: async () => {
      await program('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']).catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
