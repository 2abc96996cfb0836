import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { FileMissing, FileTooLarge } from '../document-errors.ts';
import type { OfdSeal } from '../ofd/verify-ofd.ts';
import type { Digests } from '../sign/statement.ts';
import { findSigned, registeredAnswers, resultOf, sealAnswers, sealsIn } from './verify-content.ts';

const MEGABYTE = 1024 ** 2;
/** Largest content that is checked, and the largest that is looked into for seals: only these are held in memory. */
const MOST = 200 * MEGABYTE;
const MOST_SEALED = 20 * MEGABYTE;
/** Contents that are looked into at the same time; who comes then waits. Anybody may ask. */
const AT_ONCE = 2;

const Nullable = Type.Union([Type.String(), Type.Null()]);
const AnswerView = Type.Object({
  kind: Type.Union([Type.Literal('signature'), Type.Literal('seal')]),
  signer: Nullable,
  title: Nullable,
  number: Nullable,
  key: Nullable,
  signedAt: Nullable,
  intact: Type.Boolean(),
  holds: Type.Boolean(),
  known: Type.Boolean(),
  keyThen: Nullable,
  keyNow: Nullable,
  changed: Type.Array(Type.String()),
});
const DigestView = { sm3: Type.String(), sha256: Type.String(), size: Type.Integer() };

/**
 * Checks a file (文件核验), for anybody: who signed it, when, whether it is unchanged. The file is hashed and, if it is an OFD, looked into for seals;
 * nothing of it is kept.
 */
export const verifyFile = route({
  method: 'POST',
  path: '/api/document/verify',
  summary: { zh: '核验文件', en: 'Check a file' },
  allow: 'public',
  repeatable: true,
  query: Type.Object({ number: Type.Optional(Type.String({ minLength: 4, maxLength: 80 })) }),
  body: 'stream',
  bodyLimit: Number.MAX_SAFE_INTEGER,
  reply: Type.Object({
    ...DigestView,
    result: Type.Union([
      Type.Literal('intact'),
      Type.Literal('changed'),
      Type.Literal('not-valid'),
      Type.Literal('unknown'),
    ]),
    answers: Type.Array(AnswerView),
  }),
  errors: [FileMissing, FileTooLarge],
  examples: { own: { as: 'anonymous', body: '一份没有签名的文件\n' } },
  prepare: async ({ stream, headers }) => {
    if (!stream || typeof (stream as { pipe?: unknown }).pipe !== 'function') throw FileMissing.with();
    if (Number(headers['content-length'] ?? 0) > MOST) throw FileTooLarge.with({ extra: { maxBytes: MOST } });
    return readOnce(stream as Readable);
  },
  handler: async ({ db, services, query, prepared }) => {
    const { content, seals } = prepared;
    const answers = [
      ...(await registeredAnswers(db, services, { content, number: query.number })),
      ...(await sealAnswers(db, services, seals)),
    ];
    return { ...content, result: resultOf(answers), answers };
  },
});

/** Looks up what was signed under a number (按编号核验), for anybody who holds a certificate on paper. */
export const showSigned = route({
  method: 'GET',
  path: '/api/document/signed/:number',
  summary: { zh: '按编号核验', en: 'Check by number' },
  allow: 'public',
  params: Type.Object({ number: Type.String({ minLength: 4, maxLength: 80 }) }),
  reply: Type.Object({ ...DigestView, answer: AnswerView }),
  errors: [NotFound],
  examples: {
    own: { as: 'anonymous', params: { number: 'fixture:document-number' } },
    foreign: { as: 'anonymous', params: { number: 'SD-NOTHING-000000001' } },
  },
  handler: async ({ db, services, params }) => {
    const found = await findSigned(db, services, params.number.normalize('NFKC').trim());
    if (!found) throw NotFound.with();
    const { sm3, sha256, size, ...answer } = found;
    return { sm3, sha256, size, answer };
  },
});

let looking = 0;
const waiting: (() => void)[] = [];

/** Hashes a stream; what begins as a ZIP and is not too large is also looked into. */
async function readOnce(stream: Readable): Promise<{ content: Digests; seals: OfdSeal[] }> {
  if (looking >= AT_ONCE) await new Promise<void>((go) => waiting.push(go));
  looking += 1;
  try {
    const digests = [createHash('sm3'), createHash('sha256')] as const;
    let kept: Buffer[] | undefined = [];
    let size = 0;
    for await (const piece of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      if (size === 0 && piece.toString('latin1', 0, 2) !== 'PK') kept = undefined;
      size += piece.length;
      if (size > MOST) throw FileTooLarge.with({ extra: { maxBytes: MOST } });
      for (const digest of digests) digest.update(piece);
      if (size > MOST_SEALED) kept = undefined;
      kept?.push(piece);
    }
    if (size === 0) throw FileMissing.with();
    const [sm3, sha256] = digests.map((digest) => digest.digest('hex'));
    const seals = kept && sealsIn(Buffer.concat(kept));
    return { content: { sm3: sm3 ?? '', sha256: sha256 ?? '', size }, seals: seals ?? [] };
  } finally {
    looking -= 1;
    waiting.shift()?.();
  }
}
