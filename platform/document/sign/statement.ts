import { createHash } from 'node:crypto';
import { type Sm2Pair, keyIdOf, signSm2, sm2Holds } from './sm2.ts';

/** What a signature is about: a content by its digests. */
export type Digests = { sm3: string; sha256: string; size: number };

/** A signed statement (签名): which content, by which key, when. The text is what was signed, so that anybody can check it with `openssl`. */
export type Signed = Digests & { key: string; at: Date; number?: string; text: string; signature: string };

export function digestsOf(content: Uint8Array): Digests {
  const [sm3, sha256] = (['sm3', 'sha256'] as const).map((name) => createHash(name).update(content).digest('hex'));
  return { sm3: sm3 ?? '', sha256: sha256 ?? '', size: content.length };
}

/** Members in this order, no blanks: one text for one meaning. */
export function statementOf(about: Digests & { key: string; at: Date; number?: string }): string {
  const { sm3, sha256, size, key, at, number } = about;
  return JSON.stringify({ statement: 'document-signature/1', sm3, sha256, size, key, at: at.toISOString(), number });
}

/** Signs a content (签名) with SM2 and SM3, naming key and moment. Pure: the same input but for the random k of SM2. */
export function signDocument(options: { content: Digests; key: Sm2Pair; at: Date; number?: string }): Signed {
  const { content, key, at, number } = options;
  const { sm3, sha256, size } = content;
  const about = { sm3, sha256, size, key: keyIdOf(key.publicKey), at, number };
  const text = statementOf(about);
  return { ...about, text, signature: signSm2(Buffer.from(text, 'utf8'), key).toString('hex') };
}

/** State of a key at a moment: before its time, valid, out of its time, or revoked by then. */
export type KeyState = 'not-yet' | 'valid' | 'expired' | 'revoked';
export type KeyTimes = { from: Date; until: Date; revokedAt: Date | null };

export function keyStateAt(times: KeyTimes, at: Date): KeyState {
  if (times.revokedAt !== null && at >= times.revokedAt) return 'revoked';
  if (at < times.from) return 'not-yet';
  return at < times.until ? 'valid' : 'expired';
}

export type Verified = {
  /** The statement was signed by this key and says what is stored of it. */
  holds: boolean;
  /** The content is the one that was signed. */
  intact: boolean;
  /** What the key was when it signed. */
  keyState: KeyState;
};

/** Checks a signature (验签): text, key and content, each on its own, so that an answer can say what is wrong. */
export function verifyDocument(options: {
  content: Digests;
  signed: Signed;
  publicKey: string;
  key: KeyTimes;
}): Verified {
  const { content, signed, publicKey, key } = options;
  const says = signed.text === statementOf(signed) && signed.key === keyIdOf(publicKey);
  return {
    holds: says && sm2Holds(Buffer.from(signed.text, 'utf8'), Buffer.from(signed.signature, 'hex'), publicKey),
    intact: content.sm3 === signed.sm3 && content.sha256 === signed.sha256 && content.size === signed.size,
    keyState: keyStateAt(key, signed.at),
  };
}
