import { type FormEvent, useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatMoment, formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { HookPart } from './hook-part.tsx';
import { useEvaluationTexts } from './texts.ts';
import './evaluation.css';

type Rule = Reply<'/api/evaluation/rules'>['rules'][number];
const share = (value: number): string => formatNumber(Math.round(value * 100));

/** Rules beyond time (监察规则): hits, false alarms and the switch of each. */
export default function RulesPage() {
  const { t } = useEvaluationTexts();
  const { me } = useSession();
  const rules = useApi('rules', (signal) => call<{ rules: Rule[] }>('/api/evaluation/rules', { signal }));
  return (
    <div className="supervision" aria-busy={rules.loading}>
      <header>
        <h1>{t('rules')}</h1>
        <p className="soft">{t('rulesLead')}</p>
      </header>
      {rules.problem && <RefusalPanel problem={rules.problem} onRetry={rules.reload} />}
      <ul className="supervision-signals">
        {rules.data?.rules.map((rule) => (
          <RuleRow key={rule.id} rule={rule} onSwitched={rules.reload} />
        ))}
      </ul>
      {me.kind === 'unit-head' && <HookPart />}
    </div>
  );
}

function RuleRow({ rule, onSwitched }: { rule: Rule; onSwitched: () => void }) {
  const { t, language } = useEvaluationTexts();
  const { me } = useSession();
  return (
    <li>
      <p>
        <b>{rule.title[language]}</b>
        <span className="badge">{t(rule.on ? 'on' : 'off')}</span>
      </p>
      <p className="soft">{rule.why[language]}</p>
      <p className="soft">
        <span>{t('hits', { n: rule.standing })}</span>
        <span>{t('alarms', { decided: rule.decided, n: rule.falseAlarms })}</span>
        <span>{t('target', { share: share(rule.precision) })}</span>
        <span>{rule.measured === null ? t('noData') : t('measured', { share: share(rule.measured) })}</span>
      </p>
      {rule.offWhy && (
        <p>
          {t('offWhy')}：{rule.offWhy[language]}
          {rule.changed && (
            <span className="soft">
              {rule.changed.name} {formatMoment(rule.changed.at, { language })}
            </span>
          )}
        </p>
      )}
      {me.kind === 'security-auditor' && <Switch rule={rule} onSwitched={onSwitched} />}
    </li>
  );
}

/** The switch (开关), with a reason that stays. */
function Switch({ rule, onSwitched }: { rule: Rule; onSwitched: () => void }) {
  const { t } = useEvaluationTexts();
  const [open, setOpen] = useState(false);
  const { busy, problem, submit } = useSubmit((body: { on: boolean; reason: string }) =>
    call(`/api/evaluation/rules/${rule.id}/switch`, { method: 'PUT', body }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = new FormData(event.currentTarget).get('reason');
    if ((await submit({ on: !rule.on, reason: typeof reason === 'string' ? reason : '' })) === undefined) return;
    setOpen(false);
    onSwitched();
  };
  const words = t(rule.on ? 'turnOff' : 'turnOn');
  if (!open)
    return (
      <p>
        <button type="button" onClick={() => setOpen(true)}>
          {words}
        </button>
      </p>
    );
  return (
    <form onSubmit={(event) => void send(event)}>
      <label htmlFor={`reason-${rule.id}`}>{t('reason')}</label>
      <textarea id={`reason-${rule.id}`} name="reason" minLength={4} maxLength={500} rows={2} required />
      {problem && <RefusalPanel problem={problem} />}
      <button type="submit" className="primary" disabled={busy}>
        {words}
      </button>
    </form>
  );
}
