import '#web/entrances/entrances.css';
import './space.css';
import { Link, useLocation, useParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { AsOfBar, useAsOf } from '#web/design/as-of-bar.tsx';
import { SampleBadge } from '#web/design/badges.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { AttributeList } from '#web/entrances/shared/attribute-list.tsx';
import { useSession } from '#web/shell/session.tsx';
import { attributesOf } from './attributes.ts';
import { SpaceMap } from './space-map.tsx';
import { useSpaceTexts } from './texts.ts';

type Card = Reply<'/api/space/buildings/{code}'>;
type Rooms = Reply<'/api/space/buildings/{code}/rooms'>['rooms'];
const STAFF: ReadonlySet<string> = new Set(['committee-worker', 'street-clerk', 'data-officer', 'duty-officer']);

/** Card of a building (房屋卡片) for data officers and the public: facts with sources, history, floors and rooms for staff. */
export default function SpaceBuildingPage() {
  const { code = '' } = useParams();
  const { t } = useSpaceTexts();
  const { me } = useSession();
  const citizen = useLocation().pathname.startsWith('/citizen');
  const asOf = useAsOf();
  const until = asOf ? `?asOf=${encodeURIComponent(`${asOf}T23:59:59+08:00`)}` : '';
  const {
    data: card,
    problem,
    loading,
    reload,
    loadedAt,
  } = useApi(`space building ${code} ${until}`, (signal) =>
    call<Card>(`/api/space/buildings/${encodeURIComponent(code)}${until}`, { signal }),
  );
  const valueOf = (name: string) => card?.attributes.find((attribute) => attribute.name === name)?.value ?? null;
  return (
    <article className="sp" aria-busy={loading}>
      {!citizen && (
        <p className="sp-back">
          <Link to="/data/space">← {t('back')}</Link>
        </p>
      )}
      <header className="sp-head">
        <h1>
          {valueOf('address') ?? code} {me.sample && <SampleBadge />}
        </h1>
        {card && (
          <p className="soft">
            {t('facts.code')} {card.code} · {t(`statuses.${card.status}` as 'statuses.standing')}
            {card.unifiedCode && ` · ${t('facts.unified')} ${card.unifiedCode}（${t('unifiedNote')}）`}
          </p>
        )}
        {card?.endedOn && <p className="notice">{t('ended', { date: card.endedOn })}</p>}
      </header>
      <AsOfBar at={loadedAt ?? Date.now()} />
      {problem && <RefusalPanel problem={problem} onRetry={reload} />}
      {card && (
        <div className="sp-columns">
          <div className="sp-answer">
            <section aria-label={t('attributes')}>
              <AttributeList attributes={attributesOf(card)} />
            </section>
            <History card={card} cards={citizen ? '/citizen/buildings' : '/data/space'} />
            {!citizen &&
              (STAFF.has(me.kind ?? '') ? <RoomList code={code} /> : <p className="soft">{t('roomsHidden')}</p>)}
          </div>
          <SpaceMap location={middleOf(valueOf('outline'))} building={code} />
        </div>
      )}
    </article>
  );
}

/** Mean of the corners of the outline: near enough to centre a window on. */
function middleOf(outline: string | null): { lon: number; lat: number } | null {
  let at: unknown = outline === null ? null : (JSON.parse(outline) as { coordinates: unknown }).coordinates;
  while (Array.isArray(at) && Array.isArray(at[0]) && Array.isArray(at[0][0])) at = at[0];
  if (!Array.isArray(at) || at.length === 0) return null;
  const corners = at as [number, number][];
  const mean = (axis: 0 | 1): number => corners.reduce((sum, corner) => sum + corner[axis], 0) / corners.length;
  return { lon: mean(0), lat: mean(1) };
}

function History({ card, cards }: { card: Card; cards: string }) {
  const { t } = useSpaceTexts();
  return (
    <section className="sp-section" aria-label={t('history')}>
      <h2>{t('history')}</h2>
      {card.history.length === 0 && card.formerAddresses.length === 0 && <p className="soft">{t('noHistory')}</p>}
      <ul className="sp-list">
        {card.history.map(({ kind, predecessor, successor, happenedOn, basis }) => {
          const other = predecessor === card.code ? successor : predecessor;
          return (
            <li key={`${predecessor}${successor ?? ''}`}>
              <span>
                {happenedOn} <b>{t(`kinds.${kind}` as 'kinds.split')}</b>
                {other && (
                  <>
                    {' '}
                    {t(predecessor === card.code ? 'to' : 'from')} <Link to={`${cards}/${other}`}>{other}</Link>
                  </>
                )}
              </span>
              <span className="soft">{basis}</span>
            </li>
          );
        })}
        {card.formerAddresses.map(({ address, until }) => (
          <li key={address}>
            <span>
              {t('former')} {address}
            </span>
            <span className="soft">{until && t('until', { date: until })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function RoomList({ code }: { code: string }) {
  const { t } = useSpaceTexts();
  const { data, problem, reload } = useApi(`rooms ${code}`, (signal) =>
    call<{ rooms: Rooms }>(`/api/space/buildings/${encodeURIComponent(code)}/rooms`, { signal }),
  );
  const floors = new Map<number | null, Rooms>();
  for (const room of data?.rooms ?? []) floors.set(room.floor, [...(floors.get(room.floor) ?? []), room]);
  return (
    <section className="sp-section" aria-label={t('rooms')}>
      <h2>{t('rooms')}</h2>
      {problem && <RefusalPanel problem={problem} onRetry={reload} />}
      {data && data.rooms.length === 0 && <p className="soft">{t('noRooms')}</p>}
      <dl className="sp-rooms">
        {[...floors].map(([floor, rooms]) => (
          <FloorRow
            key={floor ?? 'none'}
            title={floor === null ? t('noFloor') : t('floor', { n: floor })}
            rooms={rooms}
          />
        ))}
      </dl>
    </section>
  );
}

function FloorRow({ title, rooms }: { title: string; rooms: Rooms }) {
  return (
    <>
      <dt>{title}</dt>
      <dd>
        {rooms.map(({ id, number, areaM2 }) => (
          <span key={id} title={areaM2 === null ? undefined : `${areaM2} m²`}>
            {number}
          </span>
        ))}
      </dd>
    </>
  );
}
