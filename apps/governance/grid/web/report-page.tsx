import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { call, Problem, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { FileButton } from '#web/design/file-button.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { type OutboxFile, reducePhoto, useKeeping, useKept, useOnline, useOutbox } from '#web/offline/index.ts';
import { draftKey } from '#web/shell/drafts.ts';
import { useSession } from '#web/shell/session.tsx';
import { differenceHash } from './difference-hash.ts';
import { ClassGuess } from '../classify/web/class-guess.tsx';
import { useClasses } from './grid-parts.tsx';
import { useGridTexts } from './grid-texts.ts';
import { useHeldTexts } from './held-texts.ts';
import { PhotoField } from './photo-field.tsx';
import { bodyOf, pinOf, type ReportDraft, type ReportStep, useReportDraft } from './report-draft.ts';
import { JoinedNote, type Joined, NearList } from './report-near.tsx';
import { PlaceStep } from './report-place.tsx';
import { useReportTexts } from './report-texts.ts';

type Sent = Reply<'/api/incident/reports', 'post', 201>;
type Near = Reply<'/api/incident/near'>;
type Outcome = { sent: Sent; anonymous: boolean } | { joined: Joined } | 'outbox';
const NUMBER: Record<ReportStep, number> = { photo: 1, place: 2, near: 2, words: 3 };

/**
 * Reports a problem (上报问题), one thing a page: photo, place, words; what is known near the place is asked for in between. Without camera, position or network it
 * still works: words, a pin, and the outbox of this device.
 */
export default function ReportPage() {
  const { me, known } = useSession();
  const key = draftKey(me.account, 'grid-report-photos');
  const [before] = useKept(key);
  if (before === undefined || !known) return <div className="grid-own" />;
  return <ReportSteps key={key} photosKey={key} before={before?.files ?? []} />;
}

/** Photos that wait on this phone for a network outlive a reload, as the words do. */
function ReportSteps({ photosKey, before }: { photosKey: string; before: OutboxFile[] }) {
  const { t, language } = useGridTexts();
  const r = useReportTexts();
  const classes = useClasses();
  const online = useOnline();
  const outbox = useOutbox(['grid.report']);
  const { draft, put, forget: forgetWords } = useReportDraft();
  const [kept, setKept] = useState<OutboxFile[]>(before);
  const keeping = useKeeping({ key: photosKey, value: {}, files: kept, empty: kept.length === 0 });
  const forget = () => {
    forgetWords();
    void keeping.forget();
  };
  const [fault, setFault] = useState(false);
  const [done, setDone] = useState<Outcome>();
  const pin = pinOf(draft);
  const asks = draft.step === 'near' && pin !== undefined;
  const near = useApi(`near ${asks} ${draft.lon} ${draft.lat}`, async (signal) =>
    asks ? call<Near>(`/api/incident/near?lon=${pin.lon}&lat=${pin.lat}`, { signal }) : { cases: [] },
  );
  // A list that cannot be had keeps nobody from reporting.
  const known = asks ? (near.data?.cases ?? (near.problem ? [] : undefined)) : [];
  const step: ReportStep = asks && known?.length === 0 ? 'words' : draft.step;
  const { busy, problem, submit } = useSubmit(async (body: Record<string, unknown>, key): Promise<Sent | 'outbox'> => {
    const later = async () => {
      await outbox.enqueue({
        kind: 'grid.report',
        path: '/api/incident/reports',
        body,
        about: draft.text.trim(),
        ...(kept.length > 0 && { files: kept }),
      });
      return 'outbox' as const;
    };
    if (!online || kept.length > 0) return later();
    try {
      return await call<Sent>('/api/incident/reports', { method: 'POST', body, headers: key });
    } catch (thrown) {
      if (thrown instanceof Problem && thrown.status === 0) return later();
      throw thrown;
    }
  });
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const answer = await submit(bodyOf(draft));
    if (answer === undefined) return;
    setDone(answer === 'outbox' ? answer : { sent: answer, anonymous: draft.anonymous });
    forget();
  };
  const keep = async (file: File | undefined) => {
    if (!file) return;
    const photo = await reducePhoto(file);
    setFault(typeof photo === 'string');
    if (typeof photo !== 'string') setKept((old) => [...old, { name: file.name, content: photo }]);
  };
  if (done === 'outbox')
    return (
      <div className="grid-own">
        <h1 role="status">{r('outbox')}</h1>
        <p>{r('outboxText')}</p>
        <p>
          <Link className="button primary grid-go" to="/citizen/reports">
            {r('toList')}
          </Link>
        </p>
      </div>
    );
  if (done && 'joined' in done) return <JoinedNote joined={done.joined} />;
  if (done) return <SentNote {...done} />;
  const title = { photo: 'photoTitle', place: 'placeTitle', near: 'nearTitle', words: 'wordsTitle' } as const;
  return (
    <div className="grid-own">
      <p className="soft">{r('step', { n: NUMBER[step] })}</p>
      <h1>{r(title[step])}</h1>
      {step === 'photo' && (
        <>
          <p>{r('photoLead')}</p>
          {online ? (
            <PhotoField
              id="report-photo"
              label={t('photo')}
              hint={t('photoHint')}
              files={draft.files}
              onFiles={(files) => put({ files })}
              onPicture={(file) => void differenceHash(file).then((picture) => put({ picture }))}
            />
          ) : (
            <FileButton accept="image/*" onFiles={([file]) => void keep(file)}>
              {r('choose')}
            </FileButton>
          )}
          {fault && <p role="alert">{r('photoFault')}</p>}
          {kept.length > 0 && <p role="status">{r('kept', { n: kept.length })}</p>}
          <div className="grid-steps">
            <button type="button" className="primary" onClick={() => put({ step: 'place' })}>
              {draft.files.length + kept.length > 0 ? r('next') : r('skip')}
            </button>
          </div>
        </>
      )}
      {step === 'place' && (
        <PlaceStep
          draft={draft}
          put={put}
          onNext={() => put({ step: online ? 'near' : 'words' })}
          onBack={() => put({ step: 'photo' })}
        />
      )}
      {step === 'near' && (
        <>
          <p>{r('nearLead')}</p>
          {known && (
            <NearList
              cases={known}
              more={() => more(draft)}
              onJoined={(joined) => {
                setDone({ joined });
                forget();
              }}
              // Photos of this phone that are not out yet go along by the outbox, as more of the same case.
              onKept={
                kept.length === 0 && online
                  ? undefined
                  : async (no) => {
                      await outbox.enqueue({
                        kind: 'grid.report',
                        path: `/api/incident/near/${no}/join`,
                        body: more(draft),
                        about: r('joinAbout', { no }),
                        files: kept,
                      });
                      setDone('outbox');
                      forget();
                    }
              }
            />
          )}
          <div className="grid-steps">
            <button type="button" onClick={() => put({ step: 'place' })}>
              {r('back')}
            </button>
            <button type="button" className="primary" onClick={() => put({ step: 'words' })}>
              {r('notSame')}
            </button>
          </div>
        </>
      )}
      {step === 'words' && (
        <form onSubmit={(event) => void send(event)}>
          <label>
            {t('what')}
            <textarea
              rows={3}
              minLength={2}
              maxLength={2000}
              required
              aria-describedby="what-hint"
              value={draft.text}
              onChange={(e) => put({ text: e.target.value })}
            />
            <small className="soft" id="what-hint">
              {t('whatHint')}
            </small>
          </label>
          <ClassGuess text={draft.text} value={draft.class} onValue={(code) => put({ class: code })} />
          <label>
            {t('which')}
            <select value={draft.class} onChange={(e) => put({ class: e.target.value })}>
              <option value="">{t('unsure')}</option>
              {[...classes.values()].map(({ code, name }) => (
                <option key={code} value={code}>
                  {name[language]}
                </option>
              ))}
            </select>
          </label>
          <label className="choice">
            <input type="checkbox" checked={draft.anonymous} onChange={(e) => put({ anonymous: e.target.checked })} />
            {t('anonymous')}
          </label>
          <p className="soft">{r('pointsHint')}</p>
          {!draft.anonymous && (
            <label>
              {t('phone')}
              <input
                type="tel"
                pattern="[0-9+\-]{7,20}"
                autoComplete="tel"
                value={draft.phone}
                onChange={(e) => put({ phone: e.target.value })}
              />
            </label>
          )}
          {asks && near.problem && <p className="soft">{r('nearAway')}</p>}
          {problem && <RefusalPanel problem={problem} />}
          <div className="grid-steps">
            <button type="button" onClick={() => put({ step: 'place' })}>
              {r('back')}
            </button>
            <button type="submit" className="primary" disabled={busy}>
              {t('send')}
            </button>
          </div>
        </form>
      )}
    </div>
  );
}

