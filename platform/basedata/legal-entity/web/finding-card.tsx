import { useState } from 'react';
import { Link } from 'react-router';
import { call, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { Clock } from '#web/design/clock.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useSession } from '#web/shell/session.tsx';
import { useEntityTexts } from './texts.ts';

export type Finding = Reply<'/api/legal-entity/findings'>['findings'][number];
const RESULTS = ['firm-notified', 'source-wrong', 'legitimate', 'not-found'] as const;

/** One finding (比对差异): what each side says, who has to answer until when, and what can be done about it. */
export function FindingCard({
  finding,
  onChange,
  linked = true,
}: {
  finding: Finding;
  onChange: (next: Finding) => void;
  linked?: boolean;
}) {
  const { t, language } = useEntityTexts();
  const unitName = useUnitName();
  const { me } = useSession();
  const [open, setOpen] = useState(false);
  const url = `/api/legal-entity/findings/${finding.id}`;
  const visit = useSubmit((_: undefined, key) => call<Finding>(`${url}/visit`, { method: 'POST', headers: key }));
  const order = async () => {
    const next = await visit.submit(undefined);
    if (next) onChange(next);
  };
  return (
    <article
      className="finding"
      data-state={finding.state}
      aria-label={`${finding.title[language]} ${finding.name ?? finding.uscc}`}
    >
      <header>
        <h3>{finding.title[language]}</h3>
        {linked && <Link to={`/gov/entities/${finding.uscc}`}>{finding.name ?? finding.uscc}</Link>}
        {finding.recurs > 0 && <span className="finding-mark">{t('board.recurs', { n: finding.recurs })}</span>}
      </header>
      {finding.state === 'open' ? (
        <Clock clock={finding.clock} />
      ) : (
        <p className="soft">{t(`board.${finding.state}`)}</p>
      )}
      <p className="soft">{t('board.owner', { unit: unitName(finding.ownerUnit) })}</p>
      <dl className="finding-says" aria-label={t('board.says')}>
        {finding.evidence.map((said) => (
          <div key={`${said.unit}${said.attribute}`}>
            <dt>
              {unitName(said.unit)} · {t(`board.says_attributes.${said.attribute as 'status'}`)}
            </dt>
            <dd>{said.value ?? <span className="soft">{t('board.absent')}</span>}</dd>
          </div>
        ))}
      </dl>
      {finding.answer && (
        <p>
          <b>
            {t('board.answeredBy', {
              unit: unitName(finding.answer.unit ?? ''),
              result: t(`board.results.${finding.answer.result}`),
            })}
          </b>{' '}
          {finding.answer.text}
        </p>
      )}
      {finding.visit && (
        <div>
          <p>
            {finding.visit.state === 'open'
              ? t('board.visitOpen', { unit: unitName(finding.visit.unit), name: finding.visit.orderedName })
              : t('board.visitDone', { report: finding.visit.report ?? '' })}
          </p>
          {finding.visit.state === 'open' && <Clock clock={finding.visit.clock} />}
          {finding.visit.state === 'open' && me.kind === 'street-clerk' && me.unit?.code === finding.visit.unit && (
            <ReportForm url={url} onChange={onChange} />
          )}
        </div>
      )}
      {visit.problem && <RefusalPanel problem={visit.problem} />}
      <div className="acts">
        {finding.mayVisit && (
          <button type="button" className="primary" disabled={visit.busy} onClick={() => void order()}>
            {t('board.visit')}
          </button>
        )}
        {finding.mayAnswer && (
          <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t('board.answer')}
          </button>
        )}
      </div>
      {open && finding.mayAnswer && <AnswerForm url={url} onChange={onChange} />}
      <details>
        <summary>{t('board.history')}</summary>
        <ol className="finding-steps">
          {finding.steps.map((step, i) => (
            <li key={`${step.at}${i}`}>
              <b>{t(`board.steps.${step.step as 'opened'}`)}</b>{' '}
              <span className="soft">
                {formatMoment(step.at, { language })}
                {step.unit !== null && ` · ${unitName(step.unit)}`}
                {step.note !== null && ` · ${step.note}`}
              </span>
            </li>
          ))}
        </ol>
      </details>
    </article>
  );
}

/** What the visit found (走访结果). What was typed stays when the server refuses. */
function ReportForm({ url, onChange }: { url: string; onChange: (next: Finding) => void }) {
  const { t } = useEntityTexts();
  const [report, setReport] = useState('');
  const { busy, problem, submit } = useSubmit((body: { report: string }, key) =>
    call<Finding>(`${url}/visit/report`, { method: 'POST', body, headers: key }),
  );
  return (
    <form
      aria-label={t('board.report')}
      onSubmit={async (event) => {
        event.preventDefault();
        const next = await submit({ report: report.trim() });
        if (next) onChange(next);
      }}
    >
      <label>
        {t('board.report')}
        <textarea
          value={report}
          required
          minLength={2}
          maxLength={1000}
          rows={3}
          onChange={(e) => setReport(e.target.value)}
        />
      </label>
      {problem && <RefusalPanel problem={problem} />}
      <button type="submit" className="primary" disabled={busy || report.trim().length < 2}>
        {t('board.reportSend')}
      </button>
    </form>
  );
}

function AnswerForm({ url, onChange }: { url: string; onChange: (next: Finding) => void }) {
  const { t } = useEntityTexts();
  const [result, setResult] = useState<(typeof RESULTS)[number]>('firm-notified');
  const [answer, setAnswer] = useState('');
  const { busy, problem, submit } = useSubmit((body: { result: string; answer: string }, key) =>
    call<Finding>(`${url}/answer`, { method: 'POST', body, headers: key }),
  );
  return (
    <form
      aria-label={t('board.answer')}
      onSubmit={async (event) => {
        event.preventDefault();
        const next = await submit({ result, answer: answer.trim() });
        if (next) onChange(next);
      }}
    >
      <label>
        {t('board.result')}{' '}
        <select value={result} onChange={(e) => setResult(e.target.value as typeof result)}>
          {RESULTS.map((each) => (
            <option key={each} value={each}>
              {t(`board.results.${each}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('board.text')}
        <textarea
          value={answer}
          required
          minLength={2}
          maxLength={500}
          rows={3}
          onChange={(e) => setAnswer(e.target.value)}
        />
      </label>
      {problem && <RefusalPanel problem={problem} />}
      <button type="submit" className="primary" disabled={busy || answer.trim().length < 2}>
        {t('board.send')}
      </button>
    </form>
  );
}
