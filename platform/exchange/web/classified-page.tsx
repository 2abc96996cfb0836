import '#web/entrances/entrances.css';
import { useTranslation } from 'react-i18next';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { addTexts } from '#web/i18n/index.ts';

const zh = {
  title: '涉密拒收',
  lead: '文件名或正文开头带有“秘密、机密、绝密”标志的上传已被拒收（GOV-0801）。系统不保存内容和文件名，只留时间、上传人和内容摘要，供您跟进。',
  none: '没有拒收记录',
  noneText: '有人上传带密级标志的文件时，会出现在这里。',
  when: '时间',
  who: '上传人',
  where: '标志位置',
  level: '密级',
  content: '内容摘要（SM3）',
  levels: { secret: '秘密', confidential: '机密', 'top-secret': '绝密' },
  places: { name: '文件名', content: '正文开头' },
};
const en: typeof zh = {
  title: 'Refused as classified',
  lead: 'Uploads whose name or first lines carry a mark of state secrecy were refused (GOV-0801). Neither content nor file name is kept; time, person and digest are, for you to follow up.',
  none: 'Nothing was refused',
  noneText: 'Uploads that carry a mark of secrecy appear here.',
  when: 'When',
  who: 'Who',
  where: 'Where the mark stood',
  level: 'Level',
  content: 'Digest of the content (SM3)',
  levels: { secret: 'Secret', confidential: 'Confidential', 'top-secret': 'Top secret' },
  places: { name: 'File name', content: 'First lines' },
};
addTexts('classified', { zh, en });

/** Uploads refused as classified (涉密拒收), for the security administrator. */
export default function ClassifiedPage() {
  const { t, i18n } = useTranslation('classified');
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const unitName = useUnitName();
  const state = useApi('classified', (signal) =>
    call<Reply<'/api/exchange/classified-refusals'>>('/api/exchange/classified-refusals', { signal }),
  );
  const files = useApi('classified-files', (signal) =>
    call<Reply<'/api/document/classified-refusals'>>('/api/document/classified-refusals', { signal }),
  );
  // Department files and uploaded documents (文件) are refused by two guards and followed up by one person.
  const refusals = [
    ...(state.data?.refusals ?? []),
    ...(files.data?.refusals.map(({ sm3, ...refusal }) => ({ ...refusal, digest: sm3 })) ?? []),
  ].sort((a, b) => (a.at < b.at ? 1 : -1));
  return (
    <article className="reading account" aria-busy={state.loading || files.loading}>
      <header>
        <h1>{t('title')}</h1>
        <p className="soft">{t('lead')}</p>
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {files.problem && <RefusalPanel problem={files.problem} onRetry={files.reload} />}
      {state.data && files.data && refusals.length === 0 && <EmptyState title={t('none')} text={t('noneText')} />}
      {refusals.length > 0 && (
        <ul className="devices">
          {refusals.map((refusal) => (
            <li key={refusal.id}>
              <div>
                <b>{t(`levels.${refusal.level}`)}</b> <span className="badge">{t(`places.${refusal.place}`)}</span>
                <p>
                  {t('who')}：{refusal.account} · {refusal.unit ? unitName(refusal.unit) : '—'} ·{' '}
                  <time dateTime={refusal.at}>{formatMoment(refusal.at, { language })}</time>
                </p>
                <p className="soft secret-key">
                  {t('content')}：{refusal.digest}
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}
