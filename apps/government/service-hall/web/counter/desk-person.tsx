import { type FormEvent, useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatMoment } from '#web/design/format.ts';
import { PurposeGate, PurposeLine, usePurpose } from '#web/design/purpose.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useCounterTexts } from './counter-texts.ts';
import { HolderPanel } from './desk-identity.tsx';
import { type Counter, type Person, PURPOSES, type Session, sessionPath } from './shapes.ts';

type Found = Reply<'/api/service/items'>;
type Props = { counter: Counter; session: Session; reload: () => void };

/** Left side: who they are, what they probably come for and why, and what can be found. Nothing is shown before the purpose is said. */
export function PersonPanel(props: Props) {
  const { t } = useCounterTexts();
  const { session } = props;
  const purpose = usePurpose(`counter:${session.id}`, session.applicant ?? '', PURPOSES);
  const of = session.mandated ? session.applicant : null;
  const person = useApi(purpose.code ? `counter person ${session.id} ${of ?? ''}` : null, (signal) =>
    call<Person>(sessionPath(session.id, 'person'), { signal, headers: purpose.headers }),
  );
  const open = session.step.state === 'open';
  return (
    <div>
      <HolderPanel session={session} />
      {of && <p className="badge">{t('forWhom', { name: of })}</p>}
      {!purpose.code && <PurposeGate purpose={purpose} text={t('why')} />}
      {purpose.code && (
        <>
          <PurposeLine purpose={purpose} />
          {person.problem && <RefusalPanel problem={person.problem} onRetry={person.reload} />}
          {open && <Items {...props} person={person.data} purpose={purpose.headers} />}
          {person.data && <Records person={person.data} />}
          {open && <Mandates {...props} />}
        </>
      )}
    </div>
  );
}

