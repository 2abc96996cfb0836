import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { empty, sql } from '#platform/kernel/sql.ts';
import type { LoggedMessage } from './message-log.ts';
import { SYSTEM_ID, visibleMessages } from './system-record.ts';
import { EVIDENCE } from './verify-evidence.ts';

const MaybeText = Type.Union([Type.String(), Type.Null()]);
const PAGE = 50;

/** The log of messages (报文日志), newest first: of the systems that the caller may see, and of unknown senders for those who run the gateway. */
export const listMessages = route({
  method: 'GET',
  path: '/api/gateway/messages',
  summary: { zh: '网关报文日志', en: 'Log of messages of the gateway' },
  allow: 'gateway.message.read',
  query: Type.Object({
    system: Type.Optional(Type.String({ pattern: SYSTEM_ID })),
    outcome: Type.Optional(Type.Union([Type.Literal('answered'), Type.Literal('refused')])),
    before: Type.Optional(Type.String({ format: 'uuid' })),
  }),
  reply: Type.Object({
    messages: Type.Array(
      Type.Object({
        id: Type.String(),
        at: Type.String(),
        system: MaybeText,
        service: MaybeText,
        item: MaybeText,
        purpose: MaybeText,
        caseNo: MaybeText,
        outcome: Type.String(),
        code: MaybeText,
        status: Type.Integer(),
        rows: Type.Integer(),
        subjects: Type.Integer(),
        address: Type.String(),
        tookMs: Type.Integer(),
      }),
    ),
    more: Type.Boolean(),
  }),
  examples: { own: { as: 'security-auditor' } },
  handler: async ({ db, actor, query }) => {
    type Row = Record<string, unknown> & { at: Date };
    const rows = await db.rows<Row>(sql`
      select m.id, m.at, m.system, m.service, m.item, m.purpose, m.case_no as "caseNo", m.outcome, m.code, m.status, m.rows, m.subjects, m.address, m.took_ms as "tookMs"
      from gateway.message m
      where ${visibleMessages(actor)} ${query.system ? sql`and m.system = ${query.system}` : empty} ${query.outcome ? sql`and m.outcome = ${query.outcome}` : empty}
        ${query.before ? sql`and m.id < ${query.before}::uuid` : empty}
      order by m.id desc limit ${PAGE + 1}::int`);
    const messages = rows.slice(0, PAGE).map((row) => ({ ...row, at: row.at.toISOString() }));
    return { messages, more: rows.length > PAGE } as never;
  },
});

/**
 * What proves one message (报文凭证): both signatures with exactly what they cover, the keys, and the digest that the audit has chained.
 * `npm run verify-message` checks it elsewhere, without the platform.
 */
export const showEvidence = route({
  method: 'GET',
  path: '/api/gateway/messages/:id/evidence',
  summary: { zh: '下载一份报文的凭证', en: 'Download what proves one message' },
  allow: 'gateway.message.read',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  reply: Type.Object({
    format: Type.String(),
    message: Type.Record(Type.String(), Type.Unknown()),
    digest: Type.String(),
    requestKey: MaybeText,
    answerKey: MaybeText,
    audit: Type.Unknown(),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'security-auditor', params: { id: 'fixture:gateway-message' } },
    foreign: { as: 'data-officer', params: { id: 'fixture:gateway-message' } },
  },
  handler: async ({ db, actor, params: { id }, header }) => {
    type Row = Omit<LoggedMessage, 'at'> & {
      at: Date;
      digest: string;
      requestKey: string | null;
      nodeKey: string | null;
    };
    const row = await db.first<Row>(sql`
      select m.id, m.at, m.system, m.unit, m.key, m.algorithm, m.service, m.item, m.purpose, m.case_no as "caseNo", m.method, m.target, m.address, m.nonce,
        m.request_digest as "requestDigest", m.request_signature as "requestSignature", m.request_base as "requestBase", m.outcome, m.code, m.status, m.rows, m.subjects,
        m.answer_key as "answerKey", m.answer_digest as "answerDigest", m.answer_signature as "answerSignature", m.answer_base as "answerBase", m.took_ms as "tookMs", m.digest,
        k.public_key as "requestKey", n.public_key as "nodeKey"
      from gateway.message m left join gateway.system_key k on k.id = m.key left join gateway.node_key n on n.id = m.answer_key
      where m.id = ${id}::uuid and ${visibleMessages(actor)}`);
    if (!row) throw NotFound.with();
    const { digest, requestKey, nodeKey, at, ...rest } = row;
    const message: LoggedMessage = { ...rest, at: at.toISOString() };
    const sealed = await db.first<{ proof: unknown }>(sql`select audit.proof_of(${id}, ${at}::timestamptz) as proof`);
    header('content-disposition', `attachment; filename="message-${id}.json"`);
    return { format: EVIDENCE, message, digest, requestKey, answerKey: nodeKey, audit: sealed?.proof ?? null };
  },
});
