import type { FastifyInstance } from 'fastify';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { MountKernel } from '#platform/kernel/app.ts';
import type { Config } from '#platform/kernel/config.ts';
import { takeOver } from './broken-message.ts';
import { PREFIX } from './services.ts';

/** A header must have come within this time, a whole request within the other. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
const LOOK_MS = 1_000;

/** Sockets that came in by the gateway's own listener, with the origins by which it is reached. */
const taken = new WeakMap<Socket, readonly string[]>();
const listeners = new WeakMap<Config, { port: number }>();

export function originsOfListener(socket: Socket): readonly string[] | undefined {
  return taken.get(socket);
}

/** Port of the gateway's own listener, once it listens. */
export function listenerPort(config: Config): number | undefined {
  return listeners.get(config)?.port;
}

/**
 * A listener of its own for outside systems (网关专用监听), where the configuration names one: with mutual TLS if it holds certificate,
 * key and issuers, so that who has no certificate of theirs does not even get to the gateway.
 */
export function openListener(server: FastifyInstance, kernel: MountKernel): void {
  let own: Server | undefined;
  let closed = false;
  const open = new Set<Socket>();
  /** The server listens before its database is open: what the configuration says is known from then on. */
  const started = async (): Promise<void> => {
    if (closed) return;
    const config = configOf(kernel);
    if (!config) return void setTimeout(() => void started(), LOOK_MS).unref();
    const { gateway } = config;
    if (gateway.port === undefined) return;
    const limits = { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, connectionsCheckingInterval: LOOK_MS };
    const { tls } = gateway;
    own = tls
      ? createTlsServer({
          ...limits,
          cert: readFileSync(tls.cert),
          key: readFileSync(tls.key),
          ca: readFileSync(tls.ca),
          requestCert: true,
          rejectUnauthorized: true,
          minVersion: 'TLSv1.2',
          handshakeTimeout: HEADERS_MS,
        })
      : createServer(limits);
    own.on('request', (request, response) => {
      if (request.url?.startsWith(`${PREFIX}/`)) return server.routing(request, response);
      response.writeHead(404, { connection: 'close' }).end();
    });
    // What is no TLS or never shakes hands gets no answer: there is nobody to give it to.
    takeOver(
      own,
      ({ code = '' }) => code.startsWith('HPE_') || code === 'ERR_HTTP_REQUEST_TIMEOUT',
      () => kernel.services,
    );
    await new Promise<void>((resolve, reject) => own?.once('error', reject).listen(gateway.port, config.host, resolve));
    const { port } = own.address() as AddressInfo;
    listeners.set(config, { port });
    const scheme = tls ? 'https' : 'http';
    const origins = gateway.origin
      ? [gateway.origin]
      : ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${scheme}://${name}:${port}`);
    own.on('connection', (socket: Socket) => open.add(socket.on('close', () => open.delete(socket))));
    own.on(tls ? 'secureConnection' : 'connection', (socket: Socket) => taken.set(socket, origins));
  };
  server.addHook('onListen', started);
  server.addHook('onClose', async () => {
    closed = true;
    for (const socket of open) socket.destroy();
    await new Promise<void>((resolve) => (own ? own.close(() => resolve()) : resolve()));
  });
}

function configOf(kernel: MountKernel): Config | undefined {
  try {
    return kernel.services.config;
  } catch {
    return undefined;
  }
}
