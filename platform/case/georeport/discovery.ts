import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { findRule } from '#platform/rulebook/rule-at.ts';
import type { Value } from './xml.ts';

/** Dated setting of the installation: the `jurisdiction_id` that this endpoint answers for. */
export const JURISDICTION_RULE = 'incident.open311.jurisdiction';
/** What a service asks for was changed last in this program: clients that keep definitions read them anew. */
const DEFINITIONS_SINCE = '2026-11-27';

/** Service discovery: where the endpoint is, what it speaks, and since when its services are as they are. `origin` is the address that the client used. */
export async function discovery(db: Db, options: { origin: string; base: string; test: boolean }): Promise<Value> {
  const { origin, base, test } = options;
  const rule = await findRule(db, JURISDICTION_RULE);
  const { newest } = await db.one<{ newest: string | null }>(
    sql`select max(greatest(valid_from, coalesce(valid_to, valid_from)))::text as newest from incident.class where valid_from <= kernel.now()::date`,
  );
  // Sortable; a class that begins or ends changes the list.
  const changeset = `${[newest ?? '', DEFINITIONS_SINCE].sort().at(-1)}T00:00:00+08:00`;
  const endpoint = {
    specification: 'http://wiki.open311.org/GeoReport_v2',
    url: `${origin}${base}`,
    changeset,
    type: test ? 'test' : 'production',
    formats: { list: 'format', of: ['text/xml', 'application/json'] },
  } satisfies Value;
  return {
    changeset,
    contact: `${rule?.source.title ?? '区城市运行管理中心 / the district’s operations centre'} ${origin}/citizen`,
    key_service: `请向区数据管理部门申请密钥 / ask the district’s data department for a key: ${origin}/gov`,
    endpoints: { list: 'endpoint', of: [endpoint] },
  };
}
