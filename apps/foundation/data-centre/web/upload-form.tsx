import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { asProblem, type Problem } from '#web/client/index.ts';
import { FormErrors } from '#web/design/form-errors.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import type { Dataset } from './shapes.ts';
import { formatBytes, uploadFile } from './upload.ts';
import { useLanguage } from './use-names.ts';

const ACCEPT = '.csv,.txt,.xlsx,.json,.geojson,.osm,.xml,.gz';
type Sending = { done: number; total: number; abort: AbortController };
const noErrors: { path: string; message: string }[] = [];

/** Choose a data set, choose or drop a file, send it; the report opens once the server has it. */
export function UploadForm({ datasets }: { datasets: readonly Dataset[] }) {
  const { t } = useTranslation('data-centre');
  const { say, language } = useLanguage();
  const navigate = useNavigate();
  const [dataset, setDataset] = useState(datasets.length === 1 ? (datasets[0]?.id ?? '') : '');
  const [file, setFile] = useState<File | null>(null);
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState<Sending | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [errors, setErrors] = useState(noErrors);
  const input = useRef<HTMLInputElement>(null);
  const chosen = datasets.find((entry) => entry.id === dataset);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const missing = [
      ...(dataset ? [] : [{ path: 'dataset', message: t('imports.needDataset') }]),
      ...(file ? [] : [{ path: 'file', message: t('imports.needFile') }]),
    ];
    setErrors(missing);
    if (missing.length > 0 || !file) return;
    const abort = new AbortController();
    setProblem(null);
    setSending({ done: 0, total: file.size, abort });
    try {
      const made = await uploadFile({
        file,
        dataset,
        signal: abort.signal,
        onProgress: (done, total) => setSending({ done, total, abort }),
      });
      await navigate(`/data/imports/${made.id}`);
    } catch (thrown) {
      if (!abort.signal.aborted) setProblem(asProblem(thrown));
    } finally {
      setSending(null);
    }
  };
  return (
    <form className="dc-upload" onSubmit={(event) => void send(event)}>
      <FormErrors errors={errors} />
      <div className="field">
        <label htmlFor="dataset">{t('imports.dataset')}</label>
        <select
          id="dataset"
          value={dataset}
          disabled={sending !== null}
          onChange={(event) => setDataset(event.target.value)}
        >
          {datasets.length !== 1 && <option value="">{t('imports.needDataset')}</option>}
          {datasets.map((entry) => (
            <option key={entry.id} value={entry.id}>
              {say(entry.title)}
            </option>
          ))}
        </select>
        {chosen && (
          <small className="soft">
            {[
              t('imports.version', { n: chosen.mappingVersion }),
              chosen.lastLoadedAt && t('imports.last', { at: formatMoment(chosen.lastLoadedAt, { language }) }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </small>
        )}
      </div>
      <div
        className="dc-drop"
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          setFile(event.dataTransfer.files[0] ?? null);
        }}
      >
        <input
          id="file"
          ref={input}
          type="file"
          accept={ACCEPT}
          className="hidden"
          tabIndex={-1}
          aria-label={t('imports.file')}
          onChange={(event) => setFile(event.target.files?.[0] ?? null)}
        />
        {file ? (
          <p>
            <b>{file.name}</b> <span className="soft">{formatBytes(file.size)}</span>
          </p>
        ) : (
          <p className="soft">{t('imports.drop')}</p>
        )}
        <button type="button" disabled={sending !== null} onClick={() => input.current?.click()}>
          {t('imports.choose')}
        </button>
        <p className="soft">
          <small>{t('imports.formats')}</small>
        </p>
      </div>
      {problem && <RefusalPanel problem={problem} />}
      {sending ? (
        <div className="progress">
          <p>
            <b>{t('imports.uploading', { name: file?.name ?? '' })}</b>{' '}
            <span>{t('imports.bytes', { done: formatBytes(sending.done), total: formatBytes(sending.total) })}</span>
          </p>
          <progress
            aria-label={t('imports.uploading', { name: file?.name ?? '' })}
            value={sending.done}
            max={sending.total}
          />
          <p className="soft">
            {t('imports.leave')}{' '}
            <button type="button" className="quiet" onClick={() => sending.abort.abort()}>
              {t('imports.stop')}
            </button>
          </p>
        </div>
      ) : (
        <button type="submit" className="primary">
          {t('imports.upload')}
        </button>
      )}
    </form>
  );
}
