import { useState } from 'react';
import { useAuditTexts } from './texts.ts';

/** Export (审计导出) of the seals of some days: to verify elsewhere, or as a table to read. Each export is logged. */
export function ExportPanel() {
  const { t } = useAuditTexts();
  const [since, setSince] = useState('');
  const [until, setUntil] = useState('');
  const query = new URLSearchParams(Object.entries({ since, until }).filter(([, day]) => day !== '')).toString();
  const address = (form: string) => `/export/audit.${form}${query && `?${query}`}`;
  return (
    <details className="audit-export">
      <summary>{t('export')}</summary>
      <p className="soft">{t('exportLead')}</p>
      <div className="audit-form">
        <div className="field">
          <label htmlFor="export-since">{t('from')}</label>
          <input id="export-since" type="date" value={since} onChange={(event) => setSince(event.target.value)} />
        </div>
        <div className="field">
          <label htmlFor="export-until">{t('to')}</label>
          <input id="export-until" type="date" value={until} onChange={(event) => setUntil(event.target.value)} />
        </div>
        <div className="acts">
          <a className="primary" href={address('ndjson')} download>
            {t('exportProof')}
          </a>
          <a href={address('csv')} download>
            {t('exportTable')}
          </a>
        </div>
      </div>
    </details>
  );
}
