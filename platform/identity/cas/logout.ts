import type { FastifyReply } from 'fastify';
import { sessionCookie } from '../session.ts';
import { endSignOn } from '../oidc/end-sign-on.ts';
import type { Call } from '../oidc/interaction.ts';
import { SIGNED_OUT } from '../oidc/pages.ts';
import { signOnCookie } from '../oidc/sign-on.ts';
import { showPage } from './login.ts';
import { systemOf } from './service.ts';

/**
 * Ends the sign-in at once and without a question, as the protocol wants (CAS 3.0, 2.3), and goes back to a registered address only.
 * Another site cannot have a picture do this: the cookie is sent with what the person opens, and with nothing else.
 */
export async function casLogout({ kernel, request, reply }: Call): Promise<FastifyReply> {
  const { services } = kernel;
  const { config } = services;
  const { service } = request.query as Record<string, unknown>;
  await endSignOn(services, request.headers.cookie);
  reply.header('set-cookie', sessionCookie({ token: undefined, config }));
  reply.header('set-cookie', signOnCookie({ token: undefined, config }));
  if (typeof service !== 'string' || !(await systemOf(services, service))) return showPage(reply, 200, SIGNED_OUT);
  return reply.header('cache-control', 'no-store').redirect(service, 303);
}
