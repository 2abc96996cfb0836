import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { GateClosed, NotOpened, SamePerson, WrongState } from '../errors.ts';
import { indexDataset } from '../portal/index-dataset.ts';

/**
 * Publishes a version that passed the gate (发布): by another person than prepared it, for a set whose opening was decided. The version before
 * stays readable under its own name.
 */
export async function publishVersion(
  db: Db,
  options: { version: string; at: Date; by?: { account: string; name: string } },
): Promise<void> {
  const { version, at, by = db.actor } = options;
  const found = await db.one<{
    dataset: string;
    state: string;
    preparedBy: string;
    set: string;
    opening: string | null;
    current: string | null;
  }>(sql`
    select v.dataset, v.state, v.prepared_by as "preparedBy", d.state as set, d.opening, d.current from open_data.version v join open_data.dataset d on d.id = v.dataset
    where v.id = ${version}::uuid for update of d`);
  if (found.state === 'blocked') throw GateClosed.with();
  // What was taken down needs a new decision first.
  if (found.set === 'withdrawn') throw WrongState.with({ extra: { state: found.set } });
  if (found.state !== 'checked' || found.opening === null) throw WrongState.with({ extra: { state: found.state } });
  if (found.opening === 'closed') throw NotOpened.with();
  if (found.preparedBy === by.account) throw SamePerson.with();
  await db.run(
    sql`update open_data.version set state = 'superseded' where id = ${found.current}::uuid and state = 'published'`,
  );
  await db.run(sql`
    update open_data.version set state = 'published', approved_by = ${by.account}, approved_name = ${by.name}, published_at = ${at}::timestamptz where id = ${version}::uuid`);
  await db.run(sql`
    update open_data.dataset set state = 'open', current = ${version}::uuid, updated_at = ${at}::timestamptz where id = ${found.dataset}`);
  await indexDataset(db, found.dataset);
  await db.emit({ type: 'open-data.version.published', subject: version, data: { dataset: found.dataset } });
}
