import { useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { Clock } from '#web/design/clock.tsx';
import { formatMoment } from '#web/design/format.ts';
import { LazyMap } from '#web/design/lazy-map.tsx';
import { PurposeGate, PurposeLine, usePurpose } from '#web/design/purpose.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useSession } from '#web/shell/session.tsx';
import { ClausesPart } from '../clauses/web/clauses-part.tsx';
import { CaseOrders } from '../hotline/web/order-files.tsx';
import { NextActs } from './act-forms.tsx';
import { GROUND, pointLayer, StateBadge, Timeline } from './grid-parts.tsx';
import { useGridTexts } from './grid-texts.ts';
import { PartFact } from './what-it-is.tsx';

type Case = Reply<'/api/incident/cases/{no}'>;
type Twins = Reply<'/api/incident/cases/{no}/duplicates'>;
type Reporters = Reply<'/api/incident/cases/{no}/reporters'>;
type Units = { units: { code: string; kind: string }[] };
/** Kinds of units that nothing is dispatched to. */
const NOT_HANDLING = new Set(['city', 'district', 'branch', 'committee']);
const BEFORE_FILING = new Set(['reported', 'facts', 'accepted']);
/** About 200 m each way: what lies around the place. */
const AROUND = 0.002;

/** One case for who works on it (案件详情): what to do next on top, then the facts; place and timeline beside. */
export default function CasePage() {
  const { t, language } = useGridTexts();
  const { no = '' } = useParams();
  const { me } = useSession();
  const unitName = useUnitName();
  const state = useApi(`incident ${no}`, (signal) => call<Case>(`/api/incident/cases/${no}`, { signal }));
  const units = useApi('incident units', (signal) => call<Units>('/api/identity/units', { signal }));
  const found = state.data;
  const layers = useMemo(
    () => (found ? [...GROUND, pointLayer('case', [{ id: found.no, lon: found.lon, lat: found.lat }])] : []),
    [found],
  );
  const operates = me.kind === 'duty-officer' || me.kind === 'street-clerk';
  const handling = (units.data?.units ?? []).filter(({ kind }) => !NOT_HANDLING.has(kind)).map(({ code }) => code);
  return (
    <div className="grid-page">
      <header className="dc-head">
        <p>
          <Link to="/gov/incidents">{t('back')}</Link>
        </p>
        <h1>
          {found?.classFacts?.name[language] ?? no} {found?.sample && <SampleBadge />}
        </h1>
        {found && (
          <p className="soft">
            <span className="grid-no">{found.no}</span> · {formatMoment(found.reportedAt, { language })} ·{' '}
            {t(`sources.${found.source as 'grid'}`)}
            {found.reports > 1 && ` · ${t('reports', { n: found.reports })}`}
          </p>
        )}
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {found && (
        <div className="grid-case">
          <div>
            <section className="grid-next" aria-label={t('next')}>
              <h2>
                {t('next')} <StateBadge state={found.state} />
              </h2>
              {found.secureClock && (
                <div>
                  <b>{t('secure')}</b>
                  <Clock clock={found.secureClock} />
                </div>
              )}
              {found.clock && <Clock clock={found.clock} />}
              {found.asked && (
                <p className="notice">
                  {t(`askedFor.${found.asked.kind}`, {
                    ...found.asked,
                    until: formatMoment(found.asked.until ?? undefined, { language, time: false }),
                  })}
                </p>
              )}
              {found.orphan && found.unit !== null && (
                <p className="notice">
                  {t('orphan', { unit: unitName(found.unit) })}，
                  {found.orphan.successors.length > 0
                    ? t('orphanTo', { units: found.orphan.successors.map(({ name }) => name[language]).join('、') })
                    : t('orphanNone')}
                </p>
              )}
              {found.mergedInto && (
                <p>
                  {t('mergedInto')} <Link to={`/gov/incidents/${found.mergedInto}`}>{found.mergedInto}</Link>
                </p>
              )}
              <NextActs found={found} units={handling} onDone={state.reload} />
            </section>
            {operates && BEFORE_FILING.has(found.state) && <Duplicates no={found.no} onDone={state.reload} />}
            <section aria-label={t('basics')}>
              <h2>{t('basics')}</h2>
              <p>{found.description}</p>
              <dl className="grid-facts">
                <div>
                  <dt>{t('where')}</dt>
                  <dd>{found.address ?? `${found.lat.toFixed(5)}, ${found.lon.toFixed(5)}`}</dd>
                </div>
                <PartFact part={found.part} owner={found.owner} />
                <div>
                  <dt>{t('unit')}</dt>
                  <dd>
                    {found.unit === null ? t('noUnit') : unitName(found.unit)}
                    {found.returns > 0 && ` · ${t('returned', { n: found.returns })}`}
                    {found.reworks > 0 && ` · ${t('reworked', { n: found.reworks })}`}
                  </dd>
                </div>
                <div>
                  <dt>{t('responsible')}</dt>
                  <dd>
                    {found.responsible ? unitName(found.responsible.unit) : t('noResponsible')}
                    {found.responsible?.before && (
                      <small className="soft"> {t('tableNamed', { unit: unitName(found.responsible.before) })}</small>
                    )}
                  </dd>
                </div>
                {found.classFacts && (
                  <>
                    <div>
                      <dt>{t('establishWhen')}</dt>
                      <dd>{found.classFacts.establish[language]}</dd>
                    </div>
                    <div>
                      <dt>{t('closeWhen')}</dt>
                      <dd>
                        {found.classFacts.close[language]}
                        {!found.classFacts.sourceVerified && <small className="soft"> {t('unverified')}</small>}
                      </dd>
                    </div>
                  </>
                )}
              </dl>
            </section>
            {found.photos.length > 0 && (
              <section aria-label={t('photos')}>
                <h2>{t('photos')}</h2>
                <ul className="grid-photos">
                  {found.photos.map(({ file }, i) => (
                    <li key={file}>
                      <a href={`/api/document/files/${file}/content`} target="_blank" rel="noreferrer">
                        <img
                          src={`/api/document/files/${file}/content`}
                          alt={t('photoOf', { n: i + 1 })}
                          loading="lazy"
                        />
                      </a>
                    </li>
                  ))}
                </ul>
              </section>
            )}
            {me.kind !== 'committee-worker' && (
              <ClausesPart no={found.no} code={found.class} files={found.photos.map(({ file }) => file)} />
            )}
            {me.kind === 'duty-officer' && <CaseOrders no={found.no} />}
            {me.kind === 'duty-officer' && <ReporterPart no={found.no} />}
          </div>
          <aside>
            <LazyMap
              label={t('where')}
              layers={layers}
              bounds={[found.lon - AROUND, found.lat - AROUND, found.lon + AROUND, found.lat + AROUND]}
            />
            <section aria-label={t('timeline')}>
              <h2>{t('timeline')}</h2>
              <Timeline entries={found.timeline} />
            </section>
          </aside>
        </div>
      )}
    </div>
  );
}

/** What may be the same (疑似重复), with reasons; a person decides. */
function Duplicates({ no, onDone }: { no: string; onDone: () => void }) {
  const { t } = useGridTexts();
  const twins = useApi(`incident twins ${no}`, (signal) =>
    call<Twins>(`/api/incident/cases/${no}/duplicates`, { signal }),
  );
  const { busy, problem, submit } = useSubmit((into: string, key) =>
    call(`/api/incident/cases/${no}/merge`, { method: 'POST', body: { into }, headers: key }),
  );
  const merge = async (into: string) => {
    if ((await submit(into)) !== undefined) onDone();
  };
  return (
    <section aria-label={t('duplicates')}>
      <h2>{t('duplicates')}</h2>
      {twins.problem && <RefusalPanel problem={twins.problem} onRetry={twins.reload} />}
      {twins.data?.candidates.length === 0 && <p className="soft">{t('noDuplicates')}</p>}
      {(twins.data?.candidates.length ?? 0) > 0 && <p className="soft">{t('duplicatesLead')}</p>}
      {problem && <RefusalPanel problem={problem} />}
      <ul className="grid-twins">
        {twins.data?.candidates.map((each) => (
          <li key={each.no}>
            <Link to={`/gov/incidents/${each.no}`}>{each.description}</Link>
            <span>
              <StateBadge state={each.state} /> <span className="soft grid-no">{each.no}</span>
            </span>
            <span className="soft">
              {t('likeness', { metres: each.metres, minutes: each.minutes, text: Math.round(each.text * 100) })}
              {each.sameClass && ` · ${t('sameClass')}`}
              {each.bits !== null && ` · ${t('picture', { bits: each.bits })}`}
            </span>
            <button type="button" disabled={busy} onClick={() => void merge(each.no)}>
              {t('merge')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Who reported and how they are reached, after a purpose; for the centre that calls back. */
function ReporterPart({ no }: { no: string }) {
  const { t, language } = useGridTexts();
  const [open, setOpen] = useState(false);
  const purpose = usePurpose('incident-reporters', t('reporterSubject'), ['contact-reporter']);
  const list = useApi(purpose.code ? `incident reporters ${no}` : null, (signal) =>
    call<Reporters>(`/api/incident/cases/${no}/reporters`, { headers: purpose.headers, signal }),
  );
  return (
    <section aria-label={t('reporters')}>
      <h2>{t('reporters')}</h2>
      {!purpose.code && (
        // The gate asks by itself as soon as it stands there: not before somebody wants to see.
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{t('showReporters')}</summary>
          {open && <PurposeGate purpose={purpose} text={t('reporterGate')} />}
        </details>
      )}
      {purpose.code && <PurposeLine purpose={purpose} />}
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      <ul className="grid-twins">
        {list.data?.reporters.map((each) => (
          <li key={each.id}>
            <span>
              {[each.name, each.phone, each.email].filter(Boolean).join(' · ') || t('noContact')}{' '}
              <small className="soft">{formatMoment(each.at, { language })}</small>
            </span>
            <span>{each.text}</span>
            <span className="soft">
              {each.satisfied === null
                ? t('unrated')
                : each.satisfied
                  ? t('satisfied')
                  : t('dissatisfied', { opinion: each.opinion ?? '' })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
