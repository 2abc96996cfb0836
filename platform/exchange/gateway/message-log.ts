import type { Db } from '#platform/kernel/db.ts';
import type { AuditTrail } from '#platform/kernel/ports.ts';
import type { FieldMark } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { hash } from 'node:crypto';

/** One message and what came of it (报文日志). */
export type LoggedMessage = {
  id: string;
  at: string;
  system: string | null;
  unit: string | null;
  key: string | null;
  algorithm: string | null;
  service: string | null;
  item: string | null;
  purpose: string | null;
  caseNo: string | null;
  method: string;
  target: string;
  address: string;
  nonce: string | null;
  requestDigest: string | null;
  requestSignature: string | null;
  requestBase: string | null;
  outcome: 'answered' | 'refused';
  code: string | null;
  status: number;
  rows: number;
  subjects: number;
  answerKey: string | null;
  answerDigest: string | null;
  answerSignature: string | null;
  answerBase: string | null;
  tookMs: number;
};

/** Columns in the order in which the digest covers them. */
const ORDER: readonly (keyof LoggedMessage)[] = [
  'id',
  'at',
  'system',
  'unit',
  'key',
  'algorithm',
  'service',
  'item',
  'purpose',
  'caseNo',
  'method',
  'target',
  'address',
  'nonce',
  'requestDigest',
  'requestSignature',
  'requestBase',
  'outcome',
  'code',
  'status',
  'rows',
  'subjects',
  'answerKey',
  'answerDigest',
  'answerSignature',
  'answerBase',
  'tookMs',
];

/** SM3 over every column: what the audit keeps of the message. */
export function messageDigest(message: LoggedMessage): string {
  return hash('sm3', JSON.stringify(ORDER.map((name) => message[name])), 'base64url');
}

/** How the audit names a message: its digest there is chained and sealed with the entry. */
export function statementOf(message: Pick<LoggedMessage, 'id'>, digest: string): string {
  return `gateway message ${message.id} sm3 ${digest}`;
}

/** Writes a message and its entry of the audit in one transaction; both travel with the commit. */
export async function logMessage(
  db: Db,
  options: {
    audit: AuditTrail | undefined;
    message: LoggedMessage;
    route: string;
    fields: readonly FieldMark[];
    subjects: { kind: 'person' | 'entity'; id: string }[];
  },
): Promise<void> {
  const { audit, message: m, route, fields, subjects } = options;
  const digest = messageDigest(m);
  db.last(sql`insert into gateway.message (id, at, system, unit, key, algorithm, service, item, purpose, case_no, method, target, address, nonce, request_digest,
      request_signature, request_base, outcome, code, status, rows, subjects, answer_key, answer_digest, answer_signature, answer_base, took_ms, digest)
    values (${m.id}::uuid, ${m.at}::timestamptz, ${m.system}::text, ${m.unit}::text, ${m.key}::text, ${m.algorithm}::text, ${m.service}::text, ${m.item}::text,
      ${m.purpose}::text, ${m.caseNo}::text, ${m.method}, ${m.target}, ${m.address}, ${m.nonce}::text, ${m.requestDigest}::text, ${m.requestSignature}::text,
      ${m.requestBase}::text, ${m.outcome}, ${m.code}::text, ${m.status}::int, ${m.rows}::int, ${m.subjects}::int, ${m.answerKey}::text, ${m.answerDigest}::text,
      ${m.answerSignature}::text, ${m.answerBase}::text, ${m.tookMs}::int, ${digest})`);
  await audit?.record(db, {
    route,
    fields: [...fields],
    subjects,
    outcome: m.outcome === 'answered' ? 'read' : 'refused',
    code: m.code ?? undefined,
    statement: statementOf(m, digest),
  });
}
