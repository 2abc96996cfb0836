import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Services } from './app.ts';
import type { Config } from './config.ts';
import { runTypedStatement, type TypedResult, type TypedStatement } from './typed-statement.ts';

/** Unix limits the path of a socket to about 104 bytes. */
const LONGEST_PATH = 100;
const LONGEST_MESSAGE = 64 * 1024 * 1024;

export type Control = { path: string; close(): Promise<void> };

/** Where the running server listens for its operator: in the data directory, or below /tmp where that path is too long. */
export function controlPath(config: Pick<Config, 'dataDir'>): string {
  const path = join(config.dataDir, 'control.sock');
  if (Buffer.byteLength(path) <= LONGEST_PATH) return path;
  const name = createHash('sha256').update(config.dataDir).digest('hex').slice(0, 12);
  return join(tmpdir(), `smart-district-${name}`, 'control.sock');
}

/**
 * Lets the operator of this machine type statements into the running server, which alone has the embedded database open.
 * Only the account that runs the server can open the socket (mode 0600). A socket that a killed server left is replaced;
 * where another live server listens on it, this one goes without.
 */
export async function openControl(services: Services): Promise<Control | undefined> {
  const path = controlPath(services.config);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  if (!ownFolder(dirname(path)) || (await answers(path))) return undefined;
  await rm(path, { force: true });
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    open.add(socket.on('close', () => open.delete(socket)));
    void serve(socket, services);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve));
  await chmod(path, 0o600);
  server.unref();
  return {
    path,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Sends a statement to the running server; undefined when none listens. */
export async function sendStatement(path: string, typed: TypedStatement): Promise<TypedResult | undefined> {
  const socket = await open(path);
  if (!socket) return undefined;
  socket.end(JSON.stringify(typed));
  return JSON.parse(await readAll(socket)) as TypedResult;
}

async function serve(socket: Socket, services: Services): Promise<void> {
  socket.on('error', () => socket.destroy());
  try {
    const typed = JSON.parse(await readAll(socket)) as TypedStatement;
    socket.end(JSON.stringify(await runTypedStatement(services, typed)));
  } catch (error) {
    const refused: TypedResult = {
      ok: false,
      code: 'ERROR',
      message: error instanceof Error ? error.message : String(error),
    };
    if (socket.writable) socket.end(JSON.stringify(refused));
  }
}

async function readAll(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    size += (chunk as Buffer).length;
    if (size > LONGEST_MESSAGE) throw new Error('too long');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function answers(path: string): Promise<boolean> {
  const socket = await open(path);
  socket?.destroy();
  return socket !== undefined;
}

function open(path: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ path, allowHalfOpen: true });
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(undefined));
  });
}

/** Below /tmp anyone may make a folder first: only our own is used. */
function ownFolder(path: string): boolean {
  const found = lstatSync(path);
  return found.isDirectory() && (process.getuid === undefined || found.uid === process.getuid());
}
