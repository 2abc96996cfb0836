import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Definition } from '../definition.ts';
import { storeDefinition } from '../store/store-definition.ts';

/** A published version as the studio lists it. */
export type PublishedVersion = {
  version: number;
  xml: string;
  publishedAt: Date;
  publishedByName: string;
  running: number;
};

/** The versions of a process, the newest first. */
export async function versionsOf(
  db: Db,
  { app, process }: { app: string; process: string },
): Promise<PublishedVersion[]> {
  return db.rows<PublishedVersion>(sql`
    select d.version, d.xml, d.at as "publishedAt", coalesce(p.name, d.published_by) as "publishedByName", coalesce(r.running, 0)::int as running
    from workflow.definition d
      left join workflow.publication p on p.app = d.app and p.process = d.process and p.version = d.version
      left join workflow.running_on(${app}, ${process}) r on r.version = d.version
    where d.app = ${app} and d.process = ${process} order by d.version desc limit 200`);
}

/** A version with its file and its graph. */
export type Version = { app: string; version: number; xml: string; definition: Definition };

const VERSION = sql`select d.app, d.version, d.xml, d.graph as definition from workflow.definition d join workflow.draft t on t.process = d.process and t.app = d.app`;

export async function readVersion(db: Db, process: string, version: number): Promise<Version> {
  const found = await db.first<Version>(sql`${VERSION} where d.process = ${process} and d.version = ${version}::int`);
  if (!found) throw NotFound.with();
  return found;
}

export async function lastVersion(db: Db, process: string): Promise<Version | undefined> {
  return db.first<Version>(sql`${VERSION} where d.process = ${process} order by d.version desc limit 1`);
}

/** Puts a version into force: new cases take it. */
export async function publishVersion(
  db: Db,
  { app, xml, definition }: { app: string; xml: string; definition: Definition },
): Promise<number> {
  const { version, fresh } = await storeDefinition(db, { app, xml, graph: definition });
  if (fresh)
    await db.run(sql`
      insert into workflow.publication (app, process, version, name) values (${app}, ${definition.id}, ${version}::int, ${db.actor.name})`);
  return version;
}

type Line = {
  id: string;
  name: string;
  unit: string;
  version: number | null;
  retired: boolean;
  running: number;
  changed: boolean;
  changedAt: string;
  changedByName: string;
};

/** Every process that was begun. */
export async function allProcesses(db: Db): Promise<Line[]> {
  const rows = await db.rows<Omit<Line, 'changedAt'> & { changedAt: Date }>(sql`
    select t.process as id, t.name, t.unit, d.version, t.retired_at is not null as retired,
      coalesce((select sum(r.running) from workflow.running_on(t.app, t.process) r), 0)::int as running,
      d.xml is distinct from t.xml as changed, t.changed_at as "changedAt", t.changed_by_name as "changedByName"
    from workflow.draft t
      left join lateral (
        select version, xml from workflow.definition d where d.app = t.app and d.process = t.process order by version desc limit 1) d on true
    order by t.name, t.process limit 500`);
  return rows.map((row) => ({ ...row, changedAt: row.changedAt.toISOString() }));
}
