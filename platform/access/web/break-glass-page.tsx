import { type FormEvent, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { FormErrors } from '#web/design/form-errors.tsx';
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
  const [own, setOwn] = useState<{ path: string; message: string }[]>([]);
  const { busy, problem, submit, reset } = useSubmit((body: object, headers) =>
    call<Entry>('/api/access/break-glass', { method: 'POST', body, headers }),
  );
  // A fault of the third number stands at the field of all numbers.
  const refused = (problem?.details.fields ?? []).map(({ pointer, message }) => ({
    path: `glass-${pointer.split('/')[1] ?? ''}`,
    message,
  }));
  const faults = own.length > 0 ? own : refused;
  const faultOf = (name: string) => faults.find(({ path }) => path === `glass-${name}`)?.message;
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    reset();
    const form = event.currentTarget;
    const of = (name: string) => String(new FormData(form).get(name) ?? '').trim();
    const [numbers, reason, caseNo] = [
      [
        ...new Set(
          of('numbers')
            .split(/[\s,，、;；]+/)
            .filter(Boolean),
        ),
      ],
      of('reason'),
      of('caseNo'),
    ];
    const wrong = [
      ...(numbers.length === 0 ? [{ path: 'glass-numbers', message: t('glass.needNumbers') }] : []),
      ...(reason.length < targets.shortestReason
        ? [{ path: 'glass-reason', message: t('glass.needReason', { n: targets.shortestReason }) }]
        : []),
    ];
    setOwn(wrong);
    if (wrong.length > 0) return;
    const made = await submit({ action: of('action'), numbers, reason, ...(caseNo ? { caseNo } : {}) });
    if (!made) return;
    form.reset();
    if (made.state === 'open' && made.labels.length === 1) await go(`/gov/opened/${made.id}/1`);
    else onAsked();
  };
  return (
    <form className="rights-form" onSubmit={(event) => void send(event)} noValidate>
      <FormErrors errors={faults} />
      <Field label={t('glass.what')} id="glass-action" fault={faultOf('action')}>
        {(id, marks) => (
          <select id={id} name="action" {...marks}>
            {targets.targets.map((target) => (
              <option key={target.action} value={target.action}>
                {say(target.title)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('glass.numbers')} id="glass-numbers" fault={faultOf('numbers')}>
        {(id, marks) => <textarea id={id} name="numbers" rows={2} autoComplete="off" spellCheck={false} {...marks} />}
      </Field>
      <Field label={t('glass.reason', { n: targets.shortestReason })} id="glass-reason" fault={faultOf('reason')}>
        {(id, marks) => <textarea id={id} name="reason" rows={2} maxLength={500} {...marks} />}
      </Field>
      <Field label={t('glass.caseNo')} id="glass-caseNo" fault={faultOf('caseNo')}>
        {(id, marks) => <input id={id} name="caseNo" maxLength={60} autoComplete="off" {...marks} />}
      </Field>
      {problem && refused.length === 0 && <RefusalPanel problem={problem} />}
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
  // Due at the end of a day, 24:00: the day is named, not the midnight after it.
  const lastDay = (due: string) => formatMoment(Date.parse(due) - 1, { language, time: false });
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
          : t('glass.due', { at: lastDay(entry.reviewDue) })}
        {entry.verdictNote && `。${entry.verdictNote}`}
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
