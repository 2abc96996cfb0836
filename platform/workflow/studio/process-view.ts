import { type Static, Type } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { readDraft } from './draft-record.ts';
import { versionsOf } from './published-versions.ts';

export const DRAFTERS = ['data-officer', 'unit-head'] as const;
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

const VersionSchema = Type.Object({
  version: Type.Integer(),
  publishedAt: Type.String(),
  publishedByName: Type.String(),
  /** Instances that are under way on it. */
  running: Type.Integer(),
});

/** One process with its draft. */
export const ProcessReply = Type.Object({
  id: Type.String(),
  app: Type.String(),
  name: Type.String(),
  unit: Type.String(),
  xml: Type.String(),
  revision: Type.Integer(),
  changedAt: Type.String(),
  changedByName: Type.String(),
  /** The draft is not what the last version is. */
  changed: Type.Boolean(),
  retired: Type.Boolean(),
  version: Nullable(Type.Integer()),
  versions: Type.Array(VersionSchema),
  /** The caller is of the unit that answers for it. */
  mayEdit: Type.Boolean(),
  /** The caller changed the draft last: somebody else publishes it. */
  ownDraft: Type.Boolean(),
});

/** A process as its page shows it. */
export async function showProcess(db: Db, id: string): Promise<Static<typeof ProcessReply>> {
  const draft = await readDraft(db, id);
  const versions = await versionsOf(db, draft);
  const [last] = versions;
  return {
    id,
    app: draft.app,
    name: draft.name,
    unit: draft.unit,
    xml: draft.xml,
    revision: draft.revision,
    changedAt: draft.changedAt.toISOString(),
    changedByName: draft.changedByName,
    changed: last?.xml !== draft.xml,
    retired: draft.retired,
    version: last?.version ?? null,
    versions: versions.map(({ version, publishedAt, publishedByName, running }) => ({
      version,
      publishedAt: publishedAt.toISOString(),
      publishedByName,
      running,
    })),
    mayEdit: db.actor.unit === draft.unit && DRAFTERS.some((post) => post === db.actor.post),
    ownDraft: db.actor.account === draft.changedBy,
  };
}
