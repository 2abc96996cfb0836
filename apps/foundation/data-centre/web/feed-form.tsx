import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, read, useApi, useSubmit } from '#web/client/index.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { FormErrors } from '#web/design/form-errors.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useFieldErrors } from './field-errors.ts';
import type { FeedBody, FeedView } from './shapes.ts';
import { useLanguage } from './use-names.ts';
import './feed-texts.ts';

type Kind = FeedBody['connector'];
type Field = { name: string; list?: boolean; number?: boolean; optional?: boolean; label?: string };

const TABLE: Field[] = [
  { name: 'host' },
  { name: 'port', number: true, optional: true },
  { name: 'database' },
  { name: 'user' },
  { name: 'table' },
  { name: 'columns', list: true },
  { name: 'watermark' },
  { name: 'key', list: true },
];
/** What each kind of source needs to be found. */
const FIELDS: Record<Kind, Field[]> = {
  push: [],
  http: [{ name: 'url' }],
  sftp: [
    { name: 'host' },
    { name: 'port', number: true, optional: true },
    { name: 'user' },
    { name: 'path' },
    { name: 'hostKey' },
  ],
  postgres: TABLE,
  mariadb: TABLE,
  mqtt: [{ name: 'url', label: 'brokerUrl' }, { name: 'topic' }, { name: 'user', optional: true }],
};
const KINDS = Object.keys(FIELDS) as Kind[];
const HOUR = 3_600;
const noErrors: { path: string; message: string }[] = [];

const asText = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value ?? ''));

