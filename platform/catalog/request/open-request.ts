import type { Db } from '#platform/kernel/db.ts';
import type { FieldFault } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { endClock, startClock } from '#platform/calendar/clock.ts';
import { ruleAt } from '#platform/rulebook/rule-at.ts';
import type { Grant } from '../grant-record.ts';
import { assertNotNegative } from '../register/lists.ts';
import { answerClocks, deliveryClock } from './clocks.ts';
import { NotShared } from './request-errors.ts';
import { holdRunning, noteStep } from './request-record.ts';

export type Asked = Pick<Grant, 'fields' | 'purposes' | 'rowFilter' | 'validUntil'> & { why: string };

/** Refuses what stands on the negative list (负面清单), with the article: neither asked for nor approved. Says how it is shared else. */
export async function assertShared(db: Db, resource: string): Promise<'unconditional' | 'conditional'> {
  const { sharing } = await db.one<{ sharing: 'unconditional' | 'conditional' | 'none' }>(
    sql`select sharing from catalog.resource where id = ${resource}`,
  );
  await assertNotNegative(db, { resource });
  if (sharing !== 'none') return sharing;
  const { source, title, id } = await ruleAt(db, 'catalog.sharing.negative-list');
  const article = `《${source.title}》${source.article ?? ''}`;
  throw NotShared.with({
    detail: { zh: `${title.zh}（${article}）`, en: `${title.en} (${article})` },
    extra: { rule: id, article },
  });
}

/** Purposes that the register does not hold, or that were retired, at their places. */
export async function purposeFaults(db: Db, purposes: readonly string[]): Promise<FieldFault[]> {
  const rows = await db.rows<{ at: number; code: string }>(sql`
    select (w.at - 1)::int as at, w.code from unnest(${[...purposes]}::text[]) with ordinality as w(code, at) where not access.purpose_in_force(w.code)`);
  return rows.map(({ at, code }) => ({
    pointer: `/purposes/${at}`,
    rule: 'in-force',
    message: { zh: `目的“${code}”未登记或已停用`, en: `the purpose “${code}” is not registered or was retired` },
  }));
}

/**
 * Opens the case of a request and its clock (受理). What still ran from an older grant lapses: it is asked for anew.
 */
export async function openRequest(
  db: Db,
  options: { grant: Grant; asked: Asked; sharing: 'unconditional' | 'conditional' },
): Promise<string> {
  const { grant, asked, sharing } = options;
  const older = await holdRunning(db, grant.id);
  if (older) {
    if (older.deliveryClock !== null) await endClock(db, { kind: deliveryClock, clock: older.deliveryClock });
    else await endClock(db, { kind: answerClocks[older.sharing], clock: older.clock });
    await db.run(
      sql`update catalog.request set state = 'lapsed', decided_at = coalesce(decided_at, kernel.now()) where id = ${older.id}::uuid`,
    );
    await noteStep(db, { request: older, step: 'lapsed', reason: null });
  }
  const id = uuidv7();
  const clock = await startClock(db, {
    kind: answerClocks[sharing],
    subject: id,
    event: 'asked',
    of: { unit: grant.owner },
  });
  await db.run(sql`
    insert into catalog.request (id, grant_id, resource, supplier_unit, sharing, requester_account, requester_name, requester_unit, asked_at, why, fields, purposes, row_filter, valid_until, clock)
    values (${id}::uuid, ${grant.id}::uuid, ${grant.resource}, ${grant.owner}, ${sharing}, ${db.actor.account}, ${db.actor.name}, ${db.actor.unit ?? null}::text, kernel.now(), ${asked.why},
      ${asked.fields}::text[], ${asked.purposes}::text[], ${json(asked.rowFilter)}::text::jsonb, ${asked.validUntil}::timestamptz, ${clock.id}::uuid)`);
  return id;
}
