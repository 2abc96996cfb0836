import type { Reply } from '#web/client/reply.ts';
import { formatMoment } from '#web/design/format.ts';
import { useOrganisationTexts } from './texts.ts';

export type Impact = NonNullable<Reply<'/api/identity/orders/{id}'>['impact']>;
type Mark = 'ends' | 'begins' | 'changes';

/** What an order will do (影响预览): units, posts, persons, open sessions and what hangs on them, before anybody decides. */
export function ImpactView({ impact }: { impact: Impact }) {
  const { t, language } = useOrganisationTexts();
  const people = new Set([...impact.ends, ...impact.begins].map(({ account }) => account)).size;
  const line = (key: string, mark: Mark, text: string) => (
    <li key={key}>
      <span className="org-mark" data-mark={mark}>
        {t(mark)}
      </span>
      <span>{text}</span>
    </li>
  );
  return (
    <section className="org-impact" aria-label={t('impact')}>
      <h3>{t('impact')}</h3>
      <ul>
        {impact.units.map((unit) => line(`u${unit.code}`, unit.change, `${unit.name}：${unit.text}`))}
        {impact.posts.map(({ post, successor }) =>
          line(`p${post}`, 'ends', successor ? `${post}，${t('succeeded', { name: successor })}` : post),
        )}
        {impact.ends.map((one) => line(`e${one.account}${one.post}`, 'ends', `${one.name}：${one.post}`))}
        {impact.begins.map((one) =>
          line(
            `b${one.account}${one.post}`,
            'begins',
            `${one.name}：${one.post}${one.acting ? `（${t('acting')}）` : ''}${one.until ? ` ${t('toUntil', { at: formatMoment(one.until, { language }) })}` : ''}`,
          ),
        )}
      </ul>
      {people === 0 && <p className="soft">{t('nothing')}</p>}
      <dl>
        <div>
          <dt>{t('affected')}</dt>
          <dd>{people}</dd>
        </div>
        <div>
          <dt>{t('openSessions')}</dt>
          <dd>{impact.sessions}</dd>
        </div>
        {impact.others.map(({ title, count }) => (
          <div key={title.zh}>
            <dt>{title[language]}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
