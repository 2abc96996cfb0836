import { type FormEvent, useState } from 'react';
import { asProblem, call, type Problem, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment, instantFromField } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { CaseList, Field, RightsPage } from './rights-parts.tsx';
import { useRightsTexts } from './rights-texts.ts';

type District = Reply<'/api/access/district-policies'>['policies'][number];
type Trial = Reply<'/api/access/district-policies/check', 'post'>;

const EXAMPLE = `@id("district.office-hours")
@zh("数据专员只在工作时间（8–20 时）审批共享授权。")
@en("Data officers decide on grants during working hours (8 to 20) only.")
forbid (principal, action == Action::"catalog.grant.decide", resource)
unless { context.hour >= 8 && context.hour < 20 };`;
const EXAMPLE_CASES = `[{ "who": "data-officer", "does": "catalog.grant.decide", "with": { "at": "2026-11-23T23:00:00+08:00" }, "expect": "deny", "by": "district.office-hours", "why": { "zh": "夜间不审批", "en": "Nothing is decided at night" } }]`;

/** District policies (区级策略): what waits for approval, what is in force, every version; and a new draft. */
export default function DistrictPoliciesPage() {
  const { t } = useRightsTexts();
  const { me } = useSession();
  const state = useApi('district-policies', (signal) =>
    call<{ policies: District[] }>('/api/access/district-policies', { signal }),
  );
  const list = state.data?.policies ?? [];
  return (
    <RightsPage title={t('district.title')} lead={t('district.lead')} problem={state.problem} onRetry={state.reload}>
      {state.data && list.length === 0 && <EmptyState title={t('district.none')} text={t('district.noneText')} />}
      <ul className="rights-list">
        {list.map((one) => (
          <Version key={one.id} version={one} onDecided={state.reload} />
        ))}
      </ul>
      {me.kind === 'security-administrator' && <Draft onDrafted={state.reload} />}
    </RightsPage>
  );
}

function Version({ version, onDecided }: { version: District; onDecided: () => void }) {
  const { t, language } = useRightsTexts();
  const { me } = useSession();
  const decide = useSubmit(({ act, reason }: { act: string; reason: string }, headers) =>
    call(`/api/access/district-policies/${version.id}/${act}`, { method: 'POST', body: { reason }, headers }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget, (event.nativeEvent as SubmitEvent).submitter);
    if (await decide.submit({ act: String(form.get('act')), reason: String(form.get('reason')) })) onDecided();
  };
  const at = (moment: string) => formatMoment(moment, { language });
  const mayDecide =
    version.state === 'draft' && !version.mine && (me.kind === 'security-administrator' || me.kind === 'unit-head');
  return (
    <li data-tone={version.state === 'draft' ? 'soon' : undefined}>
      <h3>
        <code>district.{version.slug}</code> {t('district.version', { n: version.version })}{' '}
        <span className="badge">{t(`district.states.${version.state as 'draft'}`)}</span>
      </h3>
      <p>{version.reason}</p>
      {version.text === '' ? <p>{t('district.withdraws')}</p> : <pre>{version.text}</pre>}
      <p className="soft">
        {t('district.by', { name: version.draftedName, at: at(version.draftedAt) })} · {t('district.from')}{' '}
        {at(version.validFrom)}
        {version.validTo && ` · ${t('district.to')} ${at(version.validTo)}`}
      </p>
      {version.decidedAt && (
        <p className="soft">
          {t('district.decided', {
            name: version.decidedName ?? '',
            at: at(version.decidedAt),
            text: version.decision ?? '',
          })}
        </p>
      )}
      {version.state === 'draft' && version.mine && <p className="soft">{t('district.own')}</p>}
      {mayDecide && (
        <form className="rights-form" onSubmit={(event) => void send(event)}>
          <Field label={t('district.decision')}>
            {(id) => <input id={id} name="reason" required minLength={2} maxLength={500} />}
          </Field>
          <div className="acts">
            <button type="submit" name="act" value="approve" className="primary" disabled={decide.busy}>
              {t('district.approve')}
            </button>
            <button type="submit" name="act" value="refuse" disabled={decide.busy}>
              {t('district.refuse')}
            </button>
          </div>
        </form>
      )}
      {decide.problem && <RefusalPanel problem={decide.problem} />}
    </li>
  );
}

