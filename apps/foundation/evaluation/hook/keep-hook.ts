import { randomBytes } from 'node:crypto';
import { Type } from 'typebox';
import { route, type SealedColumn } from '#platform/kernel/app.ts';
import { Forbidden, InvalidInput } from '#platform/kernel/errors.ts';
import { addressAllowed } from '#platform/kernel/outbound.ts';
import { sql } from '#platform/kernel/sql.ts';

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const Moment = Type.String({ format: 'date-time' });
const ALLOW = 'evaluation.hook.keep';

export const hookContext = (unit: string): string => `evaluation:hook:${unit}`;
export const sealedHook: SealedColumn = {
  table: 'evaluation.hook',
  column: 'secret',
  key: { unit: 'text' },
  context: ({ unit }) => hookContext(unit ?? ''),
};

/** Where the signals of the own unit are sent (推送地址), and whether they are taken. The key is not shown again. */
export const showHook = route({
  method: 'GET',
  path: '/api/evaluation/hook',
  summary: { zh: '查看信号推送地址', en: 'Where signals are sent' },
  allow: ALLOW,
  reply: Type.Object({
    hook: Nullable(
      Type.Object({
        url: Type.String(),
        setName: Type.String(),
        setAt: Moment,
        takenAt: Nullable(Moment),
        failures: Type.Integer({ description: '自上次成功以来失败次数 / failures since the last success' }),
        lastError: Nullable(Type.String()),
      }),
    ),
  }),
  examples: { own: { as: 'unit-head' } },
  handler: async ({ db, actor }) => {
    const row = await db.first<{
      url: string;
      setName: string;
      setAt: Date;
      takenAt: Date | null;
      failures: number;
      lastError: string | null;
    }>(sql`
      select url, set_name as "setName", set_at as "setAt", taken_at as "takenAt", failures, last_error as "lastError" from evaluation.hook where unit = ${actor.unit ?? ''}`);
    if (!row) return { hook: null };
    return { hook: { ...row, setAt: row.setAt.toISOString(), takenAt: row.takenAt?.toISOString() ?? null } };
  },
});

/** Sets the address (设置推送地址). A new key is made each time and shown once: whoever takes the messages compares their signatures with it. */
export const putHook = route({
  method: 'PUT',
  path: '/api/evaluation/hook',
  summary: { zh: '设置信号推送地址', en: 'Set where signals are sent' },
  allow: ALLOW,
  shownOnce: true,
  body: Type.Object({ url: Type.String({ maxLength: 1000, pattern: '^https?://' }) }, { additionalProperties: false }),
  reply: Type.Object({
    secret: Type.String({ description: '签名密钥，只显示一次 / key of the signatures, shown once' }),
  }),
  errors: [Forbidden, InvalidInput],
  examples: { own: { as: 'unit-head', body: { url: 'https://supervision.example/signals' } } },
  handler: async ({ db, actor, services, body: { url } }) => {
    if (actor.unit === undefined || actor.behalf) throw Forbidden.with();
    if (!isAddress(url, services.config.feedNetworks))
      throw InvalidInput.with({
        fields: [
          {
            pointer: '/url',
            rule: 'address',
            message: {
              zh: '须为 https 地址，且不含用户名密码',
              en: 'must be https, without a name and password in it',
            },
          },
        ],
      });
    const secret = randomBytes(32).toString('base64url');
    await db.run(sql`
      insert into evaluation.hook (unit, url, secret, set_by, set_name, set_at)
      values (${actor.unit}, ${url}, ${services.keyring.seal(secret, hookContext(actor.unit))}, ${actor.account}, ${actor.name}, kernel.now())
      on conflict (unit) do update set url = excluded.url, secret = excluded.secret, set_by = excluded.set_by, set_name = excluded.set_name, set_at = excluded.set_at,
        failures = 0, last_error = null`);
    return { secret };
  },
});

/** Ends it (停止推送). Messages that still wait are not sent. */
export const endHook = route({
  method: 'DELETE',
  path: '/api/evaluation/hook',
  summary: { zh: '停止信号推送', en: 'Send no more signals' },
  allow: ALLOW,
  reply: Type.Object({ ended: Type.Boolean() }),
  examples: { own: { as: 'unit-head' } },
  handler: async ({ db, actor }) => ({
    ended: (await db.run(sql`delete from evaluation.hook where unit = ${actor.unit ?? ''}`)) > 0,
  }),
});

/** `https`, or a literal address in a network of the house that outside systems may stand in (`FEED_NETWORKS`). */
function isAddress(text: string, networks: readonly string[]): boolean {
  const url = URL.parse(text);
  if (!url || url.username !== '' || url.password !== '') return false;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return url.protocol === 'https:' || (addressAllowed(host, networks) && !addressAllowed(host));
}
