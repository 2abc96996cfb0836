import { timingSafeEqual } from 'node:crypto';
import type { Services } from '#platform/kernel/app.ts';

const TOKEN = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.([A-Za-z0-9_-]{40,50})$/;

const signatureOf = ({ keyring }: Pick<Services, 'keyring'>, message: string): string =>
  keyring.lookup('signal.unsubscribe', message);

/**
 * The token of a mail's link for unsubscribing (退订令牌): the id of the message and a keyed digest of it (HMAC-SM3). It names nobody, ends nothing but that kind by
 * e-mail, and whoever has it can do no more than the reader of the mail.
 */
export const unsubscribeToken = (services: Pick<Services, 'keyring'>, message: string): string =>
  `${message}.${signatureOf(services, message)}`;

/** The message of a token; undefined where it was not made here. */
export function messageOfToken(services: Pick<Services, 'keyring'>, token: string): string | undefined {
  const [, message, signature] = TOKEN.exec(token) ?? [];
  if (message === undefined || signature === undefined) return undefined;
  const [given, wanted] = [Buffer.from(signature), Buffer.from(signatureOf(services, message))];
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? message : undefined;
}

export const UNSUBSCRIBE_PATH = '/signal/unsubscribe';
