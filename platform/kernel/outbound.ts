import { lookup as systemLookup } from 'node:dns/promises';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP } from 'node:net';
import { domainError } from './errors.ts';

/** Why a request to the outside was not made, or not followed. */
export type OutboundReason = 'address' | 'origin' | 'scheme' | 'credentials' | 'redirects' | 'unresolved';

export const OutboundRefused = domainError({
  code: 'OUTBOUND_REFUSED',
  status: 422,
  title: { zh: '不允许访问这个外部地址', en: 'This outside address may not be called' },
  action: {
    zh: '请联系数据中心核对接口地址是否已登记。',
    en: 'Ask the data centre whether the address is registered.',
  },
});
export const OutboundTooLarge = domainError({
  code: 'OUTBOUND_TOO_LARGE',
  status: 502,
  title: { zh: '对方返回的内容过大', en: 'The other side sent too much' },
  action: { zh: '请对方分页或分批提供。', en: 'Ask the other side to send it in parts.' },
});
export const OutboundTimeout = domainError({
  code: 'OUTBOUND_TIMEOUT',
  status: 504,
  title: { zh: '对方没有及时回应', en: 'The other side did not answer in time' },
  action: { zh: '系统稍后会重试。', en: 'It is tried again later.' },
});
export const OutboundFailed = domainError({
  code: 'OUTBOUND_FAILED',
  status: 502,
  title: { zh: '无法连接对方系统', en: 'The other side cannot be reached' },
  action: {
    zh: '系统稍后会重试；持续出现请联系对方。',
    en: 'It is tried again later; if it lasts, call the other side.',
  },
});

/** A place that a connector may call. */
export type OutboundTarget = {
  /** Scheme, host and port, exactly: `https://api.example:8443`. */
  origin: string;
  /** Networks inside the building that this name may lie in (CIDR); without it public addresses only. */
  networks?: readonly string[];
};
export type Resolve = (host: string) => Promise<readonly { address: string; family: number }[]>;
export type OutboundReply = { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer };
export type Outbound = (
  url: string,
  options?: { method?: 'GET' | 'POST' | 'PUT' | 'DELETE'; headers?: Record<string, string>; body?: string | Buffer },
) => Promise<OutboundReply>;

/** Not public by the IANA registries of special-purpose addresses, and multicast. */
const SPECIAL_V4 =
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 ' +
  '198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4';
/** Of IPv6 only 2000::/3 is public, less what carries or documents other addresses. */
const SPECIAL_V6 = '::/3 2001::/23 2001:db8::/32 2002::/16 3fff::/20 4000::/2 8000::/1';
/** Where clouds keep their credentials and neighbours are met: nobody may name these. */
const NEVER = listOf(['169.254.0.0/16', 'fe80::/10', 'fd00:ec2::254/128', '100.100.100.200/32']);
const SPECIAL = listOf([...SPECIAL_V4.split(' '), ...SPECIAL_V6.split(' ')]);

/** Whether an address may be called: a public one, or one in a network that the target names. */
export function addressAllowed(address: string, networks: readonly string[] = []): boolean {
  const plain = unmapped(address);
  const family = isIP(plain);
  if (family === 0) return false;
  const kind = family === 6 ? 'ipv6' : 'ipv4';
  if (NEVER[kind].check(plain, kind)) return false;
  return !SPECIAL[kind].check(plain, kind) || listOf(networks)[kind].check(plain, kind);
}

/**
 * The one way of the server to the outside (connectors). A request leaves only to an origin of the list and to an address that was
 * checked after the name was resolved; the connection is made to that very address, so that a second answer of the name server
 * changes nothing. Redirects are checked like the first request. Size and time are limited; nothing is unpacked.
 */
export function createOutbound(options: {
  targets: readonly OutboundTarget[];
  resolve?: Resolve;
  /** For the whole exchange, redirects included. */
  timeoutMs?: number;
  maxBytes?: number;
  maxRedirects?: number;
  /** A redirect is given back as the reply that it is, and followed by nobody. */
  keepRedirects?: boolean;
}): Outbound {
  const { targets, resolve = resolveAll, timeoutMs = 15_000, maxBytes = 10 * 1024 * 1024, maxRedirects = 3 } = options;
  return async (start, { method = 'GET', headers = {}, body } = {}) => {
    const signal = AbortSignal.timeout(timeoutMs);
    let call: Call = { url: urlOf(start), method, headers, body };
    for (let followed = 0; ; followed++) {
      const address = await race(checked(call.url, targets, resolve), signal);
      const reply = await send({ call, address, maxBytes, signal });
      const next = options.keepRedirects ? undefined : redirectOf(call, reply);
      if (next === undefined) return reply;
      if (followed >= maxRedirects) throw refused('redirects', call.url);
      call = next;
    }
  };
}

type Call = { url: URL; method: string; headers: Record<string, string>; body: string | Buffer | undefined };

function urlOf(text: string): URL {
  const url = URL.parse(text);
  if (!url) throw refused('scheme', undefined);
  return url;
}

