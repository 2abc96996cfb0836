import './field.css';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { asProblem, call, type Problem, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useOutbox } from '#web/offline/index.ts';
import { StateBadge, useClasses } from '../../web/grid-parts.tsx';
import { filesOf } from '../../web/photo-sides.ts';
import { FieldPhotos, type Photos } from './field-photos.tsx';
import { useFieldTexts } from './field-texts.ts';
import { KeptProblem } from './kept-problem.tsx';

type Shown = Reply<'/api/incident/cases/{no}'>;
const SHORTEST = 4;

/** A look on site (现场核查): how it was, how it is now, passed or not. The result goes through the outbox, with or without a network. */
export default function FieldVerifyPage() {
  const { t, language } = useFieldTexts();
  const { no = '' } = useParams();
  const navigate = useNavigate();
  const outbox = useOutbox();
  const classes = useClasses();
  const [photos, setPhotos] = useState<Photos>([]);
  const [text, setText] = useState('');
  const [fault, setFault] = useState<'needPhoto' | 'needReason'>();
  const [problem, setProblem] = useState<Problem | null>(null);
  const path = `/api/incident/cases/${no}`;
  const state = useApi(`field case ${no}`, (signal) => call<Shown>(path, { signal }));
  const found = state.data;
  const records = outbox.records?.filter(
    (record) => record.path === `${path}/verify` || record.path === `${path}/rework`,
  );
  const queued = records?.some((record) => record.state !== 'refused') ?? false;
  const refused = records?.find((record) => record.state === 'refused');
  const send = async (act: 'verify' | 'rework') => {
    const words = text.trim() || (act === 'verify' ? t('passWords') : '');
    const wrong =
      act === 'verify' && photos.length === 0 ? 'needPhoto' : words.length < SHORTEST ? 'needReason' : undefined;
    setFault(wrong);
    if (wrong) return;
    try {
      await outbox.enqueue({
        kind: `grid.${act}`,
        path: `${path}/${act}`,
        body: { text: words },
        about: `${t(act === 'verify' ? 'pass' : 'fail')} ${found?.description.slice(0, 24) ?? no}`,
        files: photos,
      });
      // It stands in the place of the one that was refused.
      if (refused) await outbox.discard(refused);
      void navigate('/gov/field');
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
  };
  if (!found)
    return (
      <div className="field-page">
        <Link to="/gov/field">{t('back')}</Link>
        {state.problem?.status === 0 && <p role="alert">{t('notOffline')}</p>}
        {state.problem && state.problem.status !== 0 && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      </div>
    );
  const may = found.acts.includes('verify') || found.acts.includes('rework');
  const handled = filesOf(found.timeline, ['secure', 'feedback']);
  return (
    <div className="field-page">
      <Link to="/gov/field">{t('back')}</Link>
      <h1>{t('verify')}</h1>
      <p>
        <b>{found.description}</b>
      </p>
      <p className="soft">
        {[classes.get(found.class)?.name[language], found.address, no].filter(Boolean).join(' · ')}
      </p>
      <p>
        <StateBadge state={found.state} />
      </p>
      {found.classFacts && <p className="soft">{found.classFacts.close[language]}</p>}
      {(['before', 'handled'] as const).map((side) => {
        // What a unit brought is what is verified; everything else was there before.
        const shown = found.photos.filter(({ file }) => handled.includes(file) === (side === 'handled'));
        return (
          <section key={side} aria-label={t(side)}>
            <h2>{t(side)}</h2>
            {shown.length === 0 && <p className="soft">{t('noPhotos')}</p>}
            <ul className="grid-photos">
              {shown.map(({ file }, n) => (
                <li key={file}>
                  <img src={`/api/document/files/${file}/content`} alt={`${t(side)} ${n + 1}`} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      {refused?.problem && <KeptProblem details={refused.problem} />}
      {queued && <p role="status">{t('alreadyQueued')}</p>}
      {!queued && !may && <p role="alert">{t('cannotVerify')}</p>}
      {!queued && may && (
        <>
          <FieldPhotos photos={photos} onPhotos={setPhotos} label={t('after')} />
          <label>
            {t('reason')}
            <textarea rows={2} maxLength={1000} value={text} onChange={(event) => setText(event.target.value)} />
          </label>
          {fault && <p role="alert">{t(fault)}</p>}
          {problem && <KeptProblem details={problem.details} />}
          <div className="field-acts">
            <button type="button" className="primary" onClick={() => void send('verify')}>
              {t('pass')}
            </button>
            <button type="button" onClick={() => void send('rework')}>
              {t('fail')}
            </button>
          </div>
        </>
      )}
    </div>
  );
}
