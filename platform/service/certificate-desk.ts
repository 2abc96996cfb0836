import { Type } from 'typebox';
import { type Route, route } from '#platform/kernel/app.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type Text } from '#platform/kernel/text.ts';
import { ID_NUMBER_LOOKUP } from '#platform/identity/subjects.ts';
import { CaseCodeText } from './case-act-route.ts';
import { holdSubCase } from './case-row.ts';
import { CaseWithoutCertificate, CertificateNotInState } from './certificate-errors.ts';
import { issueForCase, MAKE, writeNextVersion } from './certificate-issue.ts';
import { CertificateParams } from './certificate-own.ts';
import {
  type CertificateRow,
  CERTIFICATE_COLUMNS,
  certificatesWhere,
  recordAct,
  recordUse,
} from './certificate-record.ts';
import { afterAct, type CertificateAct, CERTIFICATE_ACTS } from './certificate-state.ts';
import { cardOf, CardSchema, CertificateSchema, viewOf } from './certificate-view.ts';

const READ = 'service.certificate.read';
const PURPOSE = 'handle-case';
const WordsSchema = Type.Object({ zh: Type.String(), en: Type.String() });
const PAGE = 50;

/** Types of certificates (证照类型), public like the items that end in them. */
export const listCertificateTypes = route({
  method: 'GET',
  path: '/api/service/certificate-types',
  summary: { zh: '证照类型', en: 'Types of certificates' },
  allow: 'public',
  reply: Type.Object({
    types: Type.Array(
      Type.Object({
        code: Type.String(),
        title: WordsSchema,
        issuer: Type.Union([Type.String(), Type.Null()]),
        issuerTitle: WordsSchema,
        holder: Type.String(),
        months: Type.Union([Type.Integer(), Type.Null()]),
      }),
    ),
  }),
  examples: { own: { as: 'anonymous' } },
  handler: async ({ db }) => ({
    types: await db.rows<{
      code: string;
      title: Text;
      issuer: string | null;
      issuerTitle: Text;
      holder: string;
      months: number | null;
    }>(
      sql`select code, title, issuer, issuer_title as "issuerTitle", holder, months from service.certificate_type order by code`,
    ),
  }),
});

/** Certificates that the own unit has issued, newest first: numbers and states, no names. */
export const listCertificates = route({
  method: 'GET',
  path: '/api/service/certificates',
  summary: { zh: '本单位颁发的证照', en: 'Certificates issued by the unit' },
  allow: READ,
  query: Type.Object({ state: Type.Optional(Type.String({ pattern: '^[a-z-]{3,20}$' })) }),
  reply: Type.Object({
    counts: Type.Array(Type.Object({ state: Type.String(), n: Type.Integer() })),
    certificates: Type.Array(
      Type.Object({
        id: Type.String(),
        identifier: Type.String(),
        number: Type.String(),
        version: Type.Integer(),
        title: WordsSchema,
        state: Type.String(),
        issuedOn: Type.String(),
        validUntil: Type.Union([Type.String(), Type.Null()]),
        holder: Type.Union([Type.Literal('person'), Type.Literal('entity')]),
        sample: Type.Boolean(),
      }),
    ),
  }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db, query }) => {
    const shown = sql`service.certificate_state(c.state, c.valid_until)`;
    const rows = await db.rows<CertificateRow>(sql`
      select ${CERTIFICATE_COLUMNS} from service.certificate c
      where (${query.state ?? null}::text is null or ${shown} = ${query.state ?? null}::text) order by c.issued_on desc, c.id desc limit ${PAGE}::int`);
    const counts = await db.rows<{ state: string; n: number }>(
      sql`select ${shown} as state, count(*)::int as n from service.certificate c group by 1 order by 2 desc`,
    );
    return {
      counts,
      certificates: rows.map(
        ({ id, identifier, number, version, title, shown: state, issuedOn, validUntil, holderEntity, sample }) => ({
          id,
          identifier,
          number,
          version,
          title,
          state,
          issuedOn,
          validUntil,
          holder: holderEntity === null ? ('person' as const) : ('entity' as const),
          sample,
        }),
      ),
    };
  },
});

