import type { Services } from '#platform/kernel/app.ts';
import { casClientsAt, type Client } from '../oidc/clients.ts';

/** Printable ASCII without the two signs that browsers read in more than one way. */
const PLAIN = /^[\x21-\x22\x24-\x5b\x5d-\x7e]{8,2000}$/;
/** In a path these would be read as something else by whoever decodes it: dot, slash, backslash, percent, control codes. */
const HIDDEN = /%(2e|2f|5c|25|[01][0-9a-f]|7f)/i;

/**
 * Origin and path of a service address (服务地址), or undefined if it is not written exactly as a browser would write it: another
 * spelling of host or path, credentials, `..`, a fragment. What is sent on is the text that was compared, so both are one.
 */
export function placeOfService(service: unknown): string | undefined {
  if (typeof service !== 'string' || !PLAIN.test(service)) return undefined;
  const url = URL.parse(service);
  if (!url || url.origin === 'null') return undefined;
  const place = `${url.origin}${url.pathname}`;
  if (service.split('?', 1)[0] !== place || HIDDEN.test(url.pathname)) return undefined;
  // Two tickets in one address: which of them a system takes would be anybody's guess.
  return url.searchParams.has('ticket') ? undefined : place;
}

/** A registered address that ends with / covers what lies below it, another one is that page alone. */
export function covers(registered: string, place: string): boolean {
  return registered.endsWith('/') ? place.startsWith(registered) : place === registered;
}

/** The system that a service address belongs to; of several that cover it, the one that names it most closely. */
export async function systemOf(services: Services, service: unknown): Promise<Client | undefined> {
  const place = placeOfService(service);
  if (place === undefined) return undefined;
  const closest = (client: Client): number =>
    Math.max(0, ...client.redirect_uris.filter((uri) => covers(uri, place)).map((uri) => uri.length));
  const [found] = (await casClientsAt(services, place))
    .filter((client) => closest(client) > 0)
    .toSorted((a, b) => closest(b) - closest(a));
  return found;
}

/** The service address with one parameter more. */
export function withTicket(service: string, ticket: string): string {
  return `${service}${service.includes('?') ? '&' : '?'}ticket=${ticket}`;
}
