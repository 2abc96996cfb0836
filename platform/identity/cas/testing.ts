import type { Client } from '../oidc/clients.ts';
import { type Browser, type ProviderHouse, registerClient, typePassword } from '../oidc/testing.ts';

/** Registers a legacy system as an administrator would. */
export async function registerCas(
  house: ProviderHouse,
  system: Partial<Client> & { id: string; redirect_uris: string[] },
): Promise<void> {
  await registerClient(house, {
    kind: 'cas',
    unit: 'publicity',
    owner: null,
    consent: 'task',
    secret_hash: null,
    ...system,
  });
}

/** Where a system sends the browser. */
export function casLoginUrl(house: ProviderHouse, service: string, more: Record<string, string> = {}): string {
  return `${house.issuer}/cas/login?${new URLSearchParams({ service, ...more })}`;
}

/** The whole way of a person to a ticket, with the pages that were shown counted. */
export async function ticketFor(options: {
  house: ProviderHouse;
  browser: Browser;
  service: string;
  more?: Record<string, string>;
  account?: string;
}): Promise<{ ticket: string; url: string; pages: number }> {
  const { house, browser, service, more, account } = options;
  const [place = ''] = service.split('?', 1);
  let pages = 0;
  let at = await browser.follow(casLoginUrl(house, service, more), place);
  while (new URL(at.url).pathname === '/login') {
    if (++pages > 3) throw new Error('asked again and again');
    at = await browser.follow(await typePassword({ house, browser, interaction: at.url, account }), place);
  }
  if (!at.url.startsWith(place)) throw new Error(`${at.status} at ${at.url}: ${at.body.slice(0, 500)}`);
  return { ticket: new URL(at.url).searchParams.get('ticket') ?? '', url: at.url, pages };
}

/** What a system asks of a ticket; answered with the text of the reply. */
export async function askTicket(
  house: ProviderHouse,
  query: Record<string, string>,
  path = '/cas/p3/serviceValidate',
): Promise<{ body: string; type: string | null; status: number }> {
  const reply = await fetch(`${house.issuer}${path}?${new URLSearchParams(query)}`);
  return { body: await reply.text(), type: reply.headers.get('content-type'), status: reply.status };
}

/** Error code in an XML answer; undefined where it is a success. */
export function faultIn(body: string): string | undefined {
  return /<cas:authenticationFailure code="([A-Z_]+)">/.exec(body)?.[1];
}

/** Text of an element of an XML answer. */
export function textIn(body: string, element: string): string | undefined {
  return new RegExp(`<cas:${element}>([^<]*)</cas:${element}>`).exec(body)?.[1];
}