function Records({ person }: { person: Person }) {
  const { t, language, say } = useCounterTexts();
  const { record, disputed, cases, certificates } = person;
  const row = (name: 'phone' | 'address' | 'since', value: string | null, field: string) =>
    value && (
      <div>
        <dt>{t(name)}</dt>
        <dd>
          {value} {disputed.includes(field) && <span className="badge">{t('disputedValue')}</span>}
        </dd>
      </div>
    );
  return (
    <>
      <section className="desk-panel" aria-label={t('record')}>
        <h2>{t('record')}</h2>
        {record ? (
          <dl className="desk-facts">
            {row('phone', record.phone, 'phone')}
            {row('address', record.address, 'address')}
            {row('since', record.residenceFrom, 'residenceFrom')}
          </dl>
        ) : (
          <p className="soft">{t('noRecord')}</p>
        )}
      </section>
      <section className="desk-panel" aria-label={t('cases')}>
        <h2>{t('cases')}</h2>
        {cases.length === 0 && <p className="soft">{t('noCases')}</p>}
        <ul className="desk-list">
          {cases.map(({ code, title, receivedAt, waits }) => (
            <li key={code}>
              {say(title)} {waits && <span className="badge">{t('caseWaits')}</span>}
              <br />
              <small>
                {code} · {formatMoment(receivedAt, { language })}
              </small>
            </li>
          ))}
        </ul>
      </section>
      <section className="desk-panel" aria-label={t('certificates')}>
        <h2>{t('certificates')}</h2>
        {certificates.length === 0 && <p className="soft">{t('noCertificates')}</p>}
        <ul className="desk-list">
          {certificates.map(({ id, title, validUntil }) => (
            <li key={id}>
              {say(title)} <small>{validUntil ? t('validTo', { on: validUntil }) : t('forever')}</small>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

/** What they come for (选事项): proposed with the reason, or found by words. What the clerk may not do goes to who may. */
function Items({
  counter,
  session,
  reload,
  person,
  purpose,
}: Props & { person: Person | undefined; purpose: Record<string, string> }) {
  const { t, say } = useCounterTexts();
  const unitName = useUnitName();
  const [words, setWords] = useState('');
  const found = useApi(words === '' ? null : `counter items ${words}`, (signal) =>
    call<Found>(`/api/service/items?${new URLSearchParams({ q: words, audience: 'person' })}`, { signal }),
  );
  const choose = useSubmit((items: string[], key) =>
    call(sessionPath(session.id, 'form'), {
      method: 'PUT',
      body: { items, situations: {} },
      headers: { ...key, ...purpose },
    }),
  );
  const send = useSubmit(({ url, body }: { url: string; body: object }, key) =>
    call(url, { method: 'POST', body, headers: key }),
  );
  const pick = (code: string) => void choose.submit([code]).then(reload);
  const familyName = (code: string) => say(counter.families.find((each) => each.code === code)?.title);
  const outside = choose.problem?.code === 'OUTSIDE_SKILL' ? choose.problem.details : null;
  const extra = outside as unknown as { family?: string; title?: { zh: string; en: string } } | null;
  const transfer = async () => {
    const { ticket } = counter;
    if (!ticket || !extra?.family) return;
    const url = `/api/service-hall/tickets/${ticket.id}/acts`;
    const gone = await send.submit({ url, body: { act: 'transfer', family: extra.family } });
    if (gone) await call(sessionPath(session.id, 'end'), { method: 'POST' });
    reload();
  };
  const reason = (of: Person['likely'][number]['reason']) =>
    of.kind === 'expires'
      ? t('reasonExpires', { certificate: say(of.certificate), on: of.on })
      : of.kind === 'correction'
        ? `${t('reasonCorrection')} ${of.caseCode ?? ''}`
        : t('reasonTicket', { family: familyName(of.family ?? '') });
  return (
    <section className="desk-panel" aria-label={t('asked')}>
      <h2>{t('asked')}</h2>
      <form
        className="acts"
        onSubmit={(event: FormEvent<HTMLFormElement>) => {
          event.preventDefault();
          setWords(String(new FormData(event.currentTarget).get('q')).trim());
        }}
      >
        <input name="q" type="search" aria-label={t('find')} placeholder={t('find')} maxLength={60} />
        <button type="submit">{t('findAct')}</button>
      </form>
      {found.data && found.data.items.length === 0 && <p className="soft">{t('none')}</p>}
      <ul className="desk-list">
        {found.data?.items.slice(0, 8).map(({ code, title, unit }) => (
          <li key={code}>
            <button type="button" className="pick" disabled={choose.busy} onClick={() => pick(code)}>
              <b>{say(title)}</b>
              <small>{unitName(unit)}</small>
            </button>
          </li>
        ))}
      </ul>
      {!found.data && person && person.likely.length > 0 && (
        <>
          <h3>{t('likely')}</h3>
          <ul className="desk-list">
            {person.likely.map(({ code, title, reason: why }) => (
              <li key={`${code} ${why.caseCode}`}>
                {code === null ? (
                  <>
                    {say(title)} <small>{reason(why)}</small>
                  </>
                ) : (
                  <button type="button" className="pick" disabled={choose.busy} onClick={() => pick(code)}>
                    <b>{say(title)}</b>
                    <small>{reason(why)}</small>
                  </button>
                )}
              </li>
            ))}
          </ul>
          <small className="soft">{t('likelyRule')}</small>
        </>
      )}
      {choose.problem && !outside && <RefusalPanel problem={choose.problem} />}
      {outside && (
        <section className="desk-panel" data-tone="soon" role="alert">
          <h3>{t('outside')}</h3>
          <p>{t('outsideText', { item: say(extra?.title), family: familyName(extra?.family ?? '') })}</p>
          {counter.ticket && (
            <div className="acts">
              <button type="button" className="primary" disabled={send.busy} onClick={() => void transfer()}>
                {t('transfer')}
              </button>
            </div>
          )}
        </section>
      )}
      {send.problem && <RefusalPanel problem={send.problem} />}
    </section>
  );
}

type Mandate = Reply<'/api/service-hall/counter/sessions/{id}/mandates'>['mandates'][number];

/** For somebody else (帮办代办): the mandates that whoever stands there has taken on, and why one does not hold. */
function Mandates({ session, reload }: Props) {
  const { t, language, say } = useCounterTexts();
  const [open, setOpen] = useState(false);
  const mandates = useApi(open ? `counter mandates ${session.id}` : null, (signal) =>
    call<{ mandates: Mandate[] }>(sessionPath(session.id, 'mandates'), { signal }),
  );
  const choose = useSubmit((mandate: { mandate: string | null }, key) =>
    call(sessionPath(session.id, 'mandate'), { method: 'PUT', body: mandate, headers: key }),
  );
  const take = (mandate: string | null) => void choose.submit({ mandate }).then(reload);
  return (
    <details className="desk-panel" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('mandates')}</summary>
      {mandates.problem && <RefusalPanel problem={mandates.problem} onRetry={mandates.reload} />}
      {mandates.data?.mandates.length === 0 && <p className="soft">{t('mandateNone')}</p>}
      <ul className="desk-list">
        {mandates.data?.mandates.map(({ id, giverName, until, why }) => (
          <li key={id} className="acts">
            <span>{t('mandateFor', { name: giverName, until: formatMoment(until, { language, time: false }) })}</span>
            {why ? (
              <span className="desk-wrong">{say(why)}</span>
            ) : (
              <button type="button" disabled={choose.busy} onClick={() => take(id)}>
                {t('mandateAct')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {session.mandated && (
        <button type="button" disabled={choose.busy} onClick={() => take(null)}>
          {t('mandateOwn')}
        </button>
      )}
      {choose.problem && <RefusalPanel problem={choose.problem} />}
    </details>
  );
}
