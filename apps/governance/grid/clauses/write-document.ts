import { citationOf, type Clause } from './clauses.ts';

/** Kinds of documents that are written from a case (执法文书). */
export const DOCUMENT_KINDS = ['rectify', 'record'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** Evidence (证据) by its digests, as the store of documents computed them when it came in. */
export type Evidence = { file: string; name: string; sha256: string; sm3: string };

export type DocumentFacts = {
  kind: DocumentKind;
  /** Date in Shanghai, `YYYY-MM-DD`. */
  today: string;
  unit: string;
  case: { no: string; className: string; description: string; place: string; reportedAt: string };
  clauses: readonly Clause[];
  evidence: readonly Evidence[];
  /** Last day to put it right, of a 责令改正通知书. */
  due?: string;
};

const TITLES: Readonly<Record<DocumentKind, string>> = {
  rectify: '责令改正通知书',
  record: '现场检查（勘验）笔录',
};
const BLANK = '＿＿＿＿＿＿';

/**
 * Writes a document from a case (文书填充) as text for a person to complete and sign: what the platform does not know stays blank, and nothing is decided
 * here. Clauses that nobody has compared with their text say so.
 */
export function writeDocument(facts: DocumentFacts): { title: string; text: string } {
  const { kind, today, unit, case: of, clauses, evidence } = facts;
  const title = TITLES[kind];
  const basis = clauses.map(
    (clause, n) => `${n + 1}. ${citationOf(clause)}${clause.verified ? '' : '【待核】'}：${clause.says.zh}`,
  );
  const proof = evidence.map(({ name, sha256, sm3 }, n) => `${n + 1}. ${name}\n   SHA-256：${sha256}\n   SM3：${sm3}`);
  const about = [`案件编号：${of.no}`, `类别：${of.className}`, `地点：${of.place}`, `发现时间：${of.reportedAt}`];
  const body =
    kind === 'rectify'
      ? [
          `当事人：${BLANK}`,
          ...about,
          `经查，${of.description}`,
          `上述行为涉嫌违反以下规定：`,
          ...(basis.length > 0 ? basis : [BLANK]),
          `现责令你（单位）于 ${facts.due ?? BLANK} 前改正上述行为。`,
          `如不服本通知，可以依法申请行政复议或者提起行政诉讼。`,
        ]
      : [
          `检查时间：${BLANK}`,
          ...about,
          `检查人员（不少于两人，应当出示执法证件）：${BLANK}，${BLANK}`,
          `被检查人：${BLANK}`,
          `检查情况：${of.description}`,
          `现场处理：${BLANK}`,
          `相关规定：`,
          ...(basis.length > 0 ? basis : [BLANK]),
          `被检查人意见：${BLANK}　　签名：${BLANK}`,
        ];
  const text = [
    title,
    '',
    ...body,
    '',
    '附：证据清单（文件摘要）',
    ...(proof.length > 0 ? proof : ['无']),
    '',
    unit,
    today,
  ].join('\n');
  return { title, text };
}
