import './field.css';
import { type FormEvent, useEffect, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { asProblem, newKey, type Problem } from '#web/client/index.ts';
import {
  filesOf,
  type KeptDraft,
  type OutboxRecord,
  useKeeping,
  useKept,
  useOnline,
  useOutbox,
} from '#web/offline/index.ts';
import { draftKey } from '#web/shell/drafts.ts';
import { useSession } from '#web/shell/session.tsx';
import { differenceHash } from '../../web/difference-hash.ts';
import { ClassGuess } from '../../classify/web/class-guess.tsx';
import { useClasses } from '../../web/grid-parts.tsx';
import { ClassChips, countUse } from './class-chips.tsx';
import { FieldPhotos, type Photos } from './field-photos.tsx';
import { FieldPin, type Pin, pinIsSure } from './field-pin.tsx';
import { useFieldTexts } from './field-texts.ts';
import { KeptProblem } from './kept-problem.tsx';

export const REPORT = 'grid.report';
const KINDS = [REPORT];

type Body = {
  clientId: string;
  text: string;
  lon: number;
  lat: number;
  class?: string;
  accuracy?: number;
  pinConfirmed?: boolean;
  photosConfirmed?: boolean;
  picture?: string;
  source: 'grid';
};

/** What a supervisor has begun (未完成的上报); the photos lie beside it. */
export type FieldDraft = { text: string; class: string; pin: Pin | null };
export const reportKey = (account: string | null, record = ''): string => draftKey(account, 'field-report', record);

/** One-hand report (单手上报): photo, kind, place, send. It goes into the outbox of this device first, so that it does not matter whether there is a network. */
export default function FieldReportPage() {
  const outbox = useOutbox(KINDS);
  const [search] = useSearchParams();
  const wanted = search.get('record');
  const record = wanted === null ? undefined : outbox.records?.find(({ id }) => id === wanted);
  const { me, known } = useSession();
  const key = reportKey(me.account, record?.id);
  const [kept] = useKept<FieldDraft>(key);
  if ((wanted !== null && !record) || kept === undefined || !known) return <div className="field-page" />;
  return <ReportForm key={key} keepAs={key} kept={kept} outbox={outbox} record={record} />;
}

function ReportForm({
  outbox,
  record,
  keepAs,
  kept,
}: {
  outbox: ReturnType<typeof useOutbox>;
  record?: OutboxRecord;
  keepAs: string;
  kept: KeptDraft<FieldDraft> | null;
}) {
  const { t, language } = useFieldTexts();
  const navigate = useNavigate();
  const classes = useClasses();
  const before = record?.body as Body | undefined;
  const [photos, setPhotos] = useState<Photos>(kept?.files ?? []);
  const [pin, setPin] = useState<Pin | null>(
    kept?.value.pin ??
      (before
        ? { lon: before.lon, lat: before.lat, accuracy: before.accuracy, confirmed: before.pinConfirmed ?? false }
        : null),
  );
  const [draft, setDraft] = useState({
    text: kept?.value.text ?? before?.text ?? '',
    class: kept?.value.class ?? before?.class ?? '',
  });
  const [restored, setRestored] = useState(kept !== null);
  // A place alone is nothing begun: the phone says it by itself.
  const empty = draft.text.trim() === '' && draft.class === '' && photos.length === 0;
  const keeping = useKeeping<FieldDraft>({ key: keepAs, value: { ...draft, pin }, files: photos, empty });
  const [photosOk, setPhotosOk] = useState(false);
  const [faults, setFaults] = useState<string[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [done, setDone] = useState(false);
  const [turn, setTurn] = useState(0);
  const [busy, setBusy] = useState(false);
  const online = useOnline();
  useEffect(() => {
    if (record && kept === null) void filesOf(record.id).then(setPhotos);
  }, [record, kept]);
  // What was put right is not complained about any more.
  useEffect(() => setFaults([]), [draft, pin, photos]);
  const doubted = record?.problem?.fields?.some(({ rule }) => rule.startsWith('photo-')) ?? false;

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = draft.class === '' ? '' : (classes.get(draft.class)?.name[language] ?? draft.class);
    const text = draft.text.trim() || name || (photos.length > 0 ? t('photos') : '');
    const wrong = [...(text.length < 2 ? [t('needWords')] : []), ...(pin && pinIsSure(pin) ? [] : [t('needPlace')])];
    setFaults(wrong);
    if (wrong.length > 0 || !pin) return;
    setBusy(true);
    const first = photos[0];
    const picture = first && (await differenceHash(first.content));
    const body: Body = {
      clientId: before?.clientId ?? newKey(),
      text,
      lon: pin.lon,
      lat: pin.lat,
      source: 'grid',
      ...(draft.class && { class: draft.class }),
      ...(pin.accuracy !== undefined && { accuracy: pin.accuracy }),
      ...(pin.confirmed && { pinConfirmed: true }),
      ...(photosOk && { photosConfirmed: true }),
      ...(picture && { picture }),
    };
    const about = text.slice(0, 40);
    try {
      if (record) await outbox.amend(record, { body, about, files: photos });
      else await outbox.enqueue({ kind: REPORT, path: '/api/incident/reports', body, about, files: photos });
      if (draft.class) countUse(draft.class);
      await keeping.forget();
      if (record) void navigate('/gov/field');
      else setDone(true);
    } catch (thrown) {
      // Not kept: everything stays on the page.
      setProblem(asProblem(thrown));
    } finally {
      setBusy(false);
    }
  };
  const another = () => {
    setPhotos([]);
    setPin(null);
    setDraft({ text: '', class: '' });
    setRestored(false);
    setTurn((old) => old + 1);
    setDone(false);
  };
  if (done)
    return (
      <div className="field-page">
        <h1 role="status">{t('keptHere')}</h1>
        <p>{t('keptText')}</p>
        <button type="button" className="primary" onClick={another}>
          {t('next')}
        </button>
        <Link to="/gov/field">{t('back')}</Link>
      </div>
    );
  return (
    <form className="field-page" onSubmit={(event) => void send(event)}>
      <Link to="/gov/field">{t('back')}</Link>
      <h1>{t(record ? 'editing' : 'report')}</h1>
      {!online && (
        <p className="notice" role="status">
          {t('noNetwork')}
        </p>
      )}
      {restored && (
        <div className="field-begun" role="status">
          <p>{t('restored', { n: photos.length })}</p>
          {!record && (
            <button type="button" onClick={another}>
              {t('startAnew')}
            </button>
          )}
        </div>
      )}
      {!keeping.kept && (
        <p className="notice" role="alert">
          {t('notKeepable')}
        </p>
      )}
      {record?.problem && <KeptProblem details={record.problem} />}
      <FieldPhotos photos={photos} onPhotos={setPhotos} label={t('photos')} />
      {photos.length === 0 && <p className="soft">{t('noCamera')}</p>}
      {doubted && (
        <label className="choice">
          <input type="checkbox" checked={photosOk} onChange={(event) => setPhotosOk(event.target.checked)} />
          {t('photosOk')}
        </label>
      )}
      <ClassChips value={draft.class} onValue={(code) => setDraft((old) => ({ ...old, class: code }))} />
      <FieldPin key={turn} pin={pin} onPin={setPin} />
      <label>
        {t(photos.length === 0 && draft.class === '' ? 'wordsNeeded' : 'words')}
        <textarea
          rows={2}
          maxLength={2000}
          value={draft.text}
          onChange={(event) => setDraft((old) => ({ ...old, text: event.target.value }))}
        />
      </label>
      <ClassGuess
        text={draft.text}
        value={draft.class}
        onValue={(code) => setDraft((old) => ({ ...old, class: code }))}
      />
      {faults.map((fault) => (
        <p key={fault} role="alert">
          {fault}
        </p>
      ))}
      {problem && <KeptProblem details={problem.details} />}
      <button type="submit" className="primary field-send" disabled={busy}>
        {t(record ? 'sendAgain' : 'send')}
      </button>
    </form>
  );
}
