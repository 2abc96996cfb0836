import { createHash, randomBytes } from 'node:crypto';
import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { ScimError } from './errors.ts';

/** A source system (人员来源系统) that called: only the people that it brought are there for it. */
export type Source = { id: string; name: string; assigns: boolean };

export const newScimToken = (): string => `scim_${randomBytes(32).toString('base64url')}`;
export const scimTokenHash = (token: string): string => createHash('sha256').update(token).digest('base64url');

const TOUCH_MS = 60_000;

/** Says which source a bearer token belongs to (RFC 6750); one answer for none, unknown, expired and revoked. */
export async function sourceOf(options: { authorization: string | undefined; services: Services }): Promise<Source> {
  const { authorization, services } = options;
  const token = /^Bearer (scim_[\w-]{43})$/i.exec(authorization ?? '')?.[1];
  const now = services.clock.now();
  const found =
    token === undefined
      ? undefined
      : await services.database.tx({ module: 'identity', actor: systemActor({ name: 'scim' }) }, async (db) => {
          const row = await db.first<Source & { token: string; used_at: Date | null }>(sql`
            select s.id, s.name, s.assigns, t.id as token, t.used_at from identity.scim_token t join identity.scim_source s on s.id = t.source
            where t.token_hash = ${scimTokenHash(token)} and t.revoked_at is null and t.expires_at > ${now}::timestamptz and s.ended_at is null`);
          if (row && now.getTime() - (row.used_at?.getTime() ?? 0) > TOUCH_MS)
            await db.run(
              sql`update identity.scim_token set used_at = ${now}::timestamptz where id = ${row.token}::uuid`,
            );
          return row;
        });
  if (!found) throw new ScimError(401, 'a valid bearer token is needed');
  return { id: found.id, name: found.name, assigns: found.assigns };
}

/** Who acts on behalf of a source, in the audit. */
export function actorOfSource(source: Source, trace: string): Actor {
  return { ...systemActor({ name: `scim:${source.id}`, trace }), name: source.name };
}
