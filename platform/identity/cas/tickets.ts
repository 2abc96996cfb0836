import { randomBytes } from 'node:crypto';
import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { auditTrail } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import { readAccount } from '../oidc/accounts.ts';
import { providerActor } from '../oidc/adapter.ts';
import { claimsOf } from '../oidc/claims.ts';
import { pairwiseSubject } from '../oidc/client-subjects.ts';
import { type Client, findClient } from '../oidc/clients.ts';
import { digestOf, itemContext, putItem } from '../oidc/items.ts';
import type { SignOn } from '../oidc/sign-on.ts';
import { IDLE_MS } from '../session.ts';
import type { Attributes, CasFault, Verdict } from './documents.ts';
import { covers, placeOfService } from './service.ts';

/** A ticket that no system has shown by then is worth nothing. */
export const TICKET_MS = 10_000;
/** Every system must take tickets of 32 characters (CAS 3.0, 3.1.1): 29 random ones are 173 bits. */
const TICKET = /^ST-[A-Za-z0-9-]{29}$/;

/** Service ticket (服务票据): for one service address, from a proof that was given for it or from single sign-on. */
type TicketContent = { service: string; fresh: boolean };
/** What is kept of a ticket that was taken, sealed: the system is told by it when the sign-in ends. */
export type CasSession = { service: string; ticket: string };

/** A new ticket on a sign-in. Of the ticket only its digest is kept. */
export async function issueTicket(options: {
  services: Services;
  system: Client;
  signOn: SignOn;
  service: string;
  fresh: boolean;
}): Promise<string> {
  const { services, system, signOn, service, fresh } = options;
  const ticket = `ST-${randomBytes(24).toString('base64url').slice(0, 29).replaceAll('_', '-')}`;
  const content: TicketContent = { service, fresh };
  await services.database.tx({ module: 'identity', actor: providerActor }, (db) =>
    putItem(db, {
      model: 'CasTicket',
      digest: digestOf(ticket),
      grant_digest: null,
      uid_digest: null,
      account: signOn.account,
      client: system.id,
      sign_on: signOn.id,
      payload: JSON.stringify(content),
      sealed: null,
      expires_at: new Date(services.clock.now().getTime() + TICKET_MS),
    }),
  );
  return ticket;
}

type Shown = {
  services: Services;
  ticket: string;
  service: string;
  /** Only a ticket from a proof that was given for it will do. */
  renew: boolean;
  /** It asks for a proxy-granting ticket as well. */
  proxy: boolean;
  trace: string;
};
type Used = { account: string; client: string; payload: string; late: boolean };

/** A system shows a ticket: whatever comes of it, the ticket is used up (CAS 3.0, 3.1.1). */
export async function useTicket(shown: Shown): Promise<Verdict> {
  const { services, ticket, trace } = shown;
  const used = TICKET.test(ticket) ? await useUp(services, ticket) : undefined;
  if (!used) return { fault: 'INVALID_TICKET', description: unknownTicket(ticket) };
  const content = JSON.parse(used.payload) as TicketContent;
  const system = await findClient(services, used.client);
  const actor: Actor = { kind: 'person', account: used.account, name: used.account, reach: 'own', trace };
  return services.database.tx({ module: 'identity', actor }, async (db) => {
    const verdict = faultOf({ shown, used, content, system }) ?? (await admit({ db, shown, used, content, system }));
    const route = `CAS ticket ${used.client}`;
    const plain = { route, fields: [], subjects: [] };
    const entry =
      'fault' in verdict
        ? { ...plain, outcome: 'refused' as const, code: verdict.fault }
        : { ...plain, outcome: 'changed' as const };
    await services.registry.provided(auditTrail)[0]?.value.record(db, entry);
    return verdict;
  });
}

function unknownTicket(ticket: string): string {
  return ticket.startsWith('PT-') ? 'proxy tickets are not issued here' : 'the ticket is not known or has been used';
}