/** Finds certificates of the own unit by number, identifier or holder, for a purpose; the holder sees that it was looked at. */
export const searchCertificates = route({
  method: 'POST',
  path: '/api/service/certificates/search',
  summary: { zh: '按编号或持证主体查证照', en: 'Find by number or holder' },
  allow: READ,
  repeatable: true,
  body: Type.Object({ text: Type.String({ minLength: 4, maxLength: 140 }) }, { additionalProperties: false }),
  reply: Type.Object({ certificates: Type.Array(CardSchema) }),
  examples: { own: { as: 'data-officer', body: { text: 'fixture:certificate-number' }, purpose: PURPOSE } },
  handler: async ({ db, services, body }) => {
    const text = body.text.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();
    const key = services.keyring.lookup(ID_NUMBER_LOOKUP, text);
    const rows = await certificatesWhere(
      db,
      sql`(c.number = ${text} or c.identifier = ${text} or c.holder_entity = ${text} or c.holder_key = ${key}) order by c.issued_on desc, c.id desc limit ${PAGE}::int`,
    );
    return { certificates: rows.map(cardOf) };
  },
});

export const showCertificate = route({
  method: 'GET',
  path: '/api/service/certificates/:id',
  summary: { zh: '一本证照', en: 'One certificate' },
  allow: READ,
  params: CertificateParams,
  reply: CertificateSchema,
  errors: [NotFound],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:certificate-desk' }, purpose: PURPOSE },
    foreign: { as: 'data-officer', params: { id: 'fixture:certificate-elsewhere' }, purpose: PURPOSE },
  },
  handler: async ({ db, actor, services, clock, params: { id } }) => {
    const [row] = await certificatesWhere(db, sql`c.id = ${id}::uuid`);
    if (!row) throw NotFound.with();
    await recordUse(db, {
      certificate: row.id,
      at: clock.now(),
      kind: 'read',
      ...(actor.purpose && { purpose: actor.purpose }),
    });
    return viewOf({ db, keyring: services.keyring, row, own: false });
  },
});

/** Issues on a granted case what has not been issued (制证): for cases that were decided before their item ended in a certificate. */
export const issueCertificate = route({
  method: 'POST',
  path: '/api/service/certificates',
  summary: { zh: '为准予的办件制证', en: 'Issue on a granted case' },
  allow: 'service.certificate.issue',
  body: Type.Object(
    { code: CaseCodeText, no: Type.Integer({ minimum: 1, maximum: 99 }) },
    { additionalProperties: false },
  ),
  status: 201,
  reply: Type.Object({ id: Type.String() }),
  errors: [NotFound, CaseWithoutCertificate],
  examples: {
    own: { as: 'data-officer', body: 'fixture:certificate-to-issue' },
    foreign: { as: 'data-officer', body: 'fixture:certificate-not-to-issue' },
  },
  handler: async ({ db, services, clock, body }) => {
    const row = await holdSubCase(db, body);
    if (!row) throw NotFound.with();
    const id = await issueForCase({ db, services, row, now: clock.now() });
    if (id === undefined) throw CaseWithoutCertificate.with();
    // Asked for again where the job gave up: what was made is not made twice.
    await db.enqueue({ name: MAKE, payload: { certificate: id }, key: id });
    return { id };
  },
});

