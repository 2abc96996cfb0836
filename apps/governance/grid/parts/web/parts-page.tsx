import '../../web/grid.css';
import { type FormEvent, useMemo } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { LazyMap } from '#web/design/lazy-map.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useSession } from '#web/shell/session.tsx';
import { GROUND, pointLayer } from '../../web/grid-parts.tsx';
import { ImportPart } from './import-part.tsx';
import { usePartTexts } from './parts-texts.ts';
import { TasksPart } from './tasks-part.tsx';

type List = Reply<'/api/grid/parts'>;
type Classes = Reply<'/api/grid/part-classes'>;
const FILTERS = ['code', 'class', 'owner', 'state', 'after'] as const;
const STATES = ['in-use', 'missing', 'removed'] as const;
const KEEPERS: readonly (string | null | undefined)[] = ['duty-officer', 'street-clerk', 'data-officer'];

/** Names of the classes of parts, by code. */
export function usePartClasses(): ReadonlyMap<string, Classes['classes'][number]> {
  const { data } = useApi('grid part classes', (signal) => call<Classes>('/api/grid/part-classes', { signal }));
  return new Map((data?.classes ?? []).map((each) => [each.code, each]));
}

/** Register of parts (城市部件): search, list and map; register tasks and import below for those who keep parts. */
export default function PartsPage() {
  const { t, language } = usePartTexts();
  const { me } = useSession();
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const classes = usePartClasses();
  const unitName = useUnitName();
  const asked = new URLSearchParams();
  for (const name of FILTERS) {
    const value = search.get(name);
    if (value) asked.set(name, value);
  }
  const key = asked.toString();
  const list = useApi(`parts ${key}`, (signal) => call<List>(`/api/grid/parts?${key}`, { signal }));
  const found = list.data?.parts ?? [];
  const layers = useMemo(
    () => [
      ...GROUND,
      {
        id: 'parts',
        kind: 'point' as const,
        tiles: '/tiles/parts/{z}/{x}/{y}.mvt',
        idField: 'code',
        colour: 'inkSoft' as const,
        width: 3,
      },
      pointLayer(
        'found',
        (list.data?.parts ?? []).map(({ code, lon, lat }) => ({ id: code, lon, lat })),
      ),
    ],
    [list.data],
  );
  const change = (changes: Record<string, string>) => {
    const next = new URLSearchParams(search);
    next.delete('after');
    for (const [name, value] of Object.entries(changes)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    setSearch(next);
  };
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    change({ code: String(new FormData(event.currentTarget).get('code') ?? '').trim() });
  };
  return (
    <div className="grid-page">
      <header className="dc-head">
        <h1>
          {t('title')} {found.some(({ sample }) => sample) && <SampleBadge />}
        </h1>
        <p className="soft">{t('lead')}</p>
      </header>
      <form className="grid-filters" role="search" aria-label={t('search')} onSubmit={send}>
        <input
          name="code"
          inputMode="numeric"
          maxLength={16}
          aria-label={t('code')}
          placeholder={t('codeHint')}
          defaultValue={search.get('code') ?? ''}
        />
        <select
          aria-label={t('class')}
          value={search.get('class') ?? ''}
          onChange={(event) => change({ class: event.target.value })}
        >
          <option value="">{t('anyClass')}</option>
          {[...classes.values()].map(({ code, name }) => (
            <option key={code} value={code}>
              {name[language]}
            </option>
          ))}
        </select>
        <select
          aria-label={t('owner')}
          value={search.get('owner') ?? ''}
          onChange={(event) => change({ owner: event.target.value })}
        >
          <option value="">{t('anyOwner')}</option>
          {list.data?.owners.map(({ unit, parts }) => (
            <option key={unit} value={unit}>
              {unitName(unit)} {parts}
            </option>
          ))}
        </select>
        <select
          aria-label={t('state')}
          value={search.get('state') ?? ''}
          onChange={(event) => change({ state: event.target.value })}
        >
          <option value="">{t('anyState')}</option>
          {STATES.map((state) => (
            <option key={state} value={state}>
              {t(`states.${state}`)}
            </option>
          ))}
        </select>
        <button type="submit">{t('search')}</button>
      </form>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      <div className="grid-split">
        <section aria-label={t('list')}>
          {list.data && found.length === 0 && <EmptyState title={t('none')} text={t('noneText')} />}
          <ul className="grid-list">
            {found.map((each) => (
              <li key={each.code}>
                <Link to={`/gov/parts/${each.code}`}>
                  <div>
                    <b>{classes.get(each.class)?.name[language] ?? each.class}</b>
                    <small className="soft grid-no">{each.code}</small>
                  </div>
                  <div>
                    <span className="soft">{unitName(each.owner)}</span>
                  </div>
                  <div>
                    <span className={`badge${each.state === 'missing' ? ' grid-soon' : ''}`}>
                      {t(`states.${each.state as 'missing'}`)}
                    </span>
                  </div>
                </Link>
              </li>
            ))}
          </ul>
          <p className="grid-acts">
            {search.get('after') && (
              <button type="button" onClick={() => change({})}>
                {t('first')}
              </button>
            )}
            {list.data?.next && (
              <button type="button" onClick={() => change({ after: list.data?.next ?? '' })}>
                {t('more')}
              </button>
            )}
          </p>
        </section>
        <div className="grid-side">
          <LazyMap
            label={t('map')}
            layers={layers}
            onSelect={(id, layer) => (layer === 'parts' || layer === 'found') && void navigate(`/gov/parts/${id}`)}
          />
        </div>
      </div>
      {KEEPERS.includes(me.kind) && <TasksPart />}
      {(me.kind === 'duty-officer' || me.kind === 'data-officer') && <ImportPart onDone={list.reload} />}
    </div>
  );
}
