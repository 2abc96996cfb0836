import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatMoment, type Language } from '#web/design/format.ts';
import { PurposeGate, PurposeLine, usePurpose } from '#web/design/purpose.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { StateBadge, useClasses } from '../../web/grid-parts.tsx';
import { useHotlineTexts } from './hotline-texts.ts';
import { limitWords } from './limit-words.ts';
import { OrderExtension } from './order-extension.tsx';
import { OrderFiles } from './order-files.tsx';

type Order = Reply<'/api/grid/hotline/orders/{no}'>;
type Texts = ReturnType<typeof useHotlineTexts>['t'];
type Sent = { act: string; body: Record<string, unknown> };

/** What the city's clock wants next, in words. */
export function dueWords(
  order: Pick<Order, 'dueAt' | 'next' | 'late' | 'finishedAt'>,
  t: Texts,
  language: Language,
): string {
  if (order.next === 'decide') return t('next.decide');
  if (order.next === 'extend' && !order.late) return t('next.extend');
  if (order.finishedAt !== null) return t('done', { when: formatMoment(order.finishedAt, { language }) });
  const what = t(`next.${order.next ?? 'finish'}`);
  const when = order.dueAt === null ? '' : limitWords(order.dueAt, language);
  return order.late ? t('over', { what, when }) : t('before', { what, when });
}

/** Red is what must be acted on now. */
export const toneOf = ({ late, next, finishedAt }: Pick<Order, 'late' | 'next' | 'finishedAt'>): string =>
  late || next === 'decide' || next === 'extend' ? 'clock-now' : finishedAt ? 'clock-done' : '';

/** One order beside the list: what to do next on top, then what it says, what happened and what the city was told. */
export function OrderPanel({ no, onDone }: { no: string; onDone: () => void }) {
  const { t, language } = useHotlineTexts();
  const state = useApi(`hotline order ${no}`, (signal) => call<Order>(`/api/grid/hotline/orders/${no}`, { signal }));
  const { busy, problem, submit } = useSubmit(({ act, body }: Sent, key) =>
    call(`/api/grid/hotline/orders/${no}/${act}`, { method: 'POST', body, headers: key }),
  );
  const send = async (sent: Sent): Promise<boolean> => {
    if ((await submit(sent)) === undefined) return false;
    state.reload();
    onDone();
    return true;
  };
  const order = state.data;
  if (!order) return state.problem ? <RefusalPanel problem={state.problem} onRetry={state.reload} /> : null;
  return (
    <article className="grid-page" aria-label={order.title}>
      <h2>{order.title}</h2>
      <p className="soft">
        <span className="grid-no">{order.no}</span> · {t(`kinds.${order.kind as 'help'}`)}
        {order.category && ` · ${order.category}`}
      </p>
      {order.next === 'extend' && <OrderExtension order={order} busy={busy} problem={problem} send={send} />}
      <NextSteps order={order} busy={busy} problem={problem} send={send} />
      {order.next !== 'extend' && <OrderExtension order={order} busy={busy} problem={problem} send={send} />}
      <p>{order.content}</p>
      <dl className="grid-facts">
        <div>
          <dt>{t('limits')}</dt>
          <dd>
            {order.contactDue && `${t('limitContact', { when: limitWords(order.contactDue, language) })} · `}
            {t('limitFinish', { when: limitWords(order.finishDue, language) })} ·{' '}
            {t('limitReturn', { when: limitWords(order.returnDue, language) })}
            <small className="soft"> {t('source')}</small>
          </dd>
        </div>
        {order.address && (
          <div>
            <dt>{t('address')}</dt>
            <dd>{order.address}</dd>
          </div>
        )}
        {order.caseNo && (
          <div>
            <dt>{t('case')}</dt>
            <dd>
              <Link to={`/gov/incidents/${order.caseNo}`}>{order.caseNo}</Link>{' '}
              {order.caseState && <StateBadge state={order.caseState} />}
            </dd>
          </div>
        )}
        {order.receipt && (
          <div>
            <dt>{t('receipt')}</dt>
            <dd>
              {order.receipt} · <Link to="/gov/outside-reports">{t('toOutside')}</Link>
            </dd>
          </div>
        )}
        <div>
          <dt>{t('caller')}</dt>
          <dd>
            {order.confidential
              ? t('confidentialText')
              : [order.callerName, order.callerPhone].filter(Boolean).join(' ') || t('noCaller')}
            {!order.confidential && order.caseNo && order.callerPhone && (
              <small className="soft"> {t('callerInCase')}</small>
            )}
          </dd>
        </div>
      </dl>
      <OrderFiles order={order} />
      {order.reachable && <Caller no={no} />}
      <section aria-label={t('happened')}>
        <h3>{t('happened')}</h3>
        <ol className="grid-timeline">
          {order.notes.map((each) => (
            <li key={`${each.at} ${each.kind}`}>
              <time dateTime={each.at}>{formatMoment(each.at, { language })}</time>
              <div>
                <b>{t(`notes.${each.kind as 'taken'}`)}</b> <span className="soft">{each.byName}</span>
                {each.text && <p>{each.text}</p>}
              </div>
            </li>
          ))}
        </ol>
      </section>
      <section aria-label={t('pushes')}>
        <h3>{t('pushes')}</h3>
        {order.told.length === 0 && <p className="soft">{t('noPushes')}</p>}
        <ol className="grid-timeline">
          {order.told.map((each) => (
            <li key={each.seq}>
              <time dateTime={each.at}>{formatMoment(each.at, { language })}</time>
              <div>
                <b>{t(`statuses.${each.status as 'closed'}`)}</b>{' '}
                <span className="soft">
                  {each.sentAt
                    ? t('confirmedAt', { when: formatMoment(each.sentAt, { language }) })
                    : each.dropped !== null
                      ? t('droppedAs', { why: each.dropped })
                      : t('tries', { n: each.tries })}
                  {each.asideAt && !each.sentAt && each.dropped === null && ` · ${t('asideMark')}`}
                  {each.error && ` · ${each.error[language]}`}
                </span>
                {each.text && <p>{each.text}</p>}
              </div>
            </li>
          ))}
        </ol>
      </section>
    </article>
  );
}

