import { type ClientRequest, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fastify, type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Services } from './app.ts';
import { stateStream } from './state-stream.ts';

let server: FastifyInstance;
let asked: () => void;
let answer: Promise<void>;
let go: () => void;

beforeAll(async () => {
  server = fastify();
  const services = { config: { host: '127.0.0.1', publicOrigin: undefined }, log: server.log } as unknown as Services;
  const stream = stateStream(server, {
    event: 'state',
    services: () => services,
    mostOfKey: 1,
    read: async (keys) => new Map(keys.map((key) => [key, '{}'])),
  });
  server.get('/slow', async (request, reply) => {
    asked();
    await answer;
    return stream.follow({ request, reply, key: 'one' });
  });
  server.get('/', async (request, reply) => stream.follow({ request, reply, key: 'one' }));
  await server.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => server.close());

/** Asks without an agent, so that the connection is this request's own. */
function open(path: string): { request: ClientRequest; status: Promise<number> } {
  const { port } = server.server.address() as AddressInfo;
  const request = httpRequest({ host: '127.0.0.1', port, path, agent: false });
  const status = new Promise<number>((resolve, reject) => {
    request.on('response', (response) => resolve(response.resume().statusCode ?? 0)).on('error', reject);
  });
  request.end();
  return { request, status };
}

it('follows nobody who has gone before it began: their place is free', async () => {
  const came = new Promise<void>((resolve) => {
    asked = resolve;
  });
  answer = new Promise<void>((resolve) => {
    go = resolve;
  });
  const left = new Promise<void>((resolve) =>
    server.server.once('connection', (socket) => socket.once('close', () => resolve())),
  );
  const gone = open('/slow');
  gone.status.catch(() => undefined);
  await came;
  gone.request.destroy();
  await left;
  go();
  await answer;
  const next = open('/');
  expect(await next.status).toBe(200);
  // Who stays holds the place.
  expect(await open('/').status).toBe(503);
  next.request.destroy();
});