/** A new version (补发、变更). */
export const renewCertificate = route({
  method: 'POST',
  path: '/api/service/certificates/:id/versions',
  summary: { zh: '补发或变更证照', en: 'Reissue or change' },
  allow: 'service.certificate.issue',
  params: CertificateParams,
  body: Type.Object(
    {
      cause: Type.Union([Type.Literal('reissue'), Type.Literal('change')]),
      /** Words of the face that are other now; `name` is the holder's. */
      changes: Type.Array(
        Type.Object(
          { title: Type.String({ minLength: 1, maxLength: 80 }), value: Type.String({ minLength: 1, maxLength: 400 }) },
          { additionalProperties: false },
        ),
        { maxItems: 20 },
      ),
    },
    { additionalProperties: false },
  ),
  status: 201,
  reply: Type.Object({ id: Type.String() }),
  errors: [NotFound, CertificateNotInState, InvalidInput],
  examples: {
    own: {
      as: 'data-officer',
      params: { id: 'fixture:certificate-to-renew' },
      body: { cause: 'reissue', changes: [] },
    },
    foreign: {
      as: 'data-officer',
      params: { id: 'fixture:certificate-elsewhere' },
      body: { cause: 'reissue', changes: [] },
    },
  },
  handler: async ({ db, services, clock, params: { id }, body }) => {
    const [row] = await certificatesWhere(db, sql`c.id = ${id}::uuid for update of c`);
    if (!row) throw NotFound.with();
    if (row.shown !== 'in-force') throw CertificateNotInState.with();
    if (body.cause === 'change' && body.changes.length === 0)
      throw InvalidInput.with({
        fields: [
          { pointer: '/changes', rule: 'required', message: { zh: '请写明变更的内容', en: 'say what has changed' } },
        ],
      });
    const waiting = await db.first(
      sql`select id from service.certificate where replaces = ${row.id}::uuid and state = 'issued'`,
    );
    if (waiting) throw CertificateNotInState.with();
    const made = await writeNextVersion({
      db,
      services,
      now: clock.now(),
      row,
      cause: body.cause,
      changes: body.changes,
    });
    if (made === undefined) throw CertificateNotInState.with();
    return { id: made };
  },
});

const ACT_TITLES: Record<CertificateAct, Text> = {
  suspend: { zh: '暂扣证照', en: 'Suspend' },
  resume: { zh: '解除暂扣', en: 'End the suspension' },
  revoke: { zh: '吊销证照', en: 'Revoke as a penalty' },
  rescind: { zh: '撤销证照', en: 'Rescind what should not have been granted' },
  cancel: { zh: '注销证照', en: 'Cancel what has lost its ground' },
};

/** What burdens a holder is done by a person who heads the unit, with legal basis and reason; it is shown to the holder and online at once. */
export const certificateActRoutes: readonly Route[] = (Object.keys(CERTIFICATE_ACTS) as CertificateAct[]).map((act) =>
  route({
    method: 'POST',
    path: `/api/service/certificates/:id/${act}`,
    summary: ACT_TITLES[act],
    allow: 'service.certificate.revoke',
    params: CertificateParams,
    body: Type.Object(
      { basis: Type.String({ minLength: 4, maxLength: 200 }), reason: Type.String({ minLength: 4, maxLength: 1000 }) },
      { additionalProperties: false },
    ),
    reply: Type.Object({ state: Type.String() }),
    errors: [NotFound, CertificateNotInState],
    examples: {
      own: {
        as: 'unit-head',
        unit: 'civil-affairs',
        params: { id: `fixture:certificate-to-${act}` },
        body: { basis: '《中华人民共和国行政许可法》第七十条', reason: '样例：持证人申请注销' },
      },
      foreign: {
        as: 'unit-head',
        unit: 'civil-affairs',
        params: { id: 'fixture:certificate-elsewhere' },
        body: { basis: '《中华人民共和国行政许可法》第七十条', reason: '样例：持证人申请注销' },
      },
    },
    handler: async ({ db, clock, params: { id }, body }) => {
      const [row] = await certificatesWhere(db, sql`c.id = ${id}::uuid for update of c`);
      if (!row) throw NotFound.with();
      const state = afterAct(row.state, act);
      if (state === undefined) throw CertificateNotInState.with();
      const now = clock.now();
      await db.run(
        sql`update service.certificate set state = ${state}, changed_at = ${now}::timestamptz where id = ${id}::uuid`,
      );
      await recordAct(db, { certificate: id, at: now, act, ...body });
      await db.emit({ type: 'service.certificate.changed', subject: id });
      return { state };
    },
  }),
);
