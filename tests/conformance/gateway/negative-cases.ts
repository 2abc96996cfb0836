import { gzipSync } from 'node:zlib';
import { contentDigest } from '#platform/exchange/gateway/content-digest.ts';
import { REQUEST_COMPONENTS } from '#platform/exchange/gateway/message-signature.ts';
import { type Draft, dropLine, lineOf, setLine, type Spoil } from './raw-socket.ts';

/** A message that must be refused (拒收用例): what is wrong with it, and the code that says so. */
export type Case = {
  class: string;
  what: string;
  spoil?: Spoil;
  /** Which registered key signs. */
  key?: 'good' | 'expired' | 'to-come' | 'revoked' | 'disabled' | 'elsewhere' | 'bound' | 'unknown' | 'no-permit';
  method?: 'GET' | 'POST';
  path?: string;
  body?: string;
  service?: string;
  purpose?: string;
  /** Bytes instead of the message. */
  raw?: (bytes: Buffer, origin: string) => Buffer;
  /** The connection is broken off after these bytes; nobody reads an answer then, the log says it. */
  breakOff?: boolean;
  status: number;
  code: string;
};

const VERIFY = '/gateway/v1/verify/person';
const now = (): number => Math.floor(Date.now() / 1000);
const flip = (text: string): string => text.replace(/:(.)/, (_all, first: string) => `:${first === 'A' ? 'B' : 'A'}`);
const without = (name: string): readonly string[] => REQUEST_COMPONENTS.filter((component) => component !== name);
const after = (work: (draft: Draft) => void): { spoil: Spoil } => ({ spoil: { after: work } });
const before = (work: (draft: Draft) => void): { spoil: Spoil } => ({ spoil: { draft: work } });
const param = (name: string, value: string | number): { spoil: Spoil } => ({
  spoil: { params: (params) => void params.set(name, value) },
});
const lacking = (name: string): { spoil: Spoil } => ({ spoil: { params: (params) => void params.delete(name) } });
const refused = (status: number, code: string) => ({
  status,
  code: code.startsWith('!') ? code.slice(1) : `GATEWAY_${code}`,
});
const once = (id: string) => `{"items":[{"id":"${id}","fields":{"name":"样例"}}]}`;

