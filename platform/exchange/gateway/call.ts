import type { FastifyRequest } from 'fastify';
import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { PrivateKey } from './algorithms.ts';
import type { Claims } from './check-request.ts';
import type { Limits } from './limits.ts';
import type { Asked, Work } from './services.ts';
import type { SignedMessage } from './signature-base.ts';
import type { SystemKey } from './system-keys.ts';

/** A request as it came in, whichever listener took it. */
export type Incoming = {
  services: Services;
  request: FastifyRequest['raw'];
  /** Network address of the caller. */
  address: string;
  /** Origins by which this listener is reached, e.g. `https://gateway.example:8443`. */
  origins: readonly string[];
  /** SHA-256 of the client certificate that the TLS connection showed. */
  certificate: string | undefined;
};

/** What is known of a message at the moment, for its answer and the log. */
export type Seen = {
  id: string;
  at: Date;
  asked: Asked | undefined;
  message: SignedMessage | undefined;
  claims: Claims | undefined;
  base: string | undefined;
  key: SystemKey | undefined;
  /** The signature held: what is said of the sender is true. */
  proven: boolean;
  limited: Limited | undefined;
};
export type Limited = { perMinute: number; perDay: number; inMinute: number; inDay: number };

/** A message that is proven and prepared: what is left to do in the transaction. */
export type Call = {
  incoming: Incoming;
  seen: Seen;
  claims: Claims;
  key: SystemKey;
  work: Work;
  limits: Limits;
  signer: PrivateKey;
  actor: Actor;
};
