import type { FormEvent } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatExact } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { type Rule, RuleValue, sourceOf, useTerm, VerifiedMark } from './parts.tsx';
import { DecisionView } from './decision-view.tsx';
import { useRuleTexts } from './texts.ts';
import './rules.css';

/** Posts that the server lets verify; for others the form is not shown. */
const VERIFIERS = ['unit-head', 'security-administrator'];

/** One rule (规则详情): what applied on a day, all versions, and the form of who verifies it. */
export default function RulePage() {
  const { t, language } = useRuleTexts();
  const term = useTerm();
  const { me } = useSession();
  const { id = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const on = search.get('on');
  const state = useApi(`rule ${id} ${on}`, (signal) =>
    call<Reply<'/api/rulebook/entries/{id}'>>(`/api/rulebook/entries/${id}${on ? `?on=${on}` : ''}`, { signal }),
  );
  const { applies, versions = [] } = state.data ?? {};
  const shown = applies ?? versions[0];
  return (
    <div className="dc rules-page">
      <Link to="/data/rules">← {t('back')}</Link>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.data && shown && (
        <>
          <header className="dc-head">
            <h1>{shown.title[language]}</h1>
          </header>
          <div className="field">
            <label htmlFor="rule-on">{t('on')}</label>
            <input
              id="rule-on"
              type="date"
              value={state.data.on}
              onChange={(event) => setSearch(event.target.value ? { on: event.target.value } : {})}
            />
          </div>
          <section className="rule-now" aria-label={t('applies', { on: state.data.on })}>
            <h2>{applies ? t('applies', { on: state.data.on }) : t('notApplies', { on: state.data.on })}</h2>
            {applies && (
              <>
                <p className="rule-value">
                  <RuleValue rule={applies} /> <VerifiedMark rule={applies} />
                </p>
                <dl className="facts">
                  <dt>{t('source')}</dt>
                  <dd>
                    {sourceOf(applies)} <small className="soft">{t(`kinds.${applies.kind}`)}</small>
                  </dd>
                  <dt>{t('since')}</dt>
                  <dd>{term(applies)}</dd>
                  {applies.note && (
                    <>
                      <dt>{t('note')}</dt>
                      <dd>{applies.note[language]}</dd>
                    </>
                  )}
                  <dt>{t('id')}</dt>
                  <dd>
                    <code>{applies.id}</code> {t('version', { n: applies.version })}
                  </dd>
                </dl>
                {applies.isDecision && <DecisionView id={applies.id} on={state.data.on} />}
                {!applies.verified && VERIFIERS.includes(me.kind ?? '') && (
                  <VerifyForm rule={applies} onDone={state.reload} />
                )}
              </>
            )}
          </section>
          <h2>{t('versions')}</h2>
          <ol className="rule-versions">
            {versions.map((period) => (
              <li key={`${period.version} ${period.validFrom}`}>
                <b>{t('version', { n: period.version })}</b>
                <span>
                  <RuleValue rule={period} /> · {term(period)} · <VerifiedMark rule={period} />
                </span>
                <small className="soft">
                  {sourceOf(period)} · {t('recorded', { when: formatExact(period.recordedAt) })}
                </small>
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}

/** Verification (核实): the person says how they compared it. */
function VerifyForm({ rule, onDone }: { rule: Rule; onDone: () => void }) {
  const { t } = useRuleTexts();
  const { busy, problem, submit } = useSubmit((note: string, key) =>
    call(`/api/rulebook/entries/${rule.id}/verify`, {
      method: 'POST',
      body: { version: rule.version, validFrom: rule.validFrom, note },
      headers: key,
    }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const note = new FormData(event.currentTarget).get('note');
    if ((await submit(typeof note === 'string' ? note : '')) !== undefined) onDone();
  };
  return (
    <form className="rule-verify" onSubmit={(event) => void send(event)}>
      <p className="soft">{t('verifyLead')}</p>
      <label htmlFor="rule-note">{t('how')}</label>
      <input
        id="rule-note"
        name="note"
        minLength={4}
        maxLength={300}
        required
        placeholder={t('howHelp')}
        autoComplete="off"
      />
      {problem && <RefusalPanel problem={problem} />}
      <button type="submit" className="primary" disabled={busy}>
        {t('verify')}
      </button>
    </form>
  );
}
