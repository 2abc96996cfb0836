import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, read, useApi } from '#web/client/index.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment, formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { LevelMark } from './marks.tsx';
import { Placements } from './placements.tsx';
import { useLanguage, useUnits } from './use-names.ts';
import './texts.ts';
import './theme-texts.ts';
import './data-centre.css';

/** Thematic databases (专题库), those that stand still first. */
export default function ThemesPage() {
  const { t } = useTranslation('data-themes');
  const { me } = useSession();
  const { say, language } = useLanguage();
  const unit = useUnits();
  const state = useApi(me.signedIn ? 'themes' : null, (signal) => read(api.GET('/api/theme/themes', { signal })));
  const themes = state.data?.themes ?? [];
  const make = me.kind === 'data-officer' ? <Link to="/data/themes/new">{t('make')}</Link> : undefined;
  return (
    <div className="dc" aria-busy={state.loading}>
      <header className="dc-head">
        <h1>{t('title')}</h1>
        <p className="soft">{t('lead')}</p>
        {make && themes.length > 0 && <p>{make}</p>}
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.loading && !state.data && <p className="soft">{t('loading', { ns: 'shell' })}</p>}
      {state.data && themes.length === 0 && <EmptyState title={t('none')} text={t('noneText')} act={make} />}
      {themes.length > 0 && (
        <ul className="dc-requests dc-section">
          {themes.map((theme) => (
            <li key={theme.id}>
              <div>
                <Link to={`/data/themes/${theme.id}`}>
                  <b>{say(theme.title)}</b>
                </Link>
                <p className="soft">
                  {unit(theme.steward)} · {t(`kindOf.${theme.kind}`)}
                  {theme.rows !== null && ` · ${t('rows')} ${formatNumber(theme.rows, { language })}`}
                  {theme.refreshedAt && ` · ${t('refreshed')} ${formatMoment(theme.refreshedAt, { language })}`}
                </p>
              </div>
              <ThemeState state={theme.state} />
              {theme.level && <LevelMark level={theme.level} />}
            </li>
          ))}
        </ul>
      )}
      {me.signedIn && <Placements />}
    </div>
  );
}

const MARKS: Record<string, string> = { draft: '○', published: '●', stopped: '×' };

/** State of a theme: shape and word. */
export function ThemeState({ state }: { state: string }) {
  const { t } = useTranslation('data-themes');
  return (
    <span
      className="dc-state"
      data-state={state === 'published' ? 'approved' : state === 'stopped' ? 'stopped' : undefined}
    >
      <i aria-hidden="true">{MARKS[state] ?? '·'}</i>
      {t(`stateOf.${state}`)}
    </span>
  );
}
