import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { api, read, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { AsOfBar, useAsOf } from '#web/design/as-of-bar.tsx';
import { SampleBadge } from '#web/design/badges.tsx';
import { formatMoment, formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { Chart } from './chart.tsx';
import { Growth, Tabs } from './parts.tsx';
import { useEconomyTexts, usePeriodWords } from './texts.ts';
import './economy.css';

type Series = Reply<'/api/economy/series/{id}'>;
type Shown = 'value' | 'single' | 'adjusted';
const SPANS = ['24', '60', 'all'] as const;

/** A series (序列页): chart, figures, vintages, definition and source, as known now or on an earlier day. */
export default function SeriesPage() {
  const { t, say } = useEconomyTexts();
  const { id = '' } = useParams();
  const asOf = useAsOf();
  const state = useApi(`economy-one ${id} ${asOf ?? ''}`, (signal) =>
    read(
      api.GET('/api/economy/series/{id}', {
        params: { path: { id }, query: asOf ? { asOf } : {} },
        signal,
      }),
    ),
  );
  const data = state.data;
  return (
    <div className="ec">
      <Tabs />
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {data && (
        <>
          <header className="ec-head">
            <p>
              <Link to={`/data/economy?indicator=${data.indicator}`}>← {t('backTo')}</Link>
            </p>
            <h1>
              {say(data.title)} {data.badge === 'sample' && <SampleBadge />}
            </h1>
            <p className="soft">
              {data.dimensions
                .filter(({ code }) => !['_T', '_Z', 'N'].includes(code))
                .map((d) => say(d.title))
                .join(' · ')}{' '}
              · {say(data.unitTitle)}
            </p>
          </header>
          <AsOfBar at={data.asOf} />
          {data.ended && (
            <p className="ec-embargo">
              <span>{t('followed', { period: data.ended })}</span>
              {data.followedBy && (
                <Link to={`/data/economy/series/${encodeURIComponent(data.followedBy)}`}>{t('next')}</Link>
              )}
            </p>
          )}
          <ChartPart data={data} />
          <TablePart data={data} />
          <VintagePart data={data} />
          <DefinitionPart data={data} id={id} />
        </>
      )}
    </div>
  );
}

function ChartPart({ data }: { data: Series }) {
  const { t, say } = useEconomyTexts();
  const words = usePeriodWords();
  const months = data.freq === 'M';
  const [span, setSpan] = useState<(typeof SPANS)[number]>(months ? '60' : 'all');
  const derived = data.points.some((p) => p.single !== null);
  const adjusted = data.adjustedBy !== null;
  const [shown, setShown] = useState<Shown>('value');
  const points = span === 'all' ? data.points : data.points.slice(-Number(span) - 1);
  const choices: Shown[] = [
    'value',
    ...(derived ? (['single'] as const) : []),
    ...(adjusted ? (['adjusted'] as const) : []),
  ];
  const main: Shown = shown === 'adjusted' ? (derived ? 'single' : 'value') : shown;
  return (
    <section className="ec-section" aria-label={t('chart')}>
      <div className="ec-controls">
        {choices.length > 1 && (
          <fieldset>
            {choices.map((choice) => (
              <label key={choice}>
                <input type="radio" name="shown" checked={shown === choice} onChange={() => setShown(choice)} />
                {t(`show.${choice}`)}
              </label>
            ))}
          </fieldset>
        )}
        {months && (
          <fieldset>
            <legend>{t('span')}</legend>
            {SPANS.map((each) => (
              <label key={each}>
                <input type="radio" name="span" checked={span === each} onChange={() => setSpan(each)} />
                {t(`spans.${each}`)}
              </label>
            ))}
          </fieldset>
        )}
      </div>
      <Chart
        label={`${say(data.title)} · ${t(`show.${shown}`)}`}
        periods={points.map((p) => p.period)}
        lines={[
          {
            label: t(`show.${main}`),
            values: points.map((p) => p[main]),
            open: points.map((p) => p.status !== 'A'),
            starts: points.map(
              (p, i) =>
                main === 'value' &&
                data.accumulation === 'YTD' &&
                p.period.slice(0, 4) !== points[i - 1]?.period.slice(0, 4),
            ),
          },
          ...(shown === 'adjusted' ? [{ label: t('show.adjusted'), values: points.map((p) => p.adjusted) }] : []),
        ]}
        unit={say(data.unitTitle)}
        decimals={data.decimals}
        words={(p) => words(p, main === 'single' ? 'PER' : data.accumulation)}
      />
      {shown === 'adjusted' && <p className="soft">{t('adjustedBy')}</p>}
    </section>
  );
}

const FIRST_ROWS = 24;

function TablePart({ data }: { data: Series }) {
  const { t, language } = useEconomyTexts();
  const words = usePeriodWords();
  const [all, setAll] = useState(false);
  const derived = data.points.some((p) => p.single !== null);
  const adjusted = data.adjustedBy !== null;
  const rows = [...data.points].reverse().slice(0, all ? undefined : FIRST_ROWS);
  const number = (value: number | null, digits = data.decimals) =>
    value === null ? '—' : formatNumber(value, { language, digits });
  return (
    <section className="ec-section">
      <h2>
        {t('table')}{' '}
        <small>
          <a href={`/sdmx/v2/data/dataflow/*/ECONOMY/*/${encodeURIComponent(data.id)}?format=csvfile`} download>
            {t('download')}
          </a>
        </small>
      </h2>
      <div className="table table-scroll" tabIndex={0} role="region" aria-label={t('table')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('col.period')}</th>
              <th scope="col" className="is-number">
                {t('col.value')}
              </th>
              {data.unit !== 'PCT' && (
                <th scope="col" className="is-number">
                  {t('col.growth')}
                </th>
              )}
              {derived && (
                <th scope="col" className="is-number">
                  {t('col.single')}
                </th>
              )}
              {adjusted && (
                <th scope="col" className="is-number">
                  {t('col.adjusted')}
                </th>
              )}
              <th scope="col" className="is-number">
                {t('col.vintage')}
              </th>
              <th scope="col">{t('col.source')}</th>
              <th scope="col">{t('col.note')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((p) => (
              <tr key={p.period}>
                <th scope="row">{words(p.period, data.accumulation)}</th>
                <td className="is-number">
                  {number(p.value)}
                  {p.status !== 'A' && (
                    <small className="soft" title={t(`statusLong.${p.status}`)}>
                      {' '}
                      {t(`status.${p.status}`)}
                    </small>
                  )}
                </td>
                {data.unit !== 'PCT' && (
                  <td className="is-number">
                    <Growth value={p.growth} />
                  </td>
                )}
                {derived && (
                  <td className="is-number">
                    {p.combined !== null ? (
                      <>
                        {number(p.combined)} <small className="soft">{t('combined')}</small>
                      </>
                    ) : (
                      number(p.single)
                    )}
                  </td>
                )}
                {adjusted && <td className="is-number">{number(p.adjusted)}</td>}
                <td className="is-number">{p.vintages}</td>
                <td>
                  <Link to={`/data/economy/releases/${p.release}`}>
                    {formatMoment(p.publishedAt, { language, time: false })}
                  </Link>
                  {p.form && <small className="soft"> {t('form', { form: p.form, cell: p.cell ?? '' })}</small>}
                </td>
                <td>{p.confidential ? t('confidential') : p.note}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {data.points.length > FIRST_ROWS && (
        <p>
          <button type="button" onClick={() => setAll(!all)}>
            {all ? t('close') : `${t('spans.all')} (${data.points.length})`}
          </button>
        </p>
      )}
    </section>
  );
}

function VintagePart({ data }: { data: Series }) {
  const { t, language } = useEconomyTexts();
  const words = usePeriodWords();
  const { vintages, rows } = data.triangle;
  const number = (value: number) => formatNumber(value, { language, digits: data.decimals });
  return (
    <section className="ec-section">
      <h2>
        {t('vintages')}{' '}
        <small>
          {data.meanRevision === null
            ? t('noMar')
            : t('mar', { value: formatNumber(data.meanRevision, { language, digits: data.decimals + 1 }) })}
        </small>
      </h2>
      <p className="soft">{t('triangleText')}</p>
      <div className="table table-scroll ec-triangle" tabIndex={0} role="region" aria-label={t('triangle')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('col.period')}</th>
              {vintages.map((at) => (
                <th scope="col" className="is-number" key={at}>
                  {formatMoment(at, { language, time: false })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.period}>
                <th scope="row">{words(row.period, data.accumulation)}</th>
                {row.values.map((value, i) => {
                  const before = row.values[i - 1];
                  const change = value !== null && before !== null && before !== undefined ? value - before : 0;
                  const changed = Math.abs(change) > 1e-9;
                  return (
                    <td key={vintages[i]} className="is-number" data-changed={changed}>
                      {value === null ? '' : number(value)}
                      {changed && (
                        <small>
                          {change > 0 ? '+' : '−'}
                          {number(Math.abs(change))}
                        </small>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function DefinitionPart({ data, id }: { data: Series; id: string }) {
  const { t, say } = useEconomyTexts();
  const unitName = useUnitName();
  return (
    <section className="ec-section">
      <h2>{t('definition')}</h2>
      <dl className="ec-facts">
        <dt>{t('definition')}</dt>
        <dd>{say(data.definition)}</dd>
        <dt>{t('method')}</dt>
        <dd>{say(data.method)}</dd>
        <dt>{t('owner')}</dt>
        <dd>{unitName(data.owner)}</dd>
        <dt>{t('dimensions')}</dt>
        <dd>{data.dimensions.map((d) => `${say(d.title)}`).join(' · ')}</dd>
        <dt>{t('api')}</dt>
        <dd>
          <code>{id}</code>
        </dd>
        {data.market && (
          <>
            <dt>{t('market')}</dt>
            <dd>
              {t('marketText', { provider: data.market.provider, licence: data.market.licence })}
              <br />
              {say(data.market.method)}
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}
