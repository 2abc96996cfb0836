import { Type } from 'typebox';
import { route, type Services } from '#platform/kernel/app.ts';
import type { Actor } from '#platform/kernel/actor.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { readOfd } from '#platform/document/ofd/read-ofd.ts';
import { renderPage } from '#platform/document/ofd/render-svg.ts';
import { verifyOfd } from '#platform/document/ofd/verify-ofd.ts';
import { readableFile } from '#platform/document/read-rights.ts';
import { readContent } from '#platform/document/store/spool.ts';
import { signText } from '#platform/document/sign/sign-text.ts';
import { codeOf, presentationText } from './certificate-code.ts';
import { CertificateNotInState } from './certificate-errors.ts';
import { type CertificateRow, certificatesWhere, openFace, recordUse } from './certificate-record.ts';
import { cardOf, CardSchema, CertificateSchema, presentable, viewOf } from './certificate-view.ts';

const OWN = { allow: 'service.certificate.own', self: true } as const;
export const CertificateParams = Type.Object({ id: Type.String({ format: 'uuid' }) });
const MOST_SHOWN = 6;
const MINUTE_MS = 60_000;

/** My certificates (我的证照): what holds first; versions that were replaced stand behind the newest one. */
export const listOwnCertificates = route({
  ...OWN,
  method: 'GET',
  path: '/api/service/own-certificates',
  summary: { zh: '我的证照', en: 'My certificates' },
  reply: Type.Object({ certificates: Type.Array(CardSchema) }),
  examples: { own: { as: 'citizen' } },
  handler: async ({ db }) => {
    const rows = await certificatesWhere(
      db,
      sql`c.state <> 'replaced' order by service.certificate_state(c.state, c.valid_until) not in ('in-force', 'issued'), c.issued_on desc, c.id limit 300`,
    );
    return { certificates: rows.map(cardOf) };
  },
});

/** One certificate of mine, with who used it and when (用证记录). */
export const showOwnCertificate = route({
  ...OWN,
  method: 'GET',
  path: '/api/service/own-certificates/:id',
  summary: { zh: '我的一本证照', en: 'One certificate of mine' },
  params: CertificateParams,
  reply: CertificateSchema,
  errors: [NotFound],
  examples: {
    own: { as: 'citizen', params: { id: 'fixture:certificate-own' } },
    foreign: { as: 'citizen', params: { id: 'fixture:certificate-foreign' } },
  },
  handler: async ({ db, services, params: { id } }) => {
    const [row] = await certificatesWhere(db, sql`c.id = ${id}::uuid`);
    if (!row) throw NotFound.with();
    const view = await viewOf({ db, keyring: services.keyring, row, own: true });
    // The holder may show more than the face does: their number is theirs.
    return { ...view, fields: presentable(row, openFace(services.keyring, row)) };
  },
});

const ownRow = (services: Services, actor: Actor, id: string): Promise<CertificateRow | undefined> =>
  services.database
    .tx({ module: 'service', actor, readOnly: true }, (db) => certificatesWhere(db, sql`c.id = ${id}::uuid`))
    .then(([row]) => row);

/** The face as it is in the OFD (版式原件), drawn as SVG with its seals. */
export const showOwnFace = route({
  ...OWN,
  method: 'GET',
  path: '/api/service/own-certificates/:id/face',
  summary: { zh: '证照版面', en: 'Face of a certificate' },
  params: CertificateParams,
  reply: Type.Object({
    ...CardSchema.properties,
    svg: Type.String(),
    /** Every part is as it was sealed. */
    intact: Type.Boolean(),
  }),
  errors: [NotFound, CertificateNotInState],
  examples: {
    own: { as: 'citizen', params: { id: 'fixture:certificate-own' } },
    foreign: { as: 'citizen', params: { id: 'fixture:certificate-foreign' } },
  },
  prepare: async ({ services, actor, params: { id } }) => {
    const row = await ownRow(services, actor, id);
    if (!row) throw NotFound.with();
    if (row.ofd === null) throw CertificateNotInState.with();
    const file = await readableFile({ services, actor, id: row.ofd });
    const chunks: Buffer[] = [];
    for await (const chunk of await readContent(services, { id: file.content, key: file.key }))
      chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const document = readOfd(bytes);
    const seals = verifyOfd(bytes);
    const [page] = document.pages;
    if (!page) throw NotFound.with();
    const svg = renderPage(
      document,
      page,
      seals.flatMap(({ stamps }) => stamps),
    );
    return { row, svg, intact: seals.length > 0 && seals.every((seal) => seal.intact) };
  },
  handler: async ({ prepared: { row, svg, intact } }) => ({ ...cardOf(row), svg, intact }),
});

/**
 * Shows what is needed and no more (亮证): chosen fields, signed by the unit that issued, good for minutes. Whoever reads the code learns
 * these fields and that the certificate stands behind them; nothing is kept of what was shown but that it was.
 */
export const presentCertificate = route({
  ...OWN,
  method: 'POST',
  path: '/api/service/own-certificates/:id/presentations',
  summary: { zh: '亮证：出示所选内容', en: 'Show chosen fields' },
  repeatable: true,
  params: CertificateParams,
  body: Type.Object(
    {
      fields: Type.Array(Type.String({ pattern: '^[a-z]{2,10}(-[0-9]{1,2})?$' }), {
        minItems: 1,
        maxItems: MOST_SHOWN,
      }),
      minutes: Type.Integer({ minimum: 1, maximum: 30 }),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ code: Type.String(), until: Type.String({ format: 'date-time' }) }),
  errors: [NotFound, CertificateNotInState, InvalidInput],
  examples: {
    own: { as: 'citizen', params: { id: 'fixture:certificate-own' }, body: { fields: ['name'], minutes: 5 } },
    foreign: { as: 'citizen', params: { id: 'fixture:certificate-foreign' }, body: { fields: ['name'], minutes: 5 } },
  },
  prepare: async ({ services, actor, params: { id }, body }) => {
    const row = await ownRow(services, actor, id);
    if (!row) throw NotFound.with();
    if (row.shown !== 'in-force') throw CertificateNotInState.with();
    const all = new Map(presentable(row, openFace(services.keyring, row)).map((field) => [field.key, field]));
    const chosen = body.fields.map((key) => all.get(key));
    const fields = Object.fromEntries(chosen.flatMap((field) => (field ? [[field.title.zh, field.value]] : [])));
    if (chosen.includes(undefined))
      throw InvalidInput.with({
        fields: [
          { pointer: '/fields', rule: 'known', message: { zh: '这本证照没有这一栏', en: 'not on this certificate' } },
        ],
      });
    const from = services.clock.now();
    const until = new Date(from.getTime() + body.minutes * MINUTE_MS);
    const signed = await signText({
      services,
      actor,
      owner: row.unit,
      text: (key) => presentationText({ identifier: row.identifier, fields, from, until, key }),
    });
    return { id: row.id, code: codeOf(signed.text, signed.signature), until };
  },
  handler: async ({ db, clock, prepared: { id, code, until } }) => {
    await recordUse(db, { certificate: id, at: clock.now(), kind: 'present' });
    return { code, until: until.toISOString() };
  },
});
