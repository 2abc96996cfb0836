import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '#web/client/index.ts';
import { recall, remember } from '#web/shell/memory.ts';
import { EmptyState } from './empty-state.tsx';
import { formatNumber } from './format.ts';
import { RefusalPanel } from './refusal-panel.tsx';

/** One column; `filter` puts a field under its head, `options` make it a choice. */
export type Column<R> = {
  key: string;
  title: string;
  number?: boolean;
  sortable?: boolean;
  filter?: boolean;
  options?: { value: string; title: string }[];
  cell: (row: R) => ReactNode;
};
/** What the server is asked for; `sort` is a column key, with `-` in front for descending. */
export type TableQuery = { page: number; size: number; sort?: string; filters: Record<string, string> };

/** Table (表格) with sort, filter and pages on the server; columns are kept per reader, arrows choose a row, Enter opens. */
export function DataTable<R>({
  id,
  label,
  columns,
  load,
  rowKey,
  onOpen,
  exportHref,
  size = 50,
  scope = '',
}: {
  id: string;
  label: string;
  columns: Column<R>[];
  load: (query: TableQuery, signal: AbortSignal) => Promise<{ rows: R[]; total?: number }>;
  rowKey: (row: R) => string;
  onOpen?: (row: R) => void;
  exportHref?: (query: TableQuery) => string;
  size?: number;
  /** Anything else that the rows depend on (subject, purpose, as-of): another scope drops the shown rows. */
  scope?: string;
}) {
  const { t } = useTranslation();
  const [query, setQuery] = useState<TableQuery>({ page: 1, size, filters: {} });
  const [hidden, setHidden] = useState(() => new Set((recall(`columns.${id}`) ?? '').split(',').filter(Boolean)));
  const state = useApi(`${id} ${scope} ${JSON.stringify(query)}`, (signal) => load(query, signal));
  const shown = columns.filter(({ key }) => !hidden.has(key));
  const { rows = [], total } = state.data ?? {};
  const pages = total === undefined ? undefined : Math.max(1, Math.ceil(total / size));
  const toggle = (key: string) => {
    const next = new Set(hidden);
    if (!next.delete(key)) next.add(key);
    if (next.size >= columns.length) return;
    remember(`columns.${id}`, [...next].join());
    setHidden(next);
  };
  const filter = (key: string, value: string) =>
    setQuery({ ...query, page: 1, filters: { ...query.filters, [key]: value } });
  const keys = (event: KeyboardEvent<HTMLTableRowElement>, row: R) => {
    const to =
      event.key === 'ArrowDown'
        ? event.currentTarget.nextElementSibling
        : event.key === 'ArrowUp'
          ? event.currentTarget.previousElementSibling
          : null;
    if (to instanceof HTMLElement) {
      event.preventDefault();
      to.focus();
    }
    if (event.key === 'Enter' && event.target === event.currentTarget) onOpen?.(row);
  };
  return (
    <div className="table">
      <div className="table-bar">
        <span aria-live="polite">
          {state.loading ? t('loading') : total !== undefined && t('table.total', { n: formatNumber(total) })}
        </span>
        <details>
          <summary>{t('table.columns')}</summary>
          {columns.map(({ key, title }) => (
            <label key={key}>
              <input type="checkbox" checked={!hidden.has(key)} onChange={() => toggle(key)} /> {title}
            </label>
          ))}
        </details>
        {exportHref && (
          <a href={exportHref(query)} download>
            {t('table.export')}
          </a>
        )}
      </div>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      <div className="table-scroll" tabIndex={0} role="region" aria-label={label}>
        <table>
          <caption className="hidden">
            {label}
            {onOpen && ` · ${t('table.keys')}`}
          </caption>
          <thead>
            <tr>
              {shown.map(({ key, title, sortable, number, filter: filtered, options }) => {
                const sorted = query.sort === key ? 'ascending' : query.sort === `-${key}` ? 'descending' : undefined;
                return (
                  <th key={key} scope="col" aria-sort={sorted} className={number ? 'is-number' : undefined}>
                    {sortable ? (
                      <button
                        type="button"
                        title={t('table.sort', { column: title })}
                        onClick={() => setQuery({ ...query, page: 1, sort: sorted === 'ascending' ? `-${key}` : key })}
                      >
                        {title}
                        <i aria-hidden="true">{sorted === 'ascending' ? '↑' : sorted ? '↓' : '↕'}</i>
                      </button>
                    ) : (
                      title
                    )}
                    {filtered &&
                      (options ? (
                        <select
                          aria-label={t('table.filter', { column: title })}
                          value={query.filters[key] ?? ''}
                          onChange={(event) => filter(key, event.target.value)}
                        >
                          <option value="">{t('table.all')}</option>
                          {options.map((option) => (
                            <option key={option.value} value={option.value}>
                              {option.title}
                            </option>
                          ))}
                        </select>
                      ) : (
                        <input
                          aria-label={t('table.filter', { column: title })}
                          value={query.filters[key] ?? ''}
                          onChange={(event) => filter(key, event.target.value)}
                        />
                      ))}
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr
                key={rowKey(row)}
                tabIndex={onOpen ? (index === 0 ? 0 : -1) : undefined}
                onKeyDown={(event) => keys(event, row)}
                onClick={() => onOpen?.(row)}
                data-open={onOpen !== undefined}
              >
                {shown.map((column) => (
                  <td key={column.key} className={column.number ? 'is-number' : undefined}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {state.data && rows.length === 0 && (
        <EmptyState
          title={t('table.none')}
          text={t('table.noneText')}
          act={
            <button type="button" onClick={() => setQuery({ page: 1, size, filters: {} })}>
              {t('table.clear')}
            </button>
          }
        />
      )}
      <div className="table-bar">
        <button type="button" disabled={query.page <= 1} onClick={() => setQuery({ ...query, page: query.page - 1 })}>
          {t('table.previous')}
        </button>
        <span>{pages ? t('table.page', { page: query.page, pages }) : t('table.pageOpen', { page: query.page })}</span>
        <button
          type="button"
          disabled={pages ? query.page >= pages : rows.length < size}
          onClick={() => setQuery({ ...query, page: query.page + 1 })}
        >
          {t('table.next')}
        </button>
      </div>
    </div>
  );
}
