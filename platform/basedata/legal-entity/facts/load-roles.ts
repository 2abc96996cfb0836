import type { FieldDeclaration } from '#platform/exchange/check/declaration.ts';
import { type CheckedRow, type Claim, type ImportTarget, plain, type RowFault } from '#platform/exchange/target.ts';
import { isCitizenId } from '#platform/kernel/codes/citizen-id.ts';
import { parseCreditCode } from '#platform/kernel/codes/credit-code.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { lastOf, sourceOfClaim } from './claims.ts';

const FIELDS: readonly FieldDeclaration[] = [
  {
    name: 'uscc',
    title: { zh: '统一社会信用代码', en: 'Unified social credit code' },
    type: 'credit-code',
    required: true,
  },
  {
    name: 'kind',
    title: { zh: '角色', en: 'Role' },
    type: 'code',
    required: true,
    codes: {
      shareholder: ['股东', '投资人', '合伙人'],
      director: ['董事', '执行董事', '董事长'],
      supervisor: ['监事'],
      'legal-representative': ['法定代表人'],
    },
  },
  {
    name: 'holderKind',
    title: { zh: '持有人类型', en: 'Kind of holder' },
    type: 'code',
    required: true,
    codes: { entity: ['企业', '法人', '机构'], person: ['自然人', '个人'] },
  },
  {
    name: 'holderNo',
    title: { zh: '持有人编号', en: 'Number of the holder' },
    type: 'text',
    required: true,
    maxLength: 40,
  },
  { name: 'holderName', title: { zh: '持有人名称', en: 'Name of the holder' }, type: 'text', maxLength: 120 },
  {
    name: 'percent',
    title: { zh: '持股比例', en: 'Share, percent' },
    type: 'decimal',
    minimum: 0,
    maximum: 100,
  },
  { name: 'appointedBy', title: { zh: '委派方编号', en: 'Appointed by' }, type: 'text', maxLength: 40 },
  { name: 'nominee', title: { zh: '疑似代持', en: 'Hint of a nominee' }, type: 'boolean' },
  { name: 'since', title: { zh: '起始日期', en: 'Since' }, type: 'date', notAfterToday: true },
  { name: 'until', title: { zh: '退出日期', en: 'Until' }, type: 'date' },
];

/** Shareholders and offices (股东、董事、监事). A later line of one register replaces the earlier; one with a day of leaving ends it. */
export const roleTarget: ImportTarget = {
  id: 'legal-entity.role',
  title: { zh: '股东与任职', en: 'Shareholders and offices' },
  fields: FIELDS,
  feeds: ['legal-entity.role'],
  check: async ({ rows }) => identityNumbers(rows),
  async load({ db, claims }) {
    const rows = lastOf(claims, (c) => `${plain(c.payload, 'uscc')}/${plain(c.payload, 'kind')}/${holderOf(c)}`).map(
      (claim) => ({
        uscc: plain(claim.payload, 'uscc'),
        holder: holderOf(claim),
        kind: plain(claim.payload, 'kind'),
        holder_kind: plain(claim.payload, 'holderKind'),
        holder_name: plain(claim.payload, 'holderName') ?? null,
        percent: plain(claim.payload, 'percent') ?? null,
        appointed_by: holderKey(plain(claim.payload, 'appointedBy')),
        nominee: plain(claim.payload, 'nominee') === 'yes',
        since: plain(claim.payload, 'since') ?? null,
        ended: plain(claim.payload, 'until') !== undefined,
        source: sourceOfClaim(claim),
      }),
    );
    const said = sql`jsonb_to_recordset(${json(rows)}::text::jsonb) as s(uscc text, holder text, kind text, holder_kind text, holder_name text, percent numeric,
      appointed_by text, nominee boolean, since date, ended boolean, source jsonb)`;
    const now = sql`r.uscc = s.uscc and r.holder = s.holder and r.kind = s.kind and r.tx_to is null`;
    const same = sql`not s.ended and r.percent is not distinct from s.percent and r.appointed_by is not distinct from s.appointed_by
      and r.holder_name is not distinct from s.holder_name and r.nominee = s.nominee and r.since is not distinct from s.since`;
    await db.run(
      sql`delete from legal_entity.role r using ${said} where ${now} and not (${same}) and r.tx_from >= kernel.now()`,
    );
    const ended = await db.run(
      sql`update legal_entity.role r set tx_to = kernel.now() from ${said} where ${now} and not (${same})`,
    );
    const opened = await db.run(sql`
      insert into legal_entity.role (uscc, holder, kind, holder_kind, holder_name, percent, appointed_by, nominee, since, source, tx_from)
      select s.uscc, s.holder, s.kind, s.holder_kind, s.holder_name, s.percent, s.appointed_by, s.nominee, s.since, s.source, kernel.now() from ${said}
      where not s.ended and not exists (select from legal_entity.role r where ${now})`);
    const changed = Math.min(ended, opened);
    return {
      created: opened - changed,
      changed,
      unchanged: Math.max(0, claims.length - opened),
      conflicts: 0,
    };
  },
};

/** Rows that name somebody by an identity number (身份证号): a claim keeps what it says in clear, so such a row does not come in. */
function identityNumbers(rows: readonly CheckedRow[]): RowFault[] {
  return rows.flatMap(({ row, values }) =>
    (['holderNo', 'appointedBy'] as const).flatMap((field): RowFault[] => {
      if (!looksLikeIdentityNumber(plain(values, field))) return [];
      const reason = {
        zh: '疑似公民身份号码：自然人应填登记机关内部编号',
        en: 'Looks like an identity number: persons are named by the register’s own number',
      };
      return [{ row, column: field, field, rule: 'identity-number', reason }];
    }),
  );
}

/** Fifteen or eighteen places, however they are spaced; a credit code of figures alone is none, unless it holds as both. */
function looksLikeIdentityNumber(text: string | undefined): boolean {
  const tight = text?.normalize('NFKC').replace(/[\s-]/g, '') ?? '';
  return (
    /^(\d{15}|\d{17}[\dXx])$/.test(tight) && (isCitizenId(tight, { allowSample: true }) || !parseCreditCode(tight).ok)
  );
}

const holderOf = (claim: Claim): string => holderKey(plain(claim.payload, 'holderNo')) ?? '';

/** `uscc:…` for an enterprise that has a code; else the number that the register gives, which is the register's own and no identity number. */
function holderKey(number: string | undefined): string | null {
  if (number === undefined) return null;
  const code = parseCreditCode(number);
  return code.ok ? `uscc:${code.credit.code}` : `no:${number}`;
}
