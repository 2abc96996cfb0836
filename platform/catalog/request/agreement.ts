import { hash } from 'node:crypto';
import { type Static, Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { type Grant, OVERSIGHT_UNIT, RowFilterSchema } from '../grant-record.ts';
import { RequestParams } from './request-record.ts';

type Terms = Pick<Grant, 'fields' | 'purposes' | 'rowFilter' | 'validUntil'>;

/** What was agreed, as ODRL 2.2 in JSON-LD: who lets whom read which items and rows of what, for which purposes, until when. */
export function odrlOf(options: {
  id: string;
  madeAt: string;
  supplierUnit: string;
  taker: string;
  takerUnit: string | null;
  resource: string;
  resourceVersion: number;
  terms: Terms;
}): Record<string, unknown> {
  const { id, madeAt, supplierUnit, taker, takerUnit, resource, resourceVersion, terms } = options;
  const isAnyOf = (leftOperand: string, rightOperand: readonly unknown[]) => ({
    '@type': 'Constraint',
    leftOperand,
    operator: 'isAnyOf',
    rightOperand,
  });
  return {
    '@context': [
      'http://www.w3.org/ns/odrl.jsonld',
      { dct: 'http://purl.org/dc/terms/', sd: 'urn:smart-district:terms:' },
    ],
    '@type': 'Agreement',
    uid: `urn:uuid:${id}`,
    'dct:issued': madeAt,
    assigner: `urn:smart-district:unit:${supplierUnit}`,
    assignee: takerUnit === null ? `urn:smart-district:app:${taker}` : `urn:smart-district:unit:${takerUnit}`,
    permission: [
      {
        target: {
          '@type': 'AssetCollection',
          source: `/api/catalog/items/${resource}`,
          'dct:hasVersion': String(resourceVersion),
          refinement: [
            isAnyOf('sd:field', terms.fields),
            ...terms.rowFilter.map(({ field, in: values }) => ({
              ...isAnyOf('sd:row', values),
              'sd:of': field,
            })),
          ],
        },
        action: 'read',
        constraint: [
          isAnyOf(
            'purpose',
            terms.purposes.map((code) => `urn:smart-district:purpose:${code}`),
          ),
          {
            '@type': 'Constraint',
            leftOperand: 'recipient',
            operator: 'eq',
            rightOperand: `urn:smart-district:app:${taker}`,
          },
          ...(terms.validUntil === null
            ? []
            : [{ '@type': 'Constraint', leftOperand: 'dateTime', operator: 'lt', rightOperand: terms.validUntil }]),
        ],
      },
    ],
  };
}

/** SM3 (GB/T 32905) over the bytes of the document, as anybody can compute it over the downloaded file. */
export function digestOfDocument(document: string): string {
  return hash('sm3', document, 'hex');
}

/** Writes down what an approval agrees (共享协议): a row that nobody changes; a later change of the terms is a new one. */
export async function makeAgreement(
  db: Db,
  options: {
    grant: Pick<Grant, 'id' | 'taker' | 'resource' | 'owner'>;
    terms: Terms;
    /** The request that is approved; without one it belongs to the newest that led to a grant. */
    request?: string;
  },
): Promise<void> {
  const { grant, terms, request } = options;
  const asked = await db.first<{ id: string; unit: string | null }>(sql`
    select id, requester_unit as unit from catalog.request where grant_id = ${grant.id}::uuid and state not in ('refused', 'lapsed', 'taken-back')
    order by (id = ${request ?? null}::uuid) desc nulls last, id desc limit 1`);
  const { version, now } = await db.one<{ version: number; now: Date }>(
    sql`select version, kernel.now() as now from catalog.resource where id = ${grant.resource}`,
  );
  const id = uuidv7();
  const takerUnit = asked?.unit ?? null;
  const document = JSON.stringify(
    odrlOf({
      id,
      madeAt: now.toISOString(),
      supplierUnit: grant.owner,
      taker: grant.taker,
      takerUnit,
      resource: grant.resource,
      resourceVersion: version,
      terms,
    }),
    null,
    2,
  );
  await db.run(sql`
    insert into catalog.agreement (id, grant_id, request_id, resource, resource_version, supplier_unit, taker, taker_unit, fields, row_filter, purposes, made_at, valid_until, document, digest)
    values (${id}::uuid, ${grant.id}::uuid, ${asked?.id ?? null}::uuid, ${grant.resource}, ${version}::int, ${grant.owner}, ${grant.taker}, ${takerUnit}::text, ${terms.fields}::text[],
      ${json(terms.rowFilter)}::text::jsonb, ${terms.purposes}::text[], ${now}::timestamptz, ${terms.validUntil}::timestamptz, ${document}, ${digestOfDocument(document)})`);
}

const MaybeText = Type.Union([Type.String(), Type.Null()]);
export const AgreementSchema = Type.Object({
  id: Type.String(),
  grant: Type.String(),
  request: MaybeText,
  resource: Type.String(),
  resourceVersion: Type.Integer(),
  supplierUnit: Type.String(),
  taker: Type.String(),
  takerUnit: MaybeText,
  fields: Type.Array(Type.String()),
  rowFilter: RowFilterSchema,
  purposes: Type.Array(Type.String()),
  madeAt: Type.String(),
  validUntil: MaybeText,
  document: Type.String({ description: 'JSON-LD（ODRL）原文 / the text of the agreement, JSON-LD with ODRL' }),
  digest: Type.String({ description: 'SM3 摘要（原文的 UTF-8 字节） / SM3 over its UTF-8 bytes' }),
});
type Row = Omit<Static<typeof AgreementSchema>, 'madeAt' | 'validUntil'> & { madeAt: Date; validUntil: Date | null };

/** One agreement, for both sides word for word; to everybody else it does not exist. */
export const getAgreement = route({
  method: 'GET',
  path: '/api/catalog/agreements/:id',
  summary: { zh: '一份共享协议（ODRL）', en: 'One agreement (ODRL)' },
  allow: 'catalog.grant.read',
  params: RequestParams,
  reply: AgreementSchema,
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:agreement' } },
    foreign: { as: 'data-officer', params: { id: 'fixture:foreign-agreement' } },
  },
  handler: async ({ db, actor, params: { id } }) => {
    const oversees = actor.unit === OVERSIGHT_UNIT || actor.post === 'security-auditor';
    const row = await db.first<Row>(sql`
      select a.id, g.taker || '.' || g.name as "grant", a.request_id as request, a.resource, a.resource_version as "resourceVersion", a.supplier_unit as "supplierUnit", a.taker,
        a.taker_unit as "takerUnit", a.fields, a.row_filter as "rowFilter", a.purposes, a.made_at as "madeAt", a.valid_until as "validUntil", a.document, a.digest
      from catalog.agreement a join catalog.grant g on g.id = a.grant_id
      where a.id = ${id}::uuid and (${oversees}::boolean or a.supplier_unit = ${actor.unit ?? ''}::text or a.taker_unit = ${actor.unit ?? ''}::text)`);
    if (!row) throw NotFound.with();
    return { ...row, madeAt: row.madeAt.toISOString(), validUntil: row.validUntil?.toISOString() ?? null };
  },
});