/** Registers a feed for a data set of one's own unit, or changes the one that is `there`; only what the kind of source needs is asked. */
export function FeedForm({ there, onDone, onCancel }: { there?: FeedView; onDone?: () => void; onCancel: () => void }) {
  const { t } = useTranslation('data-feeds');
  const { say } = useLanguage();
  const navigate = useNavigate();
  const datasets = useApi('datasets', (signal) => read(api.GET('/api/exchange/datasets', { signal })));
  const [dataset, setDataset] = useState('');
  const [id, setId] = useState('');
  const [connector, setConnector] = useState<Kind>(there?.feed.connector ?? 'push');
  const [mode, setMode] = useState<'increment' | 'snapshot'>(there?.feed.mode ?? 'increment');
  const [hours, setHours] = useState(String(there ? there.feed.cycleSeconds / HOUR : 24));
  const [values, setValues] = useState<Record<string, string>>(
    Object.fromEntries(Object.entries(there?.settings ?? {}).map(([name, value]) => [name, asText(value)])),
  );
  const [reason, setReason] = useState('');
  const [credential, setCredential] = useState('');
  const [errors, setErrors] = useState(noErrors);
  const { busy, problem, submit } = useSubmit(({ id: name, dataset: set, ...body }: FeedBody, header) =>
    there
      ? read(
          api.PUT('/api/exchange/feeds/{id}', {
            params: { path: { id: there.feed.id } },
            body: { ...body, reason: reason.trim() },
          }),
        )
      : read(api.POST('/api/exchange/feeds', { params: { header }, body: { ...body, id: name, dataset: set } })),
  );
  const refused = useFieldErrors(problem, (pointer) => `feed-${pointer.split('/').at(-1)}`);
  const mine = datasets.data?.datasets.filter((entry) => entry.mine) ?? [];
  const fields = FIELDS[connector];
  const label = ({ name, label: other }: Field): string => t(`form.${other ?? name}`);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const missing = [
      ...(there || dataset ? [] : [{ path: 'feed-dataset', message: t('form.chooseDataset') }]),
      ...(there || /^[a-z0-9][a-z0-9-]+$/.test(id) ? [] : [{ path: 'feed-id', message: t('form.idHelp') }]),
      ...fields
        .filter((field) => !field.optional && !(values[field.name] ?? '').trim())
        .map((field) => ({ path: `feed-${field.name}`, message: t('form.missing', { name: label(field) }) })),
    ];
    if (there && reason.trim().length < 2) missing.push({ path: 'feed-reason', message: t('needReason') });
    setErrors(missing);
    if (missing.length > 0) return;
    // What this form does not show (a source that cannot encrypt, a format) stays as it is.
    const shown = new Set(fields.map(({ name }) => name));
    const others = connector === there?.feed.connector ? there.settings : {};
    const settings = Object.fromEntries([
      ...Object.entries(others).filter(([name]) => !shown.has(name)),
      ...fields
        .filter(({ name }) => (values[name] ?? '').trim())
        .map(({ name, list, number }) => {
          const text = (values[name] ?? '').trim();
          if (list) return [name, text.split(/[,，]\s*/).filter(Boolean)];
          return [name, number ? Number(text) : text];
        }),
    ]);
    const made = await submit({
      id,
      dataset,
      connector,
      settings,
      mode,
      cycleSeconds: Math.max(1, Math.round(Number(hours) * HOUR)),
      ...(credential ? { credential } : {}),
    });
    if (made && there) onDone?.();
    else if (made) await navigate(`/data/feeds/${made.id}`);
  };
  if (!there && datasets.data && mine.length === 0)
    return <EmptyState title={t('form.noDatasets')} text={t('noneText')} />;
  return (
    <form className="dc-form" onSubmit={(event) => void send(event)} aria-label={t(there ? 'change' : 'register')}>
      <h2>{t(there ? 'change' : 'register')}</h2>
      {there && <p className="soft">{t('changeHelp')}</p>}
      <FormErrors errors={errors.length > 0 ? errors : refused} />
      {problem && !problem.details.fields && <RefusalPanel problem={problem} />}
      {!there && (
        <>
          <div className="field">
            <label htmlFor="feed-dataset">{t('form.dataset')}</label>
            <select id="feed-dataset" value={dataset} onChange={(event) => setDataset(event.target.value)}>
              <option value="">{t('form.chooseDataset')}</option>
              {mine.map((entry) => (
                <option key={entry.id} value={entry.id}>
                  {say(entry.title)}
                </option>
              ))}
            </select>
          </div>
          <div className="field">
            <label htmlFor="feed-id">{t('form.id')}</label>
            <input
              id="feed-id"
              value={id}
              maxLength={80}
              aria-describedby="feed-id-help"
              onChange={(event) => setId(event.target.value.trim())}
            />
            <small id="feed-id-help" className="soft">
              {t('form.idHelp')}
            </small>
          </div>
        </>
      )}
      <div className="field">
        <label htmlFor="feed-connector">{t('form.connector')}</label>
        <select id="feed-connector" value={connector} onChange={(event) => setConnector(event.target.value as Kind)}>
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`kind.${kind}`)}
            </option>
          ))}
        </select>
      </div>
      {fields.map((field) => (
        <div className="field" key={field.name}>
          <label htmlFor={`feed-${field.name}`}>{label(field)}</label>
          <input
            id={`feed-${field.name}`}
            inputMode={field.number ? 'numeric' : undefined}
            value={values[field.name] ?? ''}
            maxLength={1_000}
            onChange={(event) => setValues({ ...values, [field.name]: event.target.value })}
          />
        </div>
      ))}
      {connector !== 'push' && (
        <div className="field">
          <label htmlFor="feed-credential">{t('form.credential')}</label>
          <input
            id="feed-credential"
            type="password"
            autoComplete="off"
            value={credential}
            aria-describedby="feed-credential-help"
            onChange={(event) => setCredential(event.target.value)}
          />
          <small id="feed-credential-help" className="soft">
            {t(there?.hasCredential ? 'form.credentialKept' : 'form.credentialHelp')}
          </small>
        </div>
      )}
      <div className="field">
        <label htmlFor="feed-mode">{t('form.mode')}</label>
        <select
          id="feed-mode"
          value={mode}
          aria-describedby="feed-mode-help"
          onChange={(event) => setMode(event.target.value as 'increment' | 'snapshot')}
        >
          <option value="increment">{t('mode.increment')}</option>
          <option value="snapshot">{t('mode.snapshot')}</option>
        </select>
        <small id="feed-mode-help" className="soft">
          {t('form.modeHelp')}
        </small>
      </div>
      <div className="field">
        <label htmlFor="feed-cycleSeconds">{t('form.cycle')}</label>
        <input
          id="feed-cycleSeconds"
          inputMode="decimal"
          value={hours}
          onChange={(event) => setHours(event.target.value)}
        />
      </div>
      {there && (
        <div className="field">
          <label htmlFor="feed-reason">{t('reason')}</label>
          <textarea
            id="feed-reason"
            rows={2}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
      )}
      <div className="acts">
        <button type="submit" className="primary" disabled={busy}>
          {t(there ? 'form.save' : 'form.send')}
        </button>
        <button type="button" onClick={onCancel}>
          {t('cancel', { ns: 'shell' })}
        </button>
      </div>
    </form>
  );
}
