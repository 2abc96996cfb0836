import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { addressAllowed, createOutbound, type OutboundTarget, type Resolve } from './outbound.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

type Answer = (request: IncomingMessage, reply: ServerResponse) => void;
async function listen(answer: Answer): Promise<{ port: number; seen: IncomingMessage[] }> {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, reply) => {
    seen.push(request);
    answer(request, reply);
  });
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return { port: (server.address() as AddressInfo).port, seen };
}
const HERE = ['127.0.0.0/8'];
const at =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
const target = (port: number, more: Partial<OutboundTarget> = {}): OutboundTarget => ({
  origin: `http://partner.example:${port}`,
  networks: HERE,
  ...more,
});
const reasonOf = async (work: Promise<unknown>) => {
  const error = (await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )) as { spec?: { code: string }; extra?: { reason?: string } } | undefined;
  return error?.extra?.reason ?? error?.spec?.code;
};

describe('a request to the outside', () => {
  it('reaches a registered partner under its own name, at the address that was checked', async () => {
    const { port, seen } = await listen((_request, reply) => reply.end('{"ok":true}'));
    const outbound = createOutbound({ targets: [target(port)], resolve: at('127.0.0.1') });
    const reply = await outbound(`http://partner.example:${port}/list?page=2`, { headers: { 'x-key': 'k' } });
    expect(reply).toMatchObject({ status: 200 });
    expect(JSON.parse(reply.body.toString())).toEqual({ ok: true });
    expect(seen[0]?.headers).toMatchObject({ host: `partner.example:${port}`, 'x-key': 'k' });
    expect(seen[0]?.url).toBe('/list?page=2');
  });

  it('goes to origins of the list only: not to another port, scheme, name or with a password in the address', async () => {
    const { port, seen } = await listen((_request, reply) => reply.end());
    const outbound = createOutbound({ targets: [target(port)], resolve: at('127.0.0.1') });
    expect(await reasonOf(outbound(`http://other.example:${port}/`))).toBe('origin');
    expect(await reasonOf(outbound('http://partner.example/'))).toBe('origin');
    expect(await reasonOf(outbound(`https://partner.example:${port}/`))).toBe('origin');
    expect(await reasonOf(outbound(`http://partner.example:${port}@evil.example/`))).toBe('credentials');
    expect(await reasonOf(outbound('file:///etc/passwd'))).toBe('scheme');
    expect(await reasonOf(outbound('no address'))).toBe('scheme');
    expect(seen).toEqual([]);
  });

  it('is refused when the name leads inside, even if only one of its addresses does', async () => {
    const { port, seen } = await listen((_request, reply) => reply.end());
    const open = { origin: `http://partner.example:${port}` };
    for (const addresses of [
      ['127.0.0.1'],
      ['10.1.2.3'],
      ['169.254.169.254'],
      ['::1'],
      ['93.184.215.14', '10.0.0.1'],
    ]) {
      const outbound = createOutbound({ targets: [open], resolve: at(...addresses) });
      expect(await reasonOf(outbound(`http://partner.example:${port}/`)), addresses.join()).toBe('address');
    }
    const literal = createOutbound({ targets: [{ origin: `http://127.0.0.1:${port}` }] });
    for (const spelling of ['127.0.0.1', '127.1', '0x7f000001', '2130706433', '017700000001'])
      expect(await reasonOf(literal(`http://${spelling}:${port}/`)), spelling).toBe('address');
    expect(seen).toEqual([]);
  });

  it('asks the name server once: a second answer changes nothing', async () => {
    const { port, seen } = await listen((_request, reply) => reply.end('first'));
    let asked = 0;
    const outbound = createOutbound({
      targets: [target(port)],
      resolve: async () => [{ address: asked++ === 0 ? '127.0.0.1' : '169.254.169.254', family: 4 }],
    });
    expect((await outbound(`http://partner.example:${port}/`)).body.toString()).toBe('first');
    expect([asked, seen.length]).toEqual([1, 1]);
    // The next request is checked anew.
    expect(await reasonOf(outbound(`http://partner.example:${port}/`))).toBe('address');
  });

  it('follows a redirect only to where it might have gone itself, and takes no secret to another origin', async () => {
    const inside = await listen((_request, reply) => reply.end('secret of the inside'));
    const second = await listen((_request, reply) => reply.end('arrived'));
    const first = await listen((request, reply) => {
      const to: Record<string, string> = {
        '/own': '/list',
        '/other': `http://second.example:${second.port}/x`,
        '/inside': `http://127.0.0.1:${inside.port}/`,
        '/metadata': 'http://169.254.169.254/latest',
        '/loop': '/loop',
      };
      const location = to[request.url ?? ''];
      if (location === undefined) return void reply.end('list');
      reply.writeHead(302, { location }).end();
    });
    const outbound = createOutbound({
      targets: [target(first.port), { origin: `http://second.example:${second.port}`, networks: HERE }],
      resolve: at('127.0.0.1'),
    });
    const get = (path: string) =>
      outbound(`http://partner.example:${first.port}${path}`, {
        headers: { authorization: 'Bearer t', accept: 'a/b' },
      });
    expect((await get('/own')).body.toString()).toBe('list');
    expect((await get('/other')).body.toString()).toBe('arrived');
    expect(second.seen[0]?.headers).not.toHaveProperty('authorization');
    expect(second.seen[0]?.headers.accept).toBe('a/b');
    expect(await reasonOf(get('/inside'))).toBe('origin');
    expect(await reasonOf(get('/metadata'))).toBe('origin');
    expect(await reasonOf(get('/loop'))).toBe('redirects');
    expect(inside.seen).toEqual([]);
    const post = outbound(`http://partner.example:${first.port}/own`, {
      method: 'POST',
      body: 'b',
      headers: { 'content-type': 'x/y' },
    });
    expect((await post).status).toBe(200);
    expect(first.seen.at(-1)?.method).toBe('GET');
    expect(first.seen.at(-1)?.headers).not.toHaveProperty('content-type');
  });

  it('takes no more than it was told, packed or not, and waits no longer', async () => {
    const { port } = await listen((request, reply) => {
      if (request.url === '/slow') return;
      if (request.url === '/packed') {
        reply.setHeader('content-encoding', 'gzip');
        return void reply.end(gzipSync(Buffer.alloc(5_000_000)));
      }
      const drip = setInterval(() => reply.write(Buffer.alloc(10_000)), 1);
      reply.on('close', () => clearInterval(drip));
    });
    const outbound = createOutbound({
      targets: [target(port)],
      resolve: at('127.0.0.1'),
      maxBytes: 50_000,
      timeoutMs: 1_000,
    });
    const get = (path: string) => outbound(`http://partner.example:${port}${path}`);
    expect(await reasonOf(get('/endless'))).toBe('OUTBOUND_TOO_LARGE');
    expect((await get('/packed')).body.length).toBeLessThan(50_000);
    expect(await reasonOf(get('/slow'))).toBe('OUTBOUND_TIMEOUT');
    const silent = createOutbound({
      targets: [target(port)],
      resolve: () => new Promise(() => undefined),
      timeoutMs: 200,
    });
    expect(await reasonOf(silent(`http://partner.example:${port}/`))).toBe('OUTBOUND_TIMEOUT');
    const nobody = createOutbound({ targets: [target(1)], resolve: at('127.0.0.1') });
    expect(await reasonOf(nobody('http://partner.example:1/'))).toBe('OUTBOUND_FAILED');
    const unknown = createOutbound({ targets: [target(port)], resolve: at() });
    expect(await reasonOf(unknown(`http://partner.example:${port}/`))).toBe('unresolved');
  });
});

