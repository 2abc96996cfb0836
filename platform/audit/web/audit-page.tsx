import { type FormEvent, useState } from 'react';
import { useSearchParams } from 'react-router';
import { asProblem, call, type Problem, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { ChainPanel } from './chain-panel.tsx';
import { ExportPanel } from './export-panel.tsx';
import { useAuditTexts } from './texts.ts';
import './audit.css';

type Page = Reply<'/api/audit/entries'>;
type Entry = Page['entries'][number];
type Language = 'zh' | 'en';
const TYPED = ['account', 'subject'] as const;
const OUTCOMES = ['read', 'changed', 'refused'] as const;

/** Auditor's console (审计员工作台): state of the chain, search, newest entries first. The conditions stand in the address. */
export default function AuditPage() {
  const { t, language } = useAuditTexts();
  const [search, setSearch] = useSearchParams();
  const query = queryOf(search);
  const units = useApi('units', (signal) => call<Reply<'/api/identity/units'>>('/api/identity/units', { signal }));
  const purposes = useApi('all-purposes', (signal) =>
    call<Reply<'/api/access/purposes'>>('/api/access/purposes?all=1', { signal }),
  );
  const state = useApi(`audit ${query}`, (signal) => call<Page>(`/api/audit/entries?${query}`, { signal }));
  const [more, setMore] = useState<{ query: string; pages: Page[] }>({ query, pages: [] });
  const [problem, setProblem] = useState<Problem | null>(null);
  const pages = more.query === query ? more.pages : [];
  const shown = state.data ? [state.data, ...pages] : [];
  const entries = shown.flatMap((page) => page.entries);
  const next = shown.at(-1)?.next;
  const names: Names = {
    unit: (code) => {
      const found = units.data?.units.find((unit) => unit.code === code);
      return found ? (language === 'en' ? found.nameEn : found.name) : code;
    },
    purpose: (code) => purposes.data?.purposes.find((purpose) => purpose.code === code)?.title[language] ?? code,
  };
  const load = async () => {
    try {
      setMore({ query, pages: [...pages, await call<Page>(`/api/audit/entries?${query}&before=${next}`)] });
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const typed = [...form].map(([name, value]): [string, string] => [name, String(value).trim()]);
    setSearch(typed.filter(([, value]) => value !== ''));
  };
  const failed = problem ?? state.problem;
  return (
    <div className="dc audit-page">
      <header className="dc-head">
        <h1>{t('title')}</h1>
        <p className="soft">{t('lead')}</p>
      </header>
      <ChainPanel />
      <ExportPanel />
      <form className="audit-form" aria-label={t('filters')} onSubmit={submit} key={search.toString()}>
        {TYPED.map((name) => (
          <div className="field" key={name}>
            <label htmlFor={`audit-${name}`}>{t(name)}</label>
            <input
              id={`audit-${name}`}
              name={name}
              defaultValue={search.get(name) ?? ''}
              placeholder={name === 'subject' ? t('subjectHelp') : undefined}
              autoComplete="off"
            />
          </div>
        ))}
        <Choice
          name="unit"
          value={search.get('unit')}
          options={(units.data?.units ?? []).map(({ code }) => [code, names.unit(code)])}
        />
        <Choice
          name="purpose"
          value={search.get('purpose')}
          options={(purposes.data?.purposes ?? []).map(({ code }) => [code, names.purpose(code)])}
        />
        <Choice
          name="outcome"
          value={search.get('outcome')}
          options={OUTCOMES.map((outcome) => [outcome, t(`outcomes.${outcome}`)])}
        />
        {(['from', 'to'] as const).map((name) => (
          <div className="field" key={name}>
            <label htmlFor={`audit-${name}`}>{t(name)}</label>
            <input id={`audit-${name}`} name={name} type="date" defaultValue={search.get(name) ?? ''} />
          </div>
        ))}
        <div className="acts">
          <button type="submit" className="primary">
            {t('search')}
          </button>
          <button type="button" onClick={() => setSearch({})}>
            {t('clear')}
          </button>
        </div>
      </form>
      {failed && <RefusalPanel problem={failed} onRetry={state.reload} />}
      {state.data && entries.length === 0 && <EmptyState title={t('nothing')} text={t('nothingText')} />}
      {entries.length > 0 && <Entries entries={entries} names={names} language={language} />}
      {next && (
        <button type="button" onClick={() => void load()}>
          {t('more')}
        </button>
      )}
    </div>
  );
}

type Names = { unit(code: string): string; purpose(code: string): string };

/** Days of the address become moments of the district's time; the last day counts whole. */
function queryOf(search: URLSearchParams): string {
  const query = new URLSearchParams(search);
  const from = search.get('from');
  const to = search.get('to');
  if (from) query.set('from', `${from}T00:00:00+08:00`);
  if (to) query.set('to', new Date(Date.parse(`${to}T00:00:00+08:00`) + 86_400_000).toISOString());
  return query.toString();
}

function Choice(props: { name: 'unit' | 'purpose' | 'outcome'; value: string | null; options: [string, string][] }) {
  const { t } = useAuditTexts();
  return (
    <div className="field">
      <label htmlFor={`audit-${props.name}`}>{t(props.name)}</label>
      <select id={`audit-${props.name}`} name={props.name} key={props.options.length} defaultValue={props.value ?? ''}>
        <option value="">{t('any')}</option>
        {props.options.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

function Entries({ entries, names, language }: { entries: Entry[]; names: Names; language: Language }) {
  const { t } = useAuditTexts();
  return (
    <div className="table table-scroll is-stacked" tabIndex={0} role="region" aria-label={t('title')}>
      <table>
        <thead>
          <tr>
            {(['when', 'who', 'what', 'outcome', 'purpose', 'level', 'about'] as const).map((name) => (
              <th scope="col" key={name}>
                {t(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <td data-label={t('when')}>
                <time dateTime={entry.at}>{formatMoment(entry.at, { language })}</time>
              </td>
              <td data-label={t('who')}>
                {entry.name || entry.account} {entry.behalf && <span className="soft">{t('behalf')}</span>}
                <small>{[entry.account, entry.unit && names.unit(entry.unit)].filter(Boolean).join(' · ')}</small>
              </td>
              <td data-label={t('what')} className="is-wide">
                {entry.what[language]}
                <small>{entry.route}</small>
              </td>
              <td data-label={t('outcome')} className={entry.outcome === 'refused' ? 'is-refused' : undefined}>
                {t(`outcomes.${entry.outcome}` as 'outcomes.read')}
                {entry.code && <small>{entry.code}</small>}
              </td>
              <td data-label={t('purpose')}>{entry.purpose ? names.purpose(entry.purpose) : '—'}</td>
              <td data-label={t('level')}>{entry.level}</td>
              <td data-label={t('about')}>{entry.subjects > 0 ? t('subjects', { count: entry.subjects }) : '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
