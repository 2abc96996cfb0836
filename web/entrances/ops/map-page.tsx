import '#web/entrances/entrances.css';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { formatNumber, formatExact } from '#web/design/format.ts';
import { LazyMap } from '#web/design/lazy-map.tsx';
import type { Classes, MapLayer } from '#web/design/map-style.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { sequentialRamp } from '#web/design/tokens.ts';
import { useSession } from '#web/shell/session.tsx';
import { Legend } from './legend.tsx';
import { Overlays, overlayLayers, type OverlayId } from './overlays.tsx';
import { useOpsTexts } from './texts.ts';
import { quantileBreaks, useDistrict } from './use-district.ts';

type Area = { code: string; name: string; nameEn: string | null; bbox: [number, number, number, number] | null };
export type Measure = 'density' | 'old';
const COUNTERS = new Set(['duty-officer', 'street-clerk', 'committee-worker', 'data-officer', 'security-auditor']);

/** District map (全区地图): streets, committees, cells and buildings by click or by list; one selection for both. */
export default function MapPage() {
  const t = useOpsTexts();
  const { me, loading: signingIn } = useSession();
  const [search, setSearch] = useSearchParams();
  const districts = useApi('areas district', (signal) =>
    call<{ areas: Area[] }>('/api/geo/areas?level=district', { signal }),
  );
  const district = districts.data?.areas[0];
  const place = search.get('at') ?? district?.code ?? '';
  const ways = [
    ...new Set([
      place.slice(0, 6),
      ...(place.length >= 9 ? [place.slice(0, 9)] : []),
      ...(place.length >= 12 ? [place.slice(0, 12)] : []),
      place,
    ]),
  ].filter(Boolean);
  const above = useApi(place ? `areas ${place}` : null, (signal) =>
    Promise.all(
      ways.map((code) =>
        call<{ areas: Area[] }>(`/api/geo/areas?under=${code}`, { signal }).then(({ areas }) => areas[0]),
      ),
    ),
  );
  const path = above.data?.flatMap((entry) => entry ?? []) ?? [];
  const here = path.at(-1) ?? district;
  const [measure, setMeasure] = useState<Measure>('density');
  const [overlays, setOverlays] = useState<ReadonlySet<OverlayId>>(new Set(['metro']));
  const [selected, setSelected] = useState<string | null>(null);
  const mayCount = me.kind !== null && COUNTERS.has(me.kind);
  const { level, found, around, outline, problem, asOf, reload } = useDistrict({
    place,
    box: here?.bbox ?? null,
    mayCount,
  });
  const values = found?.features.flatMap(({ properties }) => properties[measure] ?? []) as number[] | undefined;
  const breaks = useMemo(() => quantileBreaks(values ?? []), [found, measure]);
  const coloured = (level === 'streets' || level === 'committees') && breaks.length > 0;
  const classes: Classes | undefined = coloured
    ? { property: measure, breaks, colours: sequentialRamp.night }
    : undefined;
  const layers = useMemo(
    (): MapLayer[] => [
      ...(level === 'buildings' ? [{ id: 'around', kind: 'building' as const, data: around ?? undefined }] : []),
      {
        id: level,
        kind: level === 'buildings' ? 'building' : 'area',
        data: found ?? undefined,
        idField: 'code',
        nameField: level === 'cells' ? undefined : level === 'buildings' ? undefined : 'name',
        classes,
        colour: level === 'buildings' ? 'accentWash' : undefined,
      },
      ...(level === 'cells' ? [{ id: 'around', kind: 'building' as const, data: around ?? undefined }] : []),
      ...(outline ? [{ id: 'outline', kind: 'area' as const, data: outline, hollow: true, width: 2.5 }] : []),
      ...overlayLayers(overlays),
    ],
    [found, around, outline, level, measure, coloured, overlays],
  );
  const go = (code: string | undefined) => {
    setSelected(null);
    setSearch(code && code.length > 6 ? { at: code } : {});
  };
  const pick = (code: string) => {
    if (level === 'buildings') setSelected(code);
    else go(code);
  };
  return (
    <div className="ops-map">
      <LazyMap
        label={t('title')}
        ground="night"
        full
        layers={layers}
        bounds={here?.bbox ?? null}
        selected={selected}
        onSelect={pick}
      />
      <div className="ops-panel">
        <header>
          <h1>
            {t('title')} {me.sample && <SampleBadge />}
          </h1>
          <nav aria-label={t('here')} className="crumbs">
            {path.map((entry, index) =>
              index === path.length - 1 ? (
                <b key={entry.code} aria-current="location">
                  {entry.name}
                </b>
              ) : (
                <button key={entry.code} type="button" className="link" onClick={() => go(entry.code)}>
                  {entry.name}
                </button>
              ),
            )}
          </nav>
        </header>
        {problem && <RefusalPanel problem={problem} onRetry={reload} />}
        {!mayCount && !signingIn && <p className="soft">{t('signIn')}</p>}
        <PlaceList
          title={t(level)}
          found={found}
          selected={selected}
          onHover={setSelected}
          onPick={pick}
          level={level}
        />
        {selected && level === 'buildings' && (
          <p>
            <Link to={`/gov/buildings/${selected}`}>{t('card')}</Link>
          </p>
        )}
        {asOf && <p className="soft">{formatExact(asOf)}</p>}
      </div>
      <div className="ops-side">
        {(level === 'streets' || level === 'committees') && mayCount && (
          <Legend measure={measure} onMeasure={setMeasure} breaks={breaks} colours={sequentialRamp.night} />
        )}
        <Overlays chosen={overlays} onChoose={setOverlays} />
      </div>
    </div>
  );
}

function PlaceList({
  title,
  found,
  level,
  selected,
  onHover,
  onPick,
}: {
  title: string;
  found: ReturnType<typeof useDistrict>['found'];
  level: string;
  selected: string | null;
  onHover: (code: string | null) => void;
  onPick: (code: string) => void;
}) {
  const t = useOpsTexts();
  const list = useRef<HTMLUListElement>(null);
  const keys = (event: KeyboardEvent, index: number) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    list.current?.children[index + step]?.querySelector('button')?.focus();
  };
  if (!found) return <p className="soft">{t('loading')}</p>;
  const figure = (value: unknown) => (typeof value === 'number' ? formatNumber(value) : null);
  return (
    <section className="place-list" aria-label={title}>
      <h2>
        {title} <span className="soft">{t('count', { n: found.features.length })}</span>
      </h2>
      {found.features.length === 0 && <p className="soft">{t('emptyLevel')}</p>}
      <p className="hidden" id="place-keys">
        {t('keys')}
      </p>
      <ul ref={list} aria-describedby="place-keys">
        {found.features.map(({ properties }, index) => {
          const code = String(properties['code']);
          const residents = figure(properties['residents']);
          const households = figure(properties['households']);
          const facts =
            level === 'buildings'
              ? [
                  properties['use'],
                  properties['floors'] !== null && t('floors', { n: properties['floors'] }),
                  properties['heritageClass'],
                ]
              : [residents && t('residents', { n: residents }), households && t('households', { n: households })];
          return (
            <li key={code}>
              <button
                type="button"
                aria-pressed={code === selected}
                onFocus={() => onHover(code)}
                onMouseEnter={() => onHover(code)}
                onKeyDown={(event) => keys(event, index)}
                onClick={() => onPick(code)}
              >
                <b>{String(properties[level === 'buildings' ? 'address' : 'name'] ?? code)}</b>
                <span>{facts.filter(Boolean).join(' · ')}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
