import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { SubRow } from './case-row.ts';
import { issueForCase } from './certificate-issue.ts';
import { recordAct } from './certificate-record.ts';

/** Law by which a granted licence is taken back (撤销). */
const RESCISSION = '《中华人民共和国行政许可法》第六十九条';

/** What decisions mean for certificates: a grant issues one, its revocation takes it back, in the name of who decided. */
export async function followCertificates(options: {
  db: Db;
  services: Services;
  rows: readonly SubRow[];
  now: Date;
}): Promise<void> {
  const { db, services, rows, now } = options;
  for (const row of rows) {
    if (row.outcome === 'granted' && row.state === 'decided') await issueForCase({ db, services, row, now });
    if (row.outcome === 'revoked') await rescind({ db, row, now });
  }
}

async function rescind({ db, row, now }: { db: Db; row: SubRow; now: Date }): Promise<void> {
  const held = await db.rows<{ id: string }>(sql`
    update service.certificate set state = 'rescinded', changed_at = ${now}::timestamptz where sub_case = ${row.id}::uuid and state in ('issued', 'in-force', 'suspended') returning id`);
  if (held.length === 0) return;
  const by = await db.one<{ account: string; name: string; unit: string }>(sql`
    select coalesce(decided_by, '') as account, coalesce(decided_name, '') as name, unit from service.sub_case where id = ${row.id}::uuid`);
  for (const { id } of held)
    await recordAct(db, { certificate: id, at: now, act: 'rescind', basis: RESCISSION, reason: row.reason ?? '', by });
}
