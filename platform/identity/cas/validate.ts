import type { FastifyReply } from 'fastify';
import type { Call } from '../oidc/interaction.ts';
import { type Verdict, verdictJson, verdictXml } from './documents.ts';
import { useTicket } from './tickets.ts';

/** Says yes or no to a ticket (CAS 1.0; CAS 3.0, 2.4). */
export async function casValidate(call: Call): Promise<FastifyReply> {
  const verdict = await verdictOf(call);
  // The name on the second line is CAS 1.0 as its clients read it; the later text of the standard shows the first line only.
  const text = 'fault' in verdict ? 'no\n\n' : `yes\n${verdict.user}\n`;
  return call.reply.header('cache-control', 'no-store').type('text/plain; charset=utf-8').send(text);
}

/** Says whose a ticket was, as XML or JSON (CAS 3.0, 2.5 and 2.8); attributes only to who asks by the third version. */
export function casServiceValidate(options: { attributes: boolean }) {
  return async (call: Call): Promise<FastifyReply> => {
    const { format = 'XML' } = call.request.query as Record<string, unknown>;
    const json = format === 'JSON';
    const verdict: Verdict =
      json || format === 'XML'
        ? await verdictOf(call)
        : { fault: 'INVALID_REQUEST', description: 'format is XML or JSON' };
    const shown = 'fault' in verdict || options.attributes ? verdict : { ...verdict, attributes: {} };
    call.reply.header('cache-control', 'no-store');
    return json
      ? call.reply.type('application/json; charset=utf-8').send(verdictJson(shown))
      : call.reply.type('application/xml; charset=utf-8').send(verdictXml(shown));
  };
}

async function verdictOf({ kernel, request }: Call): Promise<Verdict> {
  const { services } = kernel;
  const { service, ticket, renew, pgtUrl } = request.query as Record<string, unknown>;
  if (typeof service !== 'string' || typeof ticket !== 'string' || service === '' || ticket === '') {
    return { fault: 'INVALID_REQUEST', description: 'service and ticket are needed, once each' };
  }
  const asked = { renew: renew !== undefined, proxy: pgtUrl !== undefined };
  try {
    const verdict = await useTicket({ services, ticket, service, ...asked, trace: request.id });
    if ('fault' in verdict) services.log.info({ fault: verdict.fault, trace: request.id }, 'CAS ticket refused');
    return verdict;
  } catch (error) {
    // A system of this protocol reads no problem document.
    services.log.error({ err: error instanceof Error ? error.message : '', trace: request.id }, 'CAS ticket failed');
    return { fault: 'INTERNAL_ERROR', description: 'sign in again later' };
  }
}
