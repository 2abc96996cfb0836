import { type Static, Type } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import type { Keyring } from '#platform/kernel/secret.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { maskCode } from './certificate-layout.ts';
import { type CertificateRow, type Face, openFace } from './certificate-record.ts';
import { certificate } from './certificate-resources.ts';

const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const Moment = Type.String({ format: 'date-time' });

/** A certificate as a card shows it. */
export const CardSchema = Type.Object({
  ...itemOf(certificate, [
    'id',
    'identifier',
    'number',
    'version',
    'type',
    'title',
    'unit',
    'issuerTitle',
    'holderPerson',
    'holderEntity',
    'state',
    'issuedOn',
    'validFrom',
    'validUntil',
  ]).properties,
  sample: Type.Boolean(),
});
export type Card = Static<typeof CardSchema>;

const FieldSchema = Type.Object({ key: Type.String(), title: Words, value: Type.String() });
export type Field = Static<typeof FieldSchema>;

/** A certificate in full: face, history, and who used it. */
export const CertificateSchema = Type.Object({
  ...CardSchema.properties,
  name: Type.String(),
  /** Masked where it is an identity number. */
  holderCode: MaybeText,
  fields: Type.Array(FieldSchema),
  caseCode: MaybeText,
  cause: Type.String(),
  /** Versions of the same number, the newest first. */
  versions: Type.Array(Type.Object({ id: Type.String(), version: Type.Integer(), state: Type.String() })),
  acts: Type.Array(
    Type.Object({
      at: Moment,
      act: Type.String(),
      basis: MaybeText,
      reason: MaybeText,
      unit: MaybeText,
      byName: MaybeText,
    }),
  ),
  uses: Type.Array(
    Type.Object({
      at: Moment,
      kind: Type.String(),
      byName: MaybeText,
      unit: MaybeText,
      caseCode: MaybeText,
      purpose: MaybeText,
    }),
  ),
  ofd: MaybeText,
  pdf: MaybeText,
  /** Signed text of the QR code; absent before it is made. */
  code: MaybeText,
});
export type CertificateView = Static<typeof CertificateSchema>;

export function cardOf(row: CertificateRow): Card {
  const {
    id,
    identifier,
    number,
    version,
    type,
    title,
    unit,
    issuerTitle,
    holderPerson,
    holderEntity,
    issuedOn,
    validFrom,
    validUntil,
    sample,
  } = row;
  return {
    id,
    identifier,
    number,
    version,
    type,
    title,
    unit,
    issuerTitle,
    holderPerson,
    holderEntity,
    state: row.shown,
    issuedOn,
    validFrom,
    validUntil,
    sample,
  };
}

const HOLDER = { name: { zh: '持证主体', en: 'Holder' }, code: { zh: '证件号码', en: 'Number of the holder' } };
const OWN: Readonly<Record<string, Text>> = {
  number: { zh: '证照编号', en: 'Number' },
  until: { zh: '有效期至', en: 'Valid until' },
};

/** What a holder may choose to show (亮证字段), whole values: the choice is theirs. */
export function presentable(row: CertificateRow, face: Face): Field[] {
  const field = (key: string, title: Text | undefined, value: string | null): Field[] =>
    title === undefined || value === null ? [] : [{ key, title, value }];
  return [
    ...field('name', HOLDER.name, face.name),
    ...field('code', HOLDER.code, face.code),
    ...field('number', OWN.number, row.number),
    ...field('until', OWN.until, row.validUntil ?? '长期'),
    ...face.fields.flatMap(({ title, value }, at) => field(`face-${at}`, title, value)),
  ];
}

/** `own`: the holder reads; names of officials stay inside, units and reasons do not. */
export async function viewOf(options: {
  db: Db;
  keyring: Keyring;
  row: CertificateRow;
  own: boolean;
}): Promise<CertificateView> {
  const { db, keyring, row, own } = options;
  const face = openFace(keyring, row);
  const versions = await db.rows<{ id: string; version: number; state: string }>(sql`
    select c.id, c.version, service.certificate_state(c.state, c.valid_until) as state from service.certificate c
    where c.type = ${row.type} and c.number = ${row.number} order by c.version desc`);
  const acts = await db.rows<{
    at: Date;
    act: string;
    basis: string | null;
    reason: string | null;
    unit: string | null;
    byName: string;
  }>(sql`
    select at, act, basis, reason, by_unit as unit, by_name as "byName" from service.certificate_act where certificate = ${row.id}::uuid order by seq`);
  const uses = await db.rows<{
    at: Date;
    kind: string;
    byName: string;
    unit: string | null;
    caseCode: string | null;
    purpose: string | null;
  }>(sql`
    select at, kind, by_name as "byName", unit, case_code as "caseCode", purpose from service.certificate_use where certificate = ${row.id}::uuid order by seq desc limit 100`);
  return {
    ...cardOf(row),
    name: face.name,
    holderCode: face.code === null ? null : maskCode(face.code),
    fields: face.fields.map(({ title, value }, at) => ({ key: `face-${at}`, title, value })),
    caseCode: row.caseCode,
    cause: row.cause,
    versions,
    acts: acts.map(({ at, byName, ...act }) => ({ ...act, at: at.toISOString(), byName: own ? null : byName })),
    uses: uses.map(({ at, byName, ...use }) => ({
      ...use,
      at: at.toISOString(),
      byName: own && use.unit !== null ? null : byName,
    })),
    ofd: row.ofd,
    pdf: row.pdf,
    code: row.code,
  };
}
