import { useTranslation } from 'react-i18next';
import { addTexts } from '#web/i18n/index.ts';

const zh = {
  title: '执法依据与文书',
  lead: '按案件类别列出的条款，供人工核对后引用；系统不作处罚决定。',
  unverified: '待核',
  noArticle: '条号待核',
  none: '这个类别还没有收录条款',
  choose: '引用',
  kind: '文书',
  kinds: { rectify: '责令改正通知书', record: '现场检查笔录' },
  due: '改正期限',
  draft: '生成草稿',
  draftOf: '文书草稿（请核对、补全后使用）',
  evidence: '已附 {{n}} 份照片的 SHA-256 和 SM3 摘要',
  copy: '复制全文',
  copied: '已复制',
};
const en: typeof zh = {
  title: 'Provisions and documents',
  lead: 'Provisions for this class, to be checked by a person before they are cited. Nothing is decided here.',
  unverified: 'to be checked',
  noArticle: 'article to be checked',
  none: 'No provisions for this class yet',
  choose: 'Cite',
  kind: 'Document',
  kinds: { rectify: 'Order to put right', record: 'Record of an inspection' },
  due: 'To be put right by',
  draft: 'Draft',
  draftOf: 'Draft (check and complete before use)',
  evidence: 'SHA-256 and SM3 digests of {{n}} photos are attached',
  copy: 'Copy',
  copied: 'Copied',
};
addTexts('grid-clauses', { zh, en });

export function useClauseTexts() {
  const { t, i18n } = useTranslation('grid-clauses');
  return { t, language: i18n.language === 'en' ? ('en' as const) : ('zh' as const) };
}
