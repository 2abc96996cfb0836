import { useEffect, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useWall } from './use-wall.ts';
import { WallMap } from './wall-map.tsx';
import { Definition, IndexLine, ItemList, Tile } from './wall-parts.tsx';
import { useWallTexts } from './wall-texts.ts';

type Area = { bbox: [number, number, number, number] | null };

/** The wall (运行大屏): vitals, map and queue by clock. Wall, desktop and phone are three layouts of the same parts. */
export default function WallPage() {
  const { t, language } = useWallTexts();
  const [search, setSearch] = useSearchParams();
  const [pointed, setPointed] = useState<string | null>(null);
  const { data: wall, problem, reload, latest, connected, serverNow, cutFor } = useWall();
  const open = search.get('tile');
  const behind = useApi(open ? `behind ${open}` : null, (signal) =>
    call<Reply<'/api/ops/vitals/{vital}'>>(`/api/ops/vitals/${encodeURIComponent(open ?? '')}`, { signal }),
  );
  // Asked again with every new state of the wall: what stands in the list stays until the answer is there, or nobody could click on it.
  const again = behind.reload;
  const asOf = wall?.asOf;
  useEffect(() => {
    if (asOf) again();
  }, [asOf, again]);
  const district = useApi('areas district', (signal) =>
    call<{ areas: Area[] }>('/api/geo/areas?level=district', { signal }),
  );
  const opened = wall?.vitals.find(({ id }) => id === open);
  if (!wall)
    return (
      <div className="wall-waiting">
        <h1>{t('title')}</h1>
        {problem && <RefusalPanel problem={problem} onRetry={reload} />}
        {problem && <Link to="/ops/map">{t('toMap')}</Link>}
      </div>
    );
  return (
    <div className="wall" data-open={open !== null}>
      <header className="wall-head">
        <h1>{t('title')}</h1>
        <span className="wall-live" data-live={connected}>
          {connected ? t('live') : t('cut')}
        </span>
        <span className="wall-asof">{t('asOf', { when: formatMoment(wall.asOf, { language }) })}</span>
      </header>
      <section className="wall-vitals" aria-label={t('vitals')}>
        <IndexLine wall={wall} cutFor={cutFor} />
        {wall.vitals.map((vital) => (
          <Tile
            key={vital.id}
            wall={wall}
            vital={vital}
            cutFor={cutFor}
            serverNow={serverNow}
            open={vital.id === open}
            to={`/ops?tile=${vital.id}`}
          />
        ))}
      </section>
      <WallMap
        points={opened && behind.data ? behind.data.items : wall.points}
        serverNow={serverNow}
        chosen={pointed}
        bounds={district.data?.areas[0]?.bbox ?? null}
      />
      <section className="wall-queue" aria-label={opened ? opened.title[language] : t('queue')}>
        <header>
          <h2>{opened ? t('behind', { name: opened.title[language] }) : t('queue')}</h2>
          {opened && (
            <button type="button" onClick={() => setSearch({})}>
              {t('back')}
            </button>
          )}
        </header>
        {opened && <Definition vital={opened} />}
        {opened && behind.problem && <RefusalPanel problem={behind.problem} onRetry={behind.reload} />}
        {opened && behind.data?.items.length === 0 && <p className="soft">{t('none')}</p>}
        {opened && behind.data && (
          <ItemList items={behind.data.items} serverNow={serverNow} chosen={pointed} onPoint={setPointed} />
        )}
        {opened && behind.data?.more && <p className="soft">{t('more')}</p>}
        {!opened && wall.queue.length === 0 && (
          <EmptyState
            title={wall.quietSince ? t('quiet', { when: formatMoment(wall.quietSince, { language }) }) : t('never')}
            text={t('noneNow')}
          />
        )}
        {!opened && <ItemList items={wall.queue} serverNow={serverNow} chosen={pointed} onPoint={setPointed} />}
      </section>
      {latest.length > 0 && (
        <section className="wall-latest" aria-label={t('latest')}>
          <h2>{t('latest')}</h2>
          <ul aria-live="off">
            {latest.map(({ type, subject, time, kind, row }, at) => (
              <li key={`${type} ${subject} ${time} ${at}`}>
                <time dateTime={time}>{new Date(time).toLocaleTimeString('zh-CN', { timeZone: 'Asia/Shanghai' })}</time>{' '}
                {t(`kinds.${kind as 'case'}`, { defaultValue: kind })}{' '}
                {String(row?.[language] ?? row?.['no'] ?? row?.['number'] ?? '')}{' '}
                {t(`states.${String(row?.['state']) as 'open'}`, { defaultValue: String(row?.['state'] ?? '') })}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