export const CASES: readonly Case[] = [
  // Missing
  {
    class: 'missing',
    what: 'no signature at all',
    ...after((d) => (dropLine(d, 'signature'), dropLine(d, 'signature-input'))),
    ...refused(401, 'UNSIGNED'),
  },
  {
    class: 'missing',
    what: 'no Signature-Input',
    ...after((d) => dropLine(d, 'signature-input')),
    ...refused(400, 'SIGNATURE_MALFORMED'),
  },
  {
    class: 'missing',
    what: 'no Signature',
    ...after((d) => dropLine(d, 'signature')),
    ...refused(400, 'SIGNATURE_MALFORMED'),
  },
  {
    class: 'missing',
    what: 'no Content-Digest on the way',
    ...after((d) => dropLine(d, 'content-digest')),
    ...refused(400, 'DIGEST_MISSING'),
  },
  {
    class: 'missing',
    what: 'no purpose on the way',
    ...after((d) => dropLine(d, 'gateway-purpose')),
    ...refused(400, 'PURPOSE'),
  },
  {
    class: 'missing',
    what: 'no case on the way',
    ...after((d) => dropLine(d, 'gateway-case')),
    ...refused(400, 'CASE'),
  },
  {
    class: 'missing',
    what: 'no service on the way',
    ...after((d) => dropLine(d, 'gateway-service')),
    ...refused(400, 'SIGNATURE_MALFORMED'),
  },
  {
    class: 'missing',
    what: 'an empty case',
    ...before((d) => setLine(d, 'gateway-case', '')),
    ...refused(400, 'CASE'),
  },
  {
    class: 'missing',
    what: 'no Content-Length',
    ...after((d) => (dropLine(d, 'content-length'), (d.body = Buffer.alloc(0)))),
    ...refused(411, 'LENGTH_REQUIRED'),
  },
  {
    class: 'missing',
    what: 'no Content-Type',
    ...after((d) => dropLine(d, 'content-type')),
    ...refused(415, 'CONTENT_TYPE'),
  },
  // Not covered
  ...REQUEST_COMPONENTS.map(
    (name): Case => ({
      class: 'uncovered',
      what: `${name} is not signed`,
      spoil: { components: without(name) },
      ...refused(401, 'SIGNATURE_INCOMPLETE'),
    }),
  ),
  ...['created', 'expires', 'nonce', 'keyid', 'alg', 'tag'].map(
    (name): Case => ({
      class: 'uncovered',
      what: `no parameter ${name}`,
      ...lacking(name),
      ...refused(401, 'SIGNATURE_INCOMPLETE'),
    }),
  ),
  // Wrongly signed
  {
    class: 'wrongly signed',
    what: 'a changed signature',
    ...after((d) => setLine(d, 'signature', flip(lineOf(d, 'signature')))),
    ...refused(401, 'SIGNATURE_INVALID'),
  },
  {
    class: 'wrongly signed',
    what: 'a cut signature',
    ...after((d) => setLine(d, 'signature', 'sig=:AAAA:')),
    ...refused(401, 'SIGNATURE_INVALID'),
  },
  {
    class: 'wrongly signed',
    what: 'an empty signature',
    ...after((d) => setLine(d, 'signature', 'sig=::')),
    ...refused(400, 'SIGNATURE_MALFORMED'),
  },
  {
    class: 'wrongly signed',
    what: 'another method',
    ...after((d) => void (d.method = 'PUT')),
    ...refused(401, 'SIGNATURE_INVALID'),
  },
  {
    class: 'wrongly signed',
    what: 'another address',
    ...after((d) => void (d.path += '?limit=1')),
    ...refused(401, 'SIGNATURE_INVALID'),
  },
  {
    class: 'wrongly signed',
    what: 'another purpose on the way',
    ...after((d) => setLine(d, 'gateway-purpose', 'community-care')),
    ...refused(401, 'SIGNATURE_INVALID'),
  },
  {
    class: 'wrongly signed',
    what: 'another case on the way',
    ...after((d) => setLine(d, 'gateway-case', 'BJ-2026-9999')),
    ...refused(401, 'SIGNATURE_INVALID'),
  },
  {
    class: 'wrongly signed',
    what: 'another digest and content on the way',
    ...after((d) => {
      d.body = Buffer.from(once('310199199001010011').padEnd(d.body.length));
      setLine(d, 'content-digest', contentDigest(d.body));
      setLine(d, 'content-length', String(d.body.length));
    }),
    ...refused(401, 'SIGNATURE_INVALID'),
  },
  {
    class: 'wrongly signed',
    what: 'a later end on the way',
    ...after((d) =>
      setLine(d, 'signature-input', lineOf(d, 'signature-input').replace(/expires=\d+/, `expires=${now() + 120}`)),
    ),
    ...refused(401, 'SIGNATURE_INVALID'),
  },
  {
    class: 'wrongly signed',
    what: 'another nonce on the way',
    ...after((d) =>
      setLine(
        d,
        'signature-input',
        lineOf(d, 'signature-input').replace(/nonce="[^"]+"/, 'nonce="AAAAAAAAAAAAAAAAAAAA"'),
      ),
    ),
    ...refused(401, 'SIGNATURE_INVALID'),
  },
  {
    class: 'wrongly signed',
    what: 'signed for another application',
    ...param('tag', 'somebody-else'),
    ...refused(401, 'TAG'),
  },
  {
    class: 'wrongly signed',
    what: 'the algorithm of another key',
    ...param('alg', 'sm2-sm3'),
    ...refused(401, 'ALGORITHM'),
  },
  {
    class: 'wrongly signed',
    what: 'an algorithm that nobody knows',
    ...param('alg', 'none'),
    ...refused(401, 'ALGORITHM'),
  },
  {
    class: 'wrongly signed',
    what: 'an algorithm with a shared secret',
    ...param('alg', 'hmac-sha256'),
    ...refused(401, 'ALGORITHM'),
  },
  // Malformed signature fields
  {
    class: 'malformed',
    what: 'no dictionary',
    ...after((d) => setLine(d, 'signature-input', 'sig=(((')),
    ...refused(400, 'SIGNATURE_MALFORMED'),
  },
  {
    class: 'malformed',
    what: 'two signatures',
    ...after((d) => {
      setLine(d, 'signature', `${lineOf(d, 'signature')}, two=:AAAA:`);
      setLine(d, 'signature-input', `${lineOf(d, 'signature-input')}, two=()`);
    }),
    ...refused(400, 'SIGNATURE_MALFORMED'),
  },
  {
    class: 'malformed',
    what: 'labels that differ',
    ...after((d) => setLine(d, 'signature', lineOf(d, 'signature').replace('sig=', 'other='))),
    ...refused(400, 'SIGNATURE_MALFORMED'),
  },
  {
    class: 'malformed',
    what: 'a component twice',
    spoil: {
      after: (d) =>
        setLine(d, 'signature-input', lineOf(d, 'signature-input').replace('("@method"', '("@method" "@method"')),
    },
    ...refused(400, 'SIGNATURE_MALFORMED'),
  },
  {
    class: 'malformed',
    what: 'a time that is a text',
    ...after((d) =>
      setLine(d, 'signature-input', lineOf(d, 'signature-input').replace(/created=(\d+)/, 'created="$1"')),
    ),
    ...refused(400, 'SIGNATURE_MALFORMED'),
  },
  { class: 'malformed', what: 'a time before 1970', ...param('created', -1), ...refused(400, 'SIGNATURE_MALFORMED') },
  {
    class: 'malformed',
    what: 'a nonce that is too short',
    ...param('nonce', 'short'),
    ...refused(400, 'SIGNATURE_MALFORMED'),
  },
  {
    class: 'malformed',
    what: 'a key id that is none',
    ...param('keyid', '../../etc/passwd'),
    ...refused(400, 'SIGNATURE_MALFORMED'),
  },
  {
    class: 'malformed',
    what: 'a digest that is no byte sequence',
    ...before((d) => setLine(d, 'content-digest', 'sha-256="text"')),
    ...refused(400, 'DIGEST_MISSING'),
  },
  {
    class: 'malformed',
    what: 'a purpose that is no code',
    ...before((d) => setLine(d, 'gateway-purpose', "x' or '1'='1")),
    ...refused(400, 'PURPOSE'),
  },
  // Clock
  {
    class: 'clock skew',
    what: 'ten minutes old',
    spoil: { params: (p) => void p.set('created', now() - 600).set('expires', now() - 1) },
    ...refused(401, 'EXPIRED'),
  },
  {
    class: 'clock skew',
    what: 'made six minutes ago, still valid',
    spoil: { params: (p) => void p.set('created', now() - 360).set('expires', now() + 60) },
    ...refused(401, 'CLOCK_SKEW'),
  },
  {
    class: 'clock skew',
    what: 'made in the future',
    spoil: { params: (p) => void p.set('created', now() + 400).set('expires', now() + 460) },
    ...refused(401, 'CLOCK_SKEW'),
  },
  {
    class: 'clock skew',
    what: 'valid for a day',
    spoil: { params: (p) => void p.set('expires', now() + 86_400) },
    ...refused(401, 'LIFETIME'),
  },
  {
    class: 'clock skew',
    what: 'ends before it begins',
    spoil: { params: (p) => void p.set('expires', now() - 5) },
    ...refused(401, 'LIFETIME'),
  },
  // Keys and certificates
  { class: 'key', what: 'an unknown key', key: 'unknown', ...refused(401, 'KEY_UNKNOWN') },
  { class: 'key', what: 'an expired key', key: 'expired', ...refused(401, 'KEY_EXPIRED') },
  { class: 'key', what: 'a certificate that is not valid yet', key: 'to-come', ...refused(401, 'KEY_EXPIRED') },
  { class: 'key', what: 'a revoked key', key: 'revoked', ...refused(401, 'KEY_REVOKED') },
  { class: 'key', what: 'a system out of use', key: 'disabled', ...refused(403, 'SYSTEM_DISABLED') },
  { class: 'key', what: 'from a network that is not registered', key: 'elsewhere', ...refused(403, 'NETWORK') },
  {
    class: 'key',
    what: 'without the client certificate that it is bound to',
    key: 'bound',
    ...refused(403, 'CLIENT_CERTIFICATE'),
  },
  // Content
  {
    class: 'digest',
    what: 'other content of the same length',
    ...after((d) => void (d.body = Buffer.from(d.body.toString().replace('样例', '例样')))),
    ...refused(400, 'DIGEST'),
  },
  {
    class: 'digest',
    what: 'an insecure digest only',
    ...before((d) => setLine(d, 'content-digest', 'md5=:Sd/dVLAcvNLSq16eXua5uQ==:')),
    ...refused(400, 'DIGEST_MISSING'),
  },
  {
    class: 'digest',
    what: 'two digests of which one is wrong',
    ...before((d) =>
      setLine(d, 'content-digest', `${lineOf(d, 'content-digest')}, sha-512=:${Buffer.alloc(64).toString('base64')}:`),
    ),
    ...refused(400, 'DIGEST'),
  },
  {
    class: 'digest',
    what: 'the digest of nothing',
    ...before((d) => setLine(d, 'content-digest', contentDigest(''))),
    ...refused(400, 'DIGEST'),
  },
  {
    class: 'truncated',
    what: 'broken off in the middle of the content',
    breakOff: true,
    raw: (bytes) => bytes.subarray(0, bytes.length - 10),
    ...refused(400, 'ABORTED'),
  },
  {
    class: 'truncated',
    what: 'broken off before the content',
    breakOff: true,
    raw: (bytes) => bytes.subarray(0, bytes.indexOf('\r\n\r\n') + 4),
    ...refused(400, 'ABORTED'),
  },
  {
    class: 'oversized',
    what: 'says two megabytes',
    ...after((d) => setLine(d, 'content-length', String(2 * 1024 * 1024))),
    ...refused(413, 'TOO_LARGE'),
  },
  {
    class: 'oversized',
    what: 'says a length that no number holds',
    ...after((d) => setLine(d, 'content-length', '9'.repeat(30))),
    ...refused(400, 'MALFORMED'),
  },
  {
    class: 'oversized',
    what: 'a header of 40 kB',
    ...after((d) => setLine(d, 'x-long', 'a'.repeat(40_000))),
    ...refused(431, 'HEADER_TOO_LARGE'),
  },
  {
    class: 'oversized',
    what: 'too many statements',
    body: `{"items":[${Array.from({ length: 101 }, () => '{"id":"310199199001010011","fields":{"name":"甲"}}').join(',')}]}`,
    ...refused(400, '!INVALID_INPUT'),
  },
  {
    class: 'bomb',
    what: 'compressed content',
    ...before((d) => {
      d.body = gzipSync(Buffer.alloc(1_000_000));
      setLine(d, 'content-digest', contentDigest(d.body));
      setLine(d, 'content-length', String(d.body.length));
      setLine(d, 'content-encoding', 'gzip');
    }),
    ...refused(415, 'CONTENT_ENCODING'),
  },
  { class: 'bomb', what: 'brackets without end', body: '['.repeat(50_000), ...refused(400, '!INVALID_INPUT') },
  {
    class: 'bomb',
    what: 'a number of a hundred thousand digits',
    body: `{"items":${'9'.repeat(100_000)}}`,
    ...refused(400, '!INVALID_INPUT'),
  },
  // Ambiguous
  {
    class: 'ambiguous',
    what: 'two lengths',
    ...after((d) => void d.lines.push(['Content-Length', '5'])),
    ...refused(400, 'MALFORMED'),
  },
  {
    class: 'ambiguous',
    what: 'a length and chunks',
    ...after((d) => void d.lines.push(['Transfer-Encoding', 'chunked'])),
    ...refused(400, 'MALFORMED'),
  },
  {
    class: 'ambiguous',
    what: 'chunks without a length',
    ...after((d) => {
      dropLine(d, 'content-length');
      d.lines.push(['Transfer-Encoding', 'chunked']);
      d.body = Buffer.from(`${d.body.length.toString(16)}\r\n${d.body.toString()}\r\n0\r\n\r\n`);
    }),
    ...refused(411, 'LENGTH_REQUIRED'),
  },
  ...[
    'Signature',
    'Signature-Input',
    'Content-Digest',
    'Gateway-Purpose',
    'Gateway-Service',
    'Gateway-Case',
    'Content-Type',
    'Host',
  ].map(
    (name): Case => ({
      class: 'ambiguous',
      what: `${name} twice`,
      ...after((d) => void d.lines.push([name, lineOf(d, name.toLowerCase())])),
      ...refused(400, 'HEADER_DUPLICATE'),
    }),
  ),
  {
    class: 'ambiguous',
    what: 'a blank before the colon',
    raw: (bytes) => Buffer.from(bytes.toString('latin1').replace('Gateway-Case:', 'Gateway-Case :'), 'latin1'),
    ...refused(400, 'MALFORMED'),
  },
  {
    class: 'ambiguous',
    what: 'a folded header line',
    raw: (bytes) => Buffer.from(bytes.toString('latin1').replace('Gateway-Case: ', 'Gateway-Case:\r\n '), 'latin1'),
    ...refused(400, 'MALFORMED'),
  },
  {
    class: 'ambiguous',
    what: 'a control character in a header',
    raw: (bytes) => Buffer.from(bytes.toString('latin1').replace('BJ-2026-0002', 'BJ\u00002026'), 'latin1'),
    ...refused(400, 'MALFORMED'),
  },
  // Wrong place
  {
    class: 'wrong service',
    what: 'an address that is no service',
    path: '/gateway/v1/verify/animal',
    ...refused(404, 'SERVICE_UNKNOWN'),
  },
  {
    class: 'wrong service',
    what: 'an address that tries to leave the gateway',
    path: '/gateway/v1/items/../../api/x',
    ...refused(404, 'SERVICE_UNKNOWN'),
  },
  {
    class: 'wrong service',
    what: 'the header names another service',
    service: 'items.read',
    ...refused(400, 'SERVICE_MISMATCH'),
  },
  {
    class: 'wrong service',
    what: 'a service that the system may not use',
    key: 'no-permit',
    ...refused(403, 'SERVICE_NOT_ALLOWED'),
  },
  {
    class: 'wrong service',
    what: 'a method that the service has not',
    method: 'GET',
    body: '',
    ...refused(405, 'METHOD'),
  },
  {
    class: 'wrong service',
    what: 'addressed to another host',
    ...after((d) => setLine(d, 'host', 'other.example')),
    ...refused(421, 'TARGET'),
  },
  {
    class: 'wrong service',
    what: 'the absolute form of another host',
    ...after((d) => void (d.path = `http://other.example${VERIFY}`)),
    ...refused(421, 'TARGET'),
  },
  {
    class: 'wrong service',
    what: 'an item without a grant',
    method: 'GET',
    body: '',
    path: '/gateway/v1/items/population.resident',
    service: 'items.read',
    ...refused(403, 'NO_AGREEMENT'),
  },
  {
    class: 'wrong service',
    what: 'an item that is nowhere',
    method: 'GET',
    body: '',
    path: '/gateway/v1/items/nobody.knows',
    service: 'items.read',
    ...refused(403, 'NO_AGREEMENT'),
  },
  {
    class: 'wrong service',
    what: 'content with a GET',
    method: 'GET',
    body: '',
    path: '/gateway/v1/items/population.household',
    service: 'items.read',
    ...after((d) => {
      d.body = Buffer.from('{}');
      d.lines.push(['Content-Length', '2']);
    }),
    ...refused(400, 'BODY_UNEXPECTED'),
  },
  // Wrong content
  {
    class: 'content',
    what: 'another content type',
    ...before((d) => setLine(d, 'content-type', 'text/xml')),
    ...refused(415, 'CONTENT_TYPE'),
  },
  {
    class: 'content',
    what: 'another charset',
    ...before((d) => setLine(d, 'content-type', 'application/json; charset=gbk')),
    ...refused(415, 'CONTENT_TYPE'),
  },
  { class: 'content', what: 'no JSON', body: 'items=1', ...refused(400, '!INVALID_INPUT') },
  {
    class: 'content',
    what: 'JSON that is not UTF-8',
    ...before((d) => {
      d.body = Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]);
      setLine(d, 'content-length', '8');
      setLine(d, 'content-digest', contentDigest(d.body));
    }),
    ...refused(400, '!INVALID_INPUT'),
  },
  {
    class: 'content',
    what: 'a member that is not known',
    body: '{"items":[{"id":"310199199001010011","fields":{"name":"甲"},"__proto__x":1}]}',
    ...refused(400, '!INVALID_INPUT'),
  },
  {
    class: 'content',
    what: 'a field that may not be verified',
    body: '{"items":[{"id":"310199199001010011","fields":{"disability":"有"}}]}',
    ...refused(400, '!INVALID_INPUT'),
  },
  { class: 'content', what: 'an id that is none', body: once("310199' or 1=1 --"), ...refused(400, '!INVALID_INPUT') },
  {
    class: 'content',
    what: 'a purpose that the permit does not name',
    purpose: 'community-care',
    ...refused(403, '!PURPOSE_NOT_ALLOWED'),
  },
];
