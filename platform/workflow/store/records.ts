import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Definition } from '../definition.ts';
import type { State } from '../engine/state.ts';

/** An instance as stored. */
export type InstanceRow = {
  id: string;
  app: string;
  definition: string;
  process: string;
  version: number;
  key: string;
  unit: string | null;
  state: State;
  revision: number;
  status: 'active' | 'completed' | 'error' | 'cancelled';
  parent: string | null;
  parent_token: string | null;
};

const columns = sql`id, app, definition, process, version, key, unit, state, revision, status, parent, parent_token`;

/** Instances that are held already, by whoever sees all of them. */
export async function readHeld(db: Db, ids: readonly string[]): Promise<InstanceRow[]> {
  return db.rows<InstanceRow>(sql`select ${columns} from workflow.instance where id = any(${[...ids]}::uuid[])`);
}

/**
 * An instance that the caller may move, held to the end of the transaction, so that two who move it follow each other: of the calling module; of any for the
 * module itself, which has looked for the right before.
 */
export async function readInstance(db: Db, id: string): Promise<InstanceRow> {
  const found = await db.first<InstanceRow>(
    db.module === 'workflow'
      ? sql`select ${columns} from workflow.read_instance(${id}::uuid)`
      : sql`select ${columns} from workflow.instance where id = ${id}::uuid for update`,
  );
  if (!found) throw NotFound.with();
  return found;
}

/** Versions do not change: what was read once holds for the life of the process. */
const graphs = new Map<string, Definition>();
const KEPT = 500;

export async function readGraph(db: Db, id: string): Promise<Definition> {
  const known = graphs.get(id);
  if (known) return known;
  const found = await db.first<{ graph: Definition }>(
    sql`select graph from workflow.definition where id = ${id}::uuid`,
  );
  if (!found) throw NotFound.with();
  if (graphs.size >= KEPT) graphs.clear();
  graphs.set(id, found.graph);
  return found.graph;
}

export type Version = {
  id: string;
  version: number /** Takes no new case of its own (停用). */;
  retired: boolean;
  graph: Definition;
};

/** The version in force of a process of an app: the newest. */
export async function newestVersion(db: Db, options: { app: string; process: string }): Promise<Version> {
  const { app, process } = options;
  const found = await db.first<{ id: string; version: number; retired: boolean }>(sql`
    select id, version, workflow.is_retired(app, process) as retired from workflow.definition where app = ${app} and process = ${process} order by version desc limit 1`);
  if (!found) throw new Error(`${app} has no process ${process}`);
  return { ...found, graph: await readGraph(db, found.id) };
}