describe('addresses', () => {
  it('inside, of this machine and of nobody are refused; so is what carries them in IPv6', () => {
    const inside = [
      '0.0.0.0',
      '10.0.0.1',
      '100.64.0.1',
      '127.0.0.1',
      '169.254.169.254',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '198.18.0.1',
      '224.0.0.1',
      '255.255.255.255',
      '::',
      '::1',
      '::ffff:10.0.0.1',
      '::ffff:7f00:1',
      '64:ff9b::a00:1',
      'fc00::1',
      'fd12::1',
      'fe80::1',
      'fe80::1%eth0',
      'ff02::1',
      '2001:db8::1',
      '2002:a00:1::',
      '2001:0:1::1',
      '10.1',
      'example.com',
      '',
    ];
    for (const address of inside) expect(addressAllowed(address), address).toBe(false);
    for (const address of ['93.184.215.14', '172.32.0.1', '100.128.0.1', '2606:2800:21f:cb07::1', '::ffff:8.8.8.8'])
      expect(addressAllowed(address), address).toBe(true);
  });

  it('of a named network are allowed, but the place of cloud credentials never', () => {
    expect(addressAllowed('10.20.0.7', ['10.20.0.0/16'])).toBe(true);
    expect(addressAllowed('10.21.0.7', ['10.20.0.0/16'])).toBe(false);
    expect(addressAllowed('::ffff:10.20.0.7', ['10.20.0.0/16'])).toBe(true);
    expect(addressAllowed('169.254.169.254', ['0.0.0.0/0'])).toBe(false);
    expect(addressAllowed('fe80::1', ['::/0'])).toBe(false);
  });

  it('are judged alike in every spelling', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(fc.tuple(byte, byte, byte, byte), ([a, b, c, d]) => {
        const plain = `${a}.${b}.${c}.${d}`;
        const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
        expect(addressAllowed(`::ffff:${plain}`)).toBe(addressAllowed(plain));
        expect(addressAllowed(`0:0:0:0:0:ffff:${hex}`)).toBe(addressAllowed(plain));
        // Written out once more, by ranges of the first two bytes.
        const special =
          [0, 10, 127].includes(a) ||
          a >= 224 ||
          (a === 100 && b >= 64 && b < 128) ||
          (a === 169 && b === 254) ||
          (a === 172 && b >= 16 && b < 32) ||
          (a === 192 && b === 168) ||
          (a === 198 && (b === 18 || b === 19)) ||
          [
            [192, 0, 0],
            [192, 0, 2],
            [192, 88, 99],
            [198, 51, 100],
            [203, 0, 113],
          ].some(([x, y, z]) => a === x && b === y && c === z);
        expect(addressAllowed(plain)).toBe(!special);
      }),
      { numRuns: 2_000 },
    );
  });
});
