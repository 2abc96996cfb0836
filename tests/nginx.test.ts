import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { request as https } from 'node:https';
import { request as http } from 'node:http';
import { type AddressInfo, createServer as listen } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const NGINX = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/sbin/nginx'].find(
  (path) => spawnSync(path, ['-v']).status === 0,
);
if (NGINX === undefined) console.log('nginx is not installed: its example configuration is not tried');

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = listen().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

describe.skipIf(NGINX === undefined)('the example configuration of the reverse proxy', () => {
  let folder: string;
  let proxy: ChildProcess;
  let behind: Server;
  let plain: number;
  let tls: number;
  const seen: IncomingHttpHeaders[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'proxy-'));
    behind = createServer((request, reply) => {
      seen.push(request.headers);
      reply.end('platform');
    });
    await new Promise<void>((resolve) => behind.listen(0, '127.0.0.1', resolve));
    [plain, tls] = [await freePort(), await freePort()];
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    const name = ['-subj', '/CN=city.example', '-addext', 'subjectAltName=DNS:city.example'];
    const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')];
    execFileSync('openssl', ['req', '-x509', '-days', '2', ...key, ...name, ...files], { stdio: 'ignore' });
    const config = (await readFile(join(import.meta.dirname, '../docs/nginx.conf'), 'utf8'))
      .replaceAll('/etc/ssl/city.example/fullchain.pem', join(folder, 'cert.pem'))
      .replaceAll('/etc/ssl/city.example/key.pem', join(folder, 'key.pem'))
      .replace('listen 80;', `listen 127.0.0.1:${plain};`)
      .replaceAll('listen 443 ', `listen 127.0.0.1:${tls} `)
      .replace('127.0.0.1:8080', `127.0.0.1:${(behind.address() as AddressInfo).port}`)
      .replace('worker_processes auto;', `worker_processes 1; pid ${join(folder, 'pid')}; daemon off;`)
      .replace(
        'http {',
        ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].reduce(
          (text, what) => `${text}\n${what}_temp_path ${join(folder, what)};`,
          'http {',
        ),
      );
    await writeFile(join(folder, 'nginx.conf'), config);
    const options = ['-p', folder, '-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf')];
    execFileSync(NGINX as string, ['-t', ...options], { stdio: 'ignore' });
    proxy = spawn(NGINX as string, options, { stdio: 'ignore' });
    for (;;) {
      const there = await ask({ path: '/' }).catch(() => undefined);
      if (there) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }, 30_000);
  afterAll(async () => {
    proxy?.kill('SIGTERM');
    behind?.close();
    await rm(folder, { recursive: true, force: true });
  });

  type Asked = { path: string; method?: string; headers?: Record<string, string>; secure?: boolean };
  const ask = ({ path, method = 'GET', headers = {}, secure = true }: Asked) =>
    new Promise<{ status: number; location?: string; body: string }>((resolve, reject) => {
      const options = { host: '127.0.0.1', path, method, headers: { host: 'city.example', ...headers } };
      const sent = secure
        ? https({ ...options, port: tls, servername: 'city.example', rejectUnauthorized: false })
        : http({ ...options, port: plain });
      sent.on('error', reject);
      sent.on('response', (reply) => {
        let body = '';
        reply.on('data', (piece) => (body += piece));
        reply.on('end', () => resolve({ status: reply.statusCode ?? 0, location: reply.headers.location, body }));
      });
      sent.end();
    });
  const handshake = (options: object) =>
    new Promise<string>((resolve) => {
      const socket = connect({
        host: '127.0.0.1',
        port: tls,
        servername: 'city.example',
        rejectUnauthorized: false,
        ...options,
      });
      socket.on('secureConnect', () => {
        resolve(`${socket.getProtocol()} ${socket.getCipher().name}`);
        socket.end();
      });
      socket.on('error', () => resolve('refused'));
    });

  it('speaks TLS 1.2 and 1.3 with forward secrecy, nothing older and nothing weaker', async () => {
    expect(await handshake({})).toMatch(/^TLSv1\.3 /);
    expect(await handshake({ maxVersion: 'TLSv1.2' })).toMatch(/^TLSv1\.2 ECDHE-ECDSA-AES256-GCM-SHA384$/);
    expect(await handshake({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })).toBe(
      'refused',
    );
    expect(await handshake({ maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA' })).toBe('refused');
  });

  it('leads plain HTTP to TLS for reading, takes nothing that was written in clear, and answers to its name only', async () => {
    expect(await ask({ path: '/gov?x=1', secure: false })).toMatchObject({
      status: 301,
      location: 'https://city.example/gov?x=1',
    });
    expect((await ask({ path: '/api/identity/login', method: 'POST', secure: false })).status).toBe(403);
    await expect(ask({ path: '/', headers: { host: 'evil.example' } })).rejects.toThrow();
  });

  it('overwrites what a caller says of its own address and host, and keeps the figures inside', async () => {
    seen.length = 0;
    const forged = {
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      'x-real-ip': '203.0.113.9',
      forwarded: 'for=203.0.113.9',
    };
    expect((await ask({ path: '/', headers: forged })).body).toBe('platform');
    expect(seen[0]).toMatchObject({
      host: 'city.example',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'https',
    });
    for (const name of ['x-forwarded-host', 'x-real-ip', 'forwarded']) expect(seen[0]).not.toHaveProperty(name);
    expect((await ask({ path: '/metrics' })).status).toBe(404);
  });
});
