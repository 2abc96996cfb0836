import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '#platform/kernel/config.ts';
import { createServer } from '#platform/kernel/http.ts';
import { openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { serveWeb } from '#platform/kernel/web-files.ts';
import { probeManifests } from './probe/app.ts';

let house: TestHouse;
let dist: string;
beforeAll(async () => {
  house = await openHouse({ manifests: probeManifests, work: false });
  dist = await mkdtemp(join(tmpdir(), 'smart-district-web-'));
  await writeFile(join(dist, 'index.html'), '<!doctype html><title>test</title>');
  await mkdir(join(dist, 'assets'));
  await writeFile(join(dist, 'assets/map-worker-1.mjs'), 'export {};');
}, 120_000);
afterAll(() => house?.close());

async function answer(url: string, env: Record<string, string> = {}) {
  const { registry, log } = house.services;
  const config = readConfig({ SAMPLE: 'off', ...env });
  const server = await createServer({ services: () => house.services, registry, config, log });
  await serveWeb(server.fastify, { dist, config });
  const reply = await server.fastify.inject({ url, headers: { cookie: 'sid=clerk' } });
  await server.fastify.close();
  return reply;
}

it('a page loads from here only, runs no inline script and stands in no frame', async () => {
  const reply = await answer('/gov/anything');
  expect(reply.statusCode).toBe(200);
  const policy = new Map(
    String(reply.headers['content-security-policy'])
      .split('; ')
      .map((part) => [part.split(' ')[0], part.split(' ').slice(1)]),
  );
  expect(policy.get('script-src')).toEqual(["'self'"]);
  expect(policy.get('default-src')).toEqual(["'self'"]);
  for (const directive of ['object-src', 'base-uri', 'frame-ancestors'])
    expect(policy.get(directive)).toEqual(["'none'"]);
  for (const [directive, sources] of policy) {
    expect(sources, directive).not.toContain('*');
    expect(sources?.join(' '), directive).not.toMatch(/https?:|unsafe-eval/);
    if (directive !== 'style-src') expect(sources, directive).not.toContain("'unsafe-inline'");
  }
});

it('a page may speak to the device agents that the operator named, on the clerk’s own machine only', async () => {
  const reply = await answer('/gov/queue', { DEVICE_AGENTS: 'http://127.0.0.1:18443, https://localhost:18444' });
  expect(reply.headers['content-security-policy']).toContain(
    "connect-src 'self' http://127.0.0.1:18443 https://localhost:18444;",
  );
  for (const agent of ['http://10.0.0.7:18443', 'https://127.0.0.1.example', 'http://127.0.0.1:18443/card', '*'])
    expect(() => readConfig({ DEVICE_AGENTS: agent }), agent).toThrow('DEVICE_AGENTS');
});

it('a worker, which lives under the policy of its own file, may fetch from here', async () => {
  const reply = await answer('/assets/map-worker-1.mjs');
  expect(reply.statusCode).toBe(200);
  expect(reply.headers['content-security-policy']).toBe((await answer('/gov')).headers['content-security-policy']);
});

it.each(['/gov', '/api/probe/ping', '/api/nothing', '/healthz', '/openapi.json', '/no/such/page'])(
  '%s carries the headers that keep browsers careful',
  async (url) => {
    const { headers } = await answer(url);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['permissions-policy']).toContain('camera=()');
    expect(headers['permissions-policy']).toContain('geolocation=(self)');
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    if (url !== '/gov') expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers).not.toHaveProperty('server');
    expect(headers).not.toHaveProperty('x-powered-by');
  },
);

it('asks browsers for TLS for a year once the public origin is https, and not before', async () => {
  expect((await answer('/gov')).headers).not.toHaveProperty('strict-transport-security');
  expect((await answer('/gov', { PUBLIC_ORIGIN: 'http://10.0.0.8' })).headers).not.toHaveProperty(
    'strict-transport-security',
  );
  const { headers } = await answer('/gov', { PUBLIC_ORIGIN: 'https://city.example' });
  expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
});
