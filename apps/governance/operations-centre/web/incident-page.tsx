import { useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { formatMoment } from '#web/design/format.ts';
import { LazyMap } from '#web/design/lazy-map.tsx';
import type { MapLayer } from '#web/design/map-style.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { DraftForm } from './draft-form.tsx';
import { ExerciseMark, GROUND, LevelMark, OneLine, OneTimeline, State } from './ops-parts.tsx';
import { useOpsTexts } from './ops-texts.ts';

type Incident = Reply<'/api/ops/incidents/{id}'>;
const LOOK_MS = 4_000;
const AROUND = 0.004;

/** One composite incident (复合事件): options and orders first, then members, place and the one timeline. */
export default function IncidentPage() {
  const { t, language } = useOpsTexts();
  const { id = '' } = useParams();
  const state = useApi(`ops incident ${id}`, (signal) => call<Incident>(`/api/ops/incidents/${id}`, { signal }), {
    refreshMs: LOOK_MS,
  });
  const found = state.data;
  const layers = useMemo<readonly MapLayer[]>(
    () => [
      ...GROUND,
      {
        id: 'members',
        kind: 'point',
        colour: 'actNow',
        data: {
          type: 'FeatureCollection',
          features: (found?.memberList ?? []).map((each) => ({
            type: 'Feature',
            properties: { id: each.id },
            geometry: { type: 'Point', coordinates: [each.lon, each.lat] },
          })),
        },
      } as MapLayer,
    ],
    [found],
  );
  return (
    <div className="ops-page">
      <header>
        <p>
          <Link to="/ops/incidents">{t('back')}</Link>
        </p>
        <h1>
          {found?.title[language] ?? t('incidents')} {found?.exercise && <ExerciseMark />}
        </h1>
        {found && (
          <p className="ops-row">
            <LevelMark level={found.level} /> <State state={found.state} />{' '}
            <span className="soft">
              {found.no} · {t('members', { n: found.members })}
              {found.ended > 0 && `，${t('endedOf', { n: found.ended })}`} · {t('radius', { n: found.radiusM })}
            </span>
            {found.sample && <SampleBadge />}
          </p>
        )}
      </header>
      {found?.state === 'open' && found.members > 0 && found.ended === found.members && (
        <p className="notice">{t('allOver')}</p>
      )}
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {found && (
        <div className="ops-split">
          <div>
            <section aria-label={t('optionSets')}>
              <h2>{t('optionSets')}</h2>
              {found.optionSets.length === 0 && <p className="soft">{t('noOptions')}</p>}
              <ul className="ops-list">
                {found.optionSets.map((set) => (
                  <li key={set.id}>
                    <Link className="ops-card" to={`/ops/options/${set.id}`}>
                      <b>{set.question}</b>
                      <span className="ops-row">
                        <State state={set.state} /> {t('compare')}
                      </span>
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
            <section aria-label={t('orders')}>
              <h2>{t('orders')}</h2>
              <ul className="ops-list">
                {found.orderList.map((order) => (
                  <li key={order.id}>
                    <Link className="ops-card" to={`/ops/orders/${order.id}`}>
                      <b>{order.title}</b>
                      <span className="ops-row">
                        <State state={order.state} /> <span className="soft">{order.no}</span>
                      </span>
                    </Link>
                  </li>
                ))}
              </ul>
              {found.state === 'open' && (
                <details>
                  <summary>{t('draft')}</summary>
                  <DraftForm incident={found.id} onDone={state.reload} />
                </details>
              )}
            </section>
            <section aria-label={t('hypothesis')}>
              <h2>{t('hypothesis')}</h2>
              <p>{found.hypothesis ?? <span className="soft">{t('noHypothesis')}</span>}</p>
              {found.state === 'open' && (
                <OneLine
                  url={`/api/ops/incidents/${id}/hypothesis`}
                  field="text"
                  label={t('hypothesis')}
                  button={t('saveHypothesis')}
                  onDone={state.reload}
                />
              )}
            </section>
            <Members found={found} onDone={state.reload} />
            {found.state === 'open' && (
              <details>
                <summary>{t('close')}</summary>
                <OneLine
                  url={`/api/ops/incidents/${id}/close`}
                  field="note"
                  label={t('closeNote')}
                  button={t('close')}
                  onDone={state.reload}
                />
              </details>
            )}
          </div>
          <aside>
            <LazyMap
              label={t('memberList')}
              ground="night"
              layers={layers}
              bounds={[found.lon - AROUND, found.lat - AROUND, found.lon + AROUND, found.lat + AROUND]}
            />
            <OneTimeline kind="emergency" id={found.id} refreshMs={LOOK_MS} />
          </aside>
        </div>
      )}
    </div>
  );
}

function Members({ found, onDone }: { found: Incident; onDone: () => void }) {
  const { t, language } = useOpsTexts();
  const [picked, setPicked] = useState<readonly string[]>([]);
  const { busy, problem, submit } = useSubmit((members: readonly string[], key) =>
    call(`/api/ops/incidents/${found.id}/split`, { method: 'POST', body: { members }, headers: key }),
  );
  const split = async () => {
    if ((await submit(picked)) === undefined) return;
    setPicked([]);
    onDone();
  };
  return (
    <section aria-label={t('memberList')}>
      <h2>{t('memberList')}</h2>
      <ul className="ops-list">
        {found.memberList.map((each) => (
          <li key={each.id} className="ops-row ops-member" data-over={each.endedAt !== null}>
            <input
              type="checkbox"
              aria-label={`${t('splitPick')} ${each.title[language]} ${each.ref}`}
              checked={picked.includes(each.id)}
              onChange={(event) =>
                setPicked(event.target.checked ? [...picked, each.id] : picked.filter((id) => id !== each.id))
              }
            />
            <span>
              {each.source === 'case' ? (
                <Link to={`/gov/incidents/${each.ref}`}>{each.title[language]}</Link>
              ) : each.source === 'alert' ? (
                <Link to={`/gov/alerts/${each.ref}`}>{each.title[language]}</Link>
              ) : (
                each.title[language]
              )}
            </span>
            {each.state && (
              <span className="badge">{t(`memberStates.${each.state as 'open'}`, { defaultValue: each.state })}</span>
            )}
            {each.byHand && <span className="badge">{t('byHand')}</span>}
            {each.sample && <SampleBadge />}
            <small className="soft">{formatMoment(each.at, { language })}</small>
            {each.text && <small className="ops-words">{each.text}</small>}
          </li>
        ))}
      </ul>
      {problem && <RefusalPanel problem={problem} />}
      {found.state === 'open' && picked.length > 0 && (
        <p>
          <button type="button" disabled={busy} onClick={() => void split()}>
            {t('split')}
          </button>
        </p>
      )}
    </section>
  );
}
