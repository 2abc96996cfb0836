import { hash } from 'node:crypto';

/** SM3 (GB/T 32905) over the parts, separated so that no two lists give the same text. */
export function digestOf(parts: readonly (string | readonly string[] | null | undefined)[]): string {
  return hash('sm3', JSON.stringify(parts.map((p) => p ?? null)), 'base64url');
}

export type Subject = { kind: string; id: string };

export type DigestedAccess = {
  id: string;
  at: string;
  account: string;
  name: string;
  post: string | null;
  unit: string | null;
  purpose: string | null;
  /** The delegation under which it was done. */
  behalf: string | null;
  trace: string | null;
  module: string;
  route: string;
  resources: readonly string[];
  fields: readonly string[];
  level: string;
  outcome: string;
  code: string | null;
  statement: string | null;
  subjects: number;
};

/** Whether a digest is of the second form, which covers every column and the subjects themselves. */
export function coversAll(digest: string): boolean {
  return digest.startsWith('2.');
}

/** `2.` and the digest of the row; for a row with subjects (涉及对象) another dot and the digest of their sorted list. */
export function accessDigest(row: DigestedAccess, subjects: readonly Subject[]): string {
  const own = digestOf([
    row.id,
    row.at,
    row.account,
    row.name,
    row.post,
    row.unit,
    row.purpose,
    row.behalf,
    row.trace,
    row.module,
    row.route,
    row.resources,
    row.fields,
    row.level,
    row.outcome,
    row.code,
    row.statement,
    String(row.subjects),
  ]);
  if (subjects.length === 0) return `2.${own}`;
  return `2.${own}.${digestOf([...new Set(subjects.map(({ kind, id }) => `${kind}:${id}`))].sort())}`;
}

/** The first form, of rows that were written before: it left out who exactly acted and which subjects were returned. */
export function formerDigest(row: DigestedAccess): string {
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
