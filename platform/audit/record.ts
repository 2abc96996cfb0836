import { type Actor, behalfOf } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import type { AccessEntry, AuditTrail } from '#platform/kernel/ports.ts';
import { type FieldMark, type Level, levelOf } from '#platform/kernel/resource.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { accessDigest } from './digest.ts';

type Named = { resources: string[]; fields: string[]; level: Level };
const named = new WeakMap<readonly FieldMark[], Named>();

/** Names and level of the fields of a route: the same list for each of its requests. */
function namesOf(marks: readonly FieldMark[]): Named {
  let found = named.get(marks);
  if (found === undefined) {
    found = {
      resources: [...new Set(marks.map((f) => f.resource))].sort(),
      fields: [...new Set(marks.map((f) => `${f.resource}.${f.field}`))].sort(),
      level: levelOf(marks.map((f) => f.level)),
    };
    named.set(marks, found);
  }
  return found;
}

type Row = { id: string; at: string; digest: string } & Named;

function rowOf(db: Db, entry: AccessEntry, actor: Actor): Row {
  const id = uuidv7();
  const at = new Date().toISOString();
  const { resources, fields, level } = namesOf(entry.fields);
  const digest = accessDigest(
    {
      id,
      at,
      account: actor.account,
      name: actor.name,
      post: actor.post || null,
      unit: actor.unit || null,
      purpose: actor.purpose || null,
      behalf: behalfOf(actor)?.delegation ?? null,
      trace: actor.trace || null,
      module: db.module,
      route: entry.route,
      resources,
      fields,
      level,
      outcome: entry.outcome,
      code: entry.code ?? null,
      statement: entry.statement ?? null,
      subjects: entry.subjects.length,
    },
    entry.subjects,
  );
  return { id, at, digest, resources, fields, level };
}

/** Writes one `access` row for a request and one `access_subject` row for each person or enterprise in its reply. */
export const trail: AuditTrail = {
  async record(db: Db, entry: AccessEntry) {
    const { id, at, digest, resources, fields, level } = rowOf(db, entry, db.actor);
    db.last(sql`select audit.record(${id}::uuid, ${at}::timestamptz, ${entry.route}, ${resources}::text[], ${fields}::text[], ${level},
      ${entry.outcome}, ${entry.code ?? null}::text, ${entry.statement ?? null}::text, ${digest},
      ${entry.subjects.map((s) => s.kind)}::text[], ${entry.subjects.map((s) => s.id)}::text[])`);
  },
  async recordAll(db, entries) {
    const rows = entries.map((entry) => ({
      ...rowOf(db, entry, entry.actor),
      account: entry.actor.account,
      name: entry.actor.name,
      unit: entry.actor.unit || null,
      trace: entry.actor.trace || null,
      route: entry.route,
      outcome: entry.outcome,
      code: entry.code ?? null,
      statement: entry.statement ?? null,
      subject_kinds: entry.subjects.map((s) => s.kind),
      subject_ids: entry.subjects.map((s) => s.id),
    }));
    if (rows.length > 0) db.last(sql`select audit.record_all(${json(rows)}::text::json)`);
  },
};
