import { randomBytes } from 'node:crypto';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { providerActor } from '../oidc/adapter.ts';
import { digestOf, putItem } from '../oidc/items.ts';

/** A person may take as long as this to sign in. */
const REQUEST_MS = 15 * 60_000;
/** Shape of the ids of such requests among those of all interactions; the library's own are shorter. */
export const CAS_REQUEST = 'cas-[A-Za-z0-9_-]{32}';

/** A system waits for a person who has to sign in first. It says nothing that its address did not say. */
export type CasRequest = { service: string; renew: boolean; askedAt: number };

export async function keepRequest(services: Services, request: Omit<CasRequest, 'askedAt'>): Promise<string> {
  const id = `cas-${randomBytes(24).toString('base64url')}`;
  const now = services.clock.now().getTime();
  const content: CasRequest = { ...request, askedAt: now };
  await services.database.tx({ module: 'identity', actor: providerActor }, (db) =>
    putItem(db, {
      model: 'CasRequest',
      digest: digestOf(id),
      grant_digest: null,
      uid_digest: null,
      account: null,
      client: null,
      sign_on: null,
      payload: JSON.stringify(content),
      sealed: null,
      expires_at: new Date(now + REQUEST_MS),
    }),
  );
  return id;
}

export async function findRequest(services: Services, id: string): Promise<CasRequest | undefined> {
  const row = await services.database.tx({ module: 'identity', actor: providerActor, readOnly: true }, (db) =>
    db.first<{ payload: string }>(sql`select payload from identity.oidc_item
      where model = 'CasRequest' and digest = ${digestOf(id)} and expires_at > ${services.clock.now()}::timestamptz`),
  );
  return row && (JSON.parse(row.payload) as CasRequest);
}

/** Takes the request, so that one proof answers it once; false if somebody else was first. */
export async function takeRequest(services: Services, id: string): Promise<boolean> {
  const taken = await services.database.tx({ module: 'identity', actor: providerActor }, (db) =>
    db.run(sql`delete from identity.oidc_item where model = 'CasRequest' and digest = ${digestOf(id)}`),
  );
  return taken === 1;
}
