import type { Services } from '#platform/kernel/app.ts';
import { type ProblemError, problemDocument } from '#platform/kernel/errors.ts';
import type { Language } from '#platform/kernel/text.ts';
import { keyIdOf, type PrivateKey } from './algorithms.ts';
import { contentDigest } from './content-digest.ts';
import { ANSWER_COMPONENTS, MESSAGE, nonce, signMessage } from './message-signature.ts';
import type { SignedMessage } from './signature-base.ts';

/** An answer as it goes out, with what its signature covers: kept in the log. */
export type Answer = {
  status: number;
  body: Buffer;
  headers: Record<string, string>;
  key: string;
  digest: string;
  signature: string;
  base: string;
};

const JSON_TYPE = 'application/json; charset=utf-8';
const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';
/** How long an answer may lie before its receiver checks it. */
const ANSWER_LIFE_MS = 600_000;

/**
 * Makes a signed answer (签名应答); refusals are signed as well. The signature covers the request's signature where there is one that
 * can be read, so that an answer cannot be put in the place of another.
 */
export function signedAnswer(options: {
  services: Services;
  id: string;
  status: number;
  value: unknown;
  problem?: boolean;
  headers?: Record<string, string>;
  key: PrivateKey;
  request?: { message: SignedMessage; nonce: string };
}): Answer {
  const { services, id, status, key, request } = options;
  const body = Buffer.from(JSON.stringify(options.value));
  const digest = contentDigest(body, key.algorithm === 'sm2-sm3' ? 'sm3' : 'sha-256');
  const headers: Record<string, string> = {
    ...options.headers,
    'content-type': options.problem ? PROBLEM_TYPE : JSON_TYPE,
    'content-digest': digest,
    [MESSAGE]: id,
    'cache-control': 'no-store',
  };
  const createdAt = services.clock.now().getTime();
  const signed = signMessage({
    message: { status, fields: Object.entries(headers), request: request?.message },
    key,
    components: [...ANSWER_COMPONENTS, ...(request ? [{ name: 'signature', params: [['req', true]] as const }] : [])],
    createdAt,
    expiresAt: createdAt + ANSWER_LIFE_MS,
    nonce: request?.nonce ?? nonce(),
  });
  headers['signature-input'] = signed['signature-input'];
  headers.signature = signed.signature;
  return { status, body, headers, key: keyIdOf(key), digest, signature: signed.signature, base: signed.base };
}

export function problemValue(problem: ProblemError, language: Language, id: string): Record<string, unknown> {
  return problemDocument(problem, language, id);
}