/** What came of the city's call-back, and what it asks of us. */
function evaluationOf({
  solved,
  satisfied,
  state,
  next,
}: Order): 'answerAgain' | 'reopen' | 'notSolved' | 'evaluated' | 'unsatisfied' | undefined {
  if (solved === null) return undefined;
  if (state === 'to-answer') return 'answerAgain';
  if (next === 'decide') return 'reopen';
  if (!solved) return 'notSolved';
  return satisfied ? 'evaluated' : 'unsatisfied';
}

type Steps = {
  order: Order;
  busy: boolean;
  problem: Parameters<typeof RefusalPanel>[0]['problem'] | null | undefined;
  send: (sent: Sent) => Promise<boolean>;
};

/** What a person can do now (下一步). */
function NextSteps({ order, busy, problem, send }: Steps) {
  const { t } = useHotlineTexts();
  const classes = useClasses();
  const [back, setBack] = useState(false);
  const words = (act: string) => (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void send({ act, body: { text: String(new FormData(event.currentTarget).get('text')).trim() } });
  };
  const toFile = order.state === 'to-place' || order.state === 'to-answer';
  const toContact =
    order.next !== null && order.next !== 'decide' && order.contactDue !== null && order.contactedAt === null;
  const evaluated = evaluationOf(order);
  const young = order.caseState === 'reported' || order.caseState === 'facts' || order.caseState === 'accepted';
  return (
    <div className="grid-next grid-page">
      <OrderClock order={order} />
      {order.twin && young && (
        <p className="notice">
          {t('twin', { no: order.twin })} <Link to={`/gov/incidents/${order.caseNo}`}>{t('openCase')}</Link>
        </p>
      )}
      {evaluated !== undefined && <p className="notice">{t(evaluated)}</p>}
      {order.state === 'to-answer' && (
        <form onSubmit={words('answer')}>
          <label>
            {t('answerText')}
            <textarea name="text" rows={3} minLength={4} maxLength={1000} required />
          </label>
          <button type="submit" className="primary" disabled={busy}>
            {t('answer')}
          </button>
        </form>
      )}
      {toContact && (
        <details open={order.state !== 'to-answer' && order.next !== 'extend'}>
          <summary>{t('contact')}</summary>
          <form onSubmit={words('contact')}>
            <label>
              {t('contactText')}
              <textarea name="text" rows={2} minLength={4} maxLength={1000} required />
            </label>
            <button type="submit" className={order.state === 'to-answer' ? undefined : 'primary'} disabled={busy}>
              {t('contact')}
            </button>
          </form>
        </details>
      )}
      {toFile && (
        <details open={order.state === 'to-place'}>
          <summary>{t('file')}</summary>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              const form = new FormData(event.currentTarget);
              const code = String(form.get('class'));
              const at = { lon: Number(form.get('lon')), lat: Number(form.get('lat')) };
              void send({ act: 'file', body: { ...at, ...(code && { class: code }) } });
            }}
          >
            <label>
              {t('lon')}
              <input name="lon" type="number" step="any" min={-180} max={180} required />
            </label>
            <label>
              {t('lat')}
              <input name="lat" type="number" step="any" min={-90} max={90} required />
            </label>
            <label>
              {t('class')}
              <select name="class" defaultValue="">
                <option value="">{t('anyClass')}</option>
                {[...classes.values()].map(({ code, name }) => (
                  <ClassOption key={code} code={code} name={name} />
                ))}
              </select>
            </label>
            <button type="submit" disabled={busy}>
              {t('file')}
            </button>
          </form>
        </details>
      )}
      {order.mayReturn && (
        <span className="grid-acts">
          <button type="button" onClick={() => setBack(true)}>
            {t('handBack')}
          </button>
        </span>
      )}
      {problem && !back && <RefusalPanel problem={problem} />}
      {back && <HandBack order={order} busy={busy} problem={problem} send={send} onClose={() => setBack(false)} />}
    </div>
  );
}

