import { type FormEvent, useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { Clock } from '#web/design/clock.tsx';
import { formatMoment } from '#web/design/format.ts';
import { LazyMap } from '#web/design/lazy-map.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { GROUND, pointLayer, StateBadge, Timeline } from './grid-parts.tsx';
import { useGridTexts } from './grid-texts.ts';
import { filesOf, REPORTED } from './photo-sides.ts';

type Own = Reply<'/api/incident/own-reports/{id}'>;
/** The line of states that everybody understands; what lies between belongs to the one before. */
const LINE = [
  'reported',
  'accepted',
  'established',
  'dispatched',
  'handling',
  'handled',
  'verified',
  'closed',
] as const;
const PLACE: Record<string, number> = { facts: 1, ruling: 2, suspended: 4, evaluated: 7, archived: 7 };
const CAN_WITHDRAW = new Set(['reported', 'facts', 'accepted']);
const AROUND = 0.003;

/** One report of mine (上报进度): what waits for me, a line of states, and what I was told. */
export default function OwnReportPage() {
  const { t, language } = useGridTexts();
  const { id = '' } = useParams();
  const state = useApi(`own report ${id}`, (signal) => call<Own>(`/api/incident/own-reports/${id}`, { signal }));
  const found = state.data;
  const layers = useMemo(
    () => (found ? [...GROUND, pointLayer('place', [{ id: found.no, lon: found.lon, lat: found.lat }])] : []),
    [found],
  );
  const { busy, problem, submit } = useSubmit(({ act, body }: { act: string; body: object }, key) =>
    call(`/api/incident/own-reports/${id}/${act}`, { method: 'POST', body, headers: key }),
  );
  const send = async (act: string, body: object = {}) => {
    if ((await submit({ act, body })) !== undefined) state.reload();
  };
  if (!found)
    return (
      <div className="grid-own">{state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}</div>
    );
  const at = PLACE[found.state] ?? LINE.indexOf(found.state as 'reported');
  return (
    <div className="grid-own">
      <p>
        <Link to="/citizen/reports">{t('mine')}</Link>
      </p>
      <h1>{found.text}</h1>
      <p>
        <StateBadge state={found.state} /> <span className="soft grid-no">{found.no}</span>
        {found.reports > 1 && <span className="soft"> · {t('together', { n: found.reports })}</span>}
      </p>
      {found.merged && <p className="notice">{t('mergedText', { no: found.merged })}</p>}
      {found.withdrawn && <p className="soft">{t('withdrawn')}</p>}
      {problem && <RefusalPanel problem={problem} />}
      {found.waits === 'facts' && <Answer busy={busy} send={send} />}
      {found.waits === 'rate' && <Rate busy={busy} send={send} />}
      {found.satisfied !== null && <p role="status">{t(found.satisfied ? 'thanks' : 'thanksCall')}</p>}
      {at >= 0 && (
        <section aria-label={t('line')}>
          <h2>{t('line')}</h2>
          <ol className="grid-line">
            {LINE.map((each, i) => (
              <li key={each} data-done={i < at} aria-current={i === at ? 'step' : undefined}>
                {t(`states.${each}`)}
              </li>
            ))}
          </ol>
          {found.clock && <Clock clock={found.clock} />}
        </section>
      )}
      <LazyMap
        label={t('place')}
        layers={layers}
        bounds={[found.lon - AROUND, found.lat - AROUND, found.lon + AROUND, found.lat + AROUND]}
      />
      {found.notices.length > 0 && (
        <section aria-label={t('told')}>
          <h2>{t('told')}</h2>
          <ul className="grid-mine">
            {found.notices.map(({ kind, at: when }) => (
              <li key={`${when} ${kind}`}>
                {t(`steps.${kind as 'accept'}`, { defaultValue: kind })}{' '}
                <span className="soft">{formatMoment(when, { language })}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Photos entries={found.timeline} />
      <section aria-label={t('timeline')}>
        <h2>{t('timeline')}</h2>
        <Timeline entries={found.timeline} />
      </section>
      {CAN_WITHDRAW.has(found.state) && !found.withdrawn && (
        <p>
          <button type="button" disabled={busy} onClick={() => void send('withdraw')}>
            {t('withdraw')}
          </button>
        </p>
      )}
    </div>
  );
}

/** Before and after (处置前后): what reporters sent, and what whoever handled and verified it saw. */
function Photos({ entries }: { entries: Own['timeline'] }) {
  const { t } = useGridTexts();
  const sides = [
    { title: t('before'), files: filesOf(entries, REPORTED) },
    { title: t('after'), files: filesOf(entries, ['feedback', 'verify']) },
  ].filter(({ files }) => files.length > 0);
  return sides.map(({ title, files }) => (
    <section key={title} aria-label={title}>
      <h2>{title}</h2>
      <ul className="grid-photos">
        {files.map((file, i) => (
          <li key={file}>
            <a href={`/api/document/files/${file}/content`} target="_blank" rel="noreferrer">
              <img src={`/api/document/files/${file}/content`} alt={`${title} ${i + 1}`} loading="lazy" />
            </a>
          </li>
        ))}
      </ul>
    </section>
  ));
}

type Sends = { busy: boolean; send: (act: string, body?: object) => Promise<void> };

function Answer({ busy, send }: Sends) {
  const { t } = useGridTexts();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void send('answer-facts', { text: String(new FormData(event.currentTarget).get('text') ?? '').trim() });
  };
  return (
    <form onSubmit={submit}>
      <label>
        {t('answer')}
        <textarea name="text" rows={3} minLength={4} maxLength={1000} required />
      </label>
      <button type="submit" className="primary" disabled={busy}>
        {t('sendAnswer')}
      </button>
    </form>
  );
}

function Rate({ busy, send }: Sends) {
  const { t } = useGridTexts();
  const [satisfied, setSatisfied] = useState<boolean>();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const opinion = String(new FormData(event.currentTarget).get('opinion') ?? '').trim();
    void send('rate', { satisfied, ...(opinion && { opinion }) });
  };
  return (
    <form onSubmit={submit}>
      <fieldset>
        <legend>{t('rateTitle')}</legend>
        <label className="choice">
          <input type="radio" name="satisfied" required onChange={() => setSatisfied(true)} /> {t('yes')}
        </label>
        <label className="choice">
          <input type="radio" name="satisfied" required onChange={() => setSatisfied(false)} /> {t('no')}
        </label>
      </fieldset>
      {satisfied === false && (
        <label>
          {t('opinion')}
          <textarea name="opinion" rows={3} minLength={2} maxLength={500} required />
        </label>
      )}
      <button type="submit" className="primary" disabled={busy}>
        {t('rate')}
      </button>
    </form>
  );
}
