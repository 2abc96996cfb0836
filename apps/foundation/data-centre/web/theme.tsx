import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api, call, read, useApi, useSubmit } from '#web/client/index.ts';
import { formatMoment, formatNumber } from '#web/design/format.ts';
import { PurposeLine, usePurpose } from '#web/design/purpose.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { LevelMark } from './marks.tsx';
import type { Theme, ThemeRemainder, ThemeSample } from './shapes.ts';
import { ThemeBuilder } from './theme-builder.tsx';
import { ThemeState } from './themes.tsx';
import { useLanguage, usePurposes, useUnits } from './use-names.ts';
import './texts.ts';
import './theme-texts.ts';
import './data-centre.css';

/** Rows of the remainder that are shown. */
const SHOWN = 20;

/** One thematic database: what stands in its way, where each column comes from, who has granted what, how it refreshes. */
export default function ThemePage() {
  const { t } = useTranslation('data-themes');
  const { id = '' } = useParams();
  const [editing, setEditing] = useState(false);
  const state = useApi(`theme ${id}`, (signal) =>
    read(api.GET('/api/theme/themes/{id}', { params: { path: { id } }, signal })),
  );
  const theme = state.data;
  return (
    <div className="dc" aria-busy={state.loading}>
      <p className="dc-back">
        <Link to="/data/themes">{t('back')}</Link>
      </p>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.loading && !theme && <p className="soft">{t('loading', { ns: 'shell' })}</p>}
      {theme && editing && (
        <ThemeBuilder
          theme={theme}
          onDone={() => {
            setEditing(false);
            state.reload();
          }}
          onCancel={() => setEditing(false)}
        />
      )}
      {theme && !editing && (
        <>
          <Head theme={theme} />
          {theme.mayBuild && <Acts theme={theme} onChanged={state.reload} onEdit={() => setEditing(true)} />}
          {theme.faults.length > 0 && <Faults theme={theme} />}
          <Needs theme={theme} />
          <Lineage theme={theme} />
          {theme.version > 0 && <Sample theme={theme} />}
          {theme.draft.kind === 'index' && theme.mayBuild && <Remainder theme={theme} />}
          <Runs theme={theme} />
        </>
      )}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Head({ theme }: { theme: Theme }) {
  const { t } = useTranslation('data-themes');
  const { say, language } = useLanguage();
  const unit = useUnits();
  const purpose = usePurposes();
  const last = theme.runs.find(({ outcome }) => outcome === 'refreshed');
  return (
    <header className="dc-head">
      <h1>{say(theme.title)}</h1>
      <ThemeState state={theme.state} />
      {theme.problem && <p className="dc-late">{say(theme.problem)}</p>}
      <dl className="dc-facts">
        <Fact name={t('steward')}>{unit(theme.steward)}</Fact>
        <Fact name={t('kind')}>{t(`kindOf.${theme.draft.kind}`)}</Fact>
        <Fact name={t('level')}>
          <LevelMark level={theme.level} />
        </Fact>
        <Fact name={t('purposes')}>{theme.purposes.map(purpose).join(language === 'zh' ? '、' : ', ') || '—'}</Fact>
        <Fact name={t('version')}>{theme.version > 0 ? t('versionOf', { n: theme.version }) : '—'}</Fact>
        {last && <Fact name={t('refreshed')}>{formatMoment(last.at, { language })}</Fact>}
        {typeof last?.rows === 'number' && <Fact name={t('rows')}>{formatNumber(last.rows, { language })}</Fact>}
        {theme.version > 0 && (
          <Fact name={t('placement')}>
            {t(`structures.${theme.placement.structure}`)} · {t(`tiers.${theme.placement.tier}`)}
            <br />
            <small className="soft">{say(theme.placement.reason)}</small>
          </Fact>
        )}
      </dl>
    </header>
  );
}

function Acts({ theme, onChanged, onEdit }: { theme: Theme; onChanged: () => void; onEdit: () => void }) {
  const { t } = useTranslation('data-themes');
  const params = { path: { id: theme.id } };
  const publish = useSubmit((_: null, header) =>
    read(api.POST('/api/theme/themes/{id}/publish', { params: { ...params, header } })),
  );
  const refresh = useSubmit((_: null, header) =>
    read(api.POST('/api/theme/themes/{id}/refresh', { params: { ...params, header } })),
  );
  const problem = publish.problem ?? refresh.problem;
  return (
    <section aria-label={t('edit')}>
      <div className="acts">
        <button
          type="button"
          className="primary"
          disabled={publish.busy || theme.faults.length > 0}
          onClick={() => void publish.submit(null).then((done) => done && onChanged())}
        >
          {t(theme.version > 0 ? 'publishAgain' : 'publish')}
        </button>
        {theme.version > 0 && (
          <button
            type="button"
            disabled={refresh.busy}
            onClick={() => void refresh.submit(null).then((done) => done && onChanged())}
          >
            {t('refresh')}
          </button>
        )}
        <button type="button" onClick={onEdit}>
          {t('edit')}
        </button>
      </div>
      {problem && <RefusalPanel problem={problem} />}
    </section>
  );
}

function Faults({ theme }: { theme: Theme }) {
  const { t } = useTranslation('data-themes');
  const { say } = useLanguage();
  return (
    <section className="dc-section" aria-label={t('faults')}>
      <h2>
        {t('faults')} <small>{theme.faults.length}</small>
      </h2>
      <p className="soft">{t('faultsText')}</p>
      <ul className="dc-lines">
        {theme.faults.map((fault) => (
          <li key={fault.pointer + fault.rule}>
            <b>{say(fault.message)}</b> <code>{fault.pointer}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Needs({ theme }: { theme: Theme }) {
  const { t } = useTranslation('data-themes');
  const { say } = useLanguage();
  const unit = useUnits();
  return (
    <section className="dc-section" aria-label={t('needs')}>
      <h2>
        {t('needs')} <small>{theme.needs.length}</small>
      </h2>
      <p className="soft">{t('needsText')}</p>
      <ul className="dc-requests">
        {theme.needs.map((need) => (
          <li key={need.alias}>
            <div>
              <Link to={`/data/items/${need.resource}`}>{say(need.resourceTitle)}</Link>
              <p className="soft">
                {unit(need.owner)} · {need.fields.join(' · ')}
              </p>
            </div>
            <span className="dc-state" data-state={need.state === 'none' ? 'requested' : need.state}>
              <i aria-hidden="true">{need.state === 'approved' ? '●' : '◔'}</i>
              {t(`needState.${need.state}`)}
            </span>
            {need.state !== 'approved' && theme.mayBuild && <Link to={`/data/items/${need.resource}`}>{t('ask')}</Link>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Lineage({ theme }: { theme: Theme }) {
  const { t } = useTranslation('data-themes');
  const { say } = useLanguage();
  const unit = useUnits();
  const names = [...new Set(theme.lineage.map(({ column }) => column))];
  const titleOf = (name: string) => {
    const column = [...theme.draft.columns, ...(theme.draft.index ?? [])].find((each) => each.name === name);
    return column ? say(column.title) : t('allColumns');
  };
  return (
    <section className="dc-section" aria-label={t('lineage')}>
      <h2>
        {t('lineage')} <small>{names.length}</small>
      </h2>
      <div className="table">
        <div className="table-scroll" tabIndex={0} role="group" aria-label={t('lineage')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('column')}</th>
                <th scope="col">{t('comesFrom')}</th>
                <th scope="col">{t('level')}</th>
              </tr>
            </thead>
            <tbody>
              {names.map((name) => {
                const sources = theme.lineage.filter(({ column }) => column === name);
                return (
                  <tr key={name}>
                    <th scope="row">{titleOf(name)}</th>
                    <td className="dc-wrap">
                      {sources.map((source) => (
                        <p key={source.part + source.resource + source.field}>
                          {t(`partOf.${source.part}`)} · {unit(source.owner)} ·{' '}
                          <Link to={`/data/items/${source.resource}`}>{say(source.resourceTitle)}</Link> ·{' '}
                          {say(source.fieldTitle)}
                        </p>
                      ))}
                    </td>
                    <td>
                      {sources.map((source) => (
                        <p key={source.part + source.resource + source.field}>
                          <LevelMark level={source.level} short />
                        </p>
                      ))}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </div>
    </section>
  );
}

function Sample({ theme }: { theme: Theme }) {
  const { t } = useTranslation('data-themes');
  const { say } = useLanguage();
  const purpose = usePurpose(`theme:${theme.id}`, say(theme.title), theme.purposes);
  const [shown, setShown] = useState(false);
  const ready = shown && purpose.code !== undefined;
  const state = useApi(ready ? `theme-sample ${theme.id} ${theme.version} ${purpose.code}` : null, (signal) =>
    call<ThemeSample>(`/api/theme/themes/${theme.id}/sample`, { signal, headers: purpose.headers }),
  );
  return (
    <section className="dc-section" aria-label={t('sample')}>
      <h2>{t('sample')}</h2>
      {!ready && (
        <div className="acts">
          <button type="button" onClick={() => void purpose.ask().then((code) => setShown(code !== undefined))}>
            {t('showSample')}
          </button>
        </div>
      )}
      {ready && <PurposeLine purpose={purpose} />}
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.data && state.data.rows.length === 0 && <p className="soft">{t('noRows')}</p>}
      {state.data && state.data.rows.length > 0 && (
        <div className="table">
          <div className="table-scroll" tabIndex={0} role="group" aria-label={t('sample')}>
            <table>
              <thead>
                <tr>
                  {state.data.columns.map(({ name }) => (
                    <th key={name} scope="col">
                      {columnTitle(theme, name, say)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {state.data.rows.map((row, at) => (
                  <tr key={at}>
                    {row.map((value, place) => (
                      <td key={place}>{value ?? '—'}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </div>
      )}
    </section>
  );
}

function columnTitle(theme: Theme, name: string, say: (text: { zh: string; en: string }) => string): string {
  const column =
    [...theme.draft.columns, ...(theme.draft.index ?? [])].find((each) => each.name === name) ?? theme.draft.count;
  return column ? say(column.title) : name;
}

/** Rows without a base key: where to look them up, why, and since when. */
function Remainder({ theme }: { theme: Theme }) {
  const { t } = useTranslation('data-themes');
  const { say, language } = useLanguage();
  const purpose = usePurpose(`theme:${theme.id}`, say(theme.title), theme.purposes);
  const [shown, setShown] = useState(theme.level < 'L3');
  const ready = shown && (theme.level < 'L3' || purpose.code !== undefined);
  const state = useApi(
    ready ? `remainder ${theme.id} ${theme.runs[0]?.at ?? ''} ${purpose.code ?? ''}` : null,
    (signal) =>
      call<ThemeRemainder>(`/api/theme/themes/${theme.id}/remainder`, {
        signal,
        headers: theme.level < 'L3' ? {} : purpose.headers,
      }),
  );
  const rows = state.data?.rows ?? [];
  const titleOf = (name: string) => {
    const found = theme.draft.index?.find((each) => each.name === name);
    return found ? say(found.title) : name;
  };
  return (
    <section className="dc-section" aria-label={t('remainderList')}>
      <h2>
        {t('remainderList')} <small>{state.data ? formatNumber(state.data.total, { language }) : ''}</small>
      </h2>
      <p className="soft">{t('remainderText')}</p>
      {!ready && (
        <div className="acts">
          <button type="button" onClick={() => void purpose.ask().then((code) => setShown(code !== undefined))}>
            {t('showRemainder')}
          </button>
        </div>
      )}
      {ready && theme.level >= 'L3' && <PurposeLine purpose={purpose} />}
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.data && rows.length === 0 && (
        <p className="soft">{t(theme.runs.length > 0 ? 'noRemainder' : 'notIndexed')}</p>
      )}
      {rows.length > 0 && (
        <div className="table is-stacked">
          <div className="table-scroll" tabIndex={0} role="group" aria-label={t('remainderList')}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('rowKey')}</th>
                  <th scope="col">{t('baseKey')}</th>
                  <th scope="col">{t('why')}</th>
                  <th scope="col">{t('since')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.slice(0, SHOWN).map((row) => (
                  <tr key={row.name + row.key}>
                    <td data-label={t('rowKey')}>
                      <code>{row.key}</code>
                    </td>
                    <td data-label={t('baseKey')}>{titleOf(row.name)}</td>
                    <td data-label={t('why')}>{t(`remainderWhy.${row.reason}`)}</td>
                    <td data-label={t('since')}>{formatMoment(row.since, { language })}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </div>
      )}
      {rows.length > SHOWN && <p className="soft">{t('remainderMore', { n: SHOWN })}</p>}
    </section>
  );
}

function Runs({ theme }: { theme: Theme }) {
  const { t } = useTranslation('data-themes');
  const { say, language } = useLanguage();
  if (theme.runs.length === 0) return null;
  return (
    <section className="dc-section" aria-label={t('runs')}>
      <h2>{t('runs')}</h2>
      <ul className="dc-lines">
        {theme.runs.map((run) => (
          <li key={run.at}>
            <b>{formatMoment(run.at, { language })}</b>
            <span>{t(`outcome.${run.outcome}`)}</span>
            {run.rows !== null && (
              <span className="soft">{`${t('rows')} ${formatNumber(run.rows, { language })}`}</span>
            )}
            {run.remainder !== null && (
              <span className="soft">{`${t('remainder')} ${(run.remainder * 100).toFixed(1)} %`}</span>
            )}
            {run.reason && <span>{say(run.reason)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
