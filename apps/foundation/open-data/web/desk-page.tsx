import { type FormEvent, type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { api, call, type Problem, read, useApi, useSubmit } from '#web/client/index.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useSession } from '#web/shell/session.tsx';
import { DecideForm, ProposeForm, VersionForm } from './desk-forms.tsx';
import { GateReport } from './gate-report.tsx';
import { useTexts } from './texts.ts';
import './open-data.css';

/** The opening desk (开放工作台): what waits for a second person, for an answer, for a correction; below it the sets of the unit. */
export default function DeskPage() {
  const { t, say, language } = useTexts();
  const unit = useUnitName();
  const { me } = useSession();
  const officer = me.kind === 'data-officer';
  const desk = useApi('open-desk', (signal) => read(api.GET('/api/open-data/desk', { signal })));
  const act = useSubmit(({ url, body }: { url: string; body: object }, key) =>
    call(`/api/open-data/${url}`, { method: 'POST', body, headers: key }),
  );
  const run = async (url: string, body: object): Promise<boolean> => {
    const done = (await act.submit({ url, body })) !== undefined;
    if (done) desk.reload();
    return done;
  };
  const found = desk.data;
  const idle = found && found.versions.length + found.wishes.length + found.feedback.length + found.reuses.length === 0;
  return (
    <div className="od" aria-busy={desk.loading}>
      <header className="od-head">
        <h1>{t('desk.title')}</h1>
        <p className="soft">{t('desk.lead')}</p>
        <p>
          <Link to="/data/open">{t('portal.title')}</Link>
        </p>
      </header>
      {desk.problem && <RefusalPanel problem={desk.problem} onRetry={desk.reload} />}
      {act.problem && <RefusalPanel problem={act.problem as Problem} />}
      {idle && <EmptyState title={t('desk.none')} text={t('desk.noneText')} />}
      {found && found.versions.length > 0 && (
        <Section title={t('desk.waiting')} count={found.versions.length}>
          {found.versions.map((version) => (
            <li key={version.id} className="od-card" data-state={version.state}>
              <h3>
                {say(version.title)}　{t('set.version', { no: version.no })}
              </h3>
              <p className="od-meta">
                <span className="od-mark" data-state={version.state}>
                  {version.state === 'blocked' ? '✕ ' : '✓ '}
                  {t(version.state === 'blocked' ? 'desk.blocked' : 'desk.passed')}
                </span>
                <span>{t('desk.prepared', { name: version.preparedName })}</span>
                <span>{formatMoment(version.preparedAt, { language })}</span>
                <span>{t('portal.rows', { n: version.rows })}</span>
              </p>
              <GateReport id={version.id} />
              {version.state === 'checked' &&
                (version.mine ? (
                  <p className="soft">{t('desk.mine')}</p>
                ) : (
                  <button
                    type="button"
                    className="primary"
                    disabled={act.busy}
                    aria-label={`${t('desk.publish')} ${say(version.title)}`}
                    onClick={() => void run(`versions/${version.id}/publish`, {})}
                  >
                    {t('desk.publish')}
                  </button>
                ))}
            </li>
          ))}
        </Section>
      )}
      {found && found.wishes.length > 0 && (
        <Section title={t('desk.wishes')} count={found.wishes.length}>
          {found.wishes.map((wish) => (
            <li key={wish.id} className="od-card">
              <h3>{wish.title}</h3>
              <p>{wish.text}</p>
              <p className="od-meta">
                <span>{unit(wish.owner)}</span>
                <span>{t('wishes.votes', { n: wish.votes })}</span>
                {wish.state !== 'open' && <span className="od-mark">{t(`desk.state.${wish.state}`)}</span>}
                {wish.escalated && <span className="od-late">{t('wishes.late')}</span>}
              </p>
              {wish.state === 'held' ? (
                <Moderate kind="wish" id={wish.id} name={wish.title} mayHide={found.portal} run={run} />
              ) : (
                <AnswerForm title={wish.title} run={(body) => run(`wishes/${wish.id}/answer`, body)} />
              )}
            </li>
          ))}
        </Section>
      )}
      {found && found.feedback.length > 0 && (
        <Section title={t('desk.tasks')} count={found.feedback.length}>
          {found.feedback.map((task) => (
            <li key={task.id} className="od-card">
              <h3>
                <Link to={`/data/open/${task.dataset}`}>{say(task.title)}</Link>
              </h3>
              <p>{task.text}</p>
              <p className="od-meta">
                {task.rowNo && <span>{t('desk.row', { n: task.rowNo })}</span>}
                {task.field && <code>{task.field}</code>}
                <span>{formatMoment(task.madeAt, { language })}</span>
              </p>
              {task.state === 'held' ? (
                <Moderate kind="feedback" id={task.id} name={task.text} mayHide={found.portal} run={run} />
              ) : (
                <SettleForm name={say(task.title)} run={(body) => run(`feedback/${task.id}/settle`, body)} />
              )}
            </li>
          ))}
        </Section>
      )}
      {found && found.reuses.length > 0 && (
        <Section title={t('desk.reuses')} count={found.reuses.length}>
          {found.reuses.map((reuse) => (
            <li key={reuse.id} className="od-card">
              <h3>{reuse.title}</h3>
              <p>{reuse.text}</p>
              <p className="soft">{reuse.by}</p>
              <Moderate kind="reuse" id={reuse.id} name={reuse.title} mayHide run={run} />
            </li>
          ))}
        </Section>
      )}
      {found && (
        <Section title={t('desk.sets')} count={found.sets.length}>
          {found.sets.map((set) => (
            <li key={set.id}>
              <h3>
                {set.state === 'open' ? <Link to={`/data/open/${set.id}`}>{say(set.title)}</Link> : say(set.title)}
              </h3>
              <p className="od-meta">
                <span className="od-mark">{t(`desk.state.${set.state}`)}</span>
                {set.no && <span>{t('set.version', { no: set.no })}</span>}
                <span>{unit(set.owner)}</span>
              </p>
              {set.decision && set.state !== 'open' && (
                <p>
                  {t('desk.decided', {
                    opening: t(`opening.${set.decision.opening}`),
                    reason: say(set.decision.reason),
                    article: set.decision.article,
                  })}
                </p>
              )}
              <div className="od-acts">
                {officer && (set.state === 'proposed' || set.state === 'refused' || set.state === 'withdrawn') && (
                  <DecideForm set={set.id} name={say(set.title)} onDone={desk.reload} />
                )}
                {officer && (set.state === 'decided' || set.state === 'open') && (
                  <VersionForm
                    set={set.id}
                    name={say(set.title)}
                    derived={set.derived}
                    about={set.about}
                    onDone={desk.reload}
                  />
                )}
                {officer && set.state === 'open' && (
                  <WithdrawForm name={say(set.title)} run={(body) => run(`datasets/${set.id}/withdraw`, body)} />
                )}
              </div>
            </li>
          ))}
        </Section>
      )}
      {officer && <ProposeForm onDone={desk.reload} />}
    </div>
  );
}

function Section({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  return (
    <section className="od-section" aria-label={title}>
      <h2>
        {title} <small>{count}</small>
      </h2>
      <ul className="od-list">{children}</ul>
    </section>
  );
}

function AnswerForm({ title, run }: { title: string; run: (body: object) => Promise<boolean> }) {
  const { t } = useTexts();
  const [outcome, setOutcome] = useState('accepted');
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    await run({
      outcome,
      text: text('text'),
      ...(outcome === 'refused' ? { basis: text('basis') } : {}),
      ...(outcome === 'opened' ? { dataset: text('dataset') } : {}),
    });
  };
  return (
    <details className="od-make">
      <summary>{t('desk.answer')}</summary>
      <form className="od-form" onSubmit={send} aria-label={`${t('desk.answer')} ${title}`}>
        <label>
          {t('desk.outcome')}
          <select value={outcome} onChange={(event) => setOutcome(event.target.value)}>
            {['accepted', 'opened', 'refused'].map((each) => (
              <option key={each} value={each}>
                {t(`desk.${each}`)}
              </option>
            ))}
          </select>
        </label>
        {outcome === 'refused' && (
          <label>
            {t('desk.basis')}
            <input name="basis" minLength={4} maxLength={200} required />
          </label>
        )}
        {outcome === 'opened' && (
          <label>
            {t('desk.dataset')}
            <input name="dataset" required />
          </label>
        )}
        <label>
          {t('desk.reply')}
          <textarea name="text" rows={3} minLength={4} maxLength={1000} required />
        </label>
        <button type="submit" className="primary">
          {t('desk.send')}
        </button>
      </form>
    </details>
  );
}

function SettleForm({ name, run }: { name: string; run: (body: object) => Promise<boolean> }) {
  const { t } = useTexts();
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    await run({ outcome: String(data.get('outcome')), answer: String(data.get('answer')) });
  };
  return (
    <details className="od-make">
      <summary>{t('desk.settle')}</summary>
      <form className="od-form" onSubmit={send} aria-label={`${t('desk.settle')} ${name}`}>
        <label>
          {t('desk.outcome')}
          <select name="outcome">
            <option value="fixed">{t('desk.fixed')}</option>
            <option value="declined">{t('desk.declined')}</option>
          </select>
        </label>
        <label>
          {t('desk.reply')}
          <textarea name="answer" rows={2} minLength={2} maxLength={600} required />
        </label>
        <button type="submit" className="primary">
          {t('desk.settle')}
        </button>
      </form>
    </details>
  );
}

