import type { Services } from '#platform/kernel/app.ts';
import { composeCertificateId } from '#platform/kernel/codes/certificate-id.ts';
import type { Db } from '#platform/kernel/db.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { ID_NUMBER_LOOKUP } from '#platform/identity/subjects.ts';
import type { KeptAnswers } from './case-answers.ts';
import { answersContext, applicantContext, type Contact } from './case-applicant.ts';
import { owes, type SubRow } from './case-row.ts';
import { certificateContext, type CertificateRow, type Face, openFace, recordAct } from './certificate-record.ts';
import { lastDayOf } from './certificate-state.ts';

/** Makes the files of a certificate, signs and seals them (`certificate-make.ts`). */
export const MAKE = 'make-certificate';
const SERIES = 'certificate';
/** Characters of a type's code that say the same of all authorities of a region (GB 32100: kind and region); the others tell types apart. */
const TYPE_HEAD = 8;

/** Data elements of the form that name the holder; they stand on the face as its holder, not as a field. */
const NAMES = { person: 'name', entity: 'firm-name' } as const;
const CODES = { person: 'id-number', entity: 'uscc' } as const;
/** What a case asks for and no certificate shows: how people are reached. */
const NEVER_SHOWN: ReadonlySet<string> = new Set([
  ...Object.values(NAMES),
  ...Object.values(CODES),
  'phone',
  'contact-name',
  'contact-id',
  'contact-phone',
  'contact-email',
  'representative-phone',
  'representative-id',
  'agent-id',
  'agent-phone',
]);
const MOST_FIELDS = 8;

type Type = {
  code: string;
  title: Text;
  issuer: string | null;
  issuerTitle: Text;
  months: number | null;
  creditCode: string | null;
};

/**
 * Issues the certificate that a granted item ends in (制证), in the transaction that follows the decision: number without a gap, data frozen.
 * Does nothing where the item ends in none, or where it has been issued. Signature, seal and files follow in a job.
 */
export async function issueForCase(options: {
  db: Db;
  services: Services;
  row: SubRow;
  now: Date;
}): Promise<string | undefined> {
  const { db, services, row, now } = options;
  const { certificateType } = row.terms;
  // Nothing is made out before its fee is paid (先缴费后制证).
  if (row.outcome !== 'granted' || certificateType === undefined || owes(row)) return undefined;
  const before = await db.first<{ id: string }>(
    sql`select id from service.certificate where sub_case = ${row.id}::uuid and cause = 'first'`,
  );
  if (before) return before.id;
  const type = await certificateTypeOf(db, certificateType, row.unit);
  // A type that nobody has registered, or a unit without a credit code: the unit makes it out on paper.
  if (!type?.creditCode) return undefined;
  const applicant = await db.one<{
    sealed: string;
    person: string | null;
    entity: string | null;
    key: string | null;
    sample: boolean;
  }>(sql`
    select applicant as sealed, applicant_person as person, applicant_entity as entity, applicant_key as key, sample from service.case_file where id = ${row.caseId}::uuid`);
  const contact = JSON.parse(services.keyring.open(applicant.sealed, applicantContext(row.caseId))) as Contact;
  const answers = JSON.parse(services.keyring.open(row.answers, answersContext(row.id))) as KeptAnswers;
  const face = faceOf({ entity: applicant.entity, contact, answers });
  const key =
    applicant.entity === null && face.code !== null
      ? services.keyring.lookup(ID_NUMBER_LOOKUP, face.code)
      : applicant.key;
  return writeCertificate({
    db,
    services,
    now,
    type,
    unit: row.unit,
    holder: { person: applicant.person, entity: applicant.entity, key },
    face,
    subCase: row.id,
    caseCode: row.code,
    sample: applicant.sample,
  });
}

function faceOf(of: { entity: string | null; contact: Contact; answers: KeptAnswers }): Face {
  const { entity, contact, answers } = of;
  const kind = entity === null ? 'person' : 'entity';
  const said = (element: string): string | null => {
    const value = answers[element]?.value;
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
  };
  const fields = Object.entries(answers)
    .filter(([element, { value }]) => !NEVER_SHOWN.has(element) && value !== '' && value !== null)
    .slice(0, MOST_FIELDS)
    .map(([, { title, value }]) => ({
      title,
      value: typeof value === 'boolean' ? (value ? '是' : '否') : String(value),
    }));
  return {
    name: said(NAMES[kind]) ?? contact.name,
    code: entity ?? said(CODES.person) ?? contact.idNumber ?? null,
    fields,
  };
}

