import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { Clock } from '#web/design/clock.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useCentreTexts } from './centre-texts.ts';
import type { Centres } from './centres.tsx';

const REFRESH_MS = 5_000;
/** The day in Shanghai of the server's moment. */
const dayOf = (at: string) => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10);

/** My tickets, appointments, and where what I handed in is (我的排队和预约): what has to be done now stands first. */
export function MyTickets({ centres }: { centres: Centres }) {
  const { t, language, say } = useCentreTexts();
  const tickets = useApi(
    'own tickets',
    (signal) => call<Reply<'/api/service-hall/own-tickets'>>('/api/service-hall/own-tickets', { signal }),
    { refreshMs: REFRESH_MS },
  );
  const booked = useApi('appointments', (signal) =>
    call<Reply<'/api/service-hall/appointments'>>('/api/service-hall/appointments', { signal }),
  );
  const handed = useApi('own intakes', (signal) =>
    call<Reply<'/api/service-hall/own-intakes'>>('/api/service-hall/own-intakes', { signal }),
  );
  const { busy, problem, submit } = useSubmit((url: string, key) =>
    call<object>(url, { method: 'POST', headers: key }),
  );
  const send = async (url: string) => {
    await submit(url);
    tickets.reload();
    booked.reload();
  };
  const centreName = (code: string | null) => say(centres.centres.find((centre) => centre.code === code)?.title);
  const familyName = (code: string) => say(centres.families.find((family) => family.code === code)?.title);
  const open =
    tickets.data?.tickets.filter(({ state }) => ['waiting', 'called', 'passed', 'serving'].includes(state)) ?? [];
  const waiting = booked.data?.appointments.filter(({ state }) => state === 'booked') ?? [];
  const intakes = handed.data?.intakes ?? [];
  return (
    <section aria-labelledby="hall-mine">
      <h2 id="hall-mine">{t('mine')}</h2>
      {problem && <RefusalPanel problem={problem} />}
      {tickets.problem && <RefusalPanel problem={tickets.problem} onRetry={tickets.reload} />}
      {tickets.data && open.length + waiting.length + intakes.length === 0 && (
        <EmptyState title={t('none')} text={t('noneText')} />
      )}
      <ul className="hall-list" aria-live="polite">
        {open.map(({ id, number, centre, family, state, window, ahead, waitMinutes, keptUntil }) => (
          <li key={id}>
            <h3>
              {number} · {familyName(family)} <span className="badge">{t(`states.${state as 'waiting'}`)}</span>
            </h3>
            <p>
              {centreName(centre)}
              {state === 'waiting' && ahead !== null && ` · ${t('ahead', { count: ahead })}`}
              {waitMinutes !== null && ` · ${t('waitMinutes', { n: waitMinutes })}`}
              {window !== null && state !== 'passed' && ` · ${t('goTo', { n: window })}`}
            </p>
            {keptUntil && <p className="soft">{t('kept', { when: formatMoment(keptUntil, { language }) })}</p>}
            {state !== 'serving' && (
              <div className="acts">
                <button
                  type="button"
                  disabled={busy}
                  onClick={() => void send(`/api/service-hall/own-tickets/${id}/leave`)}
                >
                  {t('leave')}
                </button>
              </div>
            )}
          </li>
        ))}
        {waiting.map(({ id, centre, day, from, family }) => (
          <li key={id}>
            <h3>
              {day} {from} · {familyName(family)} <span className="badge">{t('states.booked')}</span>
            </h3>
            <p>{centreName(centre)}</p>
            <div className="acts">
              {day === dayOf(centres.at) && (
                <button
                  type="button"
                  className="primary"
                  disabled={busy}
                  onClick={() => void send(`/api/service-hall/appointments/${id}/arrive`)}
                >
                  {t('arrive')}
                </button>
              )}
              <button
                type="button"
                disabled={busy}
                onClick={() => void send(`/api/service-hall/appointments/${id}/cancel`)}
              >
                {t('cancel')}
              </button>
            </div>
          </li>
        ))}
        {intakes.map(({ caseCode, title, centre, target, state, joinedInto, clock }) => (
          <li key={`${caseCode} ${title.zh}`}>
            <h3>
              {say(title)} <span className="badge">{t(`intakeStates.${state as 'to-hand-over'}`)}</span>
            </h3>
            <p className="soft">
              {t('from', { centre: centreName(centre) })}
              {target !== null && ` · ${t('to', { centre: centreName(target) })}`}
            </p>
            {joinedInto !== null && <p>{t('joinedInto', { code: joinedInto })}</p>}
            {clock && joinedInto === null && <Clock clock={clock} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
