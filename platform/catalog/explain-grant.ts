import type { GrantExplainer } from '#platform/kernel/ports.ts';
import { domainError, GrantWithdrawn } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';

export const GrantPending = domainError({
  code: 'GRANT_PENDING',
  status: 403,
  title: { zh: '数据共享尚未获批', en: 'This data has not been granted yet' },
  action: { zh: '请等待数据提供单位审批，或与其联系。', en: 'Wait for the providing unit to decide, or contact it.' },
});

type Found = {
  id: string;
  state: string;
  decided_at: Date | null;
  decided_name: string | null;
  decided_unit: string | null;
  owner: string;
  title: Text;
  reason: string | null;
};

/** Says of a share view that PostgreSQL refused: who withdrew the grant, when and why. */
export const grantRefusal: GrantExplainer = {
  async explain({ db, view }) {
    const [schema, name] = view.replace(/_all$/, '').split('__');
    if (!schema || !name) return undefined;
    const found = await db.first<Found>(sql`
      select g.id, g.state, g.decided_at, g.decided_name, g.decided_unit, r.owner, r.title, g.reason
      from catalog.grant g join catalog.resource r on r.id = g.resource where g.taker_schema = ${schema} and g.name = ${name}`);
    if (!found) return undefined;
    const extra = {
      grant: found.id,
      resource: found.title,
      owner: found.owner,
      since: found.decided_at?.toISOString(),
      by: found.decided_name ?? undefined,
      unit: found.decided_unit ?? undefined,
      reason: found.reason ?? undefined,
    };
    if (found.state === 'revoked' || found.state === 'refused') {
      return GrantWithdrawn.with({
        extra,
        detail: {
          zh: `「${found.title.zh}」的共享授权已被撤回`,
          en: `The grant for “${found.title.en}” was withdrawn`,
        },
      });
    }
    return GrantPending.with({ extra });
  },
};
