import { type Static, Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { parseCertificateId } from '#platform/kernel/codes/certificate-id.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { publicKeys } from '#platform/document/sign/public-keys.ts';
import { holderDigest } from './certificate-code.ts';
import { recordUse } from './certificate-record.ts';
import { type CertificateState, CERTIFICATE_STATES } from './certificate-state.ts';

const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const Moment = Type.String({ format: 'date-time' });
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const Identifier = Type.String({ minLength: 8, maxLength: 140 });

/** Answer of a verification (证照验证). It says nothing of the holder but whether what was said of them agrees. */
const VerifiedSchema = Type.Object({
  /** Exists, holds today, and whatever else was given with it agrees. */
  valid: Type.Boolean(),
  /** `unknown`: no such certificate here, or an identifier with a slip of the pen (`check`). */
  state: Type.String(),
  statusCode: Type.String({ description: '证照状态代码' }),
  stateTitle: Words,
  at: Moment,
  certificate: Type.Union([
    Type.Object({
      certificateIdentifier: Type.String(),
      certificateName: Words,
      certificateTypeCode: Type.String(),
      certificateNumber: Type.String(),
      certificateVersion: Type.Integer(),
      certificateIssuingAuthorityName: Words,
      certificateIssuingAuthorityCode: Type.String(),
      certificateIssuedDate: Type.String(),
      certificateEffectiveDate: Type.String(),
      certificateExpiringDate: MaybeText,
    }),
    Type.Null(),
  ]),
  holder: Type.Union([Type.Literal('agrees'), Type.Literal('differs'), Type.Literal('not-asked')]),
  number: Type.Union([Type.Literal('agrees'), Type.Literal('differs'), Type.Literal('not-asked')]),
  /** Identifier of the version that replaced it. */
  replacedBy: MaybeText,
});
type Verified = Static<typeof VerifiedSchema>;
type Asked = { identifier: string; number?: string; name?: string; tail?: string };

const QUESTION = {
  identifier: Identifier,
  number: Type.Optional(Type.String({ minLength: 4, maxLength: 40 })),
  /** Name of who shows it, and the last digits of their number where it has one. */
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
  tail: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z]{4}$' })),
};

/** Verifies a certificate by its identifier (GB/T 36906 证照验证), for anybody; the holder sees that it was verified. */
export const verifyCertificate = route({
  method: 'GET',
  path: '/api/service/certificates/verify',
  summary: { zh: '核验电子证照', en: 'Verify a certificate' },
  allow: 'public',
  query: Type.Object({ identifier: Identifier, number: QUESTION.number }),
  reply: VerifiedSchema,
  examples: { own: { as: 'anonymous', query: { identifier: 'fixture:certificate-identifier' } } },
  handler: async ({ db, clock, query }) => verify(db, query, clock.now()),
});

/** The same with what somebody says of the holder: a name stays out of addresses and logs. */
export const verifyShownCertificate = route({
  method: 'POST',
  path: '/api/service/certificates/verify',
  summary: { zh: '核验电子证照及持证主体', en: 'Verify a certificate and its holder' },
  allow: 'public',
  repeatable: true,
  body: Type.Object(QUESTION, { additionalProperties: false }),
  reply: VerifiedSchema,
  examples: { own: { as: 'anonymous', body: { identifier: 'fixture:certificate-identifier' } } },
  handler: async ({ db, clock, body }) => verify(db, body, clock.now()),
});

type Found = {
  id: string;
  identifier: string;
  number: string;
  version: number;
  type: string;
  title: Text;
  issuerTitle: Text;
  state: CertificateState;
  issuedOn: string;
  validFrom: string;
  validUntil: string | null;
  code: string | null;
  next: string | null;
};

