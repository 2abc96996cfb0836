import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, read, useApi } from '#web/client/index.ts';
import { formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { CorrectRow } from './correct-row.tsx';
import { StateMark } from './marks.tsx';
import type { FaultRow } from './shapes.ts';
import { useLanguage } from './use-names.ts';

const SIZE = 50;

/** Rows in quarantine (隔离区): row, column, reason; one opens to be corrected in its place. */
export function FaultList({ id, version, onChanged }: { id: string; version: string; onChanged: () => void }) {
  const { t } = useTranslation('data-centre');
  const { say, language } = useLanguage();
  const [page, setPage] = useState(1);
  const [open, setOpen] = useState<number | null>(null);
  const [fixed, setFixed] = useState<ReadonlySet<number>>(new Set());
  const state = useApi(`faults ${id} ${page} ${version}`, (signal) =>
    read(
      api.GET('/api/exchange/imports/{id}/faults', { params: { path: { id }, query: { page, size: SIZE } }, signal }),
    ),
  );
  const [kept, setKept] = useState(state.data);
  if (state.data && state.data !== kept) setKept(state.data);
  const list = state.data ?? kept;
  if (!list) return state.problem ? <RefusalPanel problem={state.problem} onRetry={state.reload} /> : null;
  const pages = Math.max(1, Math.ceil(list.total / SIZE));
  if (list.total === 0) return null;
  const done = (row: number) => {
    setFixed(new Set(fixed).add(row));
    setOpen(null);
    onChanged();
  };
  return (
    <section className="dc-section">
      <h2 id="faults">
        {t('faults.title')}{' '}
        <small>
          {t('faults.total', {
            total: formatNumber(list.total, { language }),
            open: formatNumber(list.open, { language }),
          })}
        </small>
      </h2>
      <p className="hidden">{t('faults.rules')}</p>
      <ul className="dc-rules">
        {list.byRule.map((rule) => (
          <li key={rule.rule}>
            <b>{rule.count}</b> {t(`rule.${rule.rule}`, { defaultValue: say(rule.reason) })}
          </li>
        ))}
      </ul>
      <div className="table table-scroll" tabIndex={0} role="region" aria-labelledby="faults">
        <table className="dc-faults">
          <thead>
            <tr>
              <th scope="col" className="is-number">
                {t('faults.row')}
              </th>
              <th scope="col">{t('faults.column')}</th>
              <th scope="col">{t('faults.value')}</th>
              <th scope="col">{t('faults.reason')}</th>
              <th scope="col">{t('faults.state')}</th>
              <th scope="col">
                <span className="hidden">{t('faults.edit')}</span>
              </th>
            </tr>
          </thead>
          {list.rows.map((row) => (
            <tbody key={row.row}>
              <Lines
                row={fixed.has(row.row) ? { ...row, state: 'corrected' } : row}
                open={open === row.row}
                onOpen={() => setOpen(open === row.row ? null : row.row)}
              />
              {open === row.row && (
                <tr className="dc-editor">
                  <td colSpan={6}>
                    <CorrectRow id={id} row={row} onDone={() => done(row.row)} onCancel={() => setOpen(null)} />
                  </td>
                </tr>
              )}
            </tbody>
          ))}
        </table>
      </div>
      {pages > 1 && (
        <p className="dc-pages">
          <button type="button" disabled={page <= 1} onClick={() => setPage(page - 1)}>
            {t('faults.previous')}
          </button>
          <span>{t('faults.page', { page, pages })}</span>
          <button type="button" disabled={page >= pages} onClick={() => setPage(page + 1)}>
            {t('faults.next')}
          </button>
        </p>
      )}
    </section>
  );
}

/** One line a fault; row number, state and act span the faults of the row. */
function Lines({ row, open, onOpen }: { row: FaultRow; open: boolean; onOpen: () => void }) {
  const { t } = useTranslation('data-centre');
  const { say } = useLanguage();
  const span = Math.max(1, row.faults.length);
  return row.faults.map((fault, index) => (
    <tr key={`${fault.column} ${fault.rule}`} data-row={row.row}>
      {index === 0 && (
        <th scope="row" rowSpan={span} className="is-number">
          {row.row}
        </th>
      )}
      <td>{fault.column}</td>
      <td>
        <code className="dc-value">{fault.value ?? row.values[fault.column] ?? ''}</code>
      </td>
      <td className="dc-wrap">{say(fault.reason)}</td>
      {index === 0 && (
        <td rowSpan={span}>
          <StateMark state={row.state} of="row" />
        </td>
      )}
      {index === 0 && (
        <td rowSpan={span}>
          {row.state === 'open' && (
            <button type="button" aria-expanded={open} aria-label={t('faults.open', { row: row.row })} onClick={onOpen}>
              {t('faults.edit')}
            </button>
          )}
        </td>
      )}
    </tr>
  ));
}