/** The address to connect to; refuses unless every address of the name is allowed. */
async function checked(url: URL, targets: readonly OutboundTarget[], resolve: Resolve) {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refused('scheme', url);
  if (url.username !== '' || url.password !== '') throw refused('credentials', url);
  const target = targets.find(({ origin }) => URL.parse(origin)?.origin === url.origin);
  if (!target) throw refused('origin', url);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const literal = isIP(host);
  const found = literal !== 0 ? [{ address: host, family: literal }] : await resolve(host).catch(() => []);
  const [first] = found;
  if (!first) throw refused('unresolved', url);
  if (!found.every(({ address }) => addressAllowed(address, target.networks))) throw refused('address', url);
  return first;
}

/**
 * The address of a host that a connector without HTTP (database, SFTP, broker) may connect to: the same rules as for requests.
 * Connect to the address that is given back, not to the name.
 */
export async function resolveAllowed(options: {
  host: string;
  networks: readonly string[];
  resolve?: Resolve;
}): Promise<string> {
  const { host, networks, resolve = resolveAll } = options;
  const plain = host.replace(/^\[|\]$/g, '');
  const literal = isIP(plain);
  const found = literal !== 0 ? [{ address: plain, family: literal }] : await resolve(plain).catch(() => []);
  const [first] = found;
  if (!first) throw OutboundRefused.with({ extra: { reason: 'unresolved', host } });
  if (!found.every(({ address }) => addressAllowed(address, networks)))
    throw OutboundRefused.with({ extra: { reason: 'address', host } });
  return first.address;
}

async function send(options: {
  call: Call;
  address: { address: string; family: number };
  maxBytes: number;
  signal: AbortSignal;
}): Promise<OutboundReply> {
  const { call, address, maxBytes, signal } = options;
  const { url, method, headers, body } = call;
  const pinned = { address: address.address, family: address.family };
  try {
    const message = await new Promise<IncomingMessage>((answer, fail) => {
      const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
        method,
        headers: { 'accept-encoding': 'identity', ...headers },
        signal,
        // No connection of an earlier, differently checked request is used again.
        agent: false,
        lookup: (_host, { all }, done) => (all ? done(null, [pinned]) : done(null, pinned.address, pinned.family)),
      });
      request.once('response', answer).once('error', fail).end(body);
    });
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of message as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) {
        message.destroy();
        throw OutboundTooLarge.with({ extra: { limit: maxBytes } });
      }
      chunks.push(chunk);
    }
    return { status: message.statusCode ?? 0, headers: message.headers, body: Buffer.concat(chunks) };
  } catch (error) {
    if (signal.aborted) throw OutboundTimeout.with();
    if (error instanceof Error && 'spec' in error) throw error;
    throw OutboundFailed.with({ extra: { cause: (error as { code?: string }).code ?? 'unknown' } });
  }
}

/** Where a reply sends the request, with what may go along: nothing secret to another origin, no step down from TLS. */
function redirectOf(call: Call, reply: OutboundReply): Call | undefined {
  const { location } = reply.headers;
  if (![301, 302, 303, 307, 308].includes(reply.status) || typeof location !== 'string') return undefined;
  const url = URL.parse(location, call.url);
  if (!url || (call.url.protocol === 'https:' && url.protocol !== 'https:')) throw refused('scheme', url ?? call.url);
  const keeps = reply.status === 307 || reply.status === 308 || call.method === 'GET';
  const same = url.origin === call.url.origin;
  const headers = Object.fromEntries(
    Object.entries(call.headers).filter(
      ([name]) =>
        (same || /^accept(-language)?$/i.test(name)) && (keeps || !/^content-/i.test(name)) && !/^host$/i.test(name),
    ),
  );
  if (!same && keeps && call.body !== undefined) throw refused('redirects', url);
  return { url, method: keeps ? call.method : 'GET', headers, body: keeps ? call.body : undefined };
}

function refused(reason: OutboundReason, url: URL | undefined) {
  return OutboundRefused.with({ extra: { reason, host: url?.host } });
}

/** The name server may be slow as well. */
async function race<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = (): void => undefined;
  const late = new Promise<never>((_, fail) => {
    stop = () => fail(OutboundTimeout.with());
    signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([work, late]).finally(() => signal.removeEventListener('abort', stop));
}

async function resolveAll(host: string) {
  return systemLookup(host, { all: true, verbatim: true });
}

function unmapped(address: string): string {
  const plain = address.replace(/%.*$/, '');
  if (isIP(plain) !== 6) return plain;
  // The URL parser writes ::ffff:10.0.0.1 as ::ffff:a00:1, whatever form it came in.
  const short = new URL(`http://[${plain}]/`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short);
  if (!mapped) return short;
  const bits = (Number.parseInt(mapped[1] as string, 16) << 16) | Number.parseInt(mapped[2] as string, 16);
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.');
}

/** One list for each family: a single one would take IPv4 addresses for mapped IPv6 ones and match them with `::/3`. */
type Networks = { ipv4: BlockList; ipv6: BlockList };

function listOf(networks: readonly string[]): Networks {
  const lists = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIP(address);
    if (family === 0) throw new Error(`no network: ${network}`);
    const kind = family === 6 ? 'ipv6' : 'ipv4';
    lists[kind].addSubnet(address, Number(bits ?? (family === 6 ? 128 : 32)), kind);
  }
  return lists;
}
