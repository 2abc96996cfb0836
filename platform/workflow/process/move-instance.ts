import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { moveState } from '../engine/move.ts';
import { ActRefused } from '../errors.ts';
import { carrierOf, settle, take } from '../store/carry.ts';
import { readGraph } from '../store/records.ts';

/**
 * Moves an instance to another version of its process (迁移实例): an explicit act, kept in the log with its mapping. Refused with all
 * faults where a token has no place there (`faults` of the problem).
 */
export async function moveInstance(
  db: Db,
  options: { services: Services; instance: string; version: number; map?: Readonly<Record<string, string>> },
): Promise<void> {
  const carrier = await carrierOf(db, options.services);
  const moving = await take(carrier, options.instance);
  const { row } = moving;
  const target = await db.first<{ id: string }>(sql`
    select id from workflow.definition where app = ${row.app} and process = ${row.process} and version = ${options.version}::int`);
  if (!target || moving.state.ended || row.version === options.version)
    throw ActRefused.with({ detail: { zh: '没有可迁移到的版本', en: 'there is no other version to move to' } });
  const to = await readGraph(db, target.id);
  const { state, renamed, faults } = moveState({
    from: moving.graph,
    to,
    state: moving.state,
    map: options.map ?? {},
  });
  if (faults.length > 0)
    throw ActRefused.with({
      detail: { zh: '有步骤在新版本中没有位置', en: 'some steps have no place in the new version' },
      extra: { faults },
    });
  Object.assign(moving, { state, graph: to });
  Object.assign(row, { definition: target.id, version: options.version, revision: row.revision + 1 });
  moving.moved = { map: options.map ?? {}, renamed };
  await settle(carrier);
}