async function verify(db: Db, asked: Asked, now: Date): Promise<Verified> {
  const read = parseCertificateId(asked.identifier);
  const nothing: Verified = {
    valid: false,
    state: read.ok ? 'unknown' : 'check',
    statusCode: '99',
    stateTitle: read.ok
      ? { zh: '没有这本证照', en: 'No such certificate' }
      : { zh: '证照标识不正确，请核对', en: 'The identifier is not right; check it' },
    at: now.toISOString(),
    certificate: null,
    holder: 'not-asked',
    number: 'not-asked',
    replacedBy: null,
  };
  if (!read.ok) return nothing;
  const { identifier, issuer } = read.value;
  const found = await db.first<Found>(sql`
    select id, identifier, number, version, type, title, issuer_title as "issuerTitle", state, issued_on::text as "issuedOn", valid_from::text as "validFrom",
      valid_until::text as "validUntil", code, next from service.verify_certificate(${identifier})`);
  if (!found) return nothing;
  await recordUse(db, { certificate: found.id, at: now, kind: 'verify' });
  const holder = agreement(
    asked.name,
    (name) => digestIn(found.code) === holderDigest({ identifier, name, code: asked.tail ?? null }),
  );
  const number = agreement(asked.number, (text) => text.normalize('NFKC').trim() === found.number);
  return {
    valid: found.state === 'in-force' && holder !== 'differs' && number !== 'differs',
    state: found.state,
    statusCode: CERTIFICATE_STATES[found.state].code,
    stateTitle: CERTIFICATE_STATES[found.state].title,
    at: now.toISOString(),
    certificate: {
      certificateIdentifier: found.identifier,
      certificateName: found.title,
      certificateTypeCode: found.type,
      certificateNumber: found.number,
      certificateVersion: found.version,
      certificateIssuingAuthorityName: found.issuerTitle,
      certificateIssuingAuthorityCode: issuer,
      certificateIssuedDate: found.issuedOn,
      certificateEffectiveDate: found.validFrom,
      certificateExpiringDate: found.validUntil,
    },
    holder,
    number,
    replacedBy: found.next,
  };
}

const agreement = (said: string | undefined, holds: (said: string) => boolean): 'agrees' | 'differs' | 'not-asked' =>
  said === undefined ? 'not-asked' : holds(said) ? 'agrees' : 'differs';
const digestIn = (code: string | null): string | undefined => code?.split('~')[3];

/**
 * What offline checks go by (离线核验清单): keys of the issuing units, certificates that hold no longer although their dates say so, names of
 * types. A page keeps it, and says how old it is.
 */
export const offlineLists = route({
  method: 'GET',
  path: '/api/service/certificates/lists',
  summary: { zh: '离线核验清单', en: 'Lists for checks without a network' },
  allow: 'public',
  reply: Type.Object({
    at: Moment,
    keys: Type.Array(
      Type.Object({
        id: Type.String(),
        title: Type.String(),
        publicKey: Type.String(),
        from: Moment,
        until: Moment,
        revokedAt: Type.Union([Moment, Type.Null()]),
      }),
    ),
    ended: Type.Array(Type.Object({ identifier: Type.String(), state: Type.String(), at: Moment })),
    types: Type.Record(Type.String(), Type.String()),
  }),
  examples: { own: { as: 'anonymous' } },
  prepare: ({ services, actor }) => publicKeys(services, actor),
  handler: async ({ db, clock, prepared }) => {
    const ended = await db.rows<{ identifier: string; state: string; at: Date }>(
      sql`select identifier, state, at from service.certificate_ends()`,
    );
    const types = await db.rows<{ code: string; title: Text }>(sql`select code, title from service.certificate_type`);
    return {
      at: clock.now().toISOString(),
      keys: prepared.map(({ id, title, publicKey, from, until, revokedAt }) => ({
        id,
        title,
        publicKey,
        from: from.toISOString(),
        until: until.toISOString(),
        revokedAt: revokedAt?.toISOString() ?? null,
      })),
      ended: ended.map((each) => ({ ...each, at: each.at.toISOString() })),
      types: Object.fromEntries(types.map(({ code, title }) => [code, title.zh])),
    };
  },
});
