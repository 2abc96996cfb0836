import { type FormEvent, useState } from 'react';
import { Link, useLocation, useParams } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { Clock } from '#web/design/clock.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { Upload } from '#web/design/upload.tsx';
import { QrCode } from '#web/entrances/account/qr-code.tsx';
import { useSession } from '#web/shell/session.tsx';
import { type CaseItem, type CaseView, lastDay, StateBadge, Timeline, yuan } from './case-parts.tsx';
import { useCaseTexts } from './case-texts.ts';
import { RateForm } from './rate-form.tsx';

/** How often progress is looked at while the page is seen (ms): what a unit does appears by itself (一站反馈). */
const LOOK_MS = 5_000;
/** What the QR code of a receipt leads to: the public query, which asks for a second factor. */
const queryAddress = (code: string): string => `${globalThis.location.origin}/citizen/case-query?code=${code}`;

/** One case of mine (办理进度): what happens next and by when, item by item; then the one timeline. */
export default function OwnCasePage() {
  const { t, language } = useCaseTexts();
  const { code = '' } = useParams();
  const { pathname } = useLocation();
  const state = useApi(`own case ${code}`, (signal) => call<CaseView>(`/api/service/own-cases/${code}`, { signal }), {
    refreshMs: LOOK_MS,
  });
  const found = state.data;
  // A fee that waits is paid from the line that tells of it.
  const base = pathname.startsWith('/business') ? '/business' : '/citizen';
  const payAt = (order: string) =>
    found?.items.some((item) => item.order?.id === order && item.order.state === 'open')
      ? `${base}/pay/${order}`
      : undefined;
  return (
    <div className="own-case">
      <p>
        <Link to={pathname.slice(0, pathname.lastIndexOf('/'))}>{t('mine.title')}</Link>
      </p>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {found && (
        <>
          <header>
            <h1>
              {found.title[language]} {found.sample && <SampleBadge />}
            </h1>
            <p className="soft">
              {t('mine.begun', { when: formatMoment(found.receivedAt, { language }) })}
              {found.promisedAt &&
                found.closedAt === null &&
                ` · ${t('promised', { when: lastDay(found.promisedAt, language) })}`}
            </p>
            <div className="case-receipt">
              <p>
                {t('code')} <b className="case-code">{found.code}</b>
                <br />
                <small className="soft">{t('copy')}</small>
              </p>
              <QrCode text={queryAddress(found.code)} label={t('qr')} />
            </div>
          </header>
          {found.items.some((item) => item.state === 'correction') && (
            <CorrectionForm found={found} onDone={state.reload} />
          )}
          {found.items.map((item) => (
            <Item key={item.no} code={found.code} item={item} onDone={state.reload} />
          ))}
          <section aria-label={t('timeline')}>
            <h2>{t('timeline')}</h2>
            <Timeline events={found.timeline} parts={found.parts} payAt={payAt} />
          </section>
        </>
      )}
    </div>
  );
}

function Item({ code, item, onDone }: { code: string; item: CaseItem; onDone: () => void }) {
  const { t, language } = useCaseTexts();
  const unitName = useUnitName();
  // Who acts for somebody sees none of their orders.
  const { me } = useSession();
  const base = useLocation().pathname.startsWith('/business') ? '/business' : '/citizen';
  const open = ['submitted', 'correction', 'accepted', 'review', 'stopped'].includes(item.state);
  const when = lastDay(item.next.by, language);
  return (
    <section className="own-item" aria-label={item.title[language]}>
      <header>
        <h2>{item.title[language]}</h2>
        <StateBadge state={item.state} outcome={item.outcome} />
      </header>
      <p>
        {item.clock?.state === 'overdue'
          ? t('mine.late', { unit: unitName(item.unit) })
          : t(`mine.what.${item.next.what as 'accept'}`, { unit: unitName(item.unit), when })}
      </p>
      {item.clock && <Clock clock={item.clock} />}
      {item.reason && (
        <p>
          {item.reason} {item.remedy}
        </p>
      )}
      {item.order?.state === 'open' && item.fee && !me.acting && (
        <p className="acts">
          <Link className="primary" to={`${base}/pay/${item.order.id}`}>
            {t('mine.pay', { amount: yuan(item.fee) })}
          </Link>
        </p>
      )}
      {item.certificate && (
        <p>
          <Link to={`${base}/wallet/${item.certificate}`}>{t('mine.wallet')}</Link>
        </p>
      )}
      {item.rate === 'again' && <p className="notice">{t('mine.again')}</p>}
      {item.rate && <RateForm key={item.rate} code={code} no={item.no} onDone={onDone} />}
      {open && <Withdraw code={code} no={item.no} onDone={onDone} />}
    </section>
  );
}

