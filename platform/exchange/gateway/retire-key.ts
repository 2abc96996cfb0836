import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { MANAGE } from './put-system.ts';
import { KeyEnded } from './register-errors.ts';
import { forgetKeys } from './system-keys.ts';

const Moment = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T[\\d:.]+(Z|[+-]\\d{2}:\\d{2})$' });
const MONTH_MS = 30 * 86_400_000;

/**
 * Retires a key (换钥停用): it holds until the moment that both sides agreed on, and no longer. For a system that has gone over to its new
 * key; what was signed until then stays proven. A key that may be in other hands is revoked instead.
 */
export const retireKey = route({
  method: 'POST',
  path: '/api/gateway/keys/:id/retire',
  summary: { zh: '换钥后停用旧密钥', en: 'Retire a key after a new one has come' },
  allow: MANAGE,
  assurance: 2,
  params: Type.Object({ id: Type.String({ pattern: '^[0-9a-f]{32}$' }) }),
  body: Type.Object({ until: Moment }, { additionalProperties: false }),
  reply: Type.Object({ id: Type.String(), validUntil: Type.String() }),
  errors: [NotFound, KeyEnded, InvalidInput],
  examples: {
    own: () => ({
      as: 'system-administrator',
      params: { id: 'fixture:gateway-key-old' },
      body: { until: new Date(Date.now() + MONTH_MS).toISOString() },
    }),
    foreign: { as: 'system-administrator', params: { id: '0'.repeat(32) }, body: { until: '2026-12-31T00:00:00Z' } },
  },
  handler: async ({ db, services, params: { id }, body, clock }) => {
    const key = await db.first<{ revoked: boolean; from: Date; until: Date }>(sql`
      select revoked_at is not null as revoked, valid_from as "from", valid_until as until from gateway.system_key where id = ${id} for update`);
    if (!key) throw NotFound.with();
    const now = clock.now();
    if (key.revoked || key.until <= now) throw KeyEnded.with();
    const until = new Date(Math.max(Date.parse(body.until), now.getTime()));
    if (!(until < key.until && until > key.from))
      throw InvalidInput.with({
        fields: [
          {
            pointer: '/until',
            rule: 'earlier',
            message: {
              zh: '须在生效之后、原到期日之前：有效期不能延长',
              en: 'must lie between its begin and its end now: a key is not prolonged',
            },
          },
        ],
      });
    await db.run(sql`update gateway.system_key set valid_until = ${until}::timestamptz where id = ${id}`);
    await db.emit({ type: 'gateway.key.retired', subject: id });
    forgetKeys(services);
    return { id, validUntil: until.toISOString() };
  },
});