function ClassOption({ code, name }: { code: string; name: { zh: string; en: string } }) {
  const { language } = useHotlineTexts();
  return <option value={code}>{name[language]}</option>;
}

function OrderClock({ order }: { order: Order }) {
  const { t, language } = useHotlineTexts();
  return (
    <p className={`clock ${toneOf(order)}`}>
      <span>{dueWords(order, t, language)}</span>
    </p>
  );
}

/** Hands an order back (退单): the reason from the list, and in words. What was typed stays where the server refuses. */
function HandBack({ order, busy, problem, send, onClose }: Steps & { onClose: () => void }) {
  const { t, language } = useHotlineTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="hand-back-title" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const body = { reason: String(form.get('reason')), text: String(form.get('text')).trim() };
          void send({ act: 'hand-back', body }).then((done) => done && onClose());
        }}
      >
        <h2 id="hand-back-title">{t('handBackTitle')}</h2>
        <p className="soft">{t('handBackLead', { when: limitWords(order.returnDue, language) })}</p>
        <label>
          {t('reason')}
          <select name="reason" defaultValue="" required>
            <option value="">{t('chooseReason')}</option>
            {(['not-district', 'not-duty', 'duplicate', 'unclear', 'in-procedure'] as const).map((reason) => (
              <option key={reason} value={reason}>
                {t(`reasons.${reason}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('handBackText')}
          <textarea name="text" rows={3} minLength={4} maxLength={1000} required />
        </label>
        {problem && <RefusalPanel problem={problem} />}
        <div className="acts">
          <button type="submit" className="primary" disabled={busy}>
            {t('sendBack')}
          </button>
          <button type="button" onClick={onClose}>
            {t('cancel')}
          </button>
        </div>
      </form>
    </dialog>
  );
}

type CallerReply = Reply<'/api/grid/hotline/orders/{no}/caller'>;

/** How the caller of an order without a case is reached: for a purpose, and on record. */
function Caller({ no }: { no: string }) {
  const { t } = useHotlineTexts();
  const [open, setOpen] = useState(false);
  const purpose = usePurpose(`hotline ${no}`, t('callerSubject'));
  const caller = useApi(`hotline caller ${no} ${open} ${purpose.code}`, async (signal) =>
    open && purpose.code
      ? call<CallerReply>(`/api/grid/hotline/orders/${no}/caller`, { signal, headers: purpose.headers })
      : null,
  );
  if (!open)
    return (
      <span className="grid-acts">
        <button type="button" onClick={() => setOpen(true)}>
          {t('showCaller')}
        </button>
      </span>
    );
  if (!purpose.code) return <PurposeGate purpose={purpose} text={t('callerGate')} />;
  return (
    <section aria-label={t('caller')}>
      <PurposeLine purpose={purpose} />
      {caller.problem && <RefusalPanel problem={caller.problem} onRetry={caller.reload} />}
      {caller.data && <p>{[caller.data.name, caller.data.phone].filter(Boolean).join(' · ') || t('noCaller')}</p>}
    </section>
  );
}
