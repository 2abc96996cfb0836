import { hash } from 'node:crypto';
import { behalfOf } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import type { AccessEntry, AuditTrail } from '#platform/kernel/ports.ts';
import { type FieldMark, type Level, levelOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';

/** SM3 (GB/T 32905) over the parts, separated so that no two lists give the same text. */
export function digestOf(parts: readonly (string | null | undefined)[]): string {
  return hash('sm3', JSON.stringify(parts.map((p) => p ?? null)), 'base64url');
}

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

/** Writes one `access` row for a request and one `access_subject` row for each person or enterprise in its reply. */
export const trail: AuditTrail = {
  async record(db: Db, entry: AccessEntry) {
    const id = uuidv7();
    const at = new Date().toISOString();
    const { resources, fields, level } = namesOf(entry.fields);
    const digest = accessDigest({
      id,
      at,
      account: db.actor.account,
      purpose: db.actor.purpose ?? null,
      module: db.module,
      route: entry.route,
      fields,
      outcome: entry.outcome,
      code: entry.code ?? null,
      statement: entry.statement ?? null,
      subjects: entry.subjects.length,
      behalf: behalfOf(db.actor)?.delegation ?? null,
    });
    db.last(sql`select audit.record(${id}::uuid, ${at}::timestamptz, ${entry.route}, ${resources}::text[], ${fields}::text[], ${level},
      ${entry.outcome}, ${entry.code ?? null}::text, ${entry.statement ?? null}::text, ${digest},
      ${entry.subjects.map((s) => s.kind)}::text[], ${entry.subjects.map((s) => s.id)}::text[])`);
  },
};

export type DigestedAccess = {
  id: string;
  at: string;
  account: string;
  purpose: string | null;
  module: string;
  route: string;
  fields: string[];
  outcome: string;
  code: string | null;
  statement: string | null;
  subjects: number;
  /** The delegation under which it was done; rows of before have none. */
  behalf: string | null;
};

/** What a row's digest covers; the verifier computes it again from the stored row. */
export function accessDigest(row: DigestedAccess): string {
  return digestOf([
    row.id,
    row.at,
    row.account,
    row.purpose,
    row.module,
    row.route,
    row.fields.join(','),
    row.outcome,
    row.code,
    row.statement,
    String(row.subjects),
    ...(row.behalf === null ? [] : [row.behalf]),
  ]);
}
