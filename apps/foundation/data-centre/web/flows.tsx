import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { api, read, useApi } from '#web/client/index.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { FlowPicture } from './flow-picture.tsx';
import { LevelMark, StateMark } from './marks.tsx';
import { useLanguage, usePurposes, useUnits } from './use-names.ts';
import './texts.ts';
import './data-centre.css';

/** Flows (数据流向): who gives what to whom, as a picture and as a table; picture and table are one selection. */
export default function FlowsPage() {
  const { t } = useTranslation('data-centre');
  const { say, language } = useLanguage();
  const unit = useUnits();
  const purpose = usePurposes();
  const [search, setSearch] = useSearchParams();
  const chosen = search.get('only');
  const state = useApi('flows', (signal) => read(api.GET('/api/catalog/flows', { signal })));
  const flows = state.data?.flows ?? [];
  const shown = chosen ? flows.filter((flow) => flow.owner === chosen || flow.taker === chosen) : flows;
  const taker = flows.find((flow) => flow.taker === chosen);
  return (
    <div className="dc">
      <header className="dc-head">
        <h1>{t('flows.title')}</h1>
        <p className="soft">{t('flows.lead')}</p>
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.data && flows.length === 0 && <EmptyState title={t('flows.none')} text={t('flows.noneText')} />}
      {flows.length > 0 && (
        <>
          <FlowPicture
            label={t('flows.picture')}
            flows={flows}
            chosen={chosen}
            onChoose={(id) => setSearch(id && id !== chosen ? { only: id } : {})}
          />
          {chosen && (
            <p className="dc-chosen">
              {t('flows.chosen', { name: taker ? say(taker.takerTitle) : unit(chosen) })}{' '}
              <button type="button" className="quiet" onClick={() => setSearch({})}>
                {t('flows.all')}
              </button>
            </p>
          )}
          <div className="table table-scroll" tabIndex={0} role="region" aria-label={t('flows.title')}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('flows.owner')}</th>
                  <th scope="col">{t('flows.resource')}</th>
                  <th scope="col">{t('flows.taker')}</th>
                  <th scope="col">{t('flows.state')}</th>
                  <th scope="col" className="is-number">
                    {t('flows.fields')}
                  </th>
                  <th scope="col">{t('flows.purposes')}</th>
                  <th scope="col">{t('flows.since')}</th>
                </tr>
              </thead>
              <tbody>
                {shown.map((flow) => (
                  <tr key={`${flow.owner} ${flow.resource} ${flow.taker}`}>
                    <td>{unit(flow.owner)}</td>
                    <td>
                      <Link to={`/data/items/${flow.resource}`}>{say(flow.title)}</Link>{' '}
                      <LevelMark level={flow.level} short />
                    </td>
                    <td>{say(flow.takerTitle)}</td>
                    <td>
                      <StateMark state={flow.state} of="grant" />
                    </td>
                    <td className="is-number">{flow.fields}</td>
                    <td className="dc-wrap">{flow.purposes.map(purpose).join(language === 'zh' ? '、' : ', ')}</td>
                    <td>{flow.since && formatMoment(flow.since, { language, time: false })}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </div>
  );
}
