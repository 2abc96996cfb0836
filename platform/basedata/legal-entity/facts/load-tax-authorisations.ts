import { type ImportTarget, plain } from '#platform/exchange/target.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { lastOf } from './claims.ts';

/** On what the tax authority may tell anything (涉税信息授权): the consent of an enterprise or a statute. Sent by the tax authority itself. */
export const taxAuthorisationTarget: ImportTarget = {
  id: 'legal-entity.tax-authorisation',
  title: { zh: '涉税信息授权', en: 'Authorisations for tax facts' },
  fields: [
    { name: 'id', title: { zh: '授权编号', en: 'Authorisation' }, type: 'text', required: true, maxLength: 40 },
    {
      name: 'basis',
      title: { zh: '依据', en: 'Basis' },
      type: 'code',
      required: true,
      codes: { consent: ['企业同意', '同意'], statute: ['法律规定', '法定'] },
    },
    { name: 'document', title: { zh: '文书', en: 'Document' }, type: 'text', required: true, maxLength: 200 },
    { name: 'validFrom', title: { zh: '起始日期', en: 'From' }, type: 'date', required: true },
    { name: 'validTo', title: { zh: '终止日期', en: 'To' }, type: 'date' },
  ],
  async load({ db, claims }) {
    const rows = lastOf(claims, ({ payload }) => plain(payload, 'id') ?? '').map(({ payload }) => ({
      id: plain(payload, 'id'),
      basis: plain(payload, 'basis'),
      document: plain(payload, 'document'),
      valid_from: plain(payload, 'validFrom'),
      valid_to: plain(payload, 'validTo') ?? null,
    }));
    const written = await db.run(sql`
      insert into legal_entity.tax_authorisation as t (id, basis, document, valid_from, valid_to)
      select r.id, r.basis, r.document, r.valid_from, r.valid_to from jsonb_to_recordset(${json(rows)}::text::jsonb) as r(id text, basis text, document text, valid_from date, valid_to date)
      on conflict (id) do update set valid_to = excluded.valid_to where t.valid_to is distinct from excluded.valid_to`);
    return { created: written, changed: 0, unchanged: claims.length - written, conflicts: 0 };
  },
};
