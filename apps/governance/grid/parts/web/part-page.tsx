import '../../web/grid.css';
import { type FormEvent, useMemo } from 'react';
import { Link, useParams } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { formatMoment } from '#web/design/format.ts';
import { LazyMap } from '#web/design/lazy-map.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useSession } from '#web/shell/session.tsx';
import { GROUND, pointLayer, StateBadge, useClasses } from '../../web/grid-parts.tsx';
import { usePartClasses } from './parts-page.tsx';
import { usePartTexts } from './parts-texts.ts';

type Part = Reply<'/api/grid/parts/{code}'>;
type Cases = Reply<'/api/grid/parts/{code}/cases'>;
/** About 100 m each way. */
const AROUND = 0.001;
const STATES = ['in-use', 'missing', 'removed'] as const;

/** One part (部件详情): whose it is, where it stands, what was done with it, and the cases at it. */
export default function PartPage() {
  const { t, language } = usePartTexts();
  const { code = '' } = useParams();
  const { me } = useSession();
  const kinds = usePartClasses();
  const classes = useClasses();
  const unitName = useUnitName();
  const state = useApi(`part ${code}`, (signal) => call<Part>(`/api/grid/parts/${code}`, { signal }));
  const cases = useApi(`part cases ${code}`, (signal) => call<Cases>(`/api/grid/parts/${code}/cases`, { signal }));
  const { busy, problem, submit } = useSubmit((body: { state: string; reason: string }, key) =>
    call(`/api/grid/parts/${code}/state`, { method: 'POST', body, headers: key }),
  );
  const found = state.data;
  const layers = useMemo(
    () => (found ? [...GROUND, pointLayer('part', [{ id: found.code, lon: found.lon, lat: found.lat }])] : []),
    [found],
  );
  const keeps = me.kind === 'duty-officer' || me.kind === 'data-officer' || me.kind === 'street-clerk';
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const made = await submit({ state: String(form.get('state')), reason: String(form.get('reason')) });
    if (made !== undefined) state.reload();
  };
  return (
    <div className="grid-page">
      <header className="dc-head">
        <p>
          <Link to="/gov/parts">{t('back')}</Link>
        </p>
        <h1>
          {(found && kinds.get(found.class)?.name[language]) ?? t('title')} {found?.sample && <SampleBadge />}
        </h1>
        <p className="soft grid-no">{code}</p>
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {found && (
        <div className="grid-case">
          <div>
            <dl className="grid-facts">
              {(
                [
                  ['state', t(`states.${found.state as 'missing'}`)],
                  ['owner', unitName(found.owner)],
                  ['keeper', unitName(found.keeper)],
                  ['installed', formatMoment(found.installed ?? undefined, { language, time: false })],
                  ['cell', found.cell],
                  ['where', `${found.lon.toFixed(6)}, ${found.lat.toFixed(6)}`],
                ] as const
              ).map(([name, value]) => (
                <div key={name}>
                  <dt>{t(name)}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
            {keeps && found.state !== 'removed' && (
              <section className="grid-next" aria-label={t('change')}>
                <h2>{t('change')}</h2>
                {problem && <RefusalPanel problem={problem} />}
                <form onSubmit={(event) => void send(event)}>
                  <label>
                    {t('state')}
                    <select name="state" defaultValue={found.state}>
                      {STATES.map((each) => (
                        <option key={each} value={each}>
                          {t(`states.${each}`)}
                        </option>
                      ))}
                    </select>
                  </label>
                  <label>
                    {t('reason')}
                    <input name="reason" required minLength={2} maxLength={500} />
                  </label>
                  <button type="submit" className="primary" disabled={busy}>
                    {t('save')}
                  </button>
                </form>
              </section>
            )}
            <section aria-label={t('cases')}>
              <h2>{t('cases')}</h2>
              {cases.problem && <RefusalPanel problem={cases.problem} onRetry={cases.reload} />}
              {cases.data?.cases.length === 0 && <p className="soft">{t('noCases')}</p>}
              <ul className="grid-twins">
                {cases.data?.cases.map((each) => (
                  <li key={each.no}>
                    <Link to={`/gov/incidents/${each.no}`}>
                      {classes.get(each.class)?.name[language] ?? each.class} · {each.no}
                    </Link>
                    <span>
                      <StateBadge state={each.state} />{' '}
                      <small className="soft">{formatMoment(each.reportedAt, { language })}</small>
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          </div>
          <aside>
            <LazyMap
              label={t('where')}
              layers={layers}
              bounds={[found.lon - AROUND, found.lat - AROUND, found.lon + AROUND, found.lat + AROUND]}
            />
            <section aria-label={t('history')}>
              <h2>{t('history')}</h2>
              <ol className="grid-timeline">
                {found.history.map((each) => (
                  <li key={`${each.at} ${each.kind}`}>
                    <time dateTime={each.at}>{formatMoment(each.at, { language })}</time>
                    <div>
                      <b>{t(`states.${each.kind as 'missing'}`)}</b>
                      {each.reason && <p>{each.reason}</p>}
                      <small className="soft">{unitName(each.byUnit)}</small>
                    </div>
                  </li>
                ))}
              </ol>
            </section>
          </aside>
        </div>
      )}
    </div>
  );
}
