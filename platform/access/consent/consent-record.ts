import { type Static, Type } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { domainError } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';
import { Nullable, Words } from '../policy/shapes.ts';
import { consent } from '../resources.ts';
import { consentSignatureHolds } from './consent-key.ts';

export const ConsentEnded = domainError({
  code: 'CONSENT_ENDED',
  status: 409,
  title: { zh: '这份授权已经结束', en: 'This consent has ended already' },
  action: { zh: '无需再操作。', en: 'Nothing more to do.' },
});

const Moment = Type.String({ format: 'date-time' });
const marks = itemOf(consent, ['subjectPerson', 'subjectEntity', 'items']).properties;
export const ConsentSchema = Type.Object({
  id: Type.String(),
  number: Type.String(),
  subjectPerson: marks.subjectPerson,
  subjectEntity: marks.subjectEntity,
  recipient: Type.String(),
  recipientName: Type.String(),
  items: marks.items,
  purpose: Type.String(),
  purposeTitle: Words,
  mode: Type.String(),
  state: Type.String({ description: 'active, waiting, used, revoked, expired' }),
  validFrom: Moment,
  validTo: Moment,
  givenAt: Moment,
  revokedAt: Nullable(Moment),
  licence: Nullable(Type.String()),
  statement: Type.String({ description: 'the text that was signed' }),
  signature: Type.String({ description: 'SM2 with SM3, DER, hexadecimal' }),
  signatureHolds: Type.Boolean(),
  uses: Type.Array(Type.Object({ at: Moment, module: Type.String(), items: Type.Array(Type.String()) })),
});
export type Consent = Static<typeof ConsentSchema>;
export const ConsentParams = Type.Object({ id: Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }) });

type Row = {
  id: string;
  number: string;
  subject_person: string | null;
  subject_entity: string | null;
  recipient: string;
  recipient_name: string;
  items: string[];
  purpose: string;
  title: { zh: string; en: string };
  mode: string;
  valid_from: Date;
  valid_to: Date;
  given_at: Date;
  used_at: Date | null;
  revoked_at: Date | null;
  licence: string | null;
  statement: string;
  signature: string;
  public_key: string;
  uses: { at: string; module: string; items: string[] }[];
};

/** Consents that row security lets this caller see: their own. */
export async function findConsents(options: { db: Db; now: Date; where?: Sql }): Promise<Consent[]> {
  const { db, now, where } = options;
  const rows = await db.rows<Row>(sql`
    select c.*, p.title, k.public_key,
      (select coalesce(jsonb_agg(jsonb_build_object('at', u.at, 'module', u.module, 'items', u.items) order by u.at desc), '[]') from
        (select * from access.consent_use n where n.consent = c.id order by n.at desc limit 20) u) as uses
    from access.consent c join access.consent_purpose p on p.code = c.purpose join access.consent_key k on k.id = c.key_id
    where ${where ?? sql`true`} order by c.given_at desc, c.id desc limit 100`);
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    subjectPerson: row.subject_person,
    subjectEntity: row.subject_entity,
    recipient: row.recipient,
    recipientName: row.recipient_name,
    items: row.items,
    purpose: row.purpose,
    purposeTitle: row.title,
    mode: row.mode,
    state: stateOf(row, now),
    validFrom: row.valid_from.toISOString(),
    validTo: row.valid_to.toISOString(),
    givenAt: row.given_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
    licence: row.licence,
    statement: row.statement,
    signature: row.signature,
    signatureHolds: consentSignatureHolds(row.statement, row.signature, row.public_key),
    uses: row.uses.map((use) => ({ ...use, at: new Date(use.at).toISOString() })),
  }));
}

function stateOf(row: Row, now: Date): string {
  if (row.revoked_at !== null) return 'revoked';
  if (row.valid_to <= now) return 'expired';
  if (row.mode === 'once' && row.used_at !== null) return 'used';
  return row.valid_from > now ? 'waiting' : 'active';
}
