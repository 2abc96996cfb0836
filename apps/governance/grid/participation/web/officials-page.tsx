import { type FormEvent, useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatMoment } from '#web/design/format.ts';
import { PurposeGate, usePurpose } from '#web/design/purpose.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import '../../web/grid.css';
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
      {me.kind === 'duty-officer' && <Pauses />}
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
              {each.part ?? ''} {each.lat}, {each.lon} · {formatMoment(each.askedAt, { language })}
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
              {each.until && <span className="soft">{t('until', { day: each.until })}</span>}
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

function Pauses() {
  const { t } = useParticipationTexts();
  const purpose = usePurpose('grid-pauses', t('subject'));
  const list = useApi(`pauses ${purpose.code}`, async (signal) =>
    purpose.code
      ? call<Reply<'/api/grid/pauses'>>('/api/grid/pauses', { signal, headers: purpose.headers })
      : { pauses: [] },
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
            <span className="soft grid-no">
              {each.report} · {t('until', { day: each.until })}
            </span>
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
              {t('report')} <input name="report" required minLength={36} maxLength={36} />
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
