import './space.css';
import { useEffect, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { SpaceMap } from './space-map.tsx';
import { useSpaceTexts } from './texts.ts';

type Answer = Reply<'/api/space/geocode'>;
type Candidate = Answer['candidates'][number];
const EXAMPLES = [
  '淮海中路300弄甲支弄12号后客堂',
  '霞飛路三百弄甲支弄十二號亭子间',
  '新天地南里',
  '静安区淮海中路300弄',
] as const;

/** Places (空间库): search first. One clear answer with its map, or candidates where the system is not sure. */
export default function SpacePage() {
  const { t } = useSpaceTexts();
  const { me } = useSession();
  const [search, setSearch] = useSearchParams();
  const asked = search.get('q') ?? '';
  const [text, setText] = useState(asked);
  useEffect(() => setText(asked), [asked]);
  const { data, problem, loading, reload } = useApi(asked ? `geocode ${asked}` : null, (signal) =>
    call<Answer>(`/api/space/geocode?text=${encodeURIComponent(asked)}`, { signal }),
  );
  const officer = me.kind === 'data-officer';
  return (
    <div className="sp" aria-busy={loading}>
      <header className="sp-head">
        <h1>
          {t('title')} {me.sample && <SampleBadge />}
        </h1>
        <p className="soft">{t('lead')}</p>
        {officer && <Queue />}
      </header>
      <form
        className="sp-search"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          setSearch(text.trim() ? { q: text.trim() } : {});
        }}
      >
        <input
          type="search"
          aria-label={t('label')}
          placeholder={t('placeholder')}
          value={text}
          maxLength={300}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="primary">
          {t('search')}
        </button>
      </form>
      <p role="status" className={loading ? 'soft' : 'hidden'}>
        {loading && t('waiting')}
      </p>
      {problem && <RefusalPanel problem={problem} onRetry={reload} />}
      {!asked && (
        <>
          <EmptyState title={t('start')} text={t('startText')} />
          <p className="sp-examples">
            <span className="soft">{t('examples')}</span>
            {EXAMPLES.map((example) => (
              <button type="button" key={example} onClick={() => setSearch({ q: example })}>
                {example}
              </button>
            ))}
          </p>
        </>
      )}
      {asked && data && <Shown key={asked} answer={data} />}
    </div>
  );
}

/** How much waits for a decision, for those who decide. */
function Queue() {
  const { t } = useSpaceTexts();
  const { data } = useApi('space conflicts count', (signal) =>
    call<Reply<'/api/space/conflicts'>>('/api/space/conflicts?limit=1', { signal }),
  );
  return (
    <p>
      <Link to="/data/space/conflicts">{t('queue')}</Link>{' '}
      {data && <span className="soft">{t('queueOpen', { n: data.open })}</span>}
    </p>
  );
}

function Shown({ answer }: { answer: Answer }) {
  const { t } = useSpaceTexts();
  const [chosen, setChosen] = useState(0);
  const { status, candidates } = answer;
  if (status === 'outside')
    return <EmptyState title={t('outside')} text={t('outsideText', { district: answer.district })} />;
  if (status === 'unknown') return <EmptyState title={t('unknown')} text={t('unknownText')} />;
  const best = candidates[chosen] ?? candidates[0];
  if (!best) return <EmptyState title={t('unknown')} text={t('unknownText')} />;
  return (
    <div className="sp-columns">
      <div className="sp-answer">
        <p className="sp-sure" data-state={status} role="status">
          {t(status)} · {t('confidence', { percent: percentOf(best.confidence) })}
        </p>
        {status === 'unsure' && (
          <>
            <p className="soft">{t('unsureText')}</p>
            <ul className="sp-list sp-choices">
              {candidates.map((candidate, i) => (
                <li key={candidate.place.code}>
                  <b>{candidate.place.address ?? candidate.place.code}</b>
                  <span className="soft">{t('confidence', { percent: percentOf(candidate.confidence) })}</span>
                  <button type="button" aria-pressed={i === chosen} onClick={() => setChosen(i)}>
                    {t('choose')}
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
        <Facts candidate={best} />
      </div>
      <SpaceMap location={best.place.location} building={best.place.code} />
    </div>
  );
}

const percentOf = (confidence: number): string => `${Math.round(confidence * 100)}%`;

function Facts({ candidate }: { candidate: Candidate }) {
  const { t } = useSpaceTexts();
  const { place, room, steps } = candidate;
  const told = steps.filter(({ how }) => how !== 'exact');
  const roomText = t(`roomState.${room.state}`, {
    number: room.number,
    floor: room.floor ?? '—',
    written: room.written,
    among: room.among.join('、'),
  });
  const facts: [string, string][] = [
    ['room', roomText],
    ['committee', place.committee?.name ?? t('none')],
    ['cell', place.cell?.name ?? t('none')],
    ['street', place.street?.name ?? t('none')],
    ['year', place.yearBuilt === null ? t('none') : String(place.yearBuilt)],
    ['heritage', place.heritageClass || t('notListed')],
    ['facade', place.facadeClass || t('none')],
    ['manager', place.managedBy ?? t('none')],
  ];
  return (
    <>
      <h2>{place.address ?? place.code}</h2>
      <dl className="sp-facts">
        {facts.map(([name, value]) => (
          <FactRow key={name} title={t(`facts.${name}` as 'facts.room')} value={value} />
        ))}
      </dl>
      <Link to={`/data/space/${place.code}`}>{t('open')}</Link>
      <section className="sp-section" aria-label={t('posts')}>
        <h3>{t('posts')}</h3>
        {place.posts.length === 0 && <p className="soft">{t('noPosts')}</p>}
        <ul className="sp-list">
          {place.posts.map(({ duty, unit, post }) => (
            <li key={`${duty}${post}`}>
              <b>{post}</b>
              <span className="soft">
                {t(`duties.${duty}` as 'duties.grid-head', { defaultValue: duty })} · {unit}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section className="sp-section" aria-label={t('read')}>
        <h3>{t('read')}</h3>
        {told.length === 0 && <p className="soft">{t('asWritten')}</p>}
        <ul className="sp-list">
          {told.map(({ how, read, matched, factor }) => (
            <li key={`${how}${read}`}>
              <span>{t(`how.${how}` as 'how.exact', { read, matched })}</span>
              <span className="soft">× {factor}</span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function FactRow({ title, value }: { title: string; value: string }) {
  return (
    <>
      <dt>{title}</dt>
      <dd>{value}</dd>
    </>
  );
}
