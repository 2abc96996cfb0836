import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { api, read, useApi, useSubmit } from '#web/client/index.ts';
import { NumberTile } from '#web/design/facts.tsx';
import { formatMoment, formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { FaultList } from './fault-list.tsx';
import { KindBadge, StateMark } from './marks.tsx';
import type { Import } from './shapes.ts';
import { formatBytes } from './upload.ts';
import { useLanguage } from './use-names.ts';
import './texts.ts';
import './data-centre.css';

const STAGES = ['received', 'reading', 'publishing', 'loaded'] as const;
const RUNNING = ['received', 'reading', 'publishing'];

/** An import from upload to loaded (导入报告): stages live, then counts, the file as found, and the rows to correct. */
export default function ImportPage() {
  const { t } = useTranslation('data-centre');
  const { id = '' } = useParams();
  const load = (signal: AbortSignal) =>
    read(api.GET('/api/exchange/imports/{id}', { params: { path: { id } }, signal }));
  const first = useApi(`import ${id}`, load);
  const live = useApi(first.data && RUNNING.includes(first.data.state) ? `import-live ${id}` : null, load, {
    refreshMs: 800,
  });
  const entry = live.data ?? first.data;
  // Once the live answer says that the import has ended, `first` is asked again and the questions stop.
  if (
    live.data &&
    !RUNNING.includes(live.data.state) &&
    first.data &&
    RUNNING.includes(first.data.state) &&
    !first.loading
  )
    queueMicrotask(first.reload);
  return (
    <div className="dc">
      <p className="dc-back">
        <Link to="/data/imports">{t('report.back')}</Link>
      </p>
      {first.problem && <RefusalPanel problem={first.problem} onRetry={first.reload} />}
      {entry && (
        <>
          <header className="dc-head">
            <h1>
              {entry.fileName} <KindBadge badge={entry.badge} />
            </h1>
            <Outcome entry={entry} />
          </header>
          {RUNNING.includes(entry.state) && <Stages entry={entry} />}
          {entry.state !== 'received' && entry.state !== 'duplicate' && <Counts entry={entry} />}
          {(entry.state === 'loaded' || entry.rows.faulty > 0) && (
            <FaultList id={entry.id} version={`${entry.state} ${entry.rows.faulty}`} onChanged={first.reload} />
          )}
          <File entry={entry} />
        </>
      )}
    </div>
  );
}

function Outcome({ entry }: { entry: Import }) {
  const { t } = useTranslation('data-centre');
  const { say } = useLanguage();
  if (entry.state === 'loaded')
    return (
      <p className="dc-done" role="status">
        {entry.rows.faulty > 0 ? t('report.doneFaults', { n: entry.rows.faulty }) : t('report.done')}
      </p>
    );
  if (entry.state === 'duplicate')
    return (
      <p role="status">
        <StateMark state="duplicate" of="import" /> {t('report.duplicate')}{' '}
        {entry.duplicateOf && <Link to={`/data/imports/${entry.duplicateOf}`}>{t('report.first')}</Link>}
      </p>
    );
  if (!entry.problem)
    return (
      <p>
        <StateMark state={entry.state} of="import" />
      </p>
    );
  return (
    <section className="refusal" role="alert">
      <h2>{t('report.stopped')}</h2>
      <p>
        {say(entry.problem.text)}
        {entry.problem.row !== undefined && ` (${t('report.at', { row: entry.problem.row })})`}
      </p>
      {entry.problem.columns && (
        <>
          <p>{t('report.missing')}</p>
          <ul className="dc-missing">
            {entry.problem.columns.map(({ column, nearest }) => (
              <li key={column}>
                <b>{column}</b> {nearest && <span className="soft">{t('report.nearest', { column: nearest })}</span>}
              </li>
            ))}
          </ul>
          <Link className="primary" to={`/data/imports/${entry.id}/mapping`}>
            {t('report.fixMapping')}
          </Link>
        </>
      )}
    </section>
  );
}

function Stages({ entry }: { entry: Import }) {
  const { t } = useTranslation('data-centre');
  const { language } = useLanguage();
  const now = STAGES.indexOf(entry.state as (typeof STAGES)[number]);
  const number = (value: number) => formatNumber(value, { language });
  const toLoad = entry.rows.ok - entry.rows.same;
  return (
    <section className="dc-section" aria-label={t('report.stages')}>
      <ol className="dc-stages">
        {STAGES.map((stage, index) => (
          <li key={stage} aria-current={index === now ? 'step' : undefined} data-done={index < now}>
            {t(`report.stage.${stage}`)}
          </li>
        ))}
      </ol>
      <p aria-live="polite">
        {entry.state === 'publishing'
          ? t('report.loading', { done: number(entry.rows.loaded), total: number(toLoad) })
          : t('report.progress', { n: number(entry.rows.read) })}
      </p>
      {entry.state === 'publishing' ? (
        <progress
          className="dc-bar"
          value={entry.rows.loaded}
          max={Math.max(toLoad, 1)}
          aria-label={t('report.stages')}
        />
      ) : (
        <progress className="dc-bar" aria-label={t('report.stages')} />
      )}
      <p className="soft">{t('report.leave')}</p>
    </section>
  );
}

function Counts({ entry }: { entry: Import }) {
  const { t } = useTranslation('data-centre');
  const { rows } = entry;
  const tile = (name: 'read' | 'ok' | 'faulty' | 'same', href?: string) => (
    <NumberTile title={t(`report.${name}`)} value={rows[name]} unit={t('report.rowsUnit')} href={href} />
  );
  const record = (name: 'created' | 'changed' | 'unchanged' | 'conflicts') => (
    <div key={name}>
      <dt>{t(`report.${name}`)}</dt>
      <dd>
        {rows[name]} {t('report.recordsUnit')}
      </dd>
    </div>
  );
  return (
    <section className="dc-section" aria-labelledby="summary">
      <h2 id="summary">{t('report.summary')}</h2>
      <div className="tiles">
        {tile('read')}
        {tile('ok')}
        {tile('faulty', rows.faulty > 0 ? '#faults' : undefined)}
        {rows.same > 0 && tile('same')}
      </div>
      {entry.state === 'loaded' && (
        <dl className="dc-facts">{(['created', 'changed', 'unchanged', 'conflicts'] as const).map(record)}</dl>
      )}
    </section>
  );
}

function File({ entry }: { entry: Import }) {
  const { t } = useTranslation('data-centre');
  const { say, language } = useLanguage();
  const navigate = useNavigate();
  const rerun = useSubmit((_: null, header) =>
    read(api.POST('/api/exchange/imports/{id}/rerun', { params: { path: { id: entry.id }, header } })),
  );
  const again = async () => {
    const made = await rerun.submit(null);
    if (made) await navigate(`/data/imports/${made.id}`);
  };
  const { info } = entry;
  const delimiter = info.delimiter === '\t' ? 'Tab' : info.delimiter;
  const facts = [
    [t('report.dataset'), say(entry.title)],
    [t('report.format'), info.format && `${info.format.toUpperCase()}${info.gzip ? ' + gzip' : ''}`],
    [t('report.encoding'), info.encoding?.toUpperCase()],
    [t('report.delimiter'), delimiter],
    [t('report.sheet'), info.sheet],
    [t('report.size'), formatBytes(entry.fileSize)],
    [t('report.sentBy'), `${entry.sentBy}　${formatMoment(entry.receivedAt, { language })}`],
    [t('report.mapping'), t('mapping.version', { n: entry.mappingVersion })],
  ] as const;
  return (
    <section className="dc-section" aria-labelledby="file">
      <h2 id="file">{t('report.file')}</h2>
      <dl className="dc-facts">
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      <p className="dc-digest">
        <span className="soft">{t('report.digest')}</span> <code>{entry.digest}</code>
      </p>
      {rerun.problem && <RefusalPanel problem={rerun.problem} />}
      <div className="acts">
        <Link to={`/data/imports/${entry.id}/mapping`}>{t('report.mappingEdit')}</Link>
        {!RUNNING.includes(entry.state) && entry.state !== 'duplicate' && (
          <button type="button" disabled={rerun.busy} onClick={() => void again()}>
            {t('report.rerun')}
          </button>
        )}
      </div>
    </section>
  );
}
