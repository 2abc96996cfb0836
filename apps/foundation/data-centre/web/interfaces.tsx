import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { curlOf, type Line, matches, type OpenApi, type Operation, operationsOf } from './api-document.ts';
import { LevelMark } from './marks.tsx';
import { useLanguage } from './use-names.ts';
import './texts.ts';
import './data-centre.css';

/** Interfaces (接口文档): every operation of the platform, read from the OpenAPI document that the server itself gives out. */
export default function InterfacesPage() {
  const { t } = useTranslation('data-centre');
  const { say } = useLanguage();
  const [search, setSearch] = useSearchParams();
  const words = search.get('q') ?? '';
  const open = search.get('open');
  const state = useApi('openapi', async (signal) => {
    const document = await call<OpenApi>('/openapi.json', { signal });
    return { modules: document.tags, operations: operationsOf(document) };
  });
  const set = (name: string, value: string) =>
    setSearch(
      (old) => {
        if (value) old.set(name, value);
        else old.delete(name);
        return old;
      },
      { replace: true },
    );
  const found = state.data?.operations.filter((operation) => matches(operation, words)) ?? [];
  return (
    <div className="dc">
      <header className="dc-head">
        <h1>{t('api.title')}</h1>
        <p className="soft">
          {t('api.lead')} <a href="/openapi.json">{t('api.document')}</a>
        </p>
        <form className="dc-search" role="search" onSubmit={(event) => event.preventDefault()}>
          <input
            type="search"
            aria-label={t('api.search')}
            placeholder={t('api.placeholder')}
            value={words}
            onChange={(event) => set('q', event.target.value)}
            autoComplete="off"
          />
        </form>
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.data && (
        <p className="dc-count" aria-live="polite">
          {t('api.found', { n: found.length, total: state.data.operations.length })}
        </p>
      )}
      {state.data && found.length === 0 && <EmptyState title={t('api.none')} text={t('api.noneText')} />}
      {state.data?.modules.map((module) => {
        const own = found.filter((operation) => operation.module === module.name);
        if (own.length === 0) return null;
        return (
          <section key={module.name} className="dc-section" aria-labelledby={`module-${module.name}`}>
            <h2 id={`module-${module.name}`}>
              {say(module['x-title'])} <small>{module.name}</small>
            </h2>
            <ul className="dc-accordion dc-operations">
              {own.map((operation) => (
                <li key={operation.id}>
                  <button
                    type="button"
                    aria-expanded={open === operation.id}
                    onClick={() => set('open', open === operation.id ? '' : operation.id)}
                  >
                    <b>{operation.method}</b>
                    <span>
                      {say(operation.title)} <code>{operation.path}</code>
                    </span>
                    {operation.level && <LevelMark level={operation.level} />}
                  </button>
                  {open === operation.id && <Detail operation={operation} />}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function Detail({ operation }: { operation: Operation }) {
  const { t } = useTranslation('data-centre');
  const who =
    operation.action === 'public' || operation.action === 'signed-in' ? t(`api.who.${operation.action}`) : undefined;
  return (
    <div className="dc-operation">
      <dl className="dc-terms">
        <dt>{t('api.allow')}</dt>
        <dd>{who ?? <code>{operation.action}</code>}</dd>
        <dt>{t('api.status')}</dt>
        <dd>{operation.status}</dd>
        {operation.errors.length > 0 && (
          <>
            <dt>{t('api.errors')}</dt>
            <dd>
              <ul className="dc-errors">
                {operation.errors.map((error) => (
                  <li key={error.status}>
                    {error.status} <code>{error.codes.join(' · ')}</code>
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
      </dl>
      <Example text={curlOf(operation, globalThis.location.origin)} />
      <Lines title={t('api.inputs')} lines={operation.inputs} where />
      <Lines title={t('api.body')} lines={operation.body} />
      <Lines title={t('api.reply')} lines={operation.reply} />
    </div>
  );
}

function Example({ text }: { text: string }) {
  const { t } = useTranslation('data-centre');
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <div className="dc-example">
      <h3>{t('api.example')}</h3>
      <pre tabIndex={0} role="region" aria-label={t('api.example')}>
        {text}
      </pre>
      {/* The clipboard is there only on a secure origin; elsewhere the text can be selected. */}
      {globalThis.isSecureContext && (
        <button type="button" className="quiet" onClick={() => void copy()}>
          {t(copied ? 'api.copied' : 'api.copy')}
        </button>
      )}
    </div>
  );
}

function Lines({ title, lines, where }: { title: string; lines: (Line & { in?: string })[]; where?: boolean }) {
  const { t } = useTranslation('data-centre');
  if (lines.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <div className="table table-scroll" tabIndex={0} role="region" aria-label={title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('api.name')}</th>
              {where && <th scope="col">{t('api.in')}</th>}
              <th scope="col">{t('api.type')}</th>
              <th scope="col">{t('api.limits')}</th>
              <th scope="col">{t('api.meaning')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={`${line.in ?? ''} ${line.name}`}>
                <th scope="row">
                  <code>{line.name}</code>
                  {line.required && <small className="dc-required">{t('api.required')}</small>}
                </th>
                {where && <td>{line.in}</td>}
                <td className="dc-wrap">
                  <code>{line.type}</code>
                </td>
                <td>{line.limits}</td>
                <td className="dc-wrap">{line.description}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
