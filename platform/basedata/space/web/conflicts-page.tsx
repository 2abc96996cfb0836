import './space.css';
import type { FeatureCollection, Geometry } from 'geojson';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { LazyMap } from '#web/design/lazy-map.tsx';
import type { MapLayer } from '#web/design/map-style.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSpaceTexts } from './texts.ts';

type Queue = Reply<'/api/space/conflicts'>;
type Conflict = Queue['conflicts'][number];
type Decided = { decision: string; created: string[]; ended: string[] };

/** Conflicts of buildings (冲突队列): one at a time with its map; what follows from a decision is done at once. */
export default function ConflictsPage() {
  const { t } = useSpaceTexts();
  const { data, problem, loading, reload } = useApi('space conflicts', (signal) =>
    call<Queue>('/api/space/conflicts', { signal }),
  );
  const [told, setTold] = useState('');
  const [first, ...later] = data?.conflicts ?? [];
  return (
    <div className="sp" aria-busy={loading}>
      <p className="sp-back">
        <Link to="/data/space">← {t('back')}</Link>
      </p>
      <header className="sp-head">
        <h1>{t('lanesTitle')}</h1>
        <p className="soft">{t('lanesLead')}</p>
      </header>
      <p role="status" className={told ? 'notice' : 'hidden'}>
        {told}
      </p>
      {problem && <RefusalPanel problem={problem} onRetry={reload} />}
      {data && !first && <EmptyState title={t('noConflicts')} text={t('noConflictsText')} />}
      {first && (
        <>
          <p className="soft">{t('left', { n: data?.open ?? 0 })}</p>
          <One
            key={first.id}
            conflict={first}
            onDecided={({ created }) => {
              setTold(created.length > 0 ? t('decidedNew', { codes: created.join('、') }) : t('decided'));
              reload();
            }}
          />
          <ul className="sp-list">
            {later.slice(0, 8).map((conflict) => (
              <li key={conflict.id}>
                <span>{conflict.buildings[0]?.label ?? conflict.outlines[0]?.label ?? conflict.id.slice(-6)}</span>
                <span className="soft">
                  {t(`conflictKinds.${conflict.relation ?? conflict.kind}` as 'conflictKinds.outline')}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function One({ conflict, onDecided }: { conflict: Conflict; onDecided: (decided: Decided) => void }) {
  const { t } = useSpaceTexts();
  const { buildings, outlines, facts } = conflict;
  const [building, setBuilding] = useState(buildings[0]?.id ?? '');
  const [note, setNote] = useState('');
  const { busy, problem, submit } = useSubmit((decision: string, key) =>
    call<Decided>(`/api/space/conflicts/${conflict.id}/decision`, {
      method: 'POST',
      body: { decision, ...(building ? { building } : {}), ...(note.trim() ? { note: note.trim() } : {}) },
      headers: key,
    }),
  );
  const decide = async (decision: string) => {
    const done = await submit(decision);
    if (done) onDecided(done);
  };
  return (
    <section className="sp-conflict">
      <form onSubmit={(event) => event.preventDefault()}>
        <h2>{t(`conflictKinds.${conflict.relation ?? conflict.kind}` as 'conflictKinds.outline')}</h2>
        {facts.areaM2 && <p>{t('area', { n: facts.areaM2 })}</p>}
        {facts.number && <p>{t('roomTwo', facts)}</p>}
        <Named title={t('buildings')} items={buildings} />
        <Named title={t('outlines')} items={outlines} />
        {buildings.length > 1 && !conflict.relation && conflict.kind === 'outline' && (
          <label>
            {t('which')}
            <select value={building} onChange={(event) => setBuilding(event.target.value)}>
              {buildings.map(({ id, label }) => (
                <option key={id} value={id}>
                  {label ?? id}
                </option>
              ))}
            </select>
          </label>
        )}
        <label>
          {t('note')}
          <input type="text" value={note} maxLength={300} onChange={(event) => setNote(event.target.value)} />
        </label>
        {problem && <RefusalPanel problem={problem} />}
        <div className="acts">
          {conflict.choices.map((choice) => (
            <button type="button" key={choice} disabled={busy} onClick={() => void decide(choice)}>
              {t(`choice.${choice}` as 'choice.same')}
            </button>
          ))}
        </div>
      </form>
      <ConflictMap conflict={conflict} />
    </section>
  );
}

function Named({ title, items }: { title: string; items: Conflict['buildings'] }) {
  const { t } = useSpaceTexts();
  if (items.length === 0) return null;
  return (
    <div>
      <p className="soft">{title}</p>
      <ul className="sp-list">
        {items.map(({ id, label }) => (
          <li key={id}>
            <span>{label ?? t('noAddress')}</span>
            <span className="soft">{id}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

const collect = (items: Conflict['buildings']): FeatureCollection => ({
  type: 'FeatureCollection',
  features: items.map(({ id, label, shape }) => ({
    type: 'Feature',
    properties: { id, name: label ?? '' },
    geometry: shape as Geometry,
  })),
});

/** Registered buildings filled, measured outlines drawn over them. */
function ConflictMap({ conflict }: { conflict: Conflict }) {
  const { t } = useSpaceTexts();
  const layers = useMemo(
    (): MapLayer[] => [
      { id: 'registered', kind: 'building', data: collect(conflict.buildings), idField: 'id', nameField: 'name' },
      { id: 'measured', kind: 'line', data: collect(conflict.outlines), colour: 'accent', width: 3 },
    ],
    [conflict.id],
  );
  if (conflict.buildings.length + conflict.outlines.length === 0) return null;
  return <LazyMap label={t('mapTitle')} layers={layers} />;
}
