import { type CheckedRow, type ImportTarget, plain, type RowFault } from '#platform/exchange/target.ts';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { rebuildEntities } from '../load-entities.ts';
import { lastOf, sourceOfClaim } from './claims.ts';

/** Bands (区间档) are codes of one letter and two figures: nothing that could be an amount passes. */
const BAND = '^[A-Z][0-9]{1,2}$';

/**
 * What the tax authority says of enterprises (纳税档次): bands, never an amount, and only on an authorisation that is on record, by the
 * consent of the enterprise or by a statute (tax secrecy). A batch without one has no row that passes.
 */
export const taxStandingTarget: ImportTarget = {
  id: 'legal-entity.tax-standing',
  title: { zh: '纳税档次', en: 'Tax standing in bands' },
  feeds: ['legal-entity.tax-standing'],
  fields: [
    {
      name: 'uscc',
      title: { zh: '统一社会信用代码', en: 'Unified social credit code' },
      type: 'credit-code',
      required: true,
    },
    {
      name: 'authorisation',
      title: { zh: '授权编号', en: 'Authorisation' },
      type: 'text',
      required: true,
      maxLength: 40,
    },
    { name: 'period', title: { zh: '所属期', en: 'Period' }, type: 'text', required: true, pattern: '^20[0-9]{2}$' },
    { name: 'revenueBand', title: { zh: '营业收入档', en: 'Band of revenue' }, type: 'text', pattern: BAND },
    { name: 'assetsBand', title: { zh: '资产总额档', en: 'Band of assets' }, type: 'text', pattern: BAND },
    { name: 'taxBand', title: { zh: '税收贡献档', en: 'Band of tax' }, type: 'text', pattern: BAND },
    { name: 'arrears', title: { zh: '是否欠税', en: 'In arrears' }, type: 'boolean' },
    { name: 'lastInvoiceOn', title: { zh: '最近开票日期', en: 'Last invoice on' }, type: 'date', notAfterToday: true },
  ],
  check: ({ db, rows }) => unauthorised(db, rows),
  async load({ db, claims }) {
    const rows = lastOf(claims, ({ payload }) => plain(payload, 'uscc') ?? '').map((claim) => ({
      uscc: plain(claim.payload, 'uscc') ?? '',
      period: plain(claim.payload, 'period'),
      revenue_band: plain(claim.payload, 'revenueBand') ?? null,
      assets_band: plain(claim.payload, 'assetsBand') ?? null,
      tax_band: plain(claim.payload, 'taxBand') ?? null,
      arrears: flag(plain(claim.payload, 'arrears')),
      last_invoice_on: plain(claim.payload, 'lastInvoiceOn') ?? null,
      authorisation: plain(claim.payload, 'authorisation'),
      source: sourceOfClaim(claim),
    }));
    const said = sql`jsonb_to_recordset(${json(rows)}::text::jsonb) as s(uscc text, period text, revenue_band text, assets_band text, tax_band text, arrears boolean,
      last_invoice_on date, authorisation text, source jsonb)`;
    // What is not newer, and what says the same, changes nothing.
    const differs = sql`t.uscc = s.uscc and s.period >= t.period and (t.period, t.revenue_band, t.assets_band, t.tax_band, t.arrears, t.last_invoice_on)
      is distinct from (s.period, s.revenue_band, s.assets_band, s.tax_band, s.arrears, s.last_invoice_on)`;
    await db.run(sql`
      insert into legal_entity.tax_standing_version (uscc, tx_from, tx_to, record)
      select t.uscc, t.tx_from, kernel.now(), to_jsonb(t) from legal_entity.tax_standing t join ${said} on ${differs} where t.tx_from < kernel.now() on conflict do nothing`);
    const changed = await db.run(sql`
      update legal_entity.tax_standing t set period = s.period, revenue_band = s.revenue_band, assets_band = s.assets_band, tax_band = s.tax_band, arrears = s.arrears,
        last_invoice_on = s.last_invoice_on, authorisation = s.authorisation, source = s.source, tx_from = kernel.now() from ${said} where ${differs}`);
    const created = await db.run(sql`
      insert into legal_entity.tax_standing (uscc, period, revenue_band, assets_band, tax_band, arrears, last_invoice_on, authorisation, source, tx_from)
      select s.uscc, s.period, s.revenue_band, s.assets_band, s.tax_band, s.arrears, s.last_invoice_on, s.authorisation, s.source, kernel.now() from ${said}
      on conflict (uscc) do nothing`);
    // The size of an enterprise follows from the bands.
    await rebuildEntities(
      db,
      await knownOf(
        db,
        rows.map(({ uscc }) => uscc),
      ),
    );
    return { created, changed, unchanged: claims.length - created - changed, conflicts: 0 };
  },
};

const flag = (text: string | undefined): boolean | null => (text === undefined ? null : text === 'yes');

async function knownOf(db: Db, usccs: readonly string[]): Promise<string[]> {
  const rows = await db.rows<{ uscc: string }>(
    sql`select uscc from legal_entity.entity where uscc = any (${[...usccs]}::text[]) order by uscc`,
  );
  return rows.map(({ uscc }) => uscc);
}

async function unauthorised(db: Db, rows: readonly CheckedRow[]): Promise<RowFault[]> {
  const named = [...new Set(rows.flatMap(({ values }) => values.authorisation ?? []))];
  const valid = await db.rows<{ id: string }>(sql`
    select id from legal_entity.tax_authorisation where id = any (${named}::text[])
      and valid_from <= (kernel.now() at time zone 'Asia/Shanghai')::date and (valid_to is null or valid_to > (kernel.now() at time zone 'Asia/Shanghai')::date)`);
  const known = new Set(valid.map(({ id }) => id));
  return rows.flatMap(({ row, values }) =>
    values.authorisation !== null && values.authorisation !== undefined && known.has(values.authorisation)
      ? []
      : [
          {
            row,
            column: 'authorisation',
            field: 'authorisation',
            rule: 'tax-unauthorised',
            reason: {
              zh: '涉税信息没有在案且有效的授权编号，不予接收',
              en: 'No authorisation that is on record and in force: tax facts are not taken',
            },
            value: values.authorisation ?? undefined,
          },
        ],
  );
}
