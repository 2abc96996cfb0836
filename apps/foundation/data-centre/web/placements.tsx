import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, read, useApi } from '#web/client/index.ts';
import { formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import type { Placement } from './shapes.ts';
import { formatBytes } from './upload.ts';
import { useLanguage } from './use-names.ts';
import './storage-texts.ts';

/** Where rows stand (存储布局): tier, size, last use, keeping, cost and holds of themes and series. */
export function Placements() {
  const { t } = useTranslation('data-storage');
  const { language } = useLanguage();
  const state = useApi('placements', (signal) => read(api.GET('/api/theme/placements', { signal })));
  const { placements = [], prices = [] } = state.data ?? {};
  const total = placements.reduce((sum, { cost }) => sum + cost, 0);
  return (
    <section className="dc-section" aria-label={t('board')} aria-busy={state.loading}>
      <h2>
        {t('board')} <small>{placements.length > 0 ? placements.length : ''}</small>
      </h2>
      <p className="soft">
        {t('boardText')}
        {prices.map(({ tier, price }) => ` · ${t(`tiers.${tier}`)} ${price} ${t('priceUnit')}`)}
      </p>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.data && placements.length === 0 && <p className="soft">{t('noPlacements')}</p>}
      {placements.length > 0 && (
        <div className="table is-stacked">
          <div className="table-scroll" tabIndex={0} role="group" aria-label={t('board')}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('set')}</th>
                  <th scope="col">{t('tier')}</th>
                  <th scope="col" className="is-number">
                    {t('size')}
                  </th>
                  <th scope="col">{t('lastUse')}</th>
                  <th scope="col">{t('keeping')}</th>
                  <th scope="col" className="is-number">
                    {t('cost')}
                  </th>
                  <th scope="col">{t('hold')}</th>
                </tr>
              </thead>
              <tbody>
                {placements.map((placement) => (
                  <Line key={`${placement.kind} ${placement.id} ${placement.tier}`} placement={placement} />
                ))}
              </tbody>
            </table>
          </div>
        </div>
      )}
      {placements.length > 0 && <p className="soft">{t('costTotal', { total: yuan(total, language) })}</p>}
    </section>
  );
}

/** Yuan to the fen; less than one is said to be less. */
const yuan = (amount: number, language: 'zh' | 'en'): string =>
  amount > 0 && amount < 0.01 ? '< 0.01' : formatNumber(amount, { language });

function Line({ placement }: { placement: Placement }) {
  const { t } = useTranslation('data-storage');
  const { say, language } = useLanguage();
  const { id, kind, title, tier, structure, wanted, reason, parts, rows, bytes, lastRead, keepDays, cost, held } =
    placement;
  return (
    <tr>
      <td data-label={t('set')} className="dc-wrap">
        <Link to={kind === 'theme' ? `/data/themes/${id}` : `/data/storage/${id}`}>{say(title)}</Link>
      </td>
      <td data-label={t('tier')} className="dc-wrap">
        {t(`tiers.${tier}`)} · {t(`structures.${structure}`)}
        {parts !== null && ` · ${t('parts', { n: parts })}`}
        {wanted !== null && wanted !== tier && reason && (
          <details>
            <summary>{t('advice', { tier: t(`tiers.${wanted}`) })}</summary>
            <p className="soft">{say(reason)}</p>
          </details>
        )}
      </td>
      <td data-label={t('size')} className="is-number">
        {formatBytes(bytes)}
        {rows !== null && (
          <small className="soft">{` · ${t('rowsOf', { n: formatNumber(rows, { language }) })}`}</small>
        )}
      </td>
      <td data-label={t('lastUse')}>{lastRead ?? t('never')}</td>
      <td data-label={t('keeping')}>{keepDays === null ? t('withSource') : t('days', { n: keepDays })}</td>
      <td data-label={t('cost')} className="is-number">
        {yuan(cost, language)}
      </td>
      <td data-label={t('hold')}>{held ? t('held') : '—'}</td>
    </tr>
  );
}
