import { randomBytes } from 'node:crypto';
import { type PrivateKey, keyIdOf, signWith } from './algorithms.ts';
import { type SignedMessage, signatureBase } from './signature-base.ts';
import { type BareItem, type InnerList, serializeInnerList } from './structured-fields.ts';

/*
 * The profile of RFC 9421 that both sides speak (docs/gateway.md): which components and parameters a message must cover.
 */

/** Application tag: a signature made for something else is none for the gateway (RFC 9421, 7.2.7). */
export const TAG = 'smart-district-gateway-1';
/** Header fields of a request that say what is asked for, for which purpose (使用目的) and in which case (办件编号). */
export const SERVICE = 'gateway-service';
export const PURPOSE = 'gateway-purpose';
export const CASE = 'gateway-case';
/** Header field of an answer: id of the message in the log. */
export const MESSAGE = 'gateway-message';

export const REQUEST_COMPONENTS = ['@method', '@target-uri', 'content-digest', SERVICE, PURPOSE, CASE] as const;
export const ANSWER_COMPONENTS = ['@status', 'content-type', 'content-digest', MESSAGE] as const;
export const PARAMETERS = ['created', 'expires', 'nonce', 'keyid', 'alg', 'tag'] as const;

export function nonce(): string {
  return randomBytes(18).toString('base64url');
}

/** Signs a message and gives the two header fields; `nonce` of an answer is that of the request. */
export function signMessage(options: {
  message: SignedMessage;
  key: PrivateKey;
  components: readonly (string | { name: string; params: readonly (readonly [string, BareItem])[] })[];
  createdAt: number;
  expiresAt: number;
  nonce: string;
}): { 'signature-input': string; signature: string; base: string } {
  const { message, key, components, createdAt, expiresAt } = options;
  const input: InnerList = {
    items: components.map((component) =>
      typeof component === 'string'
        ? { value: component, params: new Map() }
        : { value: component.name, params: new Map(component.params) },
    ),
    params: new Map<string, BareItem>([
      ['created', Math.floor(createdAt / 1000)],
      ['expires', Math.floor(expiresAt / 1000)],
      ['nonce', options.nonce],
      ['keyid', keyIdOf(key)],
      ['alg', key.algorithm],
      ['tag', TAG],
    ]),
  };
  const base = signatureBase(message, input);
  return {
    'signature-input': `sig=${serializeInnerList(input)}`,
    signature: `sig=:${signWith(key, Buffer.from(base)).toString('base64')}:`,
    base,
  };
}
