import { type FormEvent, useState } from 'react';
import { call, useSubmit } from '#web/client/index.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { AgentSilent, readCard } from './agent.ts';
import { useCounterTexts } from './counter-texts.ts';
import { type Counter, type Session, sessionPath } from './shapes.ts';

type Props = { counter: Counter; session: Session; reload: () => void };

/** Who stands there (身份): the reader, or by hand; then the photo; and where that is not enough a second means. */
export function Identity(props: Props) {
  const { step } = props.session;
  if (step.card === null) return <Card {...props} />;
  return (
    <div className="desk-split">
      <HolderPanel session={props.session} />
      <div>{step.doubted ? <StepUp {...props} /> : <Photo {...props} />}</div>
    </div>
  );
}

/** What the card says, or what was typed, with the mark of which. */
export function HolderPanel({ session }: { session: Session }) {
  const { t } = useCounterTexts();
  const { holder, step } = session;
  if (!holder) return null;
  return (
    <section className="desk-panel" aria-label={t('cardOf')}>
      <h2>
        {holder.name} <span className="badge">{t(step.card === 'manual' ? 'manual' : 'byCard')}</span>
      </h2>
      <dl className="desk-facts">
        <div>
          <dt>{t('number')}</dt>
          <dd>{holder.number}</dd>
        </div>
        {step.card === 'read' && (
          <div>
            <dt>{t('cardOf')}</dt>
            <dd>
              {holder.validTo ? t('validTo', { on: holder.validTo }) : t('forever')}
              {step.expired && <b className="desk-wrong"> {t('expired')}</b>}
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

function Card({ counter, session, reload }: Props) {
  const { t } = useCounterTexts();
  const { device } = counter;
  const [silent, setSilent] = useState<'absent' | 'no-card' | null>(null);
  const [byHand, setByHand] = useState(device === null);
  const [reading, setReading] = useState(false);
  const enter = useSubmit((body: object, key) =>
    call(sessionPath(session.id, 'card'), { method: 'POST', body, headers: key }),
  );
  const faults = enter.problem?.details.fields ?? [];
  const read = async () => {
    if (!device) return;
    setSilent(null);
    setReading(true);
    try {
      const found = await readCard(device.agent, session.challenge);
      await enter.submit({ read: found });
      reload();
    } catch (thrown) {
      setSilent(thrown instanceof AgentSilent ? thrown.why : 'absent');
    }
    setReading(false);
  };
  return (
    <section className="desk-panel">
      <h2>{t('identity')}</h2>
      {device && !byHand && (
        <div className="acts">
          <button type="button" className="primary" disabled={reading || enter.busy} onClick={() => void read()}>
            {t('read')}
          </button>
          <button type="button" className="quiet" onClick={() => setByHand(true)}>
            {t('byHand')}
          </button>
        </div>
      )}
      {silent && !byHand && (
        <p className="field-error" role="alert">
          {t(silent === 'absent' ? 'readerAbsent' : 'noCard')}
        </p>
      )}
      {byHand && (
        <ByHand busy={enter.busy} faults={faults} onEnter={(typed) => void enter.submit({ typed }).then(reload)} />
      )}
      {byHand && device && (
        <button type="button" className="link" onClick={() => setByHand(false)}>
          {t('backToReader')}
        </button>
      )}
      {enter.problem && faults.length === 0 && <RefusalPanel problem={enter.problem} />}
    </section>
  );
}

/** By hand (手工录入): the number twice, without pasting the first into the second. */
function ByHand({
  busy,
  faults,
  onEnter,
}: {
  busy: boolean;
  faults: readonly { pointer: string; message: string }[];
  onEnter: (typed: object) => void;
}) {
  const { t } = useCounterTexts();
  const enter = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    onEnter({
      name: String(given.get('name')),
      number: String(given.get('number')),
      again: String(given.get('again')),
    });
  };
  const faultAt = (name: string) => faults.find(({ pointer }) => pointer === `/typed/${name}`)?.message;
  return (
    <form className="desk-form" onSubmit={enter}>
      <p className="soft">{t('byHandText')}</p>
      <label className="line">
        {t('name')}
        <input
          name="name"
          minLength={2}
          maxLength={60}
          autoComplete="off"
          required
          aria-invalid={faultAt('name') !== undefined}
        />
        {faultAt('name') && (
          <span className="field-error" role="alert">
            {faultAt('name')}
          </span>
        )}
      </label>
      {(['number', 'again'] as const).map((name) => (
        <label className="line" key={name}>
          {t(name)}
          <input
            name={name}
            minLength={15}
            maxLength={24}
            autoComplete="off"
            required
            aria-invalid={faultAt(name) !== undefined}
            onPaste={(event) => name === 'again' && event.preventDefault()}
          />
          {faultAt(name) && (
            <span className="field-error" role="alert">
              {faultAt(name)}
            </span>
          )}
        </label>
      ))}
      <div className="acts">
        <button type="submit" className="primary" disabled={busy}>
          {t('enter')}
        </button>
      </div>
    </form>
  );
}

function Photo({ session, reload }: Props) {
  const { t } = useCounterTexts();
  const say = useSubmit((body: { same: boolean }, key) =>
    call(sessionPath(session.id, 'photo'), { method: 'POST', body, headers: key }),
  );
  return (
    <section className="desk-panel">
      <h2>{t('photo')}</h2>
      <div className="acts">
        <button
          type="button"
          className="primary"
          disabled={say.busy}
          onClick={() => void say.submit({ same: true }).then(reload)}
        >
          {t('photoSame')}
        </button>
        <button type="button" disabled={say.busy} onClick={() => void say.submit({ same: false }).then(reload)}>
          {t('photoDiffers')}
        </button>
      </div>
      {say.problem && <RefusalPanel problem={say.problem} />}
    </section>
  );
}

function StepUp({ session, reload }: Props) {
  const { t } = useCounterTexts();
  const [sentTo, setSentTo] = useState<string | null>(null);
  const [left, setLeft] = useState<number | null>(null);
  const sms = useSubmit((_: object, key) =>
    call<{ sentTo: string }>(sessionPath(session.id, 'step-up-codes'), { method: 'POST', headers: key }),
  );
  const officer = useSubmit((_: object, key) =>
    call(sessionPath(session.id, 'officer'), { method: 'POST', headers: key }),
  );
  const check = useSubmit((body: { code: string }, key) =>
    call<{ right: boolean; triesLeft: number }>(sessionPath(session.id, 'step-up'), {
      method: 'POST',
      body,
      headers: key,
    }),
  );
  const answer = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code'));
    const done = await check.submit({ code });
    if (done && !done.right) setLeft(done.triesLeft);
    reload();
  };
  const { step } = session;
  const problem = sms.problem ?? officer.problem ?? check.problem;
  return (
    <section className="desk-panel" data-tone="soon">
      <h2>{t('stepUp')}</h2>
      <p>{t('stepUpText')}</p>
      <div className="acts">
        <button
          type="button"
          disabled={sms.busy}
          onClick={() => void sms.submit({ at: Date.now() }).then((done) => setSentTo(done?.sentTo ?? null))}
        >
          {t('sms')}
        </button>
        <button
          type="button"
          disabled={officer.busy || step.wantsOfficer}
          onClick={() => void officer.submit({}).then(reload)}
        >
          {t('officer')}
        </button>
      </div>
      {sentTo && (
        <form className="desk-form" onSubmit={(event) => void answer(event)}>
          <p role="status">{t('smsSent', { to: sentTo })}</p>
          <label className="line">
            {t('smsCode')}
            <input
              name="code"
              inputMode="numeric"
              pattern="[0-9]{6}"
              maxLength={6}
              autoComplete="one-time-code"
              required
            />
          </label>
          {left !== null && (
            <p className="field-error" role="alert">
              {t('smsWrong', { n: left })}
            </p>
          )}
          <div className="acts">
            <button type="submit" className="primary" disabled={check.busy}>
              {t('smsCheck')}
            </button>
          </div>
        </form>
      )}
      {step.wantsOfficer && <p role="status">{t(step.officerSaid === false ? 'officerDiffers' : 'officerWaits')}</p>}
      {problem && <RefusalPanel problem={problem} />}
    </section>
  );
}
