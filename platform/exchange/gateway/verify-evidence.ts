import { accessDigest, type DigestedAccess } from '#platform/audit/digest.ts';
import { checkSignature } from '#platform/audit/check-seal.ts';
import { markOf, type Seal } from '#platform/audit/seal.ts';
import { sealKeyId } from '#platform/audit/seal-key.ts';
import { keyIdOf, readPublicKey, signatureHolds } from './algorithms.ts';
import { claimedDigests, digestsHold } from './content-digest.ts';
import { type LoggedMessage, messageDigest, statementOf } from './message-log.ts';
import { parseDictionary } from './structured-fields.ts';

export const EVIDENCE = 'smart-district-message-1';

/** What is handed out of one message (报文凭证). */
export type Evidence = {
  format: string;
  message: LoggedMessage;
  digest: string;
  requestKey: string | null;
  answerKey: string | null;
  audit: { entry: DigestedAccess & { digest: string }; seal: (Seal & { public_key: string }) | null } | null;
};

/** One thing that was looked at: whether it holds, or that the evidence does not hold it. */
export type Check = { what: string; holds: boolean | 'absent'; note?: string };

/**
 * Verifies what proves one message, without the platform (离线核验): both signatures over what they cover, the digest of the whole
 * record, its entry in the audit and the signed seal around it. With the contents that the two sides kept, their digests too.
 */
export function verifyEvidence(
  evidence: Evidence,
  contents: { request?: Uint8Array; answer?: Uint8Array } = {},
): Check[] {
  const { message, digest, requestKey, answerKey, audit } = evidence;
  const checks: Check[] = [
    { what: 'format', holds: evidence.format === EVIDENCE },
    { what: 'record', holds: messageDigest(message) === digest },
    signed('request signature', {
      pem: requestKey,
      id: message.key,
      base: message.requestBase,
      field: message.requestSignature,
    }),
    signed('answer signature', {
      pem: answerKey,
      id: message.answerKey,
      base: message.answerBase,
      field: message.answerSignature,
    }),
    content('request content', { base: message.requestBase, field: message.requestDigest, bytes: contents.request }),
    content('answer content', { base: message.answerBase, field: message.answerDigest, bytes: contents.answer }),
  ];
  if (!audit) return [...checks, { what: 'audit entry', holds: 'absent' }];
  const entry = { ...audit.entry, at: new Date(audit.entry.at).toISOString() };
  // Whom it was about is not handed out: that part of the digest is taken as it stands, the rest is computed anew.
  const own = accessDigest(entry, []).split('.')[1];
  const holds =
    entry.digest.split('.')[1] === own &&
    entry.statement === statementOf(message, digest) &&
    entry.trace === message.id;
  checks.push({ what: 'audit entry', holds });
  const { seal } = audit;
  if (!seal) return [...checks, { what: 'audit seal', holds: 'absent', note: 'not sealed yet: ask again in a second' }];
  return [
    ...checks,
    { what: 'audit seal', holds: sealHolds(seal, entry), note: `seal ${seal.seq}, key ${seal.key_id}` },
  ];
}

function signed(
  what: string,
  part: { pem: string | null; id: string | null; base: string | null; field: string | null },
): Check {
  const { pem, id, base, field } = part;
  if (pem === null || base === null || field === null) return { what, holds: 'absent' };
  const key = readPublicKey(pem);
  const [signature] = parseDictionary(field).values();
  if (!key || !signature || 'items' in signature || !(signature.value instanceof Uint8Array))
    return { what, holds: false };
  return {
    what,
    holds: keyIdOf(key) === id && signatureHolds(key, Buffer.from(base), signature.value),
    note: `key ${id}`,
  };
}

/** The digest stands in what was signed, and is that of the content where somebody kept it. */
function content(
  what: string,
  part: { base: string | null; field: string | null; bytes: Uint8Array | undefined },
): Check {
  const { base, field, bytes } = part;
  if (base === null || field === null) return { what, holds: 'absent' };
  if (!base.split('\n').includes(`"content-digest": ${field}`)) return { what, holds: false };
  if (bytes === undefined) return { what, holds: 'absent', note: field };
  return { what, holds: digestsHold(claimedDigests(field), bytes) };
}

function sealHolds(seal: Seal & { public_key: string }, entry: DigestedAccess & { digest: string }): boolean {
  try {
    const known = seal.key_id !== null && sealKeyId(seal.public_key) === seal.key_id;
    checkSignature({ seal, keys: new Map([[seal.key_id ?? '', known ? seal.public_key : undefined]]), mustSign: true });
    return seal.rows?.includes(`${entry.id}:${markOf(entry.digest)}`) ?? false;
  } catch {
    return false;
  }
}