async function useUp(services: Services, ticket: string): Promise<Used | undefined> {
  const now = services.clock.now();
  return services.database.tx({ module: 'identity', actor: providerActor }, (db) =>
    db.first<Used>(sql`update identity.oidc_item set consumed_at = ${now}::timestamptz
      where model = 'CasTicket' and digest = ${digestOf(ticket)} and consumed_at is null
      returning account, client, payload, expires_at <= ${now}::timestamptz as late`),
  );
}

function faultOf(options: {
  shown: Shown;
  used: Used;
  content: TicketContent;
  system: Client | undefined;
}): Verdict | undefined {
  const { shown, used, content, system } = options;
  const fault = (code: CasFault, description: string): Verdict => ({ fault: code, description });
  if (shown.service !== content.service) return fault('INVALID_SERVICE', 'the ticket was issued for another service');
  const place = placeOfService(shown.service);
  if (system?.kind !== 'cas' || place === undefined || !system.redirect_uris.some((uri) => covers(uri, place)))
    return fault('INVALID_SERVICE', 'the service is not registered any more');
  if (used.late) return fault('INVALID_TICKET', 'the ticket has expired');
  if (shown.renew && !content.fresh) return fault('INVALID_TICKET', 'the ticket came from single sign-on');
  if (shown.proxy) return fault('UNAUTHORIZED_SERVICE_PROXY', 'proxy tickets are not issued here');
  return undefined;
}

/** The person behind a good ticket, if the sign-in still lives; the system will be told when it ends. */
async function admit(options: {
  db: Db;
  shown: Shown;
  used: Used;
  content: TicketContent;
  system: Client | undefined;
}): Promise<Verdict> {
  const { db, shown, used, content, system } = options;
  const { services, ticket } = shown;
  const now = services.clock.now();
  const digest = digestOf(ticket);
  // Held until the commit: who ends the sign-in meanwhile waits, and then finds this system among those to be told.
  const signOn = await db.first<
    SignOn & { expires_at: Date }
  >(sql`select s.id, s.account, s.amr, s.created_at as proved_at, s.expires_at,
      case when s.assured_until > ${now}::timestamptz then s.assurance else 1 end as level
    from identity.oidc_item i join identity.session s on s.id = i.sign_on and s.account = i.account
    where i.model = 'CasTicket' and i.digest = ${digest} and s.ended_at is null and s.expires_at > ${now}::timestamptz
      and s.seen_at > ${new Date(now.getTime() - IDLE_MS)}::timestamptz for share of s`);
  const account = signOn && (await readAccount(db, signOn.account, now));
  if (!system || !signOn || !account) return { fault: 'INVALID_TICKET', description: 'the sign-in has ended' };
  const session: CasSession = { service: content.service, ticket };
  await putItem(db, {
    model: 'CasSession',
    digest,
    grant_digest: null,
    uid_digest: null,
    account: used.account,
    client: system.id,
    sign_on: signOn.id,
    payload: null,
    sealed: services.keyring.seal(JSON.stringify(session), itemContext('CasSession', digest)),
    expires_at: signOn.expires_at,
  });
  const { sub: _, ...claims } = await claimsOf({ services, row: account, scopes: system.scopes });
  return {
    user: userName({ services, system, account: used.account }),
    attributes: attributesOf({ claims, signOn, fresh: content.fresh }),
  };
}

/** By what name a system knows a person: a number of its own, or the account where the registration says so. */
export function userName(options: { services: Services; system: Client; account: string }): string {
  const { services, system, account } = options;
  return system.subject_type === 'public' ? account : pairwiseSubject({ services, client: system.id, account });
}

function attributesOf(options: { claims: Record<string, unknown>; signOn: SignOn; fresh: boolean }): Attributes {
  const { claims, signOn, fresh } = options;
  const texts = Object.entries(claims).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  return {
    authenticationDate: signOn.proved_at.toISOString(),
    longTermAuthenticationRequestTokenUsed: false,
    isFromNewLogin: fresh,
    acr: String(signOn.level),
    amr: signOn.amr,
    ...Object.fromEntries(texts),
  };
}
