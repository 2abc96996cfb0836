import { useState } from 'react';
import { api, read, useApi } from '#web/client/index.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useTexts } from './texts.ts';

/** The report of the gate (检查报告), opened when it is looked for. */
export function GateReport({ id }: { id: string }) {
  const { t, say } = useTexts();
  const [open, setOpen] = useState(false);
  const state = useApi(open ? `version ${id}` : null, (signal) =>
    read(api.GET('/api/open-data/versions/{id}', { params: { path: { id } }, signal })),
  );
  const report = state.data?.report;
  return (
    <details className="od-make" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('desk.report')}</summary>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {report && (
        <>
          {report.findings.length > 0 && (
            <ul className="od-list">
              {report.findings.map((finding, no) => (
                <li key={no}>
                  <span>
                    ✕ {finding.field && <code>{finding.field}</code>} {say(finding.text)}
                    {finding.at && `：${Object.values(finding.at).join(' / ')}`}
                  </span>
                </li>
              ))}
            </ul>
          )}
          <dl className="od-facts">
            {(
              [
                ['desk.k', report.k],
                ['desk.l', report.l],
                ['desk.tc', report.t === null ? null : report.t.toFixed(2)],
                ['desk.withheld', report.withheld],
              ] as const
            ).map(([name, value]) => (
              <div key={name}>
                <dt>{t(name)}</dt>
                <dd>{value ?? '–'}</dd>
              </div>
            ))}
            <div>
              <dt>{t('desk.quasi')}</dt>
              <dd>{report.quasi.map(({ name, why }) => `${name}（${t(`desk.${why}`)}）`).join('、') || '–'}</dd>
            </div>
          </dl>
          <div className="od-scroll" tabIndex={0} role="region" aria-label={t('desk.report')}>
            <table>
              <thead>
                <tr>
                  {state.data?.fields.map((field) => (
                    <th key={field.name} scope="col">
                      {say(field.title)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {state.data?.sample.map((row, no) => (
                  <tr key={no}>
                    {row.map((value, at) => (
                      <td key={at}>{value === null ? '' : String(value)}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </details>
  );
}