function Withdraw({ code, no, onDone }: { code: string; no: number; onDone: () => void }) {
  const { t } = useCaseTexts();
  const [sure, setSure] = useState(false);
  const { busy, problem, submit } = useSubmit((body: object, key) =>
    call(`/api/service/own-cases/${code}/items/${no}/withdraw`, { method: 'POST', body, headers: key }),
  );
  const withdraw = async () => {
    if ((await submit({})) !== undefined) onDone();
  };
  if (!sure)
    return (
      <div className="acts">
        <button type="button" onClick={() => setSure(true)}>
          {t('mine.withdraw')}
        </button>
      </div>
    );
  return (
    <div>
      <p>{t('mine.sure')}</p>
      <div className="acts">
        <button type="button" className="primary" onClick={() => setSure(false)}>
          {t('mine.no')}
        </button>
        <button type="button" disabled={busy} onClick={() => void withdraw()}>
          {t('mine.yes')}
        </button>
      </div>
      {problem && <RefusalPanel problem={problem} />}
    </div>
  );
}

/** A document of an application that has just been handed in. */
type Uploaded = Reply<'/api/document/files', 'post', 201>;
/** Kind under which materials of applications are stored. */
const KIND = 'material';

/** Everything that was told, and one form for it (补正): files handed in anew, answers to be corrected, and words. */
function CorrectionForm({ found, onDone }: { found: CaseView; onDone: () => void }) {
  const { t, language } = useCaseTexts();
  const unitName = useUnitName();
  const waiting = found.items.filter((item) => item.state === 'correction');
  const [files, setFiles] = useState<ReadonlyMap<string, { no: number; id: string; document: string }>>(new Map());
  const { busy, problem, submit } = useSubmit((body: object, key) =>
    call(`/api/service/own-cases/${found.code}/correction`, { method: 'POST', body, headers: key }),
  );
  const texts = new Map(
    waiting.flatMap(({ answers }) =>
      // What a source has verified is disputed there, not corrected here.
      answers
        .filter(({ value, state }) => typeof value === 'string' && state !== 'verified')
        .map((a) => [a.element, a]),
    ),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const changed = [...texts.values()].flatMap(({ element, value }) => {
      const typed = form.get(element);
      return typeof typed === 'string' && typed !== '' && typed !== value ? [[element, typed] as const] : [];
    });
    const note = form.get('note');
    const body = { answers: Object.fromEntries(changed), materials: [...files.values()], ...(note !== '' && { note }) };
    if ((await submit(body)) !== undefined) onDone();
  };
  return (
    <section className="own-item" aria-label={t('mine.correct')}>
      <h2>{t('mine.correct')}</h2>
      <p className="soft">{t('mine.correctHelp')}</p>
      {waiting.map((item) => (
        <div key={item.no} className="case-defects">
          <small className="soft">
            {item.title[language]} · {unitName(item.unit)}
          </small>
          <ul>
            {item.defects?.map(({ what, how }) => (
              <li key={what}>
                <b>{what}</b> {how}
              </li>
            ))}
          </ul>
          {item.uploads.map(({ id, title }) => (
            <Upload<Uploaded>
              key={id}
              id={`upload-${item.no}-${id}`}
              label={t('mine.upload', { title: title[language] })}
              addressOf={(file) => `/api/document/files?${new URLSearchParams({ kind: KIND, name: file.name })}`}
              onDone={({ id: document }) =>
                setFiles((old) => new Map(old).set(`${item.no} ${id}`, { no: item.no, id, document }))
              }
            />
          ))}
        </div>
      ))}
      <form onSubmit={(event) => void send(event)}>
        {texts.size > 0 && (
          <details>
            <summary>{t('mine.values')}</summary>
            {[...texts.values()].map(({ element, title, value }) => (
              <label key={element}>
                {t('mine.value', { element: title[language] })}
                <input name={element} defaultValue={String(value)} />
              </label>
            ))}
          </details>
        )}
        <label>
          {t('mine.note')}
          <textarea name="note" rows={3} minLength={2} maxLength={1000} required />
        </label>
        {problem && <RefusalPanel problem={problem} />}
        <button type="submit" className="primary" disabled={busy}>
          {t('mine.send')}
        </button>
      </form>
    </section>
  );
}
