import { useMemo, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { Clock } from '#web/design/clock.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { LazyMap } from '#web/design/lazy-map.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useSession } from '#web/shell/session.tsx';
import { GROUND, pointLayer, StateBadge, useClasses } from './grid-parts.tsx';
import { useGridTexts } from './grid-texts.ts';
import { useHeldTexts } from './held-texts.ts';
import { HeldView } from './held-view.tsx';

type List = Reply<'/api/incident/cases'>;
const VIEWS = ['queue', 'mine', 'all'] as const;
/** Posts that look at held reports. */
const DESK: readonly (string | null | undefined)[] = ['duty-officer', 'street-clerk'];
const STATES = [
  'reported',
  'facts',
  'accepted',
  'established',
  'dispatched',
  'ruling',
  'handling',
  'suspended',
  'handled',
  'verified',
  'closed',
] as const;

/** Queue of cases (案件队列): what is due first stands first; list and map are the same selection. */
export default function QueuePage() {
  const { t, language } = useGridTexts();
  const { t: h } = useHeldTexts();
  const { me } = useSession();
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const classes = useClasses();
  const unitName = useUnitName();
  const [pointed, setPointed] = useState<string | null>(null);
  const [marks, setMarks] = useState<{ of: string; after: string[] }>({ of: '', after: [] });
  const held = search.get('view') === 'held';
  const view = VIEWS.find((each) => each === search.get('view')) ?? 'queue';
  const asked = new URLSearchParams({ view });
  for (const name of ['state', 'class', 'overdue']) {
    const value = search.get(name);
    if (value) asked.set(name, value);
  }
  const key = asked.toString();
  const after = marks.of === key ? marks.after : [];
  const list = useApi(`incidents ${key} ${after.join()}`, async (signal) => {
    const pages: List[] = [];
    for (const mark of ['', ...after])
      pages.push(await call<List>(`/api/incident/cases?${key}${mark && `&after=${mark}`}`, { signal }));
    const last = pages.at(-1);
    return last && { ...last, cases: pages.flatMap(({ cases }) => cases) };
  });
  const cases = list.data?.cases ?? [];
  const counts = list.data?.counts;
  const layers = useMemo(
    () => [
      ...GROUND,
      {
        ...pointLayer(
          'cases',
          (list.data?.cases ?? []).map(({ no, lon, lat }) => ({ id: no, lon, lat })),
        ),
        kind: 'cluster' as const,
      },
    ],
    [list.data],
  );
  const change = (name: string, value: string) => {
    const next = new URLSearchParams(search);
    if (value) next.set(name, value);
    else next.delete(name);
    setSearch(next);
  };
  return (
    <div className="grid-page">
      <header className="dc-head">
        <h1>
          {t('queue')} {cases.some(({ sample }) => sample) && <SampleBadge />}
        </h1>
        <p className="soft">{t('queueLead')}</p>
      </header>
      <div className="grid-filters" role="group" aria-label={t('queue')}>
        {VIEWS.map((each) => (
          <button type="button" key={each} aria-pressed={!held && each === view} onClick={() => change('view', each)}>
            {t(`views.${each}`)} {counts && each === 'queue' && counts.open}
            {counts && each === 'mine' && counts.mine}
          </button>
        ))}
        {DESK.includes(me.kind) && (
          <button type="button" aria-pressed={held} onClick={() => change('view', 'held')}>
            {h('tab')}
          </button>
        )}
        {!held && (
          <>
            <select
              aria-label={t('classLabel')}
              value={search.get('class') ?? ''}
              onChange={(e) => change('class', e.target.value)}
            >
              <option value="">{t('anyClass')}</option>
              {[...classes.values()].map(({ code, name }) => (
                <option key={code} value={code}>
                  {name[language]}
                </option>
              ))}
            </select>
            <select
              aria-label={t('stateLabel')}
              value={search.get('state') ?? ''}
              onChange={(e) => change('state', e.target.value)}
            >
              <option value="">{t('anyState')}</option>
              {STATES.map((state) => (
                <option key={state} value={state}>
                  {t(`states.${state}`)}
                </option>
              ))}
            </select>
            <label>
              <input
                type="checkbox"
                checked={search.get('overdue') === 'true'}
                onChange={(e) => change('overdue', e.target.checked ? 'true' : '')}
              />
              {t('overdueOnly')}
            </label>
          </>
        )}
      </div>
      {held && <HeldView />}
      {!held && counts && counts.overdue > 0 && <p className="notice">{t('overdue', { n: counts.overdue })}</p>}
      {!held && list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {!held && (
        <div className="grid-split">
          <section aria-label={t('list')}>
            {list.data && cases.length === 0 && <EmptyState title={t('none')} text={t('noneText')} />}
            <ul className="grid-list">
              {cases.map((each) => (
                <li key={each.no} data-chosen={each.no === pointed}>
                  <Link
                    to={`/gov/incidents/${each.no}`}
                    onFocus={() => setPointed(each.no)}
                    onMouseEnter={() => setPointed(each.no)}
                  >
                    <div>
                      <b>{each.description}</b>
                      <span className="soft">
                        {classes.get(each.class)?.name[language] ?? each.class} · {each.address}
                      </span>
                      <small className="soft grid-no">{each.no}</small>
                    </div>
                    <div>
                      <StateBadge state={each.state} />
                      <span className="soft">{unitName(each.unit)}</span>
                      <small className="soft">
                        {t(`sources.${each.source as 'grid'}`)}
                        {each.reports > 1 && ` · ${t('reports', { n: each.reports })}`}
                        {each.asked && ` · ${t('asked')}`}
                        {each.complaint && ` · ${t('complaint')}`}
                      </small>
                    </div>
                    <div>
                      {each.clock ? (
                        <Clock clock={each.clock} />
                      ) : (
                        <span className="soft">{formatMoment(each.reportedAt, { language })}</span>
                      )}
                    </div>
                  </Link>
                </li>
              ))}
            </ul>
            {list.data?.next && (
              <p>
                <button type="button" onClick={() => setMarks({ of: key, after: [...after, list.data?.next ?? ''] })}>
                  {t('more')}
                </button>
              </p>
            )}
          </section>
          <div className="grid-side">
            <LazyMap
              label={t('map')}
              layers={layers}
              selected={pointed}
              onSelect={(id, layer) => layer === 'cases' && void navigate(`/gov/incidents/${id}`)}
            />
          </div>
        </div>
      )}
    </div>
  );
}
