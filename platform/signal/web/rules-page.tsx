import { useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useSession } from '#web/shell/session.tsx';
import { RuleForm } from './rule-form.tsx';
import { type AlertRule, sayLogic } from './rule-words.ts';
import { useSignalTexts } from './texts.ts';
import './signal.css';

type Listed = Reply<'/api/signal/rules'>;
/** Rules of the sample district are named so. */
const SAMPLE = /^sample\./;

/** The rules that raise alerts (预警规则), in sentences; a duty officer writes them. */
export default function RulesPage() {
  const { t } = useSignalTexts();
  const { me } = useSession();
  const [open, setOpen] = useState<string | null>(null);
  const [said, say] = useState('');
  const list = useApi('alert rules', (signal) => call<Listed>('/api/signal/rules', { signal }));
  const rules = list.data?.rules ?? [];
  const writes = me.kind === 'duty-officer';
  const done = () => {
    setOpen(null);
    say(t('savedRule'));
    list.reload();
  };
  return (
    <div className="signal" aria-busy={list.loading}>
      <header>
        <h1>{t('rules')}</h1>
        <p className="soft">{t('rulesLead')}</p>
      </header>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      <p role="status">{said}</p>
      {writes && open === null && (
        <div className="signal-bar">
          <button
            type="button"
            className="primary"
            onClick={() => {
              say('');
              setOpen('');
            }}
          >
            {t('newRule')}
          </button>
        </div>
      )}
      {open === '' && <RuleForm rules={rules} onDone={done} onDrop={() => setOpen(null)} />}
      {list.data && rules.length === 0 && open === null && <EmptyState title={t('noRules')} text={t('noRulesText')} />}
      <ul className="signal-list">
        {rules.map((rule) => (
          <li key={rule.id} data-level={rule.enabled ? 4 : 0}>
            {open === rule.id ? (
              <RuleForm rule={rule} rules={rules} onDone={done} onDrop={() => setOpen(null)} />
            ) : (
              <Shown
                rule={rule}
                writes={writes}
                onEdit={() => {
                  say('');
                  setOpen(rule.id);
                }}
                onDone={done}
              />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Shown(props: { rule: AlertRule; writes: boolean; onEdit: () => void; onDone: () => void }) {
  const { rule, writes, onEdit, onDone } = props;
  const { t, language } = useSignalTexts();
  const unitName = useUnitName();
  const words = (name: string, values: Record<string, string | number>) => t(name as 'rules', values);
  const { busy, problem, submit } = useSubmit((body: Omit<AlertRule, 'id' | 'version'>) =>
    call(`/api/signal/rules/${rule.id}`, { method: 'PUT', body }),
  );
  const turn = async () => {
    const { title, kind, logic, decision, severity, unit, parent, enabled } = rule;
    const turned = { title, kind, logic, decision, severity, unit, parent, enabled: !enabled };
    if ((await submit(turned)) !== undefined) onDone();
  };
  return (
    <>
      <div>
        <h2>
          {rule.title[language]} {SAMPLE.test(rule.id) && <SampleBadge />}
        </h2>
        <p className="soft">
          <code>{rule.id}</code>
          <span>{t('version', { n: rule.version })}</span>
          {!rule.enabled && <b>{t('off')}</b>}
        </p>
        <ul>
          {sayLogic(rule.logic, words).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
          <li>{t('raisesAs', { severity: t(`severities.${rule.severity as 'minor'}`), unit: unitName(rule.unit) })}</li>
          {rule.parent && <li>{t('ruleParent', { id: rule.parent })}</li>}
        </ul>
        {problem && <RefusalPanel problem={problem} />}
      </div>
      {writes && (
        <div className="signal-bar">
          <button type="button" onClick={onEdit} aria-label={`${t('edit')} ${rule.title[language]}`}>
            {t('edit')}
          </button>
          <button
            type="button"
            disabled={busy}
            onClick={() => void turn()}
            aria-label={`${t(rule.enabled ? 'turnOff' : 'turnOn')} ${rule.title[language]}`}
          >
            {t(rule.enabled ? 'turnOff' : 'turnOn')}
          </button>
        </div>
      )}
    </>
  );
}