/** Takes a set down at once; the reason stays on record. */
function WithdrawForm({ name, run }: { name: string; run: (body: object) => Promise<boolean> }) {
  const { t } = useTexts();
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    await run({ reason: String(new FormData(event.currentTarget).get('reason')).trim() });
  };
  return (
    <details className="od-make">
      <summary>{t('desk.withdraw')}</summary>
      <form className="od-form" onSubmit={send} aria-label={`${t('desk.withdraw')} ${name}`}>
        <p className="soft">{t('desk.withdrawLead')}</p>
        <label>
          {t('desk.reason')}
          <input name="reason" minLength={4} maxLength={600} required />
        </label>
        <button type="submit">{t('desk.withdraw')}</button>
      </form>
    </details>
  );
}

function Moderate({
  kind,
  id,
  name,
  mayHide,
  run,
}: {
  kind: 'wish' | 'feedback' | 'reuse';
  id: string;
  name: string;
  mayHide: boolean;
  run: (url: string, body: object) => Promise<boolean>;
}) {
  const { t } = useTexts();
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const step = (submitter as HTMLButtonElement | null)?.value ?? 'shown';
    await run('moderation', { kind, id, step, reason: String(new FormData(event.currentTarget).get('reason')) });
  };
  return (
    <form className="od-two" onSubmit={send} aria-label={name}>
      <input
        name="reason"
        aria-label={t('desk.reason')}
        placeholder={t('desk.reason')}
        minLength={2}
        maxLength={300}
        required
      />
      <span>
        <button type="submit" value="shown" className="primary">
          {t('desk.show')}
        </button>{' '}
        {mayHide && (
          <button type="submit" value="hidden">
            {t('desk.hide')}
          </button>
        )}
      </span>
    </form>
  );
}
