import { isCreditCode } from '#platform/kernel/codes/credit-code.ts';
import { domainError } from '#platform/kernel/errors.ts';

/**
 * Statistics Law 2024, Art. 28: nothing that identifies one respondent may leave or serve another purpose. A sheet of single units
 * is refused whole; nothing of it is kept.
 */
export const StatisticalSecrecy = domainError({
  code: 'STATISTICAL_SECRECY',
  status: 422,
  title: { zh: '这是单个调查对象的资料，不能报送', en: 'This sheet is about single respondents and cannot be sent' },
  action: {
    zh: '宏观经济库只收汇总数据。请删除企业名称、统一社会信用代码等列，汇总后重新报送；文件内容没有保存。',
    en: 'Only aggregates are taken. Remove names and credit codes of enterprises, add the rows up and send again; nothing of the file was kept.',
  },
});

const UNIT_HEADING =
  /(?:统一社会信用代码|组织机构代码|企业名称|单位详细名称|单位名称|法人单位|纳税人(?:名称|识别号)|调查对象|法定代表人|填报单位代码|uscc|credit.?code|company.?name|respondent)/i;
const COMPANY =
  /(?:有限(?:责任)?公司|股份公司|有限合伙|合伙企业|分公司|个体工商户|事务所|专业合作社|集团|Co\.,? ?Ltd|Inc\.?|LLC)\s*$/i;

export type UnitLevel = { column: string; why: 'heading' | 'codes' | 'names' };

/** Share of the filled cells of a column from which on it is a column of respondents. */
const MOSTLY = 0.3;

/**
 * Whether a sheet lists single units: by a heading, by credit codes or company names in a column; by value, since a heading is easily renamed.
 * One such cell among aggregates counts as well where it is a valid credit code.
 */
export function unitLevel(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, unknown>>[],
): UnitLevel | undefined {
  for (const column of columns) {
    const cells = rows
      .map((row) => row[column])
      .filter((cell): cell is string => typeof cell === 'string' && cell !== '');
    if (cells.some((cell) => isCreditCode(cell.trim().toUpperCase()))) return { column, why: 'codes' };
    if (UNIT_HEADING.test(column.replace(/\s+/g, '')) && cells.length > 0) return { column, why: 'heading' };
    const names = new Set(cells.filter((cell) => COMPANY.test(cell.trim())));
    if (names.size >= 2 && names.size >= MOSTLY * cells.length) return { column, why: 'names' };
  }
  return undefined;
}
