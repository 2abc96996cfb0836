import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api, read, useApi } from '#web/client/index.ts';
import { formatMoment, formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import type { SeriesStore } from './shapes.ts';
import { formatBytes } from './upload.ts';
import { useLanguage } from './use-names.ts';
import './texts.ts';
import './storage-texts.ts';
import './data-centre.css';

/** How one series is stored: its partitions by tier, what is held, what was deleted with which proof, what was mended. */
export default function SeriesPage() {
  const { t } = useTranslation('data-storage');
  const { say } = useLanguage();
  const { id = '' } = useParams();
  const state = useApi(`series ${id}`, (signal) =>
    read(api.GET('/api/series/series/{id}', { params: { path: { id } }, signal })),
  );
  const series = state.data;
  return (
    <div className="dc" aria-busy={state.loading}>
      <p className="dc-back">
        <Link to="/data/themes">{t('back')}</Link>
      </p>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.loading && !series && <p className="soft">{t('loading', { ns: 'shell' })}</p>}
      {series && (
        <>
          <header className="dc-head">
            <h1>{say(series.title)}</h1>
            <p className="soft">
              {t(`grain.${series.grain}`)} · {t('keptFor', { n: series.keepDays })} · <code>{series.keepRule}</code>
            </p>
          </header>
          <Parts series={series} />
          <Holds series={series} />
          <Deletions series={series} />
          <Repairs series={series} />
        </>
      )}
    </div>
  );
}

function Digest({ value }: { value: string }) {
  return <code title={value}>{value.slice(0, 12)}…</code>;
}

function Parts({ series }: { series: SeriesStore }) {
  const { t } = useTranslation('data-storage');
  const { language } = useLanguage();
  return (
    <section className="dc-section" aria-label={t('partitions')}>
      <h2>
        {t('partitions')} <small>{series.parts.length}</small>
      </h2>
      {series.parts.length === 0 && <p className="soft">{t('noParts')}</p>}
      {series.parts.length > 0 && (
        <div className="table is-stacked">
          <div className="table-scroll" tabIndex={0} role="group" aria-label={t('partitions')}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('partition')}</th>
                  <th scope="col">{t('tier')}</th>
                  <th scope="col" className="is-number">
                    {t('size')}
                  </th>
                  <th scope="col">{t('lastUse')}</th>
                  <th scope="col">SM3</th>
                  <th scope="col">{t('hold')}</th>
                </tr>
              </thead>
              <tbody>
                {series.parts.map((part) => (
                  <tr key={part.name}>
                    <td data-label={t('partition')}>{part.name}</td>
                    <td data-label={t('tier')}>{t(`states.${part.state}`)}</td>
                    <td data-label={t('size')} className="is-number">
                      {part.bytes === null ? '—' : formatBytes(part.bytes)}
                      {part.rows !== null && (
                        <small className="soft">{` · ${t('rowsOf', { n: formatNumber(part.rows, { language }) })}`}</small>
                      )}
                    </td>
                    <td data-label={t('lastUse')}>{part.lastRead ?? t('never')}</td>
                    <td data-label="SM3">{part.digest ? <Digest value={part.digest} /> : '—'}</td>
                    <td data-label={t('hold')}>{part.held ? t('held') : '—'}</td>
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

function Holds({ series }: { series: SeriesStore }) {
  const { t } = useTranslation('data-storage');
  const { language } = useLanguage();
  return (
    <section className="dc-section" aria-label={t('holds')}>
      <h2>{t('holds')}</h2>
      {series.holds.length === 0 && <p className="soft">{t('noHolds')}</p>}
      <ul className="dc-lines">
        {series.holds.map((hold) => (
          <li key={hold.id}>
            <b>{hold.reason}</b>
            <span className="soft">
              {formatMoment(hold.from, { language })} – {formatMoment(hold.until, { language })} · {hold.heldBy}
            </span>
            {hold.releasedBy !== null && (
              <span>{t('released', { by: hold.releasedBy, why: hold.releaseReason ?? '' })}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Deletions({ series }: { series: SeriesStore }) {
  const { t } = useTranslation('data-storage');
  const { language } = useLanguage();
  return (
    <section className="dc-section" aria-label={t('deletions')}>
      <h2>{t('deletions')}</h2>
      <p className="soft">{t('deletionsText')}</p>
      {series.deletions.length === 0 && <p className="soft">{t('noDeletions')}</p>}
      <ul className="dc-lines">
        {series.deletions.map((proof) => (
          <li key={proof.what + proof.at}>
            <b>{proof.what}</b>
            <span>{t('rowsOf', { n: formatNumber(proof.rows, { language }) })}</span>
            <span className="soft">
              SM3 <Digest value={proof.digest} /> · <code>{proof.rule}</code> · {formatMoment(proof.at, { language })}
            </span>
            {!proof.done && <span>{t('notDone')}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Repairs({ series }: { series: SeriesStore }) {
  const { t } = useTranslation('data-storage');
  const { language } = useLanguage();
  if (series.repairs.length === 0) return null;
  return (
    <section className="dc-section" aria-label={t('repairs')}>
      <h2>{t('repairs')}</h2>
      <ul className="dc-lines">
        {series.repairs.map((repair) => (
          <li key={repair.part + repair.at + repair.copy}>
            <b>{repair.part}</b>
            <span>{t('copyOf', { n: repair.copy })}</span>
            <span className="soft">
              SM3 <Digest value={repair.found} /> → <Digest value={repair.digest} /> ·{' '}
              {formatMoment(repair.at, { language })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
