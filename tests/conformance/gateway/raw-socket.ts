import { connect } from 'node:net';
import { createHash } from 'node:crypto';
import {
  type Algorithm,
  keyIdOf,
  type PrivateKey,
  readPublicKey,
  signatureHolds,
  signWith,
} from '#platform/exchange/gateway/algorithms.ts';
import { contentDigest } from '#platform/exchange/gateway/content-digest.ts';
import { nonce, REQUEST_COMPONENTS, TAG } from '#platform/exchange/gateway/message-signature.ts';
import { type SignedMessage, signatureBase } from '#platform/exchange/gateway/signature-base.ts';
import {
  type BareItem,
  type InnerList,
  isInnerList,
  parseDictionary,
  serializeInnerList,
} from '#platform/exchange/gateway/structured-fields.ts';

/** A message as its bytes will be: everything in it can be spoiled before it is sent. */
export type Draft = {
  method: string;
  path: string;
  /** Field lines in order; names may stand twice. */
  lines: [string, string][];
  body: Buffer;
};

export type Spoil = {
  /** Before the signature is made: the sender itself does it wrong. */
  draft?: (draft: Draft) => void;
  /** Other components, parameters or key of the signature. */
  components?: readonly string[];
  params?: (params: Map<string, BareItem>) => void;
  /** After it was made: somebody on the way does it. */
  after?: (draft: Draft) => void;
};

export function setLine(draft: Draft, name: string, value: string): void {
  const at = draft.lines.findIndex(([key]) => key.toLowerCase() === name);
  if (at < 0) draft.lines.push([name, value]);
  else draft.lines[at] = [draft.lines[at]?.[0] ?? name, value];
}

export function dropLine(draft: Draft, name: string): void {
  draft.lines = draft.lines.filter(([key]) => key.toLowerCase() !== name);
}

export function lineOf(draft: Draft, name: string): string {
  return draft.lines.find(([key]) => key.toLowerCase() === name)?.[1] ?? '';
}

/** A right message, spoilt as a case says. */
export function draftOf(options: {
  origin: string;
  method: 'GET' | 'POST';
  path: string;
  body: string;
  service: string;
  purpose: string;
  key: PrivateKey;
  spoil?: Spoil;
}): Draft {
  const { origin, method, path, service, purpose, key, spoil = {} } = options;
  const body = Buffer.from(options.body);
  const draft: Draft = {
    method,
    path,
    lines: [
      ['Host', new URL(origin).host],
      ...(method === 'POST'
        ? ([
            ['Content-Type', 'application/json'],
            ['Content-Length', String(body.length)],
          ] as [string, string][])
        : []),
      ['Content-Digest', contentDigest(body)],
      ['Gateway-Service', service],
      ['Gateway-Purpose', purpose],
      ['Gateway-Case', 'BJ-2026-0002'],
    ],
    body,
  };
  spoil.draft?.(draft);
  const now = Math.floor(Date.now() / 1000);
  const params = new Map<string, BareItem>([
    ['created', now],
    ['expires', now + 60],
    ['nonce', nonce()],
    ['keyid', keyIdOf(key)],
    ['alg', key.algorithm],
    ['tag', TAG],
  ]);
  spoil.params?.(params);
  const input: InnerList = {
    items: (spoil.components ?? REQUEST_COMPONENTS).map((value) => ({ value, params: new Map() })),
    params,
  };
  const base = signatureBase({ method: draft.method, target: `${origin}${draft.path}`, fields: draft.lines }, input);
  draft.lines.push(['Signature-Input', `sig=${serializeInnerList(input)}`]);
  draft.lines.push(['Signature', `sig=:${signWith(key, Buffer.from(base)).toString('base64')}:`]);
  spoil.after?.(draft);
  return draft;
}

export function bytesOf(draft: Draft): Buffer {
  const head = [`${draft.method} ${draft.path} HTTP/1.1`, ...draft.lines.map(([name, value]) => `${name}: ${value}`)];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), draft.body]);
}

export type RawAnswer = { status: number; lines: [string, string][]; body: Buffer };

/** Writes bytes to a socket and reads one answer; undefined where the connection ends without one. `hang` leaves it open. */
export function exchange(
  origin: string,
  bytes: Buffer,
  options: { breakOff?: boolean; waitMs?: number } = {},
): Promise<RawAnswer | undefined> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let got = Buffer.alloc(0);
    const end = (answer: RawAnswer | undefined): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => end(undefined), options.waitMs ?? 20_000);
    socket.on('connect', () => {
      socket.write(bytes);
      if (options.breakOff) setTimeout(() => socket.destroy(), 50);
    });
    socket.on('data', (chunk: Buffer) => {
      got = Buffer.concat([got, chunk]);
      const answer = parse(got);
      if (answer) end(answer);
    });
    socket.on('close', () => end(parse(got)));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? end(parse(got)) : reject(error),
    );
  });
}

function parse(bytes: Buffer): RawAnswer | undefined {
  const at = bytes.indexOf('\r\n\r\n');
  if (at < 0) return undefined;
  const [first = '', ...rest] = bytes.subarray(0, at).toString('latin1').split('\r\n');
  const lines = rest.map((line): [string, string] => [
    line.slice(0, line.indexOf(':')),
    line.slice(line.indexOf(':') + 1).trim(),
  ]);
  const length = Number(lines.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? 0);
  const body = bytes.subarray(at + 4);
  if (body.length < length) return undefined;
  return { status: Number(first.split(' ')[1]), lines, body: body.subarray(0, length) };
}

export function headerOf(answer: RawAnswer, name: string): string {
  return answer.lines.find(([key]) => key.toLowerCase() === name)?.[1] ?? '';
}

/** Why an answer cannot be believed: every one is signed by the node, whatever was wrong with the request. */
export function answerFault(options: {
  answer: RawAnswer;
  node: Record<Algorithm, { der: Buffer }>;
  request: SignedMessage;
}): string | undefined {
  const { answer, node, request } = options;
  const [member] = parseDictionary(headerOf(answer, 'signature-input')).values();
  const [signature] = parseDictionary(headerOf(answer, 'signature')).values();
  if (!member || !isInnerList(member) || !signature || isInnerList(signature)) return 'not signed';
  const key = Object.values(node).find((k) => keyIdOf(k) === member.params.get('keyid'));
  const pem = key && `-----BEGIN PUBLIC KEY-----\n${key.der.toString('base64')}\n-----END PUBLIC KEY-----`;
  const open = pem === undefined ? undefined : readPublicKey(pem);
  if (!open || !(signature.value instanceof Uint8Array)) return 'signed by nobody known';
  const base = signatureBase({ status: answer.status, fields: answer.lines, request }, member);
  if (!signatureHolds(open, Buffer.from(base), signature.value)) return 'wrong signature';
  const digest = headerOf(answer, 'content-digest');
  const found = (['sm3', 'sha256'] as const).map((name) => createHash(name).update(answer.body).digest('base64'));
  return found.some((value) => digest.endsWith(`=:${value}:`)) ? undefined : 'wrong digest';
}
