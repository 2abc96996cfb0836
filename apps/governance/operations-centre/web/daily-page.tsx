import { useSearchParams } from 'react-router';
import { type FormEvent } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { formatMoment, formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { LevelMark, State } from './ops-parts.tsx';
import { useOpsTexts } from './ops-texts.ts';

type Daily = Reply<'/api/ops/daily'>;

/** The report of a day (城运日报): one page, signed by the leader of the shift, to be printed. */
export default function DailyPage() {
  const { t, language } = useOpsTexts();
  const [search, setSearch] = useSearchParams();
  const day = search.get('day') ?? '';
  const state = useApi(`ops daily ${day}`, (signal) =>
    call<Daily>(`/api/ops/daily${day ? `?day=${encodeURIComponent(day)}` : ''}`, { signal }),
  );
  const { busy, problem, submit } = useSubmit((note: string, key) =>
    call(`/api/ops/daily/${state.data?.day}/sign`, {
      method: 'POST',
      body: note.trim() ? { note: note.trim() } : {},
      headers: key,
    }),
  );
  const found = state.data;
  const sign = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const note = String(new FormData(event.currentTarget).get('note') ?? '');
    if ((await submit(note)) !== undefined) state.reload();
  };
  return (
    <div className="ops-page ops-daily">
      <header>
        <h1>
          {t('daily')} {found?.day}
        </h1>
        <p className="soft ops-screen">{t('dailyLead')}</p>
      </header>
      <div className="ops-row ops-screen">
        <label className="choice">
          {t('day')}
          <input
            type="date"
            value={found?.day ?? day}
            onChange={(event) => event.target.value && setSearch({ day: event.target.value })}
          />
        </label>
        <button type="button" onClick={() => print()}>
          {t('print')}
        </button>
      </div>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {found && (
        <>
          <p className={found.signedAt ? 'soft' : 'notice'}>
            {found.signedAt
              ? t('signedBy', { name: found.signedName, at: formatMoment(found.signedAt, { language }) })
              : t(found.over ? 'dailyDraft' : 'dailyToday')}
          </p>
          {found.note && <p>{found.note}</p>}
          <Sheet found={found} />
          {found.maySign && (
            <form className="ops-screen" onSubmit={sign}>
              <label>
                {t('signNote')}
                <textarea name="note" maxLength={1000} rows={2} />
              </label>
              {problem && <RefusalPanel problem={problem} />}
              <button type="submit" className="primary" disabled={busy}>
                {t('signDaily')}
              </button>
            </form>
          )}
          {!found.signedAt && !found.maySign && <p className="soft ops-screen">{t('signWho')}</p>}
        </>
      )}
    </div>
  );
}

function Sheet({ found }: { found: Daily }) {
  const { t, language } = useOpsTexts();
  const { vitals, cases, alerts, incidents, orders, shifts, notes, items } = found.facts;
  const at = (moment: string) => formatMoment(moment, { language });
  const unit = (id: string) =>
    ({ percent: ' %', minute: language === 'en' ? ' min' : ' 分钟' })[found.titles[id]?.unit ?? ''] ?? '';
  return (
    <div className="ops-sheet">
      <section aria-label={t('dVitals')}>
        <h2>{t('dVitals')}</h2>
        {vitals.length === 0 && <p className="soft">{t('noVitals')}</p>}
        <dl className="ops-figures">
          {vitals.map(({ vital, value }) => (
            <div key={vital}>
              <dt>{found.titles[vital]?.[language] ?? vital}</dt>
              <dd>
                {formatNumber(value, { language, digits: Number.isInteger(value) ? 0 : 1 })}
                {unit(vital)}
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <section aria-label={t('dCases')}>
        <h2>
          {t('dCases')} {cases.sample > 0 && <SampleBadge />}
        </h2>
        <p>{t('dCasesText', cases)}</p>
        {cases.classes.length > 0 && (
          <p className="soft">
            {t('dClasses', { list: cases.classes.map(({ name, n }) => `${name[language]} ${n}`).join('、') })}
          </p>
        )}
      </section>
      <section aria-label={t('dAlerts')}>
        <h2>{t('dAlerts')}</h2>
        <p>
          {t('dAlertsText', {
            a: alerts.levels[0],
            b: alerts.levels[1],
            c: alerts.levels[2],
            d: alerts.levels[3],
            n: alerts.acknowledged,
            mean: alerts.acknowledged === 0 ? '—' : (alerts.minutes / alerts.acknowledged).toFixed(1),
            unseen: alerts.unseen,
          })}
        </p>
      </section>
      <section aria-label={t('dOrders')}>
        <h2>{t('dOrders')}</h2>
        <p>{t('dOrdersText', orders)}</p>
      </section>
      <section aria-label={t('dIncidents')}>
        <h2>{t('dIncidents')}</h2>
        {incidents.length === 0 && <p className="soft">{t('dNoIncidents')}</p>}
        <ul className="ops-plain">
          {incidents.map((each) => (
            <li key={each.id} className="ops-row">
              <LevelMark level={each.level} /> <b>{each.title[language]}</b> <State state={each.state} />
              <span className="soft">
                {each.no} · {t('members', { n: each.members })}
              </span>
              {each.sample && <SampleBadge />}
              {each.hypothesis && <span>{each.hypothesis}</span>}
            </li>
          ))}
        </ul>
      </section>
      <section aria-label={t('dShifts')}>
        <h2>{t('dShifts')}</h2>
        {shifts.length === 0 && <p className="soft">{t('dNone')}</p>}
        <ul className="ops-plain">
          {shifts.map((shift) => (
            <li key={shift.fromAt} className="ops-row">
              <span>
                {at(shift.fromAt)} – {at(shift.toAt)}
              </span>
              <b>{shift.leaderName}</b>
              <span className="soft">{shift.takenName ? t('taken', { name: shift.takenName }) : t('notTaken')}</span>
              {shift.sample && <SampleBadge />}
            </li>
          ))}
        </ul>
      </section>
      <section aria-label={t('dHandover')}>
        <h2>{t('dHandover')}</h2>
        {items.length === 0 && <p className="soft">{t('dNone')}</p>}
        <ul className="ops-plain">
          {items.map((item) => (
            <li key={`${item.madeAt} ${item.text}`}>
              {item.text} <span className="soft">{item.doneAt ? `${t('done')} ${at(item.doneAt)}` : t('open')}</span>
            </li>
          ))}
        </ul>
      </section>
      <section aria-label={t('dNotes')}>
        <h2>{t('dNotes')}</h2>
        {notes.length === 0 && <p className="soft">{t('dNone')}</p>}
        <ul className="ops-plain">
          {notes.map((note) => (
            <li key={`${note.at} ${note.text}`}>
              <span className="soft">
                {at(note.at)} {note.byName}
              </span>{' '}
              {note.text}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
