import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { api, read, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { LevelMark } from './marks.tsx';
import { useLanguage, useUnits } from './use-names.ts';
import './texts.ts';
import './care-texts.ts';
import './data-centre.css';
import './care.css';

type Board = Reply<'/api/catalog/quality'>;
type Line = Board['items'][number];

/** Quality board (质量看板): every resource, the worst first; which rule fails on how many rows, and which unit answers for it. */
export default function QualityPage() {
  const { t } = useTranslation('data-care');
  const { me } = useSession();
  const [search, setSearch] = useSearchParams();
  const own = search.get('show') === 'own';
  const unit = me.unit?.code;
  const state = useApi(me.signedIn ? `quality ${own}` : null, (signal) =>
    read(api.GET('/api/catalog/quality', { params: { query: own && unit ? { owner: unit } : {} }, signal })),
  );
  const { data } = state;
  return (
    <div className="dc" aria-busy={state.loading}>
      <header className="dc-head">
        <h1>{t('quality.title')}</h1>
        <p className="soft">{t('quality.lead')}</p>
        {data && (
          <p className="soft">
            {t('quality.minimum', { n: data.minimum })}
            {!data.minimumVerified && <> · {t('quality.unverified')}</>} ·{' '}
            <Link to="/data/rules/catalog.quality.minimum">catalog.quality.minimum</Link>
          </p>
        )}
        <div className="dc-switch" role="group" aria-label={t('quality.owner')}>
          {[false, true].map((mine) => (
            <button
              key={String(mine)}
              type="button"
              aria-pressed={own === mine}
              onClick={() => setSearch(mine ? { show: 'own' } : {})}
            >
              {t(mine ? 'quality.filter' : 'quality.all')}
            </button>
          ))}
        </div>
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.loading && !data && <p className="soft">{t('loading', { ns: 'shell' })}</p>}
      {data?.items.length === 0 && <EmptyState title={t('quality.none')} text={t('quality.noneText')} />}
      {data && (
        <ul className="care-board">
          {data.items.map((item) => (
            <BoardLine key={item.resource} item={item} minimum={data.minimum} />
          ))}
        </ul>
      )}
    </div>
  );
}

function BoardLine({ item, minimum }: { item: Line; minimum: number }) {
  const { t } = useTranslation('data-care');
  const { say, language } = useLanguage();
  const unit = useUnits();
  const worst = item.failing[0];
  return (
    <li>
      <div>
        <Link to={`/data/items/${item.resource}#quality`}>
          <b>{say(item.title)}</b>
        </Link>{' '}
        <LevelMark level={item.level} short />
        <p className="soft">
          {unit(item.owner)} ·{' '}
          {t(item.sampled ? 'quality.sampled' : 'quality.rows', { n: formatNumber(item.rows, { language }) })} ·{' '}
          {t(`quality.fresh.${item.freshness.state}`)}
        </p>
      </div>
      <Score score={item.score} minimum={minimum} />
      <div>
        {worst ? (
          <>
            <p>{say(worst.words)}</p>
            <p className="soft">
              {t('quality.failing', { n: formatNumber(worst.failed, { language }) })} ·{' '}
              {t('quality.of', { n: formatNumber(worst.checked, { language }) })} · {t(`dimension.${worst.dimension}`)}
            </p>
          </>
        ) : (
          <p className="soft">{t('quality.pass')}</p>
        )}
      </div>
    </li>
  );
}

/** Near the least score within these many points is amber. */
const NEAR = 10;

/** A score (得分): the number and a bar; red where nothing new is shared. */
export function Score({ score, minimum }: { score: number | null; minimum: number }) {
  const { t } = useTranslation('data-care');
  if (score === null) return <span className="soft">{t('quality.noScore')}</span>;
  const tone = score < minimum ? 'now' : score < minimum + NEAR ? 'soon' : 'done';
  return (
    <span className="care-score" data-tone={tone}>
      <span>
        {score < minimum && <span aria-hidden="true">▼ </span>}
        {score.toFixed(1)}
      </span>
      <i aria-hidden="true">
        <b style={{ width: `${score}%` }} />
      </i>
    </span>
  );
}
