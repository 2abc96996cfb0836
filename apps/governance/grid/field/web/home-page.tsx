import './field.css';
import { Link, useNavigate } from 'react-router';
import { call, Problem, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { Clock } from '#web/design/clock.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { dropDraft, OutboxList, useKept, useKeptPages, useOutbox } from '#web/offline/index.ts';
import { useSession } from '#web/shell/session.tsx';
import { StateBadge, useClasses, usePointName } from '../../web/grid-parts.tsx';
import { useFieldTexts } from './field-texts.ts';
import { Install } from './install.tsx';
import { type FieldDraft, REPORT, reportKey } from './report-page.tsx';

type List = Reply<'/api/incident/cases'>;
type Mine = Reply<'/api/incident/reported'>;
type Point = { id: string; label: string; lon: number; lat: number; kind: string; done: boolean };
type Patrol = { patrol: null | { id: string; title: string; points: Point[] } };

const SCOPE = '/gov/field';
const VERIFY = '/api/incident/cases?view=queue&state=handled';
const MINE = '/api/incident/reported';
const ROUTE = '/api/grid/patrols/today';
const CLASSES = '/api/incident/classes';
const FACTS = [VERIFY, MINE, ROUTE, CLASSES, '/api/identity/units'];
const load = () =>
  Promise.all([import('./report-page.tsx'), import('./verify-page.tsx'), import('#web/design/map-view.tsx')]);

/** The supervisor's day (城管通): the way of today, what waits to be looked at, what was reported, and what this device has not sent yet. */
export default function FieldHomePage() {
  const { t, language } = useFieldTexts();
  const navigate = useNavigate();
  const outbox = useOutbox();
  const classes = useClasses();
  const queue = useApi('field verify', (signal) => call<List>(VERIFY, { signal }));
  const mine = useApi('field mine', (signal) => call<Mine>(MINE, { signal }));
  const route = useApi('field route', (signal) =>
    call<Patrol>(ROUTE, { signal }).catch((thrown: unknown): Patrol => {
      // Whoever has no patrols has no route.
      if (thrown instanceof Problem && (thrown.status === 404 || thrown.status === 403)) return { patrol: null };
      throw thrown;
    }),
  );
  const waiting = queue.data?.cases ?? [];
  const cases = waiting.slice(0, 20).map(({ no }) => `/api/incident/cases/${no}`);
  const kept = useKeptPages({ scope: SCOPE, load, facts: [...FACTS, ...cases] });
  const inOutbox = new Set(outbox.records?.filter(({ state }) => state !== 'refused').map(({ path }) => path));
  const left = waiting.filter(
    ({ no }) => !inOutbox.has(`/api/incident/cases/${no}/verify`) && !inOutbox.has(`/api/incident/cases/${no}/rework`),
  );
  return (
    <div className="field-page">
      <link rel="manifest" href="/field.webmanifest" />
      <h1>{t('home')}</h1>
      <p className="soft">{t(kept ? 'kept' : 'keptNot')}</p>
      <Install />
      <Unfinished />
      <section aria-label={t('outbox')}>
        <h2>{t('outbox')}</h2>
        <OutboxList
          outbox={outbox}
          onEdit={(record) =>
            void navigate(
              record.kind === REPORT
                ? `/gov/field/report?record=${record.id}`
                : `/gov/field/verify/${String(record.body['no'] ?? record.path.split('/').at(-2))}`,
            )
          }
        />
      </section>
      <section aria-label={t('route')}>
        <h2>{t('route')}</h2>
        {route.data?.patrol ? (
          <PatrolRoute patrol={route.data.patrol} outbox={outbox} />
        ) : (
          <EmptyState title={t('noRoute')} text={t('noRouteText')} level={2} />
        )}
      </section>
      <section aria-label={t('toVerify')}>
        <h2>{t('toVerify')}</h2>
        {left.length === 0 ? (
          <EmptyState title={t('nothingToVerify')} text={t('nothingToVerifyText')} />
        ) : (
          <ul className="grid-mine">
            {left.map((each) => (
              <li key={each.no}>
                <Link to={`/gov/field/verify/${each.no}`}>
                  <b>{each.description}</b>
                  <span className="soft">
                    {[classes.get(each.class)?.name[language], each.address].filter(Boolean).join(' · ')}
                  </span>
                  {each.clock && <Clock clock={each.clock} />}
                  {each.sample && <SampleBadge />}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section aria-label={t('mine')}>
        <h2>{t('mine')}</h2>
        {(mine.data?.reports.length ?? 0) === 0 && <p className="soft">{t('noneMine')}</p>}
        <ul className="grid-mine">
          {mine.data?.reports.map((each) => (
            <li key={each.no}>
              <Link to={`/gov/incidents/${each.no}`}>
                <b>{each.text}</b>
                <span>
                  <StateBadge state={each.state} /> <span className="soft grid-no">{each.no}</span>
                </span>
                <small className="soft">{formatMoment(each.at, { language })}</small>
              </Link>
            </li>
          ))}
        </ul>
      </section>
      <Link className="button primary field-send" to="/gov/field/report">
        {t('report')}
      </Link>
    </div>
  );
}

/** A report that was begun and not handed in (未完成的上报): gone on with, or thrown away. */
function Unfinished() {
  const { t, language } = useFieldTexts();
  const { me } = useSession();
  const classes = useClasses();
  const key = reportKey(me.account);
  const [kept, reread] = useKept<FieldDraft>(key);
  const navigate = useNavigate();
  if (!kept) return null;
  const { text, class: code } = kept.value;
  const about = text.trim() || (code && (classes.get(code)?.name[language] ?? code)) || t('photos');
  return (
    <section className="field-begun" aria-label={t('unfinished')}>
      <p>
        <b>{t('unfinished')}</b> {about.slice(0, 40)} · {t('unfinishedPhotos', { n: kept.files.length })} ·{' '}
        {formatMoment(kept.at, { language })}
      </p>
      <div className="field-acts">
        <button type="button" onClick={() => void navigate('/gov/field/report')}>
          {t('goOn')}
        </button>
        <button type="button" onClick={() => void dropDraft(key).then(reread)}>
          {t('discard')}
        </button>
      </div>
    </section>
  );
}

function PatrolRoute({
  patrol,
  outbox,
}: {
  patrol: NonNullable<Patrol['patrol']>;
  outbox: ReturnType<typeof useOutbox>;
}) {
  const { t } = useFieldTexts();
  const nameOf = usePointName();
  const visits = `/api/grid/patrols/${patrol.id}/visits`;
  const queued = new Set(outbox.records?.filter(({ path }) => path === visits).map(({ body }) => body['point']));
  const reached = (point: Point): boolean => point.done || queued.has(point.id);
  const arrive = (point: Point) =>
    outbox.enqueue({ kind: 'grid.visit', path: visits, body: { point: point.id }, about: nameOf(point) });
  return (
    <>
      <p>
        <b>{patrol.title}</b>{' '}
        <span className="soft">
          {t('points', { done: patrol.points.filter(reached).length, all: patrol.points.length })}
        </span>
      </p>
      <ol className="field-points">
        {patrol.points.map((point) => (
          <li key={point.id}>
            <span>{nameOf(point)}</span>
            {reached(point) ? (
              <span className="badge grid-done">{t('arrivedDone')}</span>
            ) : (
              <button type="button" onClick={() => void arrive(point)}>
                {t('arrived')}
              </button>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}
