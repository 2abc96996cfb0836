import type { Actor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import type { AuditTrail } from '#platform/kernel/ports.ts';
import type { FieldMark } from '#platform/kernel/resource.ts';
import { json, sql } from '#platform/kernel/sql.ts';
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

/** A message with what the audit says of it. */
export type LogEntry = {
  message: LoggedMessage;
  /** In whose name: where several share a transaction it is not the name of the transaction. */
  actor: Actor;
  route: string;
  fields: FieldMark[];
  subjects: { kind: 'person' | 'entity'; id: string }[];
};

/** Writes messages and, for each, its entry of the audit in one transaction; both travel with the commit. */
export async function logMessages(db: Db, audit: AuditTrail | undefined, entries: readonly LogEntry[]): Promise<void> {
  const digested = entries.map((entry) => ({ ...entry, digest: messageDigest(entry.message) }));
  const kept = digested.map(({ message: { caseNo, tookMs, ...m }, digest }) => ({
    ...m,
    case_no: caseNo,
    request_digest: m.requestDigest,
    request_signature: m.requestSignature,
    request_base: m.requestBase,
    answer_key: m.answerKey,
    answer_digest: m.answerDigest,
    answer_signature: m.answerSignature,
    answer_base: m.answerBase,
    took_ms: tookMs,
    digest,
  }));
  db.last(sql`insert into gateway.message (id, at, system, unit, key, algorithm, service, item, purpose, case_no, method, target, address, nonce, request_digest,
      request_signature, request_base, outcome, code, status, rows, subjects, answer_key, answer_digest, answer_signature, answer_base, took_ms, digest)
    select id, at, system, unit, key, algorithm, service, item, purpose, case_no, method, target, address, nonce, request_digest,
      request_signature, request_base, outcome, code, status, rows, subjects, answer_key, answer_digest, answer_signature, answer_base, took_ms, digest
    from json_populate_recordset(null::gateway.message, ${json(kept)}::text::json)`);
  await audit?.recordAll(
    db,
    digested.map(({ message, actor, route, fields, subjects, digest }) => ({
      actor,
      route,
      fields,
      subjects,
      outcome: message.outcome === 'answered' ? 'read' : 'refused',
      code: message.code ?? undefined,
      statement: statementOf(message, digest),
    })),
  );
}
