import type { FormEvent } from 'react';
import { Link, useSearchParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { RuleValue, sourceOf, useTerm, VerifiedMark } from './parts.tsx';
import { useRuleTexts } from './texts.ts';
import './rules.css';

/** Rulebook (规则库): what applies on a day, with source and verification. The conditions stand in the address. */
export default function RulesPage() {
  const { t, language } = useRuleTexts();
  const term = useTerm();
  const [search, setSearch] = useSearchParams();
  const query = search.toString();
  const state = useApi(`rules ${query}`, (signal) =>
    call<Reply<'/api/rulebook/entries'>>(`/api/rulebook/entries?${query}`, { signal }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = [...new FormData(event.currentTarget)].map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value.trim() : '',
    ]);
    setSearch(typed.filter(([, value]) => value !== ''));
  };
  const { on = '', rules = [], unverified = 0 } = state.data ?? {};
  return (
    <div className="dc rules-page">
      <header className="dc-head">
        <h1>{t('title')}</h1>
        <p className="soft">{t('lead')}</p>
      </header>
      <form className="rules-form" role="search" onSubmit={submit} key={query}>
        <div className="field">
          <label htmlFor="rules-q">{t('find')}</label>
          <input id="rules-q" name="q" type="search" maxLength={60} defaultValue={search.get('q') ?? ''} />
        </div>
        <div className="field">
          <label htmlFor="rules-on">{t('on')}</label>
          <input id="rules-on" name="on" type="date" defaultValue={search.get('on') ?? ''} />
        </div>
        <label className="rules-only">
          <input type="checkbox" name="unverified" value="1" defaultChecked={search.get('unverified') === '1'} />{' '}
          {t('unverifiedOnly')}
        </label>
        <button type="submit" className="primary">
          {t('search')}
        </button>
      </form>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.data && (
        <p className="soft">
          {t('applies', { on })} · {t('count', { n: unverified })}
        </p>
      )}
      {state.data && rules.length === 0 && <EmptyState title={t('none')} text={t('noneText')} />}
      {rules.length > 0 && (
        <div className="table table-scroll is-stacked" tabIndex={0} role="region" aria-label={t('title')}>
          <table>
            <thead>
              <tr>
                {(['rule', 'value', 'source', 'since', 'state'] as const).map((name) => (
                  <th scope="col" key={name}>
                    {t(name)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rules.map((rule) => (
                <tr key={rule.id}>
                  <td className="is-wide" data-label={t('rule')}>
                    <Link to={`/data/rules/${rule.id}${search.get('on') ? `?on=${search.get('on')}` : ''}`}>
                      {rule.title[language]}
                    </Link>
                  </td>
                  <td data-label={t('value')}>
                    {rule.isDecision ? (
                      t('decision')
                    ) : typeof rule.value === 'object' ? (
                      t('value')
                    ) : (
                      <RuleValue rule={rule} />
                    )}
                  </td>
                  <td className="is-wide" data-label={t('source')}>
                    {sourceOf(rule)} <small className="soft">{t(`kinds.${rule.kind}`)}</small>
                  </td>
                  <td data-label={t('since')}>{term(rule)}</td>
                  <td data-label={t('state')}>
                    <VerifiedMark rule={rule} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
