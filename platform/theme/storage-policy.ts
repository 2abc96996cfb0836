import type { Text } from '#platform/kernel/text.ts';
import type { RuleTable } from '#platform/rulebook/rule-at.ts';

/** Kinds of data that the storage policy (存储策略) tells apart. */
export const CLASSES = [
  'transactional',
  'time-series',
  'analytic',
  'document',
  'video',
  'spatial',
  'graph',
  'text',
  'archive',
] as const;
export type DataClass = (typeof CLASSES)[number];

/** What is measured of a data set: rows (of series: rows a day), and how often a year it is used. */
export type StorageFacts = { class: DataClass; volume: number; usedPerYear: number };

/** Where a data set should stand, and why. Periods are ISO 8601 durations. */
export type StorageDecision = {
  /** Line of the table, from 1; undefined = no line fits, and a person decides. */
  line: number | undefined;
  structure: string;
  tier: string;
  /** When it goes to which colder tier. */
  moves: { after: string; to: string } | undefined;
  keep: { least: string | undefined; most: string | undefined };
  explanation: Text;
};

const TITLES: Record<DataClass, Text> = {
  transactional: { zh: '业务记录', en: 'transactional records' },
  'time-series': { zh: '时序数据', en: 'a time series' },
  analytic: { zh: '分析宽表', en: 'a wide table' },
  document: { zh: '文档和图片', en: 'documents and images' },
  video: { zh: '视频', en: 'video' },
  spatial: { zh: '空间数据', en: 'places' },
  graph: { zh: '关系图', en: 'a graph' },
  text: { zh: '全文检索', en: 'full text' },
  archive: { zh: '法定档案', en: 'an archive by law' },
};

/**
 * Decides structure, tier and keeping of a data set by the table of the rulebook (`theme.storage`): the first line whose limits it meets. A set
 * that no line fits stays where it is, and the explanation says so.
 */
export function decideStorage(table: RuleTable, facts: StorageFacts): StorageDecision {
  const at = table.rows.findIndex((cells) => fits(table.columns, cells, facts));
  const row = table.rows[at];
  const text = (name: string): string | undefined => {
    const value = row?.[table.columns.indexOf(name)];
    return value === undefined || value === '' ? undefined : String(value);
  };
  const after = text('moves-after');
  const to = text('moves-to');
  return {
    line: row ? at + 1 : undefined,
    structure: text('structure') ?? 'row',
    tier: text('tier') ?? 'hot',
    moves: after && to ? { after, to } : undefined,
    keep: { least: text('keep-least'), most: text('keep-most') },
    explanation: explain(facts, row ? at + 1 : undefined, { zh: text('zh') ?? '', en: text('en') ?? '' }),
  };
}

function fits(columns: string[], cells: RuleTable['rows'][number], facts: StorageFacts): boolean {
  const limit = (name: string): number | undefined => {
    const value = cells[columns.indexOf(name)];
    return typeof value === 'number' ? value : undefined;
  };
  const { volume, usedPerYear } = facts;
  return (
    cells[columns.indexOf('class')] === facts.class &&
    volume >= (limit('at-least') ?? 0) &&
    volume > (limit('more-than') ?? -1) &&
    volume < (limit('below') ?? Infinity) &&
    usedPerYear > (limit('used-more-than') ?? -1) &&
    usedPerYear < (limit('used-below') ?? Infinity)
  );
}

function explain(facts: StorageFacts, line: number | undefined, reason: Text): Text {
  const series = facts.class === 'time-series';
  const volume = Math.round(facts.volume).toLocaleString('en');
  const used = Math.round(facts.usedPerYear).toLocaleString('en');
  const title = TITLES[facts.class];
  const measured = {
    zh: `${title.zh}，实测${series ? '每日 ' : ' '}${volume} 条，每年使用 ${used} 次`,
    en: `${title.en}, measured ${volume} rows${series ? ' a day' : ''}, used ${used} times a year`,
  };
  if (line === undefined)
    return {
      zh: `${measured.zh}。存储策略表没有适用的行：留在行存储，由负责单位决定。`,
      en: `${measured.en}. No line of the policy fits: it stays in row tables, and its steward decides.`,
    };
  return {
    zh: `${measured.zh}。适用存储策略表第 ${line} 行：${reason.zh}。`,
    en: `${measured.en}. Line ${line} of the policy fits: ${reason.en}.`,
  };
}

/** What a theme's rows are for the policy: looked up every minute, or scanned now and then. */
export function classOfTheme(readsPerDay: number): DataClass {
  return readsPerDay > 1440 ? 'transactional' : 'analytic';
}

/** Where a theme's rows should stand; one that only associates has none of its own. */
export function placementOf(
  table: RuleTable,
  theme: { copies: boolean; rows: number | null; readsPerDay: number },
): { structure: string; tier: string; reason: Text } {
  if (!theme.copies)
    return {
      structure: 'virtual',
      tier: 'none',
      reason: { zh: '逻辑关联，不复制数据。', en: 'Associated: nothing is copied.' },
    };
  const { readsPerDay, rows } = theme;
  const decided = decideStorage(table, {
    class: classOfTheme(readsPerDay),
    volume: rows ?? 0,
    usedPerYear: readsPerDay * 365,
  });
  return { structure: decided.structure, tier: decided.tier, reason: decided.explanation };
}