export const certificateTypeOf = (db: Db, code: string, unit: string): Promise<Type | undefined> =>
  db.first<Type>(sql`
    select t.code, t.title, t.issuer, t.issuer_title as "issuerTitle", t.months, u.credit_code as "creditCode"
    from service.certificate_type t left join service.unit_code u on u.unit = ${unit} where t.code = ${code}`);

type New = {
  db: Db;
  services: Services;
  now: Date;
  type: Type;
  unit: string;
  holder: { person: string | null; entity: string | null; key: string | null };
  face: Face;
  subCase?: string;
  caseCode?: string;
  sample: boolean;
};

/** Writes the first version. The number is asked for last: others wait for it until this transaction ends. */
export async function writeCertificate(of: New): Promise<string> {
  const { db, now, type } = of;
  const day = shanghaiDate(now);
  const year = day.slice(0, 4);
  const { n } = await db.one<{ n: string }>(
    sql`select kernel.next_number(${SERIES}, ${`${type.code}:${year}`})::text as n`,
  );
  const serial = `${year}${n.padStart(6, '0')}`;
  return insertVersion(of, {
    number: `${type.code.slice(TYPE_HEAD)}${serial}`,
    serial,
    version: 1,
    cause: 'first',
    replaces: null,
    until: lastDayOf(day, type.months),
  });
}

async function insertVersion(
  of: New,
  as: {
    number: string;
    serial: string;
    version: number;
    cause: CertificateRow['cause'];
    replaces: string | null;
    until: string | null;
  },
): Promise<string> {
  const { db, services, now, type, unit, holder, face, sample } = of;
  const { number, serial, version, cause, replaces, until } = as;
  const id = uuidv7();
  const day = shanghaiDate(now);
  const identifier = composeCertificateId({ type: type.code, issuer: type.creditCode ?? '', serial, version });
  await db.run(sql`
    insert into service.certificate (id, identifier, number, version, type, title, unit, issuer_title, holder_person, holder_entity, holder_key, content, state, issued_on, valid_from,
      valid_until, replaces, cause, sub_case, case_code, changed_at, sample)
    values (${id}::uuid, ${identifier}, ${number}, ${version}::int, ${type.code}, ${json(type.title)}::text::jsonb, ${unit}, ${json(type.issuerTitle)}::text::jsonb,
      ${holder.person}::uuid, ${holder.entity}::text, ${holder.key}::text, ${services.keyring.seal(json(face), certificateContext(id))}, 'issued', ${day}::date, ${day}::date,
      ${until}::date, ${replaces}::uuid, ${cause}, ${of.subCase ?? null}::uuid, ${of.caseCode ?? null}::text, ${now}::timestamptz, ${sample}::boolean)`);
  await recordAct(db, { certificate: id, at: now, act: 'issue' });
  await db.enqueue({ name: MAKE, payload: { certificate: id }, key: id });
  await db.emit({ type: 'service.certificate.issued', subject: id });
  return id;
}

/**
 * A new version (补发、变更): it names the old one, which stays in force until the new one is made. A change says which words of the face are
 * other now; the rest is taken over.
 */
export async function writeNextVersion(options: {
  db: Db;
  services: Services;
  now: Date;
  row: CertificateRow;
  cause: 'reissue' | 'change';
  changes: readonly { title: string; value: string }[];
}): Promise<string | undefined> {
  const { db, services, now, row, cause, changes } = options;
  const type = await certificateTypeOf(db, row.type, row.unit);
  if (!type?.creditCode) return undefined;
  const old = openFace(services.keyring, row);
  const changed = new Map(changes.map(({ title, value }) => [title, value]));
  const face: Face = {
    ...old,
    name: changed.get('name') ?? old.name,
    fields: old.fields.map((field) => ({ ...field, value: changed.get(field.title.zh) ?? field.value })),
  };
  return insertVersion(
    {
      db,
      services,
      now,
      type: { ...type, title: row.title, issuerTitle: row.issuerTitle },
      unit: row.unit,
      holder: { person: row.holderPerson, entity: row.holderEntity, key: row.holderKey },
      face,
      ...(row.subCase !== null && { subCase: row.subCase }),
      ...(row.caseCode !== null && { caseCode: row.caseCode }),
      sample: row.sample,
    },
    {
      number: row.number,
      serial: row.identifier.split('.').at(-3) ?? '',
      version: row.version + 1,
      cause,
      replaces: row.id,
      until: row.validUntil,
    },
  );
}
