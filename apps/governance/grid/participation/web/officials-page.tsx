import { type FormEvent, useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatMoment } from '#web/design/format.ts';
import { PurposeGate, usePurpose } from '#web/design/purpose.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import '../../web/grid.css';
import { useClasses } from '../../web/grid-parts.tsx';
import { useParticipationTexts } from './participation-texts.ts';

/** Participation of residents for officials (市民参与): the street decides on adoptions, the centre holds draws and decides on pauses. */
export default function OfficialsPage() {
  const { t } = useParticipationTexts();
  const { me } = useSession();
  return (
    <div className="grid-page">
      <h1>{t('officials')}</h1>
      {me.kind === 'street-clerk' && <Adoptions />}
      {me.kind === 'duty-officer' && <Draws />}
      {me.kind === 'duty-officer' && <Objections />}
      {me.kind === 'duty-officer' && <PausesOnAsking />}
    </div>
  );
}

type Post = { path: string; body?: object };
const useAct = (headers: Record<string, string> = {}) =>
  useSubmit(({ path, body }: Post, key) => call(path, { method: 'POST', body, headers: { ...headers, ...key } }));

function Adoptions() {
  const { t, language } = useParticipationTexts();
  const list = useApi('adoptions', (signal) => call<Reply<'/api/grid/adoptions'>>('/api/grid/adoptions', { signal }));
  const { busy, problem, submit } = useAct();
  const [reasons, setReasons] = useState<Record<string, string>>({});
  const decide = async (id: string, approved: boolean) => {
    const body = { approved, reason: (reasons[id] ?? '').trim() };
    if (await submit({ path: `/api/grid/adoptions/${id}/decide`, body })) list.reload();
  };
  const asked = list.data?.adoptions.filter(({ state }) => state === 'asked') ?? [];
  const others = list.data?.adoptions.filter(({ state }) => state !== 'asked') ?? [];
  return (
    <section className="grid-next" aria-label={t('requests')}>
      <h2>{t('requests')}</h2>
      {(problem ?? list.problem) && <RefusalPanel problem={(problem ?? list.problem) as NonNullable<typeof problem>} />}
      {list.data && asked.length === 0 && <p className="soft">{t('noRequests')}</p>}
      <ul className="grid-twins">
        {asked.map((each) => (
          <li key={each.id}>
            <b>{each.wish}</b>
            <span className="soft">
              {[each.part, `${each.lat.toFixed(5)}, ${each.lon.toFixed(5)}`, formatMoment(each.askedAt, { language })]
                .filter(Boolean)
                .join(' · ')}
            </span>
            <label>
              {t('reason')}
              <input
                value={reasons[each.id] ?? ''}
                minLength={4}
                maxLength={500}
                onChange={(e) => setReasons({ ...reasons, [each.id]: e.target.value })}
              />
            </label>
            <div className="grid-acts">
              <button type="button" className="primary" disabled={busy} onClick={() => void decide(each.id, true)}>
                {t('approve')}
              </button>
              <button type="button" disabled={busy} onClick={() => void decide(each.id, false)}>
                {t('refuse')}
              </button>
            </div>
          </li>
        ))}
        {others.map((each) => (
          <li key={each.id}>
            <b>{each.wish}</b>
            <span>
              <span className="badge">{t(`state.${each.state as 'asked'}`)}</span>{' '}
              {each.until && (
                <span className="soft">{t('until', { day: formatMoment(each.until, { language, time: false }) })}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Draws() {
  const { t, language } = useParticipationTexts();
  const list = useApi('draws', (signal) => call<Reply<'/api/grid/draws'>>('/api/grid/draws', { signal }));
  const { busy, problem, submit } = useAct();
  const open = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const text = (name: string) => String(new FormData(form).get(name) ?? '').trim();
    const closes = new Date(text('closes'));
    const body = {
      zh: text('zh'),
      en: text('en'),
      cost: Number(text('cost')),
      winners: Number(text('winners')),
      closesAt: closes.toISOString(),
    };
    if (!(await submit({ path: '/api/grid/draws', body }))) return;
    form.reset();
    list.reload();
  };
  const hold = async (id: string) => {
    if (await submit({ path: `/api/grid/draws/${id}/draw` })) list.reload();
  };
  return (
    <section className="grid-next" aria-label={t('draws')}>
      <h2>{t('draws')}</h2>
      {problem && <RefusalPanel problem={problem} />}
      <ul className="grid-twins">
        {list.data?.draws.map((each) => (
          <li key={each.id}>
            <b>{each.title[language]}</b>
            <span className="soft">
              {t('draw', { n: each.winners, when: formatMoment(each.closesAt, { language }) })}
            </span>
            <span className="grid-no">{t('seed', { seed: each.seed })}</span>
            {each.drawnAt ? (
              <>
                <span className="grid-no">{t('drawn', { won: each.won.join(' · ') || t('none') })}</span>
                <span className="grid-no soft">{t('digest', { digest: each.poolDigest ?? '' })}</span>
              </>
            ) : (
              <button
                type="button"
                disabled={busy || Date.parse(each.closesAt) > Date.now()}
                onClick={() => void hold(each.id)}
              >
                {t('hold')}
              </button>
            )}
          </li>
        ))}
      </ul>
      <details>
        <summary>{t('openDraw')}</summary>
        <form onSubmit={(event) => void open(event)}>
          <label>
            {t('drawZh')} <input name="zh" minLength={2} maxLength={80} required />
          </label>
          <label>
            {t('drawEn')} <input name="en" minLength={2} maxLength={80} required />
          </label>
          <label>
            {t('cost')} <input name="cost" type="number" min={1} max={1000} defaultValue={2} required />
          </label>
          <label>
            {t('winners')} <input name="winners" type="number" min={1} max={1000} defaultValue={10} required />
          </label>
          <label>
            {t('closes')} <input name="closes" type="datetime-local" required />
          </label>
          <button type="submit" className="primary" disabled={busy}>
            {t('publish')}
          </button>
        </form>
      </details>
    </section>
  );
}

/** Objections to points that were taken back: a person decides, with a reason that the other reads. */
function Objections() {
  const { t, language } = useParticipationTexts();
  const list = useApi('objections', (signal) =>
    call<Reply<'/api/grid/objections'>>('/api/grid/objections', { signal }),
  );
  const { busy, problem, submit } = useAct();
  const decide = async (event: FormEvent<HTMLFormElement>, id: string) => {
    event.preventDefault();
    const pressed = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null;
    const reason = String(new FormData(event.currentTarget).get('reason') ?? '').trim();
    const body = { restored: pressed?.value === 'restore', reason };
    if (await submit({ path: `/api/grid/objections/${id}/decide`, body })) list.reload();
  };
  return (
    <section className="grid-next" aria-label={t('objections')}>
      <h2>{t('objections')}</h2>
      <p className="soft">{t('objectionsLead')}</p>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {problem && <RefusalPanel problem={problem} />}
      {list.data?.objections.length === 0 && <p className="soft">{t('noObjections')}</p>}
      <ul className="grid-twins">
        {list.data?.objections.map((each) => (
          <li key={each.id}>
            <b>{each.text}</b>
            <span className="soft">
              {t('takenBack', { n: each.amount, why: each.why })} · {formatMoment(each.askedAt, { language })}
            </span>
            <form onSubmit={(event) => void decide(event, each.id)}>
              <label>
                {t('reason')}
                <input name="reason" required minLength={4} maxLength={1000} />
              </label>
              <div className="grid-acts">
                <button type="submit" value="restore" disabled={busy}>
                  {t('restore')}
                </button>
                <button type="submit" value="uphold" disabled={busy}>
                  {t('keepBack')}
                </button>
              </div>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Pauses are about persons: nobody is asked for a purpose before they want to see them. */
function PausesOnAsking() {
  const { t } = useParticipationTexts();
  const [asked, setAsked] = useState(false);
  if (asked) return <Pauses />;
  return (
    <section className="grid-next" aria-label={t('cooling')}>
      <h2>{t('cooling')}</h2>
      <p className="soft">{t('coolingLead')}</p>
      <p>
        <button type="button" onClick={() => setAsked(true)}>
          {t('seePauses')}
        </button>
      </p>
    </section>
  );
}

function Pauses() {
  const { t, language } = useParticipationTexts();
  const classes = useClasses();
  const purpose = usePurpose('grid-pauses', t('subject'));
  const list = useApi(`pauses ${purpose.code}`, async (signal) =>
    purpose.code
      ? call<Reply<'/api/grid/pauses'>>('/api/grid/pauses', { signal, headers: purpose.headers })
      : { pauses: [] },
  );
  const refused = useApi('refused reports', (signal) =>
    call<Reply<'/api/grid/refused-reports'>>('/api/grid/refused-reports', { signal }),
  );
  const { busy, problem, submit } = useAct(purpose.headers);
  const [reasons, setReasons] = useState<Record<string, string>>({});
  const decide = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const text = (name: string) => String(new FormData(form).get(name) ?? '').trim();
    const body = { report: text('report'), days: Number(text('days')), reason: text('reason') };
    if (!(await submit({ path: '/api/grid/pauses', body }))) return;
    form.reset();
    list.reload();
    refused.reload();
  };
  const settle = async (id: string, lifted: boolean) => {
    const body = { lifted, reason: (reasons[id] ?? '').trim() };
    if (await submit({ path: `/api/grid/pauses/${id}/appeal`, body })) list.reload();
  };
  return (
    <section className="grid-next" aria-label={t('cooling')}>
      <h2>{t('cooling')}</h2>
      <p className="soft">{t('coolingLead')}</p>
      {!purpose.code && <PurposeGate purpose={purpose} text={t('gate')} />}
      {problem && <RefusalPanel problem={problem} />}
      <ul className="grid-twins">
        {list.data?.pauses.map((each) => (
          <li key={each.id}>
            <b>{each.reason}</b>
            <span className="soft">{t('until', { day: formatMoment(each.until, { language, time: false }) })}</span>
            {each.appeal && <span>{t('appealIs', { text: each.appeal })}</span>}
            {each.outcome && <span className="badge">{t(`outcome.${each.outcome as 'lifted'}`)}</span>}
            {each.appeal && !each.outcome && (
              <>
                <label>
                  {t('reason')}
                  <input
                    value={reasons[each.id] ?? ''}
                    minLength={4}
                    onChange={(e) => setReasons({ ...reasons, [each.id]: e.target.value })}
                  />
                </label>
                <div className="grid-acts">
                  <button type="button" disabled={busy} onClick={() => void settle(each.id, true)}>
                    {t('lift')}
                  </button>
                  <button type="button" disabled={busy} onClick={() => void settle(each.id, false)}>
                    {t('uphold')}
                  </button>
                </div>
              </>
            )}
          </li>
        ))}
      </ul>
      {purpose.code && (
        <details>
          <summary>{t('decide')}</summary>
          <form onSubmit={(event) => void decide(event)}>
            <label>
              {t('report')}
              <select name="report" required defaultValue="">
                <option value="" disabled>
                  {t('choose')}
                </option>
                {refused.data?.reports.map((each) => (
                  <option key={each.report} value={each.report}>
                    {[
                      classes.get(each.class)?.name[language] ?? each.class,
                      each.no,
                      formatMoment(each.at, { language }),
                      each.why,
                    ].join(' · ')}
                  </option>
                ))}
              </select>
              {refused.data?.reports.length === 0 && <small className="soft">{t('reportNone')}</small>}
            </label>
            <label>
              {t('days')} <input name="days" type="number" min={1} max={30} defaultValue={7} required />
            </label>
            <label>
              {t('why')} <textarea name="reason" rows={3} minLength={10} maxLength={1000} required />
            </label>
            <button type="submit" className="primary" disabled={busy}>
              {t('decide')}
            </button>
          </form>
        </details>
      )}
    </section>
  );
}
