import { type FormEvent, useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { AgentSilent, readCard } from './agent.ts';
import { useCounterTexts } from './counter-texts.ts';
import { type Draft, type DraftField, isEmpty, type Screen, shownValue } from './shapes.ts';
import { SignaturePad } from './signature-pad.tsx';
import './counter.css';

const REFRESH_MS = 1_000;
/** The secret of this screen rests with the device, as that of a kiosk does. */
const KEPT = 'second-screen';
const post = <T,>(path: string, body: object): Promise<T> =>
  call<T>(`/api/service-hall/second-screens${path}`, { method: 'POST', body });

/** Second screen (第二屏): faces the citizen. It says what is asked of them, what is read, what will be sent, and takes their word: right, or wrong. */
export default function SecondScreenPage() {
  const [token, setToken] = useState(() => localStorage.getItem(KEPT) ?? '');
  const keep = (next: string) => {
    localStorage.setItem(KEPT, next);
    setToken(next);
  };
  return (
    <div className="screen">
      {token === '' ? <Pair onPaired={keep} /> : <Live token={token} onLost={() => keep('')} />}
    </div>
  );
}

function Pair({ onPaired }: { onPaired: (token: string) => void }) {
  const { t } = useCounterTexts();
  const pair = useSubmit((body: { code: string }, key) =>
    call<{ token: string }>('/api/service-hall/second-screens', { method: 'POST', body, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const done = await pair.submit({ code: String(new FormData(event.currentTarget).get('code')) });
    if (done) onPaired(done.token);
  };
  return (
    <form className="screen-page screen-calm" onSubmit={(event) => void send(event)}>
      <h1>{t('screenPair')}</h1>
      <p>{t('screenPairText')}</p>
      <input
        className="screen-input"
        name="code"
        aria-label={t('screenCode')}
        minLength={8}
        maxLength={9}
        autoComplete="off"
        required
      />
      <button type="submit" className="primary" disabled={pair.busy}>
        {t('screenPairAct')}
      </button>
      {pair.problem && <RefusalPanel problem={pair.problem} />}
    </form>
  );
}

function Live({ token, onLost }: { token: string; onLost: () => void }) {
  const { t, say } = useCounterTexts();
  const screen = useApi('second screen', () => post<Screen>('/show', { token }), { refreshMs: REFRESH_MS });
  const { data } = screen;
  if (screen.problem?.status === 404)
    return (
      <div className="screen-page screen-calm">
        <h1>{t('screenBlind')}</h1>
        <button type="button" className="primary" onClick={onLost}>
          {t('screenPair')}
        </button>
      </div>
    );
  if (!data) return screen.problem ? <RefusalPanel problem={screen.problem} onRetry={screen.reload} /> : null;
  return (
    <div className="screen-page">
      <header>
        <span>{t('screenWelcomeText', { centre: say(data.centre), n: data.window })}</span>
        {data.clerk && <span>{t('screenClerk', { name: data.clerk })}</span>}
      </header>
      <Asked
        key={`${data.session ?? ''} ${data.step?.state ?? ''}`}
        screen={data}
        token={token}
        reload={screen.reload}
      />
    </div>
  );
}

/** What is asked of the citizen now. */
function Asked({ screen, token, reload }: { screen: Screen; token: string; reload: () => void }) {
  const { t } = useCounterTexts();
  const { step, draft, holder } = screen;
  const calm = (title: string, text?: string) => (
    <div className="screen-calm" role="status">
      <h1>{title}</h1>
      {text && <p>{text}</p>}
    </div>
  );
  if (!step) return calm(t('screenWelcome'));
  if (step.state === 'sent')
    return (
      <div className="screen-calm" role="status">
        <h1>{t('screenSent')}</h1>
        <p className="screen-code">{step.caseCode}</p>
        <p>{t('screenSentText')}</p>
      </div>
    );
  if (step.card === null) return calm(t('screenCard'));
  if (!step.identified) return calm(t('screenIdentity'), t('screenIdentityText'));
  if (!step.consented)
    return <Consent name={holder ?? ''} token={token} session={screen.session ?? ''} reload={reload} />;
  if (step.state === 'confirmed' || step.state === 'sending')
    return calm(t('screenConfirmed'), t('screenConfirmedText'));
  if (step.state === 'asked' && draft && screen.digest)
    return <Check screen={screen} draft={draft} token={token} reload={reload} />;
  if (step.disputes.length > 0) return calm(t('screenTold'), t('screenToldText'));
  return (
    <>
      <h1>{t('screenFilling')}</h1>
      <p>{t('screenFillingText')}</p>
      {draft && <Rows fields={draft.fields.filter(({ value }) => !isEmpty(value))} />}
    </>
  );
}

function Consent({
  name,
  token,
  session,
  reload,
}: {
  name: string;
  token: string;
  session: string;
  reload: () => void;
}) {
  const { t } = useCounterTexts();
  const agree = useSubmit(() => post('/consent', { token, session }));
  return (
    <>
      <h1>{t('screenConsent', { name })}</h1>
      <ul className="screen-points">
        {(['screenConsentWhy', 'screenConsentWhat', 'screenConsentLog', 'screenConsentNot'] as const).map((point) => (
          <li key={point}>{t(point)}</li>
        ))}
      </ul>
      <div className="acts">
        <button
          type="button"
          className="primary"
          disabled={agree.busy}
          onClick={() => void agree.submit({}).then(reload)}
        >
          {t('screenAgree')}
        </button>
      </div>
      {agree.problem && <RefusalPanel problem={agree.problem} />}
    </>
  );
}

function Rows({
  fields,
  wrong,
  onWrong,
}: {
  fields: readonly DraftField[];
  wrong?: ReadonlySet<string>;
  onWrong?: (element: string) => void;
}) {
  const { t, say } = useCounterTexts();
  const unitName = useUnitName();
  const from = ({ origin }: DraftField): string =>
    origin === null
      ? ''
      : {
          record: () => t('fromRecord', { unit: unitName(origin.from ?? '') }),
          card: () => t('fromCard'),
          earlier: () => t('fromEarlier'),
          clerk: () => t('fromClerk'),
        }[origin.kind]();
  return (
    <dl className="screen-rows">
      {fields.map((field) => {
        const marked = wrong?.has(field.element) ?? false;
        const value = shownValue(field);
        return (
          <div key={field.element} data-wrong={marked}>
            <dt>{say(field.title)}</dt>
            <dd>
              <b>{value === '' ? t('screenEmpty') : value}</b>
              <small>{from(field)}</small>
            </dd>
            {onWrong && (
              <dd>
                <button
                  type="button"
                  aria-pressed={marked}
                  aria-label={`${say(field.title)} ${t(marked ? 'screenWrongOn' : 'screenWrong')}`}
                  onClick={() => onWrong(field.element)}
                >
                  {t(marked ? 'screenWrongOn' : 'screenWrong')}
                </button>
              </dd>
            )}
          </div>
        );
      })}
    </dl>
  );
}

/** Everything that will be sent, to be found right or wrong; the signature stands below all of it. */
function Check({ screen, draft, token, reload }: { screen: Screen; draft: Draft; token: string; reload: () => void }) {
  const { t, say } = useCounterTexts();
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const [stroke, setStroke] = useState<string | null>(null);
  const [silent, setSilent] = useState<'absent' | 'no-card' | null>(null);
  const digest = screen.digest ?? '';
  const tell = useSubmit((body: { path: string; rest: object }) => post(body.path, { token, ...body.rest }));
  const done = (path: string, rest: object) => void tell.submit({ path, rest }).then(reload);
  const mark = (element: string) =>
    setWrong((old) => {
      const next = new Set(old);
      if (!next.delete(element)) next.add(element);
      return next;
    });
  const byCard = async () => {
    setSilent(null);
    try {
      const { facts, signature } = await readCard(screen.agent ?? '', digest);
      done('/confirm', { digest, card: { facts, signature } });
    } catch (thrown) {
      setSilent(thrown instanceof AgentSilent ? thrown.why : 'absent');
    }
  };
  const handed = draft.materials.map((material) => ({
    ...material,
    how: material.document
      ? t(material.keep ? 'screenKept' : 'screenHanded')
      : t(material.source === 'upload' ? 'screenNotGiven' : 'screenObtained'),
  }));
  return (
    <>
      <h1>{t('screenCheck')}</h1>
      {screen.applicant && <p>{t('screenFor', { name: screen.applicant })}</p>}
      <p>
        <b>{draft.items.map(({ title }) => say(title)).join(' · ')}</b>
      </p>
      <p>{t('screenCheckText')}</p>
      <Rows
        fields={draft.fields.filter(({ value, required }) => required || !isEmpty(value))}
        wrong={wrong}
        onWrong={mark}
      />
      <h2>{t('screenMaterials')}</h2>
      <dl className="screen-rows">
        {handed.map(({ id, title, how }) => (
          <div key={id}>
            <dt>{say(title)}</dt>
            <dd>{how}</dd>
          </div>
        ))}
        <div>
          <dt>{t('contact')}</dt>
          <dd>
            {draft.contact.name} {draft.contact.phone}
          </dd>
        </div>
      </dl>
      {tell.problem && <RefusalPanel problem={tell.problem} />}
      {wrong.size > 0 ? (
        <div className="acts">
          <button
            type="button"
            className="primary"
            disabled={tell.busy}
            onClick={() => done('/dispute', { elements: [...wrong] })}
          >
            {t('screenBack', { n: wrong.size })}
          </button>
        </div>
      ) : (
        <section className="screen-sign" aria-label={t('screenSign')}>
          <h2>{t('screenSign')}</h2>
          <SignaturePad label={t('screenSign')} clear={t('screenClear')} onStroke={setStroke} />
          <div className="acts">
            <button
              type="button"
              className="primary"
              disabled={tell.busy || stroke === null}
              onClick={() => done('/confirm', { digest, stroke })}
            >
              {t('screenConfirm')}
            </button>
          </div>
          {screen.agent && (
            <>
              <p>
                {t('screenByCard')} {screen.simulated && <span className="badge badge-sample">{t('simulated')}</span>}
              </p>
              <div className="acts">
                <button type="button" disabled={tell.busy} onClick={() => void byCard()}>
                  {t('screenCardAct')}
                </button>
              </div>
              {silent && (
                <p className="field-error" role="alert">
                  {t(silent === 'absent' ? 'readerAbsent' : 'noCard')}
                </p>
              )}
            </>
          )}
        </section>
      )}
    </>
  );
}
