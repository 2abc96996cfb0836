import type { Db } from '#platform/kernel/db.ts';
import { parseCertificateId } from '#platform/kernel/codes/certificate-id.ts';
import type { Keyring } from '#platform/kernel/secret.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { type CertificateState, CERTIFICATE_STATES, type KeptState } from './certificate-state.ts';

/** What stands on the face (照面信息): sealed, frozen when it was issued. */
export type Face = { name: string; code: string | null; fields: { title: Text; value: string }[] };

export type CertificateRow = {
  id: string;
  identifier: string;
  number: string;
  version: number;
  type: string;
  title: Text;
  unit: string;
  issuerTitle: Text;
  holderPerson: string | null;
  holderEntity: string | null;
  holderKey: string | null;
  content: string;
  /** As kept; `shown` has the passing of the last day in it. */
  state: KeptState;
  shown: CertificateState;
  issuedOn: string;
  validFrom: string;
  validUntil: string | null;
  replaces: string | null;
  cause: 'first' | 'reissue' | 'change';
  subCase: string | null;
  caseCode: string | null;
  code: string | null;
  key: string | null;
  ofd: string | null;
  pdf: string | null;
  changedAt: Date;
  sample: boolean;
};

export const CERTIFICATE_COLUMNS = sql`c.id, c.identifier, c.number, c.version, c.type, c.title, c.unit, c.issuer_title as "issuerTitle", c.holder_person as "holderPerson",
  c.holder_entity as "holderEntity", c.holder_key as "holderKey", c.content, c.state, service.certificate_state(c.state, c.valid_until) as shown, c.issued_on::text as "issuedOn",
  c.valid_from::text as "validFrom", c.valid_until::text as "validUntil", c.replaces, c.cause, c.sub_case as "subCase", c.case_code as "caseCode", c.code, c.key, c.ofd, c.pdf,
  c.changed_at as "changedAt", c.sample`;

/** Certificates that the caller may see, by a condition on `c`. */
export const certificatesWhere = (db: Db, where: Sql): Promise<CertificateRow[]> =>
  db.rows<CertificateRow>(sql`select ${CERTIFICATE_COLUMNS} from service.certificate c where ${where}`);

export const certificateContext = (id: string): string => `service:certificate:${id}`;
export const openFace = (keyring: Keyring, row: Pick<CertificateRow, 'id' | 'content'>): Face =>
  JSON.parse(keyring.open(row.content, certificateContext(row.id))) as Face;

/** Kinds of a holder's code (持证主体代码类型): 001 credit code of an organisation, 111 identity number of a citizen. */
const HOLDER_CODES = {
  entity: { code: '001', title: '统一社会信用代码' },
  person: { code: '111', title: '公民身份号码' },
} as const;

/**
 * Metadata of a certificate (GB/T 36903-2018) under the short names in which OFD files of certificates carry them (GB/T 36905): initials of the
 * Chinese names of the elements.
 */
export function metadataOf(row: CertificateRow, face: Face): Record<string, string> {
  const kind = HOLDER_CODES[row.holderEntity === null ? 'person' : 'entity'];
  const issuer = issuerOf(row.identifier);
  const all: Record<string, string | null> = {
    ZZMC: row.title.zh,
    ZZLXMC: row.title.zh,
    ZZLXDM: row.type,
    ZZBH: row.number,
    ZZBS: row.identifier,
    ZZBBH: String(row.version).padStart(3, '0'),
    ZZBFJG: row.issuerTitle.zh,
    ZZBFJGDM: issuer,
    ZZBFRQ: row.issuedOn,
    ZZYXQQSRQ: row.validFrom,
    ZZYXQJZRQ: row.validUntil ?? '长期',
    CZZT: face.name,
    CZZTDM: face.code,
    CZZTDMLX: kind.title,
    CZZTDMLXDM: kind.code,
    ZZZT: CERTIFICATE_STATES['in-force'].code,
    GLSXBJBM: row.caseCode,
  };
  return Object.fromEntries(Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== null));
}

function issuerOf(identifier: string): string {
  const read = parseCertificateId(identifier);
  return read.ok ? read.value.issuer : '';
}

/** Writes what was done to a certificate. */
export async function recordAct(
  db: Db,
  of: {
    certificate: string;
    at: Date;
    act: string;
    basis?: string;
    reason?: string;
    by?: { account: string; name: string; unit: string | null };
  },
): Promise<void> {
  const { certificate, at, act, basis, reason } = of;
  const by = of.by ?? { account: db.actor.account, name: db.actor.name, unit: db.actor.unit ?? null };
  await db.run(sql`
    insert into service.certificate_act (certificate, at, act, basis, reason, by_account, by_name, by_unit)
    values (${certificate}::uuid, ${at}::timestamptz, ${act}, ${basis ?? null}::text, ${reason ?? null}::text, ${by.account}, ${by.name}, ${by.unit}::text)`);
}

/** Writes who used a certificate (用证记录), which its holder reads. */
export async function recordUse(
  db: Db,
  of: {
    certificate: string;
    at: Date;
    kind: 'verify' | 'material' | 'read' | 'present';
    unit?: string | null;
    caseCode?: string;
    purpose?: string;
  },
): Promise<void> {
  const { certificate, at, kind, unit = db.actor.unit ?? null, caseCode, purpose } = of;
  await db.run(sql`
    insert into service.certificate_use (certificate, at, kind, by_name, by_account, unit, case_code, purpose)
    values (${certificate}::uuid, ${at}::timestamptz, ${kind}, ${db.actor.name}, ${db.actor.account}, ${unit}::text, ${caseCode ?? null}::text, ${purpose ?? null}::text)`);
}
