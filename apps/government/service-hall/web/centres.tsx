import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { bandOf } from './centre-map.tsx';
import { useCentreTexts } from './centre-texts.ts';
import { MyTickets } from './my-tickets.tsx';
import './centres.css';

export type Centres = Reply<'/api/service-hall/centres'>;
type Centre = Centres['centres'][number];
const REFRESH_MS = 15_000;

/** Service centres (办事大厅): where it is quick now, and a place in the line before one sets out. */
export default function CentresPage() {
  const { t, say } = useCentreTexts();
  const { me } = useSession();
  const mayTake = me.signedIn && me.kind === 'citizen';
  const [chosen, setChosen] = useState<string>();
  const [turn, setTurn] = useState(0);
  const list = useApi('centres', (signal) => call<Centres>('/api/service-hall/centres', { signal }), {
    refreshMs: REFRESH_MS,
  });
  const { centres = [], families = [] } = list.data ?? {};
  return (
    <div className="hall-page" aria-busy={list.loading && !list.data}>
      <header>
        <h1>
          {t('centres')} {centres.some(({ sample }) => sample) && <SampleBadge />}
        </h1>
        <p className="soft">{t('centresLead')}</p>
      </header>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {mayTake && list.data && <MyTickets key={turn} centres={list.data} />}
      {!me.signedIn && (
        <p>
          {t('signIn')} <Link to="/login?next=/citizen/centres">{t('signInAct')}</Link>
        </p>
      )}
      <ul className="hall-list">
        {centres.map((centre) => (
          <li key={centre.code}>
            <div className="hall-centre">
              <h2>{say(centre.title)}</h2>
              <Quick centre={centre} />
            </div>
            <p>
              <Waiting centre={centre} />
            </p>
            <p className="soft">
              {say(centre.address)} · {t('phone', { n: centre.phone })}
            </p>
            {mayTake && chosen !== centre.code && (
              <div className="acts">
                <button type="button" onClick={() => setChosen(centre.code)}>
                  {t('take')}
                </button>
              </div>
            )}
            {mayTake && chosen === centre.code && (
              <TakePart
                centre={centre}
                families={families.filter(({ code }) => centre.lines.some(({ family }) => family === code))}
                onTaken={() => {
                  setChosen(undefined);
                  setTurn((old) => old + 1);
                  list.reload();
                }}
              />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** How long it takes, as large as a price: what people compare. */
function Quick({ centre }: { centre: Centre }) {
  const { t } = useCentreTexts();
  const { open, waitMinutes } = centre;
  if (!open || waitMinutes === null) return null;
  return <b className={`hall-wait hall-wait-${bandOf(centre)}`}>{t('minutes', { n: waitMinutes })}</b>;
}

/** Open or closed, and how long it takes. */
export function Waiting({ centre }: { centre: Centre }) {
  const { t } = useCentreTexts();
  const { today, open, waiting, waitMinutes } = centre;
  if (!today) return <>{t('closedToday')}</>;
  if (!open) return <>{t('closedNow')}</>;
  const wait = waitMinutes === null ? t('waitUnknown') : waitMinutes === 0 ? t('noWait') : null;
  return (
    <>
      {t('openNow', today)} · {t('waiting', { n: waiting })}
      {wait && ` · ${wait}`}
    </>
  );
}

function TakePart({
  centre,
  families,
  onTaken,
}: {
  centre: Centre;
  families: Centres['families'];
  onTaken: () => void;
}) {
  const { t, say } = useCentreTexts();
  const [family, setFamily] = useState(families[0]?.code ?? '');
  const slots = useApi(`slots ${centre.code}`, (signal) =>
    call<Reply<'/api/service-hall/centres/{centre}/slots'>>(`/api/service-hall/centres/${centre.code}/slots`, {
      signal,
    }),
  );
  const near = useApi(`near ${centre.code} ${family}`, (signal) =>
    call<Reply<'/api/service-hall/centres/{centre}/shifts'>>(
      `/api/service-hall/centres/${centre.code}/shifts?family=${family}`,
      { signal },
    ),
  );
  const { busy, problem, submit } = useSubmit(({ url, body }: { url: string; body: object }, key) =>
    call<object>(url, { method: 'POST', body, headers: key }),
  );
  const free = slots.data?.slots.filter((slot) => slot.free > 0) ?? [];
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const button = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null;
    const common = { centre: centre.code, family, priority: form.get('priority') === 'on' };
    const [day = '', half = ''] = String(form.get('slot') ?? '').split(' ');
    const taken =
      button?.value === 'book'
        ? await submit({ url: '/api/service-hall/appointments', body: { ...common, day, half: Number(half) } })
        : await submit({ url: '/api/service-hall/own-tickets', body: common });
    if (taken !== undefined) onTaken();
  };
  return (
    <form onSubmit={(event) => void send(event)} aria-label={t('takeTitle', { centre: say(centre.title) })}>
      <label>
        {t('family')}
        <select value={family} onChange={(event) => setFamily(event.target.value)}>
          {families.map(({ code, title }) => (
            <option key={code} value={code}>
              {say(title)}
            </option>
          ))}
        </select>
      </label>
      <label className="choice">
        <input type="checkbox" name="priority" />
        {t('priority')}
      </label>
      {problem && <RefusalPanel problem={problem} />}
      <button type="submit" value="take" className="primary" disabled={busy || !centre.open}>
        {t('takeAct')}
      </button>
      {free.length > 0 ? (
        <>
          <label>
            {t('slot')}
            <select name="slot">
              {free.map(({ day, half, from }) => (
                <option key={`${day} ${half}`} value={`${day} ${half}`}>
                  {day} {from}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" value="book" disabled={busy}>
            {t('bookAct')}
          </button>
        </>
      ) : (
        slots.data && <p className="soft">{t('noSlots')}</p>
      )}
      {near.data && near.data.shifts.length > 0 && (
        <section aria-label={t('near')}>
          <h3>{t('near')}</h3>
          <ul>
            {near.data.shifts.map(({ code, title, travelMinutes, waitMinutes, savesMinutes }) => (
              <li key={code}>
                {say(title)}{' '}
                <span className="soft">
                  {t('saves', { travel: travelMinutes, wait: waitMinutes, saves: savesMinutes })}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </form>
  );
}
