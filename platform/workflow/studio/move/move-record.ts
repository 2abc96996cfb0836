import { type Static, Type } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';

/** Cases that one request moves: one transaction moves them all, and a person has looked at each line of them. */
export const MOST_MOVED = 200;

export const VersionNumber = Type.Integer({ minimum: 1, maximum: 999_999 });
export const ElementMap = Type.Record(Type.String({ maxLength: 200 }), Type.String({ maxLength: 200 }), {
  maxProperties: 200,
  description:
    '旧版本元素 → 新版本元素 / elements of the old version and theirs in the new one, where the id is another',
});
/** Of a case that is not there any more. */
export const GONE = { zh: '已办结，或已不在这个版本上', en: 'has ended, or is no longer on this version' };

const Words = Type.Object({ zh: Type.String(), en: Type.String() });
/** Something that is said of an element; `name` as it is drawn. */
export const SaidSchema = Type.Object({ element: Type.String(), name: Type.String(), message: Words });
export type Said = Static<typeof SaidSchema>;

/** A request to move cases (迁移申请) as stored. */
export type MoveRow = {
  id: string;
  app: string;
  process: string;
  fromVersion: number;
  toVersion: number;
  map: Record<string, string>;
  instances: string[];
  reason: string;
  state: 'asked' | 'done' | 'declined';
  askedBy: string;
  askedByName: string;
  askedAt: Date;
  decidedByName: string | null;
  decidedAt: Date | null;
  moved: number | null;
  leftBehind: { instance: string; message: { zh: string; en: string } }[] | null;
};

const COLUMNS = sql`id, app, process, from_version as "fromVersion", to_version as "toVersion", map, instances::text[] as instances, reason, state,
  asked_by as "askedBy", asked_by_name as "askedByName", asked_at as "askedAt", decided_by_name as "decidedByName", decided_at as "decidedAt",
  moved, left_behind as "leftBehind"`;

export const MoveParams = Type.Object({
  id: Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 60 }),
  move: Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }),
});

/** The requests of a process, the newest first. */
export async function movesOf(db: Db, process: string): Promise<MoveRow[]> {
  return db.rows<MoveRow>(
    sql`select ${COLUMNS} from workflow.move where process = ${process} order by asked_at desc, id desc limit 50`,
  );
}

/** A request, held until the end of the transaction. */
export async function holdMove(db: Db, { process, move }: { process: string; move: string }): Promise<MoveRow> {
  const found = await db.first<MoveRow>(
    sql`select ${COLUMNS} from workflow.move where id = ${move}::uuid and process = ${process} for update`,
  );
  if (!found) throw NotFound.with();
  return found;
}

export async function decideMove(db: Db, move: string, set: Sql): Promise<void> {
  await db.run(sql`
    update workflow.move set ${set}, decided_by = ${db.actor.account}, decided_by_name = ${db.actor.name}, decided_at = kernel.now()
    where id = ${move}::uuid`);
}

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

/** A request as people see it. */
export const MoveSchema = Type.Object({
  id: Type.String(),
  from: Type.Integer(),
  to: Type.Integer(),
  map: ElementMap,
  instances: Type.Array(Type.String()),
  reason: Type.String(),
  state: Type.Union([Type.Literal('asked'), Type.Literal('done'), Type.Literal('declined')]),
  askedByName: Type.String(),
  askedAt: Type.String(),
  /** The caller asked for it: somebody else approves. */
  own: Type.Boolean(),
  decidedByName: Nullable(Type.String()),
  decidedAt: Nullable(Type.String()),
  moved: Nullable(Type.Integer()),
  leftBehind: Type.Array(Type.Object({ instance: Type.String(), message: Words })),
});

export const moveView = (row: MoveRow, account: string): Static<typeof MoveSchema> => ({
  id: row.id,
  from: row.fromVersion,
  to: row.toVersion,
  map: row.map,
  instances: row.instances,
  reason: row.reason,
  state: row.state,
  askedByName: row.askedByName,
  askedAt: row.askedAt.toISOString(),
  own: row.askedBy === account,
  decidedByName: row.decidedByName,
  decidedAt: row.decidedAt?.toISOString() ?? null,
  moved: row.moved,
  leftBehind: row.leftBehind ?? [],
});
