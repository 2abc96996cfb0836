/**
 * Reference client of the gateway (网关参考客户端), docs/gateway.md. As a command:
 *
 *     node tools/gateway-client.ts keygen ALGORITHM PRIVATE.pem PUBLIC.pem
 *     node tools/gateway-client.ts get  ADDRESS --key PRIVATE.pem --service S --purpose P --case C [--node NODE-PUBLIC.pem] [--tls CERT.pem KEY.pem CA.pem]
 *     node tools/gateway-client.ts post ADDRESS FILE.json --key … (as above)
 *
 * Prints the content of the answer; exit code 1 where it is a refusal, 2 where its signature does not hold.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import {
  ALGORITHMS,
  generateKey,
  keyIdOf,
  type PrivateKey,
  type PublicKey,
  readPrivateKey,
  readPublicKey,
  signatureHolds,
} from '#platform/exchange/gateway/algorithms.ts';
import { claimedDigests, contentDigest, digestsHold } from '#platform/exchange/gateway/content-digest.ts';
import {
  ANSWER_COMPONENTS,
  CASE,
  nonce,
  PURPOSE,
  REQUEST_COMPONENTS,
  SERVICE,
  signMessage,
  TAG,
} from '#platform/exchange/gateway/message-signature.ts';
import { type SignedMessage, signatureBase } from '#platform/exchange/gateway/signature-base.ts';
import { isInnerList, parseDictionary } from '#platform/exchange/gateway/structured-fields.ts';

export type GatewayCall = {
  method: 'GET' | 'POST';
  /** Absolute address of the service. */
  url: string;
  body?: string;
  service: string;
  purpose: string;
  caseNo: string;
  key: PrivateKey;
};

/** A signed request, ready to be sent as it is. */
export type SignedRequest = {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  nonce: string;
};

/** Seconds that a message of this client is valid. */
const LIFE_S = 60;

/** Signs a request as the profile asks (签名请求). */
export function signRequest(call: GatewayCall, options: { at?: Date; nonce?: string } = {}): SignedRequest {
  const { method, url, body = '', service, purpose, caseNo, key } = call;
  const headers: Record<string, string> = {
    ...(method === 'POST'
      ? { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }
      : {}),
    'content-digest': contentDigest(body, key.algorithm === 'sm2-sm3' ? 'sm3' : 'sha-256'),
    [SERVICE]: service,
    [PURPOSE]: purpose,
    [CASE]: caseNo,
  };
  const createdAt = (options.at ?? new Date()).getTime();
  const once = options.nonce ?? nonce();
  const signed = signMessage({
    message: { method, target: url, fields: Object.entries(headers) },
    key,
    components: REQUEST_COMPONENTS,
    createdAt,
    expiresAt: createdAt + LIFE_S * 1000,
    nonce: once,
  });
  return {
    method,
    url,
    headers: { ...headers, 'signature-input': signed['signature-input'], signature: signed.signature },
    body,
    nonce: once,
  };
}

export type GatewayAnswer = { status: number; headers: Record<string, string>; body: Buffer };

/** Why an answer is not to be believed; undefined where it is the node's answer to this very request. */
export function answerFault(options: {
  request: SignedRequest;
  answer: GatewayAnswer;
  node: PublicKey;
}): string | undefined {
  const { request, answer, node } = options;
  const { headers, body, status } = answer;
  const inputs = parseDictionary(headers['signature-input'] ?? '');
  const [[label, input] = []] = inputs;
  const signature = parseDictionary(headers.signature ?? '').get(label ?? '');
  if (!input || !isInnerList(input) || !signature || isInnerList(signature)) return 'the answer is not signed';
  if (!(signature.value instanceof Uint8Array)) return 'the answer is not signed';
  const covered = input.items.map(({ value, params }) => (params.get('req') === true ? `${String(value)};req` : value));
  if (![...ANSWER_COMPONENTS, 'signature;req'].every((name) => covered.includes(name)))
    return 'the signature does not cover the answer and the request';
  const { params } = input;
  if (params.get('keyid') !== keyIdOf(node) || params.get('tag') !== TAG) return 'signed with another key';
  if (params.get('nonce') !== request.nonce) return 'the answer to another request';
  const sent: SignedMessage = { method: request.method, target: request.url, fields: Object.entries(request.headers) };
  const base = signatureBase({ status, fields: Object.entries(headers), request: sent }, input);
  if (!signatureHolds(node, Buffer.from(base), signature.value)) return 'the signature is wrong';
  return digestsHold(claimedDigests(headers['content-digest'] ?? ''), body) ? undefined : 'the content was changed';
}

export type ClientTls = { cert: string; key: string; ca: string };

/** Sends a signed request and reads its answer. */
export function send(signed: SignedRequest, tls?: ClientTls): Promise<GatewayAnswer> {
  return new Promise((resolve, reject) => {
    const open = signed.url.startsWith('https:') ? httpsRequest : httpRequest;
    const sent = open(signed.url, { method: signed.method, headers: signed.headers, ...tls }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on('data', (chunk: Buffer) => chunks.push(chunk));
      reply.on('error', reject);
      reply.on('end', () =>
        resolve({
          status: reply.statusCode ?? 0,
          headers: Object.fromEntries(Object.entries(reply.headers).map(([name, value]) => [name, String(value)])),
          body: Buffer.concat(chunks),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(signed.body);
  });
}

async function main(args: string[]): Promise<number> {
  const [verb, address = '', ...rest] = args;
  if (verb === 'keygen') {
    const algorithm = ALGORITHMS.find((name) => name === address);
    const [secret, open] = rest;
    if (!algorithm || !secret || !open) return usage();
    const pair = generateKey(algorithm);
    writeFileSync(secret, pair.privateKey, { mode: 0o600 });
    writeFileSync(open, pair.publicKey);
    console.log(keyIdOf(readPrivateKey(pair.privateKey)));
    return 0;
  }
  const option = (name: string, at = 1): string | undefined => {
    const found = rest.indexOf(`--${name}`);
    return found < 0 ? undefined : rest[found + at];
  };
  const [key, service, purpose, caseNo] = [option('key'), option('service'), option('purpose'), option('case')];
  if ((verb !== 'get' && verb !== 'post') || !key || !service || !purpose || !caseNo) return usage();
  const request = signRequest({
    method: verb === 'get' ? 'GET' : 'POST',
    url: new URL(address).href,
    body: verb === 'post' ? readFileSync(rest[0] ?? '', 'utf8') : undefined,
    service,
    purpose,
    caseNo,
    key: readPrivateKey(readFileSync(key, 'utf8')),
  });
  const [cert, tlsKey, ca] = [option('tls'), option('tls', 2), option('tls', 3)].map(
    (file) => file && readFileSync(file, 'utf8'),
  );
  const answer = await send(request, cert && tlsKey && ca ? { cert, key: tlsKey, ca } : undefined);
  const node = option('node');
  const trusted = node === undefined ? undefined : readPublicKey(readFileSync(node, 'utf8'));
  if (node !== undefined) {
    const fault = trusted ? answerFault({ request, answer, node: trusted }) : 'the key of the node cannot be read';
    if (fault) {
      console.error(fault);
      return 2;
    }
  }
  console.log(answer.body.toString('utf8'));
  return answer.status < 400 ? 0 : 1;
}

function usage(): number {
  console.error(
    'keygen ALGORITHM PRIVATE PUBLIC | get ADDRESS … | post ADDRESS FILE … --key --service --purpose --case [--node] [--tls CERT KEY CA]',
  );
  return 64;
}

if (import.meta.main) process.exit(await main(process.argv.slice(2)));
