import { Type } from 'typebox';
import { port, route, type Services } from '#platform/kernel/app.ts';
import type { Actor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { isUuid } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { CaseCodeText } from './case-act-route.ts';
import type { OfferedItem } from './case-offer.ts';
import type { FiledMaterial } from './case-row.ts';
import { CertificateNotUsable } from './certificate-errors.ts';
import { CERTIFICATE_COLUMNS, type CertificateRow, certificatesWhere, recordUse } from './certificate-record.ts';
import { CertificateSchema, viewOf } from './certificate-view.ts';

const Words = Type.Object({ zh: Type.String(), en: Type.String() });

/** A certificate that somebody outside has issued, as its source tells of it. */
export type OutsideCertificate = { number: string; title: Text; issuer: Text; validUntil: string | null };
/** A source of certificates outside the house (市级证照库): asked for the caller's own ones, before the transaction. */
export type CertificateSource = {
  id: string;
  has(type: string): boolean;
  find(options: { services: Services; actor: Actor; type: string; signal: AbortSignal }): Promise<OutsideCertificate[]>;
};
export const certificateSource = port<CertificateSource>('service.certificate-source');

/** Longer than this nobody waits for a source with a form before them. Ours, no law's. */
const PATIENCE_MS = 3000;

const OfferSchema = Type.Object({
  type: Type.String(),
  /** `down`: its source does not answer now, and the paper may be uploaded instead. Never a dead end. */
  state: Type.Union([Type.Literal('held'), Type.Literal('none'), Type.Literal('down')]),
  certificates: Type.Array(
    Type.Object({
      /** Null of those that an outside source holds: the handling unit obtains them there. */
      id: Type.Union([Type.String(), Type.Null()]),
      number: Type.String(),
      title: Words,
      issuer: Words,
      validUntil: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
});

/** Certificates of the caller for the materials of a form (电子证照免提交): choosing one in the form is the consent to its use. */
export const offerCertificates = route({
  method: 'POST',
  path: '/api/service/own-certificates/offers',
  summary: { zh: '可以代替材料的本人证照', en: 'Own certificates that stand in for papers' },
  allow: 'service.certificate.own',
  self: true,
  delegable: 'service-cases',
  repeatable: true,
  body: Type.Object(
    { types: Type.Array(Type.String({ pattern: '^[0-9A-Z]{4,32}$' }), { minItems: 1, maxItems: 40 }) },
    { additionalProperties: false },
  ),
  reply: Type.Object({ offers: Type.Array(OfferSchema) }),
  examples: { own: { as: 'citizen', body: { types: ['fixture:certificate-type'] } } },
  prepare: async ({ services, actor, body }) => {
    const asked = [...new Set(body.types)];
    return new Map(
      await Promise.all(asked.map(async (type) => [type, await askOutside(services, actor, type)] as const)),
    );
  },
  handler: async ({ db, prepared, body }) => {
    const rows = await certificatesWhere(
      db,
      sql`c.type = any(${body.types}::text[]) and service.certificate_state(c.state, c.valid_until) = 'in-force' order by c.issued_on desc`,
    );
    return {
      offers: [...prepared].map(([type, outside]) => {
        const own = rows
          .filter((row) => row.type === type)
          .map(({ id, number, title, issuerTitle, validUntil }) => ({
            id,
            number,
            title,
            issuer: issuerTitle,
            validUntil,
          }));
        const all = [...own, ...(outside ?? []).map((each) => ({ id: null, ...each }))];
        return {
          type,
          state: all.length > 0 ? 'held' : outside === undefined ? 'down' : 'none',
          certificates: all,
        } as const;
      }),
    };
  },
});

/** What outside sources hold; undefined where one of them does not answer. */
async function askOutside(services: Services, actor: Actor, type: string): Promise<OutsideCertificate[] | undefined> {
  const sources = services.registry.provided(certificateSource).filter(({ value }) => value.has(type));
  try {
    const found = await Promise.all(
      sources.map(({ value }) => {
        const signal = AbortSignal.timeout(PATIENCE_MS);
        const late = new Promise<never>((_, no) =>
          signal.addEventListener('abort', () => no(signal.reason), { once: true }),
        );
        return Promise.race([value.find({ services, actor, type, signal }), late]);
      }),
    );
    return found.flat();
  } catch (error) {
    services.log.warn({ type, error: String(error) }, 'a source of certificates does not answer');
    return undefined;
  }
}

/**
 * Takes the certificates that were chosen in a form in place of papers, in the transaction of the case: the applicant's own, of the right
 * type, in force. Who handles the item may read them from then on, and the holder sees that it was given.
 */
export async function useCertificates(options: {
  db: Db;
  now: Date;
  code: string;
  items: readonly OfferedItem[];
  filed(item: string): readonly FiledMaterial[];
}): Promise<void> {
  const { db, now, code, items, filed } = options;
  for (const { terms, materials } of items)
    for (const { id, source, document } of filed(terms.code)) {
      if (source !== 'certificate' || document === null) continue;
      const from = materials.find((material) => material.id === id)?.from;
      const type = from && 'certificateType' in from ? from.certificateType : undefined;
      const [row] = isUuid(document) ? await certificatesWhere(db, sql`c.id = ${document}::uuid`) : [];
      if (row?.shown !== 'in-force' || row.type !== type)
        throw CertificateNotUsable.with({ extra: { item: terms.code, material: id } });
      await recordUse(db, {
        certificate: row.id,
        at: now,
        kind: 'material',
        unit: terms.unit,
        caseCode: code,
        purpose: 'handle-case',
      });
    }
}

/** A certificate that stands in for a paper of a case, for who handles it. The read is logged where the holder sees it. */
export const showUsedCertificate = route({
  method: 'GET',
  path: '/api/service/cases/:code/certificates/:id',
  summary: { zh: '查看办件所用电子证照', en: 'A certificate used in a case' },
  allow: 'service.case.read',
  params: Type.Object({ code: CaseCodeText, id: Type.String({ format: 'uuid' }) }),
  reply: CertificateSchema,
  errors: [NotFound],
  examples: {
    own: {
      as: 'data-officer',
      params: { code: 'fixture:certificate-case', id: 'fixture:certificate-used' },
      purpose: 'handle-case',
    },
    foreign: {
      as: 'data-officer',
      params: { code: 'fixture:certificate-case', id: 'fixture:certificate-foreign' },
      purpose: 'handle-case',
    },
  },
  handler: async ({ db, actor, services, clock, params: { code, id } }) => {
    const row = await db.first<CertificateRow>(
      sql`select ${CERTIFICATE_COLUMNS} from service.certificate_for_case(${code}, ${id}::uuid) c`,
    );
    if (!row) throw NotFound.with();
    await recordUse(db, {
      certificate: row.id,
      at: clock.now(),
      kind: 'read',
      caseCode: code,
      ...(actor.purpose && { purpose: actor.purpose }),
    });
    const view = await viewOf({ db, keyring: services.keyring, row, own: false });
    // History and other uses are the holder's and the issuer's.
    return { ...view, acts: [], uses: [], ofd: null, pdf: null };
  },
});
