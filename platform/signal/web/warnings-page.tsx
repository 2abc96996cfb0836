import { Link } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { LevelMark, type Warning } from './parts.tsx';
import { useSignalTexts } from './texts.ts';

/** How often the ledger looks for drafts that wait (ms). */
const LOOK_MS = 3_000;

/** The text of a message in the reader's language, or in the one that it has. */
export function infoIn(message: Warning['message'], language: 'zh' | 'en') {
  return message.info.find((info) => info.language?.startsWith(language)) ?? message.info[0];
}

/** Warnings drafted, released, relayed (公共预警台账); those that wait for a second person first. */
export default function WarningsPage() {
  const { t, language } = useSignalTexts();
  const list = useApi('warnings', (signal) => call<{ warnings: Warning[] }>('/api/signal/warnings', { signal }), {
    refreshMs: LOOK_MS,
  });
  return (
    <div className="signal" aria-busy={list.loading}>
      <header>
        <h1>{t('warnings')}</h1>
        <p className="soft">{t('warningsLead')}</p>
      </header>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      <p>
        <Link className="primary" to="/gov/warnings/new">
          {t('draft')}
        </Link>
      </p>
      {list.data?.warnings.length === 0 && <EmptyState title={t('noWarnings')} text={t('noWarningsText')} />}
      <ul className="signal-list">
        {list.data?.warnings.map((warning) => (
          <li key={warning.id} data-level={warning.level}>
            <div>
              <p>
                <LevelMark level={warning.level} />
                <b>{t(`wstate.${warning.state as 'released'}`)}</b>
                <span>{t(`statuses.${warning.message.status}`)}</span>
                <span>{t(`msgTypes.${warning.message.msgType as 'Alert'}`)}</span>
                {warning.origin === 'relayed' && <span>{t('relayed')}</span>}
              </p>
              <h2>
                <Link to={`/gov/warnings/${warning.id}`}>
                  {infoIn(warning.message, language)?.headline ??
                    infoIn(warning.message, language)?.event ??
                    warning.identifier}
                </Link>
              </h2>
              <p className="soft">
                <span>{t('draftedBy', { name: warning.draftedName })}</span>
                {warning.approvedName && <span>{t('approvedBy', { name: warning.approvedName })}</span>}
                <span>{t('until', { when: formatMoment(warning.expiresAt, { language }) })}</span>
              </p>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
