import { useTranslation } from 'react-i18next';
import type { DryRun, MappingView } from './shapes.ts';
import { useLanguage } from './use-names.ts';

/** What the mapping makes of the first rows: good rows with their values, the others with their reasons, side by side. */
export function DryRunResult({ result, fields }: { result: DryRun; fields: MappingView['fields'] }) {
  const { t } = useTranslation('data-centre');
  const { say, language } = useLanguage();
  const used = fields.filter((field) => result.rows.some((row) => row.values[field.name]));
  const ok = result.rows.filter((row) => row.ok).length;
  return (
    <section className="dc-section" aria-labelledby="trial" role="status">
      <h2 id="trial">{t('mapping.result')}</h2>
      <p>
        {t('mapping.resultText', { n: result.rows.length, ok, bad: result.rows.length - ok })}{' '}
        <span className="soft">{t('mapping.masked')}</span>
      </p>
      {result.missing.length > 0 && (
        <p className="field-error">
          {t('mapping.missing')}　
          {result.missing
            .map(({ column, nearest }) =>
              nearest ? `${column}（${t('report.nearest', { column: nearest })}）` : column,
            )
            .join(language === 'zh' ? '、' : ', ')}
        </p>
      )}
      <div className="table table-scroll dc-trial" tabIndex={0} role="region" aria-labelledby="trial">
        <table>
          <thead>
            <tr>
              <th scope="col" className="is-number">
                {t('mapping.row')}
              </th>
              {used.map((field) => (
                <th key={field.name} scope="col">
                  {say(field.title)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {result.rows.map((row) => (
              <tr key={row.row} data-bad={!row.ok}>
                <th scope="row" className="is-number">
                  {row.row}
                </th>
                {row.ok ? (
                  used.map((field) => <td key={field.name}>{row.values[field.name]}</td>)
                ) : (
                  <td colSpan={Math.max(1, used.length)} className="dc-wrap">
                    {row.faults
                      .map((fault) => `${fault.column}：${say(fault.reason)}`)
                      .join(language === 'zh' ? '；' : '; ')}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
