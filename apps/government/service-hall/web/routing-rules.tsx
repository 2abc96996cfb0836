import { useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useSession } from '#web/shell/session.tsx';
import { useRunTexts } from './run-texts.ts';
import './centres.css';

type Rules = Reply<'/api/service-hall/routing-rules'>;
type Principle = Rules['rules'][number]['principle'];
const PRINCIPLES: readonly Principle[] = ['anywhere', 'residence', 'registration', 'business'];
const MOST = 60;

/** Rules of routing (属地规则): every item with the place by which it is accepted; a unit changes those of its own items. */
export default function RoutingRulesPage() {
  const { t, say } = useRunTexts();
  const unitName = useUnitName();
  const { me } = useSession();
  const [asked, setAsked] = useState('');
  const [mine, setMine] = useState(false);
  const list = useApi('routing rules', (signal) => call<Rules>('/api/service-hall/routing-rules', { signal }));
  const { busy, problem, submit } = useSubmit(({ item, principle }: { item: string; principle: Principle }) =>
    call<object>(`/api/service-hall/routing-rules/${item === '' ? '*' : item}`, { method: 'PUT', body: { principle } }),
  );
  const change = async (item: string, principle: Principle) => {
    await submit({ item, principle });
    list.reload();
  };
  const own = me.kind === 'data-officer' ? (me.unit?.code ?? null) : null;
  const rules = list.data?.rules ?? [];
  const titleOf = ({ item, title }: Rules['rules'][number]) => (item === '' ? t('all') : title ? say(title) : item);
  const words = asked.trim().toLowerCase();
  const found = rules.filter((rule) => {
    if (mine && rule.unit !== own) return false;
    return words === '' || `${titleOf(rule)} ${rule.item} ${unitName(rule.unit)}`.toLowerCase().includes(words);
  });
  return (
    <div className="hall-page" aria-busy={list.loading && !list.data}>
      <header className="dc-head">
        <h1>
          {t('rules')} {me.sample && <SampleBadge />}
        </h1>
        <p className="soft">{t('rulesLead')}</p>
      </header>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {problem && <RefusalPanel problem={problem} />}
      <div className="acts">
        <label>
          {t('rulesFind')}{' '}
          <input type="search" value={asked} maxLength={60} onChange={(event) => setAsked(event.target.value)} />
        </label>
        {own && (
          <button type="button" aria-pressed={mine} onClick={() => setMine(!mine)}>
            {t('rulesMine')}
          </button>
        )}
      </div>
      {list.data && (
        <p className="soft" role="status">
          {t('rulesCount', { n: found.length, any: found.filter(({ principle }) => principle === 'anywhere').length })}
        </p>
      )}
      {list.data && found.length === 0 && <EmptyState title={t('rulesNone')} text={t('rulesNoneText')} />}
      {found.length > 0 && (
        <div className="table is-stacked">
          <table aria-label={t('rules')}>
            <thead>
              <tr>
                <th>{t('item')}</th>
                <th>{t('unit')}</th>
                <th>{t('principle')}</th>
              </tr>
            </thead>
            <tbody>
              {found.slice(0, MOST).map((rule) => (
                <tr key={`${rule.unit} ${rule.item}`}>
                  <td data-label={t('item')} className="hall-wrap">
                    {titleOf(rule)}
                  </td>
                  <td data-label={t('unit')}>{unitName(rule.unit)}</td>
                  <td data-label={t('principle')}>
                    {rule.unit === own ? (
                      <select
                        aria-label={`${t('principle')} ${titleOf(rule)}`}
                        value={rule.principle}
                        disabled={busy}
                        onChange={(event) => void change(rule.item, event.target.value as Principle)}
                      >
                        {PRINCIPLES.map((each) => (
                          <option key={each} value={each}>
                            {t(`principles.${each}`)}
                          </option>
                        ))}
                      </select>
                    ) : (
                      t(`principles.${rule.principle}`)
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {found.length > MOST && <p className="soft">{t('more', { n: found.length - MOST })}</p>}
    </div>
  );
}
