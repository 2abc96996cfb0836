import { useEffect, useRef, useState } from 'react';
import { call, useSubmit } from '#web/client/index.ts';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { printPage } from './agent.ts';
import { useCounterTexts } from './counter-texts.ts';
import { type Counter, type Sent, type Session, sessionPath } from './shapes.ts';

/** The person checks and signs (本人确认); until then the only act here is to go back. */
export function Confirmation({
  session,
  onSent,
  reload,
}: {
  session: Session;
  onSent: (sent: Sent) => void;
  reload: () => void;
}) {
  const { t } = useCounterTexts();
  const { step, draft } = session;
  const send = useSubmit((_: object, key) =>
    call<Sent>(sessionPath(session.id, 'send'), { method: 'POST', headers: key }),
  );
  const back = useSubmit((_: object, key) =>
    call(sessionPath(session.id, 'draft'), {
      method: 'PUT',
      body: { answers: {}, files: {}, contact: draft?.contact ?? { name: '', phone: '' } },
      headers: key,
    }),
  );
  const sent = async () => {
    const done = await send.submit({});
    if (done) onSent(done);
    reload();
  };
  const confirmed = step.state !== 'asked';
  return (
    <section className="desk-panel" data-tone={confirmed ? 'done' : 'soon'} role="status">
      <h2>{confirmed ? t(step.confirmedBy === 'card' ? 'confirmedCard' : 'confirmedStroke') : t('askTitle')}</h2>
      {!confirmed && <p>{t('askText')}</p>}
      <div className="acts">
        <button type="button" className="primary" disabled={!confirmed || send.busy} onClick={() => void sent()}>
          {t('send')}
        </button>
        <button type="button" disabled={send.busy || back.busy} onClick={() => void back.submit({}).then(reload)}>
          {t('rework')}
        </button>
      </div>
      {send.problem && <RefusalPanel problem={send.problem} />}
      {back.problem && <RefusalPanel problem={back.problem} />}
    </section>
  );
}

/** It is sent (已提交): one code, where each item goes, the papers that stay, the receipt. A page that was loaded again asks for it again: it is the same. */
export function SentPanel({
  counter,
  session,
  sent,
  onSent,
  reload,
}: {
  counter: Counter;
  session: Session;
  sent: Sent | null;
  onSent: (sent: Sent) => void;
  reload: () => void;
}) {
  const { t, say, language } = useCounterTexts();
  const unitName = useUnitName();
  const [printed, setPrinted] = useState<boolean | null>(null);
  const again = useSubmit((_: object, key) =>
    call<Sent>(sessionPath(session.id, 'send'), { method: 'POST', headers: key }),
  );
  const end = useSubmit((_: object, key) => call(sessionPath(session.id, 'end'), { method: 'POST', headers: key }));
  const asked = useRef(false);
  useEffect(() => {
    if (sent || asked.current) return;
    asked.current = true;
    void again.submit({}).then((done) => done && onSent(done));
  });
  const print = async () => {
    if (!counter.device || !sent) return;
    const lines = [
      `${t('code')} ${sent.code}`,
      ...sent.items.map(({ title }) => say(title)),
      ...(sent.promisedAt
        ? [t('promised', { when: formatMoment(Date.parse(sent.promisedAt) - 1, { language, time: false }) })]
        : []),
      ...sent.papers.map(({ barcode, what }) => `${barcode} ${what}`),
      say(counter.seat?.title),
    ];
    setPrinted(
      await printPage(counter.device.agent, { title: t('receipt'), lines }).then(
        () => true,
        () => false,
      ),
    );
  };
  const centreName = (code: string) => (code === counter.seat?.centre ? say(counter.seat.title) : unitName(code));
  const next = async () => {
    const { ticket } = counter;
    if (ticket?.state === 'serving')
      await call(`/api/service-hall/tickets/${ticket.id}/acts`, { method: 'POST', body: { act: 'finish' } }).catch(
        () => undefined,
      );
    await end.submit({});
    reload();
  };
  return (
    <section className="desk-panel desk-sent" data-tone="done">
      <h2>{t('sent')}</h2>
      <p>
        {t('code')} <b className="hall-code">{session.step.caseCode}</b>
      </p>
      <p className="soft">{t('codeText')}</p>
      {again.problem && <RefusalPanel problem={again.problem} />}
      {sent && (
        <>
          {sent.promisedAt && (
            <p>{t('promised', { when: formatMoment(Date.parse(sent.promisedAt) - 1, { language, time: false }) })}</p>
          )}
          <h3>{t('goes')}</h3>
          <ul className="desk-list">
            {sent.items.map(({ title, state, target, unit }) => (
              <li key={title.zh}>
                <b>{say(title)}</b>{' '}
                {state === 'accepted-here'
                  ? t('goesHere')
                  : target
                    ? t('goesTo', { centre: centreName(target) })
                    : t('goesDispatch')}
                {' · '}
                {t('decides', { unit: unitName(unit) })}
              </li>
            ))}
          </ul>
          {sent.papers.length > 0 && (
            <>
              <h3>{t('papers')}</h3>
              <ul className="desk-list">
                {sent.papers.map(({ barcode, what }) => (
                  <li key={barcode}>
                    <b>{barcode}</b> {what}
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
      <div className="acts">
        {counter.device && (
          <button type="button" disabled={!sent} onClick={() => void print()}>
            {t('print')}
          </button>
        )}
        <button type="button" className="primary" disabled={end.busy} onClick={() => void next()}>
          {t('next')}
        </button>
        {printed !== null && <span role="status">{t(printed ? 'printed' : 'readerAbsent')}</span>}
      </div>
      {end.problem && <RefusalPanel problem={end.problem} />}
    </section>
  );
}
