import { type FormEvent, useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment, formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { Upload } from '#web/design/upload.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useSession } from '#web/shell/session.tsx';
import { LevelMark, SignalHead } from './parts.tsx';
import { useEvaluationTexts } from './texts.ts';

type Mine = Reply<'/api/evaluation/people/{account}'>;
const FACTS = ['open', 'done', 'inTime', 'expectedDays', 'actualDays', 'noLimit'] as const;

/** My signals (我的信号): facts of the person who looks, the signals with their appeal, and who else looked. No score. */
export default function MinePage() {
  const { t } = useEvaluationTexts();
  const { me } = useSession();
  const mine = useApi(me.account ? `mine ${me.account}` : null, (signal) =>
    call<Mine>(`/api/evaluation/people/${encodeURIComponent(me.account ?? '')}`, { signal }),
  );
  const { data } = mine;
  return (
    <div className="supervision" aria-busy={mine.loading}>
      <header>
        <h1>{t('mine')}</h1>
        <p className="soft">{t('mineLead')}</p>
      </header>
      {mine.problem && <RefusalPanel problem={mine.problem} onRetry={mine.reload} />}
      {data && (
        <>
          <dl className="supervision-facts">
            {FACTS.map((fact) => (
              <div key={fact}>
                <dt>{t(`facts.${fact}`)}</dt>
                <dd>{formatNumber(data.facts[fact])}</dd>
              </div>
            ))}
          </dl>
          {data.signals.length === 0 && <EmptyState title={t('noSignals')} text={t('noSignalsText')} />}
          <ul className="supervision-signals">
            {data.signals.map((signal) => (
              <li key={signal.id}>
                <SignalHead signal={signal} />
                {signal.mayAppeal && <AppealForm signal={signal} onFiled={mine.reload} />}
              </li>
            ))}
          </ul>
          <Appeals appeals={data.appeals} />
          <Steps steps={data.steps} />
          <Looks looks={data.looks} />
        </>
      )}
    </div>
  );
}

/** The appeal (申诉), with a document. What was typed stays when the server refuses. */
function AppealForm({ signal, onFiled }: { signal: Mine['signals'][number]; onFiled: () => void }) {
  const { t, language } = useEvaluationTexts();
  const [open, setOpen] = useState(false);
  const [document, setDocument] = useState<string | null>(null);
  const { busy, problem, submit } = useSubmit((body: { ground: string; document: string; signal: string }, key) =>
    call('/api/evaluation/appeals', { method: 'POST', body, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const ground = new FormData(event.currentTarget).get('ground');
    if (document === null || typeof ground !== 'string') return;
    if ((await submit({ ground, document, signal: signal.id })) !== undefined) onFiled();
  };
  const until = t('appealUntil', { when: formatMoment(signal.appealUntil, { language }) });
  if (!open)
    return (
      <p>
        <button type="button" onClick={() => setOpen(true)}>
          {t('appeal')}
        </button>
        <span className="soft">{until}</span>
      </p>
    );
  return (
    <form onSubmit={(event) => void send(event)}>
      <label htmlFor={`ground-${signal.id}`}>{t('ground')}</label>
      <small className="soft" id={`ground-help-${signal.id}`}>
        {t('groundHelp')}
      </small>
      <textarea
        id={`ground-${signal.id}`}
        name="ground"
        aria-describedby={`ground-help-${signal.id}`}
        minLength={4}
        maxLength={1000}
        rows={4}
        required
      />
      <Upload<{ id: string }>
        id={`document-${signal.id}`}
        label={t('document')}
        hint={t('documentHint')}
        addressOf={(file) =>
          `/api/document/files?${new URLSearchParams({ kind: 'evaluation.appeal-document', name: file.name })}`
        }
        onBegin={() => setDocument(null)}
        onDone={({ id }) => setDocument(id)}
      />
      {problem && <RefusalPanel problem={problem} />}
      <button type="submit" className="primary" disabled={busy || document === null}>
        {t('send')}
      </button>
    </form>
  );
}

function Appeals({ appeals }: { appeals: Mine['appeals'] }) {
  const { t, word, language } = useEvaluationTexts();
  if (appeals.length === 0) return null;
  return (
    <section aria-labelledby="supervision-appeals">
      <h2 id="supervision-appeals">{t('appeals')}</h2>
      <ul className="supervision-signals">
        {appeals.map((appeal) => (
          <li key={appeal.id}>
            <p>
              <LevelMark level={appeal.level} />
              <b>{appeal.caseNo}</b>
              <span>{word('steps', appeal.step, appeal.app)}</span>
              <span>{t(`appealState.${appeal.state}`)}</span>
            </p>
            <p>{appeal.ground}</p>
            {appeal.opinion !== null && (
              <p className="soft">
                {t('decided', {
                  name: appeal.decidedName,
                  when: formatMoment(appeal.decidedAt, { language }),
                  opinion: appeal.opinion,
                })}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Steps({ steps }: { steps: Mine['steps'] }) {
  const { t, word, language } = useEvaluationTexts();
  if (steps.length === 0) return <EmptyState title={t('noSteps')} text={t('noStepsText')} />;
  return (
    <section aria-labelledby="supervision-steps">
      <h2 id="supervision-steps">{t('mySteps')}</h2>
      <ul className="supervision-signals">
        {steps.map((step) => (
          <li key={`${step.app} ${step.caseNo} ${step.step} ${step.startedAt}`}>
            <p>
              <LevelMark level={step.level} />
              <b>{step.caseNo}</b>
              <span>{word('steps', step.step, step.app)}</span>
              <span className="soft">{t(`state.${step.state as 'done'}`)}</span>
            </p>
            <p className="soft">
              {step.startedAt && <span>{formatMoment(step.startedAt, { language })}</span>}
              <span>
                {step.actual !== null && step.expected !== null
                  ? t('spent', { actual: formatNumber(step.actual), expected: formatNumber(step.expected) })
                  : step.dueAt === null
                    ? t('noLimit')
                    : formatMoment(step.dueAt, { language })}
              </span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Those who supervise are seen by those whom they look at. */
function Looks({ looks }: { looks: Mine['looks'] }) {
  const { t, language } = useEvaluationTexts();
  const unitName = useUnitName();
  return (
    <section aria-labelledby="supervision-looks">
      <h2 id="supervision-looks">{t('looks')}</h2>
      {looks.length === 0 && <p className="soft">{t('noLooks')}</p>}
      <ul className="timeline">
        {looks.map((look) => (
          <li key={`${look.at} ${look.byName}`}>
            <time dateTime={look.at}>{formatMoment(look.at, { language })}</time>
            <div>
              {unitName(look.byUnit)} {look.byName} {t(`look.${look.what as 'page'}`)}
              {look.refused && <span>{t('lookRefused')}</span>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