function Draft({ onDrafted }: { onDrafted: () => void }) {
  const { t } = useRightsTexts();
  const [trial, setTrial] = useState<Trial>();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [badJson, setBadJson] = useState(false);
  const {
    busy,
    submit,
    problem: sendProblem,
  } = useSubmit((body: object, headers) =>
    call<District>('/api/access/district-policies', { method: 'POST', body, headers }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget, (event.nativeEvent as SubmitEvent).submitter);
    const of = (name: string) => String(form.get(name) ?? '');
    let cases: unknown;
    try {
      cases = JSON.parse(of('cases') || '[]');
      setBadJson(false);
    } catch {
      return setBadJson(true);
    }
    const body = { slug: of('slug'), text: of('text'), cases };
    setProblem(null);
    try {
      setTrial(await call<Trial>('/api/access/district-policies/check', { method: 'POST', body }));
    } catch (thrown) {
      return setProblem(asProblem(thrown));
    }
    if (of('act') !== 'send') return;
    const [from, to] = [instantFromField(of('from')), instantFromField(of('to'))];
    const term = { ...(from ? { validFrom: from } : {}), ...(to ? { validTo: to } : {}) };
    if (await submit({ ...body, ...term, reason: of('reason') })) onDrafted();
  };
  const failed = problem ?? sendProblem;
  return (
    <section>
      <h2>{t('district.draft')}</h2>
      <form className="rights-form" onSubmit={(event) => void send(event)}>
        <Field label={t('district.slug')}>
          {(id) => <input id={id} name="slug" required pattern="[a-z][a-z0-9\-]{2,60}" defaultValue="office-hours" />}
        </Field>
        <Field label={t('district.text')}>
          {(id) => <textarea id={id} name="text" className="mono" rows={7} defaultValue={EXAMPLE} />}
        </Field>
        <Field label={t('district.cases')}>
          {(id) => <textarea id={id} name="cases" className="mono" rows={4} defaultValue={EXAMPLE_CASES} />}
        </Field>
        <div className="rights-grid">
          <Field label={t('district.from')}>{(id) => <input id={id} name="from" type="datetime-local" />}</Field>
          <Field label={t('district.to')}>{(id) => <input id={id} name="to" type="datetime-local" />}</Field>
        </div>
        <Field label={t('district.reason')}>
          {(id) => <input id={id} name="reason" minLength={5} maxLength={500} />}
        </Field>
        <div className="acts">
          <button type="submit" name="act" value="try" disabled={busy}>
            {t('district.try')}
          </button>
          <button type="submit" name="act" value="send" className="primary" disabled={busy}>
            {t('district.send')}
          </button>
        </div>
      </form>
      {badJson && <p className="tone-now">{t('district.badJson')}</p>}
      {failed && <RefusalPanel problem={failed} />}
      {trial && (
        <div role="status">
          {trial.faults.length === 0 && (
            <p className="tone-done">✓ {t('district.good', { n: trial.results.length })}</p>
          )}
          <ul className="cases">
            {trial.faults.map((fault) => (
              <li key={fault.message} className="tone-now">
                {fault.message}
              </li>
            ))}
          </ul>
          <CaseList cases={trial.results} titleOf={(id) => id} />
          {trial.changes.length > 0 && (
            <>
              <p>{t('district.changes', { n: trial.changes.length })}</p>
              <CaseList cases={trial.changes} titleOf={(id) => id} />
            </>
          )}
        </div>
      )}
    </section>
  );
}
