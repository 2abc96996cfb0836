import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatMoment } from '#web/design/format.ts';
import { addTexts } from '#web/i18n/index.ts';

type List = Reply<'/api/service/own-cases'>;
type Case = List['cases'][number];

const zh = {
  title: '办理中的事',
  none: '现在没有办理中的事。',
  all: '全部办件',
  correct: '需要您补正',
  pay: '等您缴费',
  rate: '已办结，请您评价',
  'rate-again': '已整改，请您再评价一次',
  done: '{{done}}/{{items}} 项已办结',
  promised: '承诺 {{when}} 前办结',
};
const en: typeof zh = {
  title: 'Under way',
  none: 'Nothing is under way.',
  all: 'All cases',
  correct: 'Needs your corrections',
  pay: 'Waits for your payment',
  rate: 'Done: please rate it',
  'rate-again': 'Put right: please rate it once more',
  done: '{{done}} of {{items}} done',
  promised: 'promised by {{when}}',
};
addTexts('open-cases', { zh, en });

/** As many as a home page has room for; the others are one tap away. */
const MOST = 5;

/** Cases of the signed-in that are under way (办理中), what waits for them first. */
export function OpenCases({ base }: { base: '/citizen' | '/business' }) {
  const { t, i18n } = useTranslation('open-cases');
  const language = i18n.language === 'en' ? ('en' as const) : ('zh' as const);
  const { data } = useApi('own cases', (signal) => call<List>('/api/service/own-cases', { signal }));
  if (!data) return null;
  const open = data.cases.filter(({ waits, closedAt }) => waits !== null || closedAt === null).slice(0, MOST);
  return (
    <section className="open-cases">
      <h2>{t('title')}</h2>
      {open.length === 0 && <p className="soft">{t('none')}</p>}
      <ul className="big-links">
        {open.map((each) => (
          <li key={each.code}>
            <Link to={`${base}/cases/${each.code}`}>{each.title[language]}</Link>
            <p>
              {each.waits && <b>{t(each.waits)}</b>} {whereOf(each)}
            </p>
          </li>
        ))}
      </ul>
      <p>
        <Link to={`${base}/cases`}>{t('all')}</Link>
      </p>
    </section>
  );

  function whereOf({ items, done, promisedAt, closedAt }: Case): string {
    const parts = items > 1 ? [t('done', { done, items })] : [];
    // The end of a time is 24:00: people know it as the day before.
    if (promisedAt && closedAt === null)
      parts.push(t('promised', { when: formatMoment(Date.parse(promisedAt) - 1, { language, time: false }) }));
    return parts.join(' · ');
  }
}
