import { type FormEvent, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useSession } from '#web/shell/session.tsx';
import { Field, RightsPage } from './rights-parts.tsx';
import { useRightsTexts } from './rights-texts.ts';

type Entry = Reply<'/api/access/break-glass'>['entries'][number];
type Targets = Reply<'/api/access/break-glass/targets'>;
const ASKING = ['street-clerk', 'committee-worker', 'duty-officer'];

/** Break-glass (紧急调阅): ask, what is open, what waits for a second person or for review. */
export default function BreakGlassPage() {
  const { t } = useRightsTexts();
  const { me } = useSession();
  const asks = ASKING.includes(me.kind ?? '');
  const targets = useApi(asks ? 'break-glass-targets' : null, (signal) =>
    call<Targets>('/api/access/break-glass/targets', { signal }),
  );
  const state = useApi('break-glass', (signal) => call<{ entries: Entry[] }>('/api/access/break-glass', { signal }));
  const entries = state.data?.entries ?? [];
  return (
    <RightsPage
      title={t('glass.title')}
      lead={asks ? t('glass.lead', { hours: targets.data?.hours ?? 4 }) : t('glass.leadReview')}
      problem={state.problem}
      onRetry={state.reload}
    >
      {targets.data && <Ask targets={targets.data} onAsked={state.reload} />}
      {state.data && entries.length === 0 && <EmptyState title={t('glass.none')} text={t('glass.noneText')} />}
      <ul className="rights-list">
        {entries.map((entry) => (
          <Item key={entry.id} entry={entry} onChanged={state.reload} />
        ))}
      </ul>
    </RightsPage>
  );
}

function Ask({ targets, onAsked }: { targets: Targets; onAsked: () => void }) {
  const { t, say } = useRightsTexts();
  const go = useNavigate();
  const { busy, problem, submit } = useSubmit((body: object, headers) =>
    call<Entry>('/api/access/break-glass', { method: 'POST', body, headers }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const of = (name: string) => String(form.get(name) ?? '').trim();
    const caseNo = of('caseNo');
    const made = await submit({
      action: of('action'),
      numbers: [...new Set(of('numbers').split(/\s+/).filter(Boolean))],
      reason: of('reason'),
      ...(caseNo ? { caseNo } : {}),
    });
    if (!made) return;
    if (made.state === 'open' && made.labels.length === 1) await go(`/gov/opened/${made.id}/1`);
    else onAsked();
  };
  return (
    <form className="rights-form" onSubmit={(event) => void send(event)}>
      <Field label={t('glass.what')}>
        {(id) => (
          <select id={id} name="action">
            {targets.targets.map((target) => (
              <option key={target.action} value={target.action}>
                {say(target.title)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('glass.numbers')}>
        {(id) => <textarea id={id} name="numbers" rows={2} required autoComplete="off" />}
      </Field>
      <Field label={t('glass.reason', { n: targets.shortestReason })}>
        {(id) => (
          <textarea id={id} name="reason" rows={2} required minLength={targets.shortestReason} maxLength={500} />
        )}
      </Field>
      <Field label={t('glass.caseNo')}>
        {(id) => <input id={id} name="caseNo" maxLength={60} autoComplete="off" />}
      </Field>
      {problem && <RefusalPanel problem={problem} />}
      <div className="acts">
        <button type="submit" className="primary" disabled={busy}>
          {t('glass.act')}
        </button>
      </div>
    </form>
  );
}

function Item({ entry, onChanged }: { entry: Entry; onChanged: () => void }) {
  const { t, language } = useRightsTexts();
  const unitName = useUnitName();
  const [note, setNote] = useState('');
  const act = useSubmit(({ what, body }: { what: string; body?: object }, headers) =>
    call(`/api/access/break-glass/${entry.id}/${what}`, { method: 'POST', body, headers }),
  );
  const run = (what: string, body?: object) => void act.submit({ what, body }).then((done) => done && onChanged());
  const at = (moment: string) => formatMoment(moment, { language });
  const state =
    entry.state === 'waiting' ? t('glass.waiting') : entry.state === 'open' ? t('glass.opened') : t('glass.ended');
  return (
    <li data-tone={entry.overdue ? 'now' : entry.mayReview || entry.mayConfirm ? 'soon' : undefined}>
      <h3>
        {entry.number} <span className="badge">{state}</span>{' '}
        {entry.overdue && <span className="tone-now">⚠ {t('glass.overdue')}</span>}
      </h3>
      <p>{entry.reason}</p>
      <p className="soft">
        {t('glass.who', { name: entry.name, unit: unitName(entry.unit), at: at(entry.askedAt) })}
        {entry.caseNo && ` · ${entry.caseNo}`} · {entry.labels.join(' · ')}
      </p>
      <p className="soft">
        {entry.state === 'open' && entry.expiresAt && `${t('glass.until', { at: at(entry.expiresAt) })} · `}
        {entry.verdict
          ? t(`glass.verdicts.${entry.verdict as 'justified'}`, { name: entry.reviewedName ?? '' })
          : t('glass.due', { at: at(entry.reviewDue) })}
      </p>
      <div className="acts">
        {entry.mine &&
          entry.state === 'open' &&
          entry.labels.map((label, i) => (
            <Link key={label} to={`/gov/opened/${entry.id}/${i + 1}`}>
              {t('glass.open', { n: i + 1 })}
            </Link>
          ))}
        {entry.mine && entry.state !== 'ended' && (
          <button type="button" disabled={act.busy} onClick={() => run('end')}>
            {t('glass.end')}
          </button>
        )}
        {entry.mayConfirm && (
          <button type="button" className="primary" disabled={act.busy} onClick={() => run('confirm')}>
            {t('glass.confirm')}
          </button>
        )}
      </div>
      {entry.mayReview && (
        <div className="rights-form">
          <Field label={t('glass.note')}>
            {(id) => <input id={id} value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />}
          </Field>
          <div className="acts">
            <button
              type="button"
              disabled={act.busy || note.trim().length < 5}
              onClick={() => run('review', { verdict: 'justified', note })}
            >
              {t('glass.justified')}
            </button>
            <button
              type="button"
              disabled={act.busy || note.trim().length < 5}
              onClick={() => run('review', { verdict: 'not-justified', note })}
            >
              {t('glass.notJustified')}
            </button>
          </div>
        </div>
      )}
      {act.problem && <RefusalPanel problem={act.problem} />}
    </li>
  );
}
