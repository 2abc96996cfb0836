import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { OfdError } from '../ofd/read-ofd.ts';
import { type OfdSeal, verifyOfd } from '../ofd/verify-ofd.ts';
import { readCertificate, issuedBy } from '../sign/certificate.ts';
import { unpem } from '../sign/der.ts';
import { HOUSE, KEY_COLUMNS, type KeyRow } from '../sign/keys.ts';
import { keyIdOf } from '../sign/sm2.ts';
import { type Digests, type KeyState, keyStateAt, type Signed, verifyDocument } from '../sign/statement.ts';

/** One signature or seal, as people want to know it. */
export type Answer = {
  kind: 'signature' | 'seal';
  /** Who signed (签名人), as the certificate says; null where that cannot be read. */
  signer: string | null;
  /** What kind of document it is; of a seal its name. */
  title: string | null;
  number: string | null;
  key: string | null;
  /** Of a seal it is what the one who sealed it said; of a signature it is the register's. */
  signedAt: string | null;
  /** The content is the one that was signed, in all its parts. */
  intact: boolean;
  /** The signature itself is right. */
  holds: boolean;
  /** A key of this house; of a foreign one nothing more can be said here. */
  known: boolean;
  /** What the key was at that moment, and what it is now. */
  keyThen: KeyState | null;
  keyNow: KeyState | null;
  /** Parts of an OFD that were changed or added. */
  changed: string[];
};

/** One word for it all: every signature holds, one does not, or there is none that is known here. */
export type Result = 'intact' | 'changed' | 'not-valid' | 'unknown';

export function resultOf(answers: readonly Answer[]): Result {
  if (answers.length === 0) return 'unknown';
  if (answers.some(({ intact }) => !intact)) return 'changed';
  return answers.every(({ holds, known, keyThen }) => holds && known && keyThen === 'valid') ? 'intact' : 'not-valid';
}

type SignatureRow = Omit<Signed, 'number' | 'size'> & KeyRow & { size: string; number: string | null; what: string };

const SIGNATURES = sql`s.key, s.sm3, s.sha256, s.size::text as size, s.number, s.title as what, s.signed_at as at, s.statement as text, s.signature,
  k.id, k.owner, k.title, k.public_key as "publicKey", k.certificate, k.valid_from as "from", k.valid_until as "until", k.replaced_at as "replacedAt",
  k.revoked_at as "revokedAt", k.revoked_reason as "revokedReason"`;
const FROM = sql`from document.signature s join document.sign_key k on k.id = s.key`;

/** Signatures of the register over a content; with `number` the one of that number, whatever the content is now. */
export async function registeredAnswers(
  db: Db,
  services: Services,
  options: { content: Digests; number?: string },
): Promise<Answer[]> {
  const { content, number } = options;
  const rows = await db.rows<SignatureRow>(
    number === undefined
      ? sql`select ${SIGNATURES} ${FROM} where s.sm3 = ${content.sm3} order by s.signed_at, s.id`
      : sql`select ${SIGNATURES} ${FROM} where s.number = ${number}`,
  );
  return rows.map((row) => answerOf(row, content, services.clock.now()));
}

/** The signature of a number, without a content: who signed, when, which digests. */
export async function findSigned(db: Db, services: Services, number: string): Promise<(Answer & Digests) | undefined> {
  const row = await db.first<SignatureRow>(sql`select ${SIGNATURES} ${FROM} where s.number = ${number}`);
  if (!row) return undefined;
  const content = { sm3: row.sm3, sha256: row.sha256, size: Number(row.size) };
  return { ...answerOf(row, content, services.clock.now()), ...content };
}

function answerOf(row: SignatureRow, content: Digests, now: Date): Answer {
  const signed: Signed = { ...row, size: Number(row.size), number: row.number ?? undefined };
  const found = verifyDocument({ content, signed, publicKey: row.publicKey, key: row });
  return {
    kind: 'signature',
    signer: row.title,
    title: row.what,
    number: row.number,
    key: row.key,
    signedAt: row.at.toISOString(),
    intact: found.intact,
    holds: found.holds,
    known: true,
    keyThen: found.keyState,
    keyNow: keyStateAt(row, now),
    changed: [],
  };
}

/** Seals of an OFD, read before the transaction; undefined for what is no OFD. */
export function sealsIn(content: Buffer): OfdSeal[] | undefined {
  try {
    return verifyOfd(content);
  } catch (error) {
    if (error instanceof OfdError) return undefined;
    throw error;
  }
}

/** Seals of an OFD with what this house knows of their certificates and of the seals themselves. */
export async function sealAnswers(db: Db, services: Services, seals: readonly OfdSeal[]): Promise<Answer[]> {
  if (seals.length === 0) return [];
  const keys = await db.rows<KeyRow>(sql`select ${KEY_COLUMNS} from document.sign_key`);
  const revoked = await db.rows<{ id: string; at: Date }>(
    sql`select id, revoked_at as at from document.seal where revoked_at is not null`,
  );
  const roots = keys
    .filter(({ owner }) => owner === HOUSE)
    .map(({ certificate }) => readCertificate(unpem(certificate)));
  return seals.map(({ check, changed, added, intact }): Answer => {
    const parts = [...changed, ...added];
    if (!check) return { ...NOTHING, changed: parts };
    const certificate = readCertificate(check.certificate);
    const id = keyIdOf(certificate.publicKey);
    const key = keys.find((each) => each.id === id);
    const maker = roots.some((root) => root.der.equals(check.makerCertificate));
    const known = key !== undefined && maker && roots.some((root) => issuedBy(certificate, root));
    const gone = revoked.find((each) => each.id === check.sealId)?.at ?? null;
    // A seal that was revoked counts like its key.
    const times = key && { ...key, revokedAt: earliest(key.revokedAt, gone) };
    return {
      kind: 'seal',
      signer: check.signer,
      title: check.sealName,
      number: null,
      key: id,
      signedAt: check.at.toISOString(),
      intact: intact || (parts.length === 0 && check.intact),
      holds: check.sealHolds && check.signatureHolds && check.signerNamed && check.inTime,
      known,
      keyThen: times ? keyStateAt(times, check.at) : null,
      keyNow: times ? keyStateAt(times, services.clock.now()) : null,
      changed: parts,
    };
  });
}

const NOTHING: Answer = {
  kind: 'seal',
  signer: null,
  title: null,
  number: null,
  key: null,
  signedAt: null,
  intact: false,
  holds: false,
  known: false,
  keyThen: null,
  keyNow: null,
  changed: [],
};

const earliest = (a: Date | null, b: Date | null): Date | null => (a && b ? (a < b ? a : b) : (a ?? b));
