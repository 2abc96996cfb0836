import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import type { JobHandler, Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { attachDocument } from '#platform/document/attach-document.ts';
import { type FileKind } from '#platform/document/file-kinds.ts';
import { MEDIA } from '#platform/document/media-type.ts';
import type { OfdContent } from '#platform/document/ofd/model.ts';
import { writeOfd } from '#platform/document/ofd/write-ofd.ts';
import { chineseFont } from '#platform/document/pdf/chinese-font.ts';
import { setInFont } from '#platform/document/pdf/set-in-font.ts';
import { writePdf } from '#platform/document/pdf/write-pdf.ts';
import type { DocumentReader } from '#platform/document/read-rights.ts';
import { sealOfd } from '#platform/document/seal/seal-ofd.ts';
import { unitSeal } from '#platform/document/seal/unit-seal.ts';
import { signText } from '#platform/document/sign/sign-text.ts';
import { storeFile } from '#platform/document/store-file.ts';
import { carryOut } from './case-act.ts';
import { CASE_MOVED } from './case-event.ts';
import { subCases } from './case-row.ts';
import { certificateText, codeOf, holderDigest } from './certificate-code.ts';
import { MAKE } from './certificate-issue.ts';
import { certificatePage, SEAL } from './certificate-layout.ts';
import { type CertificateRow, certificatesWhere, openFace, recordAct } from './certificate-record.ts';

/** Kind of the files (证照文件), and of the rows that they are attached to. */
export const CERTIFICATE = 'certificate';
export const certificateFile: FileKind = {
  id: 'service.certificate',
  title: { zh: '电子证照文件', en: 'Electronic certificate' },
  maxBytes: 10 * 1024 ** 2,
  media: [MEDIA.ofd, MEDIA.pdf],
  level: 'L3',
};
/** Who may read the certificate may read its files; row security answers. */
export const certificateReader: DocumentReader = {
  app: 'service',
  kind: CERTIFICATE,
  mayRead: async (db, id) => {
    const [row] = await certificatesWhere(db, sql`c.id = ${id}::uuid`);
    return row && { subjects: subjectsOf(row) };
  },
};
const subjectsOf = ({ holderPerson, holderEntity }: CertificateRow) => [
  ...(holderPerson === null ? [] : [{ kind: 'person' as const, id: holderPerson }]),
  ...(holderEntity === null ? [] : [{ kind: 'entity' as const, id: holderEntity }]),
];

const FONT = 'Noto Serif CJK SC';

export const makeJob: JobHandler = {
  name: MAKE,
  run: async ({ payload, services }) => makeCertificate(services, payload.certificate ?? ''),
};

/**
 * Makes a certificate: signed code, OFD with the seal of the unit, PDF as working copy; then it is in force, the version before it is replaced, and
 * the case that it came from is issued and delivered. Repeatable: what was made is not made again.
 */
export async function makeCertificate(services: Services, id: string): Promise<void> {
  const actor: Actor = systemActor({ name: 'certificates' });
  const inside = <T>(work: (db: Db) => Promise<T>): Promise<T> =>
    services.database.tx({ module: 'service', actor }, work);
  const [row] = await inside((db) => certificatesWhere(db, sql`c.id = ${id}::uuid`));
  if (row?.state !== 'issued') return;
  const face = openFace(services.keyring, row);
  const signed = await signText({
    services,
    actor,
    owner: row.unit,
    text: (key) =>
      certificateText({
        identifier: row.identifier,
        digest: holderDigest({ identifier: row.identifier, name: face.name, code: face.code }),
        from: row.validFrom,
        until: row.validUntil,
        key,
      }),
  });
  const code = codeOf(signed.text, signed.signature);
  const page = certificatePage({ row, face, code });
  const font = await chineseFont(process.env.DOCUMENT_FONT);
  const content: OfdContent = font
    ? await setInFont(page, { name: FONT, face: font })
    : { ...page, fonts: [{ name: FONT }] };
  const seal = await unitSeal({ services, actor, unit: row.unit });
  const sealed = await sealOfd({ services, actor, file: writeOfd(content), seal, stamps: [{ page: 0, ...SEAL }] });
  const store = (ending: string, bytes: Buffer) =>
    storeFile({ services, actor, kind: certificateFile.id, name: `${row.title.zh}.${ending}`, content: bytes });
  const ofd = await store('ofd', sealed);
  // A machine without a Chinese font writes no PDF: it would show nothing. The OFD is the certificate.
  const pdf = font ? await store('pdf', await writePdf(content)) : undefined;
  await inside((db) =>
    putInForce({ db, row, code, key: signed.key, ofd: ofd.id, pdf: pdf?.id ?? null, now: services.clock.now() }),
  );
}

async function putInForce(of: {
  db: Db;
  row: CertificateRow;
  code: string;
  key: string;
  ofd: string;
  pdf: string | null;
  now: Date;
}): Promise<void> {
  const { db, row, code, key, ofd, pdf, now } = of;
  const held = await db.first(
    sql`select id from service.certificate where id = ${row.id}::uuid and state = 'issued' for update`,
  );
  if (!held) return;
  if (row.replaces !== null) {
    const replaced = await db.run(sql`
      update service.certificate set state = 'replaced', changed_at = ${now}::timestamptz where id = ${row.replaces}::uuid and state = 'in-force'`);
    if (replaced > 0) await recordAct(db, { certificate: row.replaces, at: now, act: 'replace' });
  }
  await db.run(sql`
    update service.certificate set state = 'in-force', code = ${code}, key = ${key}, ofd = ${ofd}::uuid, pdf = ${pdf}::uuid, changed_at = ${now}::timestamptz where id = ${row.id}::uuid`);
  await attachDocument(db, { files: [ofd, ...(pdf === null ? [] : [pdf])], kind: CERTIFICATE, subject: row.id });
  await recordAct(db, { certificate: row.id, at: now, act: 'activate' });
  await db.emit({ type: 'service.certificate.in-force', subject: row.id });
  if (row.cause === 'first' && row.subCase !== null) await deliver({ db, row, now });
}

/** The case goes on by itself: issued, and delivered into the wallet where the holder has one. */
async function deliver({ db, row, now }: { db: Db; row: CertificateRow; now: Date }): Promise<void> {
  const hand = { roles: ['system'] as const, account: db.actor.account };
  const [sub] = await subCases(db, sql`s.id = ${row.subCase}::uuid for update of s`);
  if (sub?.outcome !== 'granted') return;
  const wallet = row.holderPerson !== null || row.holderEntity !== null;
  let after = sub;
  if (after.state === 'decided')
    after = await carryOut({
      db,
      row: after,
      act: { act: 'issue' },
      hand,
      now,
      brought: { data: { certificate: row.id } },
    });
  if (after.state === 'issued' && wallet)
    await carryOut({ db, row: after, act: { act: 'deliver' }, hand, now, brought: { data: { way: 'electronic' } } });
  await db.emit({ type: CASE_MOVED, subject: sub.caseId, data: { case: sub.caseId } });
}