/** Of a report that was begun: its id and the photos that are out already. */
const more = ({ clientId, files }: ReportDraft) => ({ clientId, ...(files.length > 0 && { files }) });

function SentNote({ sent, anonymous }: { sent: Sent; anonymous: boolean }) {
  const { t } = useGridTexts();
  const r = useReportTexts();
  const { t: h, language } = useHeldTexts();
  return (
    <div className="grid-own">
      <h1 role="status">{sent.state === 'held' ? h('sent', { no: sent.no }) : t('sent', { no: sent.no })}</h1>
      {sent.state === 'outside' ? (
        <p>{sent.neighbour ? h('outsideNamed', { to: sent.neighbour[language] }) : h('outsideUnknown')}</p>
      ) : sent.state === 'held' ? (
        <>
          <p>{anonymous ? h('sentAnonymous', { token: sent.token }) : h('sentText')}</p>
          <p>
            <Link className="button primary grid-go" to="/citizen/reports">
              {r('toList')}
            </Link>
          </p>
        </>
      ) : anonymous ? (
        <p>{t('sentAnonymous', { token: sent.token })}</p>
      ) : (
        <>
          <p>{t('sentText', { street: sent.street })}</p>
          <p>
            <Link className="button primary grid-go" to={`/citizen/reports/${sent.id}`}>
              {t('follow')}
            </Link>
          </p>
        </>
      )}
    </div>
  );
}
