import { type FormEvent, useState } from 'react';
import { api, asProblem, call, type Problem, read } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { useCentreTexts } from './centre-texts.ts';
import { FieldInput } from './field-input.tsx';
import type { Answer, Answers, Form } from './shapes.ts';
import { useRunTexts } from './run-texts.ts';
import { useKeptPage } from './use-kept-page.ts';
import { useOutbox } from './use-outbox.ts';
import './centres.css';

type Found = Reply<'/api/service/items'>;
/** Codes that are reserved at once. */
const BLOCK = 50;

/** Window that goes on while it is cut off (断网收件): prepared with a network, kept sealed, sent when it is back. */
export default function OfflinePage() {
  const { t } = useCentreTexts();
  const { t: more } = useRunTexts();
  const kept = useKeptPage();
  const { me } = useSession();
  const box = useOutbox(me.signedIn ? (me.account ?? '') : '');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = async (work: () => Promise<unknown>) => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
    setBusy(false);
  };
  const head = (
    <header className="dc-head">
      <h1>{t('offlineTitle')}</h1>
      <p className="soft">
        {t('offlineLead')} {kept && more('reachable')}
      </p>
    </header>
  );
  if (!box.open)
    return (
      <div className="hall-page">
        {head}
        <Unlock onPin={box.unlock} />
      </div>
    );
  const { outbox, forms } = box.open;
  const waiting = outbox.intakes.filter(({ filed, recorded }) => filed === null || (!recorded && outbox.centre !== ''));
  const reserve = async () => {
    const { centres } = await call<Reply<'/api/service-hall/queue'>>('/api/service-hall/queue');
    const block = await call<{ id: string; codes: string[] }>('/api/service/code-blocks', {
      method: 'POST',
      body: { count: BLOCK },
    });
    box.addBlock({ ...block, centre: centres[0]?.code ?? '' });
  };
  return (
    <div className="hall-page">
      {head}
      {problem && <RefusalPanel problem={problem} />}
      <p>
        <b>{t('offlineState', { codes: outbox.codes.length, waiting: waiting.length })}</b>
      </p>
      <div className="acts">
        <button type="button" disabled={busy} onClick={() => void run(reserve)}>
          {t('offlineReserve', { n: BLOCK })}
        </button>
        <button
          type="button"
          className="primary"
          disabled={busy || waiting.length === 0}
          onClick={() => void run(box.send)}
        >
          {t('offlineSend', { n: waiting.length })}
        </button>
        <button type="button" className="quiet" onClick={box.lock}>
          {t('offlineLock')}
        </button>
      </div>
      <div className="hall-split">
        <div className="hall-page">
          <TakeIn forms={Object.values(forms)} onTake={box.take} />
          <Prepare busy={busy} onRun={run} onForm={box.addForm} />
        </div>
        <section aria-labelledby="offline-list">
          <h2 id="offline-list">{t('offlineList')}</h2>
          {outbox.intakes.length === 0 && <EmptyState title={t('offlineNone')} text={t('offlineNoneText')} />}
          <ul className="hall-list">
            {outbox.intakes.map(({ id, code, receipt, contact, filed, refused }) => (
              <li key={id}>
                <b className="hall-code">{code ?? more('receiptNo', { n: receipt })}</b>
                <span>{contact.name}</span>
                <small className="soft hall-code">
                  {filed !== null && (filed === code ? t('offlineFiled') : t('offlineBound', { code: filed }))}
                  {refused !== null && t('offlineRefused', { why: refused.title })}
                  {filed === null && refused === null && t('offlineWaits')}
                </small>
              </li>
            ))}
          </ul>
          {outbox.intakes.length > waiting.length && (
            <button type="button" onClick={box.clean}>
              {t('offlineClean')}
            </button>
          )}
        </section>
      </div>
    </div>
  );
}

const value = (form: HTMLFormElement, name: string): string => String(new FormData(form).get(name) ?? '').trim();

function Unlock({ onPin }: { onPin: (pin: string) => Promise<boolean> }) {
  const { t } = useCentreTexts();
  const [wrong, setWrong] = useState(false);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setWrong(!(await onPin(value(event.currentTarget, 'pin'))));
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      <label>
        {t('offlinePin')}
        <input
          name="pin"
          type="password"
          inputMode="numeric"
          minLength={6}
          maxLength={40}
          autoComplete="off"
          required
        />
      </label>
      <p className="soft">{t('offlinePinText')}</p>
      {wrong && (
        <p className="field-error" role="alert">
          {t('offlineWrong')}
        </p>
      )}
      <button type="submit" className="primary">
        {t('offlineOpen')}
      </button>
    </form>
  );
}

