import { type ImportTarget, plain } from '#platform/exchange/target.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { lastOf, sourceOfClaim } from './claims.ts';

/** Licences and filings (许可、备案) of any issuer. */
export const licenceTarget: ImportTarget = {
  id: 'legal-entity.licence',
  title: { zh: '许可与备案', en: 'Licences and filings' },
  feeds: ['legal-entity.licence'],
  fields: [
    { name: 'number', title: { zh: '许可证编号', en: 'Number' }, type: 'text', required: true, maxLength: 60 },
    {
      name: 'uscc',
      title: { zh: '统一社会信用代码', en: 'Unified social credit code' },
      type: 'credit-code',
      required: true,
    },
    { name: 'kind', title: { zh: '许可类型', en: 'Kind' }, type: 'text', required: true, maxLength: 60 },
    { name: 'scope', title: { zh: '许可范围', en: 'Scope' }, type: 'text', maxLength: 400 },
    { name: 'issuer', title: { zh: '发证机关', en: 'Issued by' }, type: 'text', required: true, maxLength: 100 },
    { name: 'validTo', title: { zh: '有效期至', en: 'Valid to' }, type: 'date' },
  ],
  async load({ db, claims }) {
    const rows = lastOf(claims, ({ payload }) => `${plain(payload, 'kind')}/${plain(payload, 'number')}`).map(
      (claim) => ({
        number: plain(claim.payload, 'number'),
        uscc: plain(claim.payload, 'uscc'),
        kind: plain(claim.payload, 'kind'),
        scope: plain(claim.payload, 'scope') ?? null,
        issuer: plain(claim.payload, 'issuer'),
        valid_to: plain(claim.payload, 'validTo') ?? null,
        source: sourceOfClaim(claim),
      }),
    );
    const said = sql`jsonb_to_recordset(${json(rows)}::text::jsonb) as s(number text, uscc text, kind text, scope text, issuer text, valid_to date, source jsonb)`;
    const now = sql`l.number = s.number and l.kind = s.kind and l.tx_to is null`;
    const same = sql`l.uscc = s.uscc and l.scope is not distinct from s.scope and l.issuer = s.issuer and l.valid_to is not distinct from s.valid_to`;
    await db.run(
      sql`delete from legal_entity.licence l using ${said} where ${now} and not (${same}) and l.tx_from >= kernel.now()`,
    );
    const ended = await db.run(
      sql`update legal_entity.licence l set tx_to = kernel.now() from ${said} where ${now} and not (${same})`,
    );
    const opened = await db.run(sql`
      insert into legal_entity.licence (number, uscc, kind, scope, issuer, valid_to, source, tx_from)
      select s.number, s.uscc, s.kind, s.scope, s.issuer, s.valid_to, s.source, kernel.now() from ${said}
      where not exists (select from legal_entity.licence l where ${now})`);
    const changed = Math.min(ended, opened);
    return { created: opened - changed, changed, unchanged: Math.max(0, claims.length - opened), conflicts: 0 };
  },
};
