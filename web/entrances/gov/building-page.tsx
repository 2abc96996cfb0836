import '#web/entrances/entrances.css';
import type { Feature } from 'geojson';
import { Link, useParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import { AsOfBar, useAsOf } from '#web/design/as-of-bar.tsx';
import { SampleBadge } from '#web/design/badges.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { AttributeList } from '#web/entrances/shared/attribute-list.tsx';
import { PlaceMap } from '#web/entrances/shared/place-map.tsx';
import type { Attribute, BuildingCard, Text } from '#web/entrances/shared/shapes.ts';
import { useSession } from '#web/shell/session.tsx';
import { useGovTexts } from './texts.ts';

const TITLES: Record<string, Text> = {
  name: { zh: '名称', en: 'Name' },
  address: { zh: '坐落', en: 'Address' },
  yearBuilt: { zh: '建成年份', en: 'Year built' },
  floors: { zh: '地上层数', en: 'Floors' },
  heightM: { zh: '高度', en: 'Height' },
  structure: { zh: '结构', en: 'Structure' },
  use: { zh: '用途', en: 'Use' },
  heritageClass: { zh: '历史建筑类别', en: 'Heritage class' },
  dwellings: { zh: '总户数', en: 'Dwellings' },
};

/** Any vertex of the outline is near enough to centre a window on. */
const firstPoint = (feature: Feature | undefined): { lon: number; lat: number } | null => {
  let at: unknown = feature?.geometry && 'coordinates' in feature.geometry ? feature.geometry.coordinates : null;
  while (Array.isArray(at) && Array.isArray(at[0])) at = at[0];
  return Array.isArray(at) && typeof at[0] === 'number' ? { lon: at[0], lat: at[1] as number } : null;
};

/** Building card (房屋卡片): each attribute with its source and what other sources say; public, no purpose is needed. */
export default function BuildingPage() {
  const { code = '' } = useParams();
  const t = useGovTexts();
  const { me } = useSession();
  const asOf = useAsOf();
  const until = asOf ? `?asOf=${encodeURIComponent(`${asOf}T23:59:59+08:00`)}` : '';
  const state = useApi(`building ${code} ${until}`, (signal) =>
    call<BuildingCard>(`/api/space/buildings/${code}${until}`, { signal }),
  );
  const shape = useApi(`building shape ${code}`, (signal) =>
    call<Feature>(`/ogc/collections/buildings/items/${code}`, { signal }),
  );
  const areas = useApi(state.data?.committeeCode ? `areas ${state.data.committeeCode}` : null, (signal) =>
    call<{ areas: { code: string; name: string }[] }>(`/api/geo/areas?under=${state.data?.committeeCode}`, { signal }),
  );
  const card = state.data;
  const valueOf = (name: string) => card?.attributes.find((attribute) => attribute.name === name)?.value;
  const areaName = (wanted: string | null) =>
    areas.data?.areas.find((area) => area.code === wanted)?.name ?? wanted ?? '—';
  return (
    <article className="card" aria-busy={state.loading}>
      <header className="card-head">
        <h1>
          {valueOf('address') ?? code} {me.sample && <SampleBadge />}
        </h1>
        {card && (
          <p className="soft">
            {[valueOf('name'), areaName(card.committeeCode), areaName(card.cellCode)].filter(Boolean).join(' · ')}
          </p>
        )}
      </header>
      <AsOfBar at={state.loadedAt ?? Date.now()} />
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {card && (
        <div className="card-columns" key={asOf ?? 'now'}>
          <div>
            <AttributeList attributes={toAttributes(card)} />
          </div>
          <aside>
            <PlaceMap location={firstPoint(shape.data)} building={code} />
            <section className="card-group">
              <h2>{t('building.residents')}</h2>
              <p className="soft">{t('building.residentsText')}</p>
              {card.committeeCode && (
                <Link to={`/gov/community?committee=${card.committeeCode}&building=${code}`}>{t('building.desk')}</Link>
              )}
            </section>
          </aside>
        </div>
      )}
    </article>
  );
}

function toAttributes(card: BuildingCard): Attribute[] {
  const describe = (source: NonNullable<BuildingCard['attributes'][number]['source']>) => ({
    claim: source.claim,
    dataset: source.dataset,
    datasetTitle: { zh: source.dataset, en: source.dataset },
    unit: source.unit,
    receivedAt: source.at,
  });
  return card.attributes.flatMap(({ name, value, source, others }) => {
    const title = TITLES[name];
    if (!title) return [];
    return [
      {
        name,
        title,
        group: 'building',
        level: 'L1',
        masked: false,
        value,
        source: source && describe(source),
        others: others.map((other) => ({ value: other.value, source: describe(other.source) })),
      },
    ];
  });
}
