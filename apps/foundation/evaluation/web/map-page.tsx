import { useSearchParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { AsOfBar } from '#web/design/as-of-bar.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { ProcessDrawing } from './process-drawing.tsx';
import { useEvaluationTexts } from './texts.ts';
import './evaluation.css';

type Found = Reply<'/api/evaluation/map'>;

/** The process map (流程地图): how cases of one kind really go and where they wait, drawn and as a table. */
export default function MapPage() {
  const { t, word, hours } = useEvaluationTexts();
  const [search, setSearch] = useSearchParams();
  const query = search.toString();
  const found = useApi(`map ${query}`, (signal) => call<Found>(`/api/evaluation/map?${query}`, { signal }));
  const { data } = found;
  const nameOf = ({ app, item }: { app: string; item: string }) => `${word('apps', app)} · ${word('items', item)}`;
  return (
    <div className="supervision" aria-busy={found.loading}>
      <header>
        <h1>{t('map')}</h1>
        <p className="soft">{t('mapLead')}</p>
      </header>
      {found.problem && <RefusalPanel problem={found.problem} onRetry={found.reload} />}
      {data && <AsOfBar at={data.asOf} history={false} />}
      {data && data.processes.length === 0 && <EmptyState title={t('noMap')} text={t('noMapText')} />}
      {data?.shown && (
        <>
          <p className="supervision-choose">
            <label htmlFor="map-process">{t('mapProcess')}</label>
            <select
              id="map-process"
              value={`${data.shown.app} ${data.shown.item}`}
              onChange={(event) => {
                const chosen = data.processes.find(({ app, item }) => `${app} ${item}` === event.target.value);
                if (chosen) setSearch({ app: chosen.app, item: chosen.item });
              }}
            >
              {data.processes.map((one) => (
                <option key={`${one.app} ${one.item}`} value={`${one.app} ${one.item}`}>
                  {nameOf(one)} {t('cases', { n: one.cases })}
                </option>
              ))}
            </select>
          </p>
          <div className="supervision-map">
            <ProcessDrawing steps={data.steps} ways={data.ways} label={`${t('map')} ${nameOf(data.shown)}`} />
            <div>
              <h2>{t('mapSteps')}</h2>
              <ul className="supervision-signals">
                {data.steps.map((step) => (
                  <li key={step.step}>
                    <p>
                      <b>{word('steps', step.step)}</b>
                      <span>{t('times', { n: formatNumber(step.count) })}</span>
                      {step.open > 0 && <span>{t('openNow', { n: formatNumber(step.open) })}</span>}
                      {step.again > 0 && <span>{t('againTimes', { n: formatNumber(step.again) })}</span>}
                    </p>
                    <p className="soft">
                      <span>{t('work', { time: hours(step.work) })}</span>
                      {step.stopped !== null && <span>{t('stoppedFor', { time: hours(step.stopped) })}</span>}
                    </p>
                  </li>
                ))}
              </ul>
              {data.ways.length > 0 && <h2>{t('mapWays')}</h2>}
              <ul className="supervision-signals">
                {data.ways.map((way) => (
                  <li key={`${way.from} ${way.to}`}>
                    <p>
                      <b>
                        {word('steps', way.from)} → {word('steps', way.to)}
                      </b>
                      <span>{t('times', { n: formatNumber(way.count) })}</span>
                    </p>
                    <p className="soft">{t('waits', { time: hours(way.wait), p90: hours(way.waitP90) })}</p>
                  </li>
                ))}
              </ul>
            </div>
          </div>
        </>
      )}
    </div>
  );
}