/** Fetches the form of an item while there is a network (准备事项). */
function Prepare({
  busy,
  onRun,
  onForm,
}: {
  busy: boolean;
  onRun: (work: () => Promise<unknown>) => Promise<void>;
  onForm: (form: Form) => void;
}) {
  const { t, say } = useCentreTexts();
  const [found, setFound] = useState<Found['items']>([]);
  const search = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const q = encodeURIComponent(value(event.currentTarget, 'q'));
    void onRun(async () => setFound((await call<Found>(`/api/service/items?q=${q}`)).items.slice(0, 8)));
  };
  const fetchForm = (code: string) =>
    onRun(async () =>
      onForm(await read(api.POST('/api/service/forms/open', { body: { items: [code], situations: {} } }))),
    );
  return (
    <section aria-labelledby="offline-prepare">
      <h2 id="offline-prepare">{t('offlinePrepare')}</h2>
      <form onSubmit={search}>
        <label>
          {t('offlineItem')}
          <input name="q" minLength={1} maxLength={100} required />
        </label>
        <button type="submit" disabled={busy}>
          {t('offlineFind')}
        </button>
      </form>
      <ul className="hall-list">
        {found.map(({ code, title }) => (
          <li key={code}>
            <span>{say(title)}</span>
            <div className="acts">
              <button type="button" disabled={busy} onClick={() => void fetchForm(code)}>
                {t('offlineKeep')}
              </button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Takes one application in. The number is typed twice: nothing checks it until there is a network. */
function TakeIn({ forms, onTake }: { forms: Form[]; onTake: ReturnType<typeof useOutbox>['take'] }) {
  const { t, say } = useCentreTexts();
  const [chosen, setChosen] = useState(0);
  const [answers, setAnswers] = useState<Answers>({});
  const [fault, setFault] = useState('');
  const form = forms[chosen] ?? forms[0];
  const item = form?.items[0];
  if (!form || !item) return <EmptyState title={t('offlineNoForm')} text={t('offlineNoFormText')} />;
  const answer = (element: string) => (given: Answer | undefined) =>
    setAnswers((old) => {
      const { [element]: _, ...rest } = old;
      return given === undefined ? rest : { ...rest, [element]: given };
    });
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = event.currentTarget;
    const missing = form.fields.some(({ element, required }) => required && answers[element] === undefined);
    const idNumber = value(typed, 'id').toUpperCase();
    if (idNumber !== value(typed, 'again').toUpperCase()) return setFault(t('offlineTwice'));
    if (missing) return setFault(t('offlineMissing'));
    setFault('');
    onTake({
      id: crypto.randomUUID(),
      takenAt: new Date().toISOString(),
      item: { code: item.code, version: item.version },
      answers: Object.fromEntries(
        form.fields.flatMap(({ element, type }): [string, Answer][] => {
          const given = answers[element];
          return given === undefined ? [] : [[element, type === 'number' ? Number(given) : given]];
        }),
      ),
      contact: { name: value(typed, 'name'), phone: value(typed, 'phone') },
      idNumber,
    });
    setAnswers({});
    typed.reset();
    return undefined;
  };
  return (
    <section aria-labelledby="offline-take">
      <h2 id="offline-take">{t('offlineTake')}</h2>
      <form onSubmit={send}>
        <label>
          {t('offlineItem')}
          <select value={forms.indexOf(form)} onChange={(event) => setChosen(Number(event.target.value))}>
            {forms.map((each, at) => (
              <option key={each.items[0]?.code} value={at}>
                {say(each.items[0]?.title)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('offlineName')}
          <input name="name" minLength={2} maxLength={80} autoComplete="off" required />
        </label>
        <label>
          {t('offlinePhone')}
          <input name="phone" pattern="[0-9+\-]{7,20}" inputMode="tel" autoComplete="off" required />
        </label>
        <label>
          {t('offlineId')}
          <input name="id" minLength={15} maxLength={18} autoComplete="off" required />
        </label>
        <label>
          {t('offlineIdAgain')}
          <input name="again" minLength={15} maxLength={18} autoComplete="off" required />
        </label>
        {form.fields.map((field) => (
          <FieldInput
            key={field.element}
            id={`offline-${field.element}`}
            field={field}
            value={answers[field.element]}
            fault={undefined}
            onChange={answer(field.element)}
          />
        ))}
        {fault !== '' && (
          <p className="field-error" role="alert">
            {fault}
          </p>
        )}
        <button type="submit" className="primary">
          {t('offlineTakeAct')}
        </button>
      </form>
    </section>
  );
}
