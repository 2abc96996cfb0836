import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { api, read, useApi, useSubmit } from '#web/client/index.ts';
import { FormErrors } from '#web/design/form-errors.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { DryRunResult } from './dry-run-result.tsx';
import { useFieldErrors } from './field-errors.ts';
import { FieldRows } from './mapping-fields.tsx';
import type { Import, Mapping, MappingView } from './shapes.ts';
import { useLanguage } from './use-names.ts';
import './texts.ts';
import './data-centre.css';

/** Mapping (字段映射) of the data set behind an import, with that import's file to try it on. */
export default function MappingPage() {
  const { t } = useTranslation('data-centre');
  const { id = '' } = useParams();
  const entry = useApi(`import ${id}`, (signal) =>
    read(api.GET('/api/exchange/imports/{id}', { params: { path: { id } }, signal })),
  );
  const dataset = entry.data?.dataset;
  const view = useApi(dataset ? `mapping ${dataset}` : null, (signal) =>
    read(api.GET('/api/exchange/datasets/{id}/mapping', { params: { path: { id: dataset ?? '' } }, signal })),
  );
  const problem = entry.problem ?? view.problem;
  return (
    <div className="dc dc-wide">
      <p className="dc-back">
        <Link to={`/data/imports/${id}`}>{t('mapping.back')}</Link>
      </p>
      {problem && (
        <RefusalPanel
          problem={problem}
          onRetry={() => {
            entry.reload();
            view.reload();
          }}
        />
      )}
      {entry.data && view.data && (
        <Editor key={view.data.version} entry={entry.data} view={view.data} onSaved={view.reload} />
      )}
    </div>
  );
}

function Editor({ entry, view, onSaved }: { entry: Import; view: MappingView; onSaved: () => void }) {
  const { t } = useTranslation('data-centre');
  const { say, language } = useLanguage();
  const navigate = useNavigate();
  const [draft, setDraft] = useState<Mapping>(view.mapping);
  const id = entry.dataset;
  const columns = entry.info.columns ?? view.columns;
  const trial = useSubmit((mapping: Mapping) =>
    read(
      api.POST('/api/exchange/datasets/{id}/dry-run', {
        params: { path: { id } },
        body: { upload: entry.id, mapping },
      }),
    ),
  );
  const [result, setResult] = useState<Awaited<ReturnType<typeof trial.submit>>>();
  const save = useSubmit((mapping: Mapping, header) =>
    read(api.POST('/api/exchange/datasets/{id}/mappings', { params: { path: { id }, header }, body: mapping })),
  );
  const rerun = useSubmit((_: null, header) =>
    read(api.POST('/api/exchange/imports/{id}/rerun', { params: { path: { id: entry.id }, header } })),
  );
  const changes = changesOf(view.mapping, draft);
  const problem = save.problem ?? trial.problem ?? rerun.problem;
  const errors = useFieldErrors(problem, (pointer) => `map-${pointer.split('/')[2] ?? ''}`);
  const keep = async () => {
    if (await save.submit(draft)) onSaved();
  };
  const again = async () => {
    const made = await rerun.submit(null);
    if (made) await navigate(`/data/imports/${made.id}`);
  };
  return (
    <>
      <header className="dc-head">
        <h1>
          {t('mapping.title')} <small>{say(view.mapping.title)}</small>
        </h1>
        <p className="soft">{t('mapping.lead')}</p>
      </header>
      <FormErrors errors={errors} />
      {problem && !problem.details.fields && <RefusalPanel problem={problem} />}
      <FieldRows fields={view.fields} columns={columns} mapping={draft} onChange={setDraft} />
      <fieldset className="dc-ticks">
        <legend>
          {t('mapping.key')} <small className="soft">{t('mapping.keyHelp')}</small>
        </legend>
        {[...new Set([...draft.key, ...columns])].map((column) => (
          <label key={column}>
            <input
              type="checkbox"
              checked={draft.key.includes(column)}
              onChange={() =>
                setDraft({
                  ...draft,
                  key: draft.key.includes(column)
                    ? draft.key.filter((name) => name !== column)
                    : [...draft.key, column],
                })
              }
            />{' '}
            {column}
          </label>
        ))}
      </fieldset>
      <div className="dc-bar-acts">
        <button type="button" disabled={trial.busy} onClick={() => void trial.submit(draft).then(setResult)}>
          {trial.busy ? t('mapping.trying') : t('mapping.tryIt')}
        </button>
        <button type="button" className="primary" disabled={changes === 0 || save.busy} onClick={() => void keep()}>
          {t('mapping.save')}
        </button>
        {entry.mappingVersion < view.version && changes === 0 && (
          <button type="button" disabled={rerun.busy} onClick={() => void again()}>
            {t('mapping.rerun')}
          </button>
        )}
        <span className="soft" role="status">
          {changes > 0 ? t('mapping.changed', { n: changes }) : t('mapping.version', { n: view.version })}
        </span>
      </div>
      {result && <DryRunResult result={result} fields={view.fields} />}
      <details className="dc-history">
        <summary>
          {t('mapping.history')} <small>{view.versions.length}</small>
        </summary>
        <ul className="dc-lines">
          {view.versions.map((version) => (
            <li key={version.version}>
              <b>{t('mapping.version', { n: version.version })}</b>
              <span className="soft">
                {t('mapping.historyBy', { by: version.by, at: formatMoment(version.at, { language }) })}
              </span>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

/** How many fields, and the key, differ between two mappings. */
export function changesOf(before: Pick<Mapping, 'fields' | 'key'>, after: Pick<Mapping, 'fields' | 'key'>): number {
  const names = new Set([...Object.keys(before.fields), ...Object.keys(after.fields)]);
  const text = (value: unknown) => JSON.stringify(value ?? null);
  const fields = [...names].filter((name) => text(before.fields[name]) !== text(after.fields[name])).length;
  return fields + (text([...before.key].sort()) === text([...after.key].sort()) ? 0 : 1);
}
