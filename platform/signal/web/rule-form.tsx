import { type FormEvent, useState } from 'react';
import { call, useSubmit } from '#web/client/index.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { UnitSelect } from '#web/design/unit-select.tsx';
import type { AlertRule, Logic } from './rule-words.ts';
import { useSignalTexts } from './texts.ts';

type Kind = Logic['condition']['kind'];
const KINDS = ['threshold', 'rate', 'absence', 'count'] as const;
const SEVERITIES = ['minor', 'moderate', 'severe', 'extreme'] as const;
const USUAL: Logic = {
  condition: { kind: 'threshold', side: 'above', limit: 100, clearLimit: 90 },
  hits: 2,
  of: 3,
  clearAfter: 3,
  damping: { times: 3, withinSeconds: 1_800, calmSeconds: 600 },
};
/** Input → where the server's faults about it point. */
const POINTERS: Readonly<Record<string, string>> = {
  limit: '/logic/condition/limit',
  clearLimit: '/logic/condition/clearLimit',
  hits: '/logic/hits',
  ofLast: '/logic/of',
  clearAfter: '/logic/clearAfter',
  dampTimes: '/logic/damping/times',
  withinMinutes: '/logic/damping/withinSeconds',
  calmMinutes: '/logic/damping/calmSeconds',
  parent: '/parent',
  titleZh: '/title/zh',
  titleEn: '/title/en',
};

/** What is typed as the server reads it: minutes become seconds, what a condition does not have is left out. */
function bodyOf(form: FormData, rule: AlertRule | undefined) {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const number = (name: string) => Number(text(name));
  const seconds = (name: string) => Math.round(number(name) * 60);
  const kind = text('conditionKind') as Kind;
  const limits = { side: text('side'), limit: number('limit'), clearLimit: number('clearLimit') };
  const condition = {
    threshold: { kind, ...limits, ...(seconds('holdMinutes') > 0 ? { holdSeconds: seconds('holdMinutes') } : {}) },
    rate: { kind, ...limits, overSeconds: seconds('overMinutes') },
    absence: { kind, afterSeconds: seconds('afterMinutes') },
    count: { kind, limit: limits.limit, clearLimit: limits.clearLimit, windowSeconds: seconds('windowMinutes') },
  }[kind];
  return {
    title: { zh: text('titleZh'), en: text('titleEn') },
    kind: text('ruleKind'),
    logic: {
      condition,
      hits: kind === 'absence' ? 1 : number('hits'),
      of: kind === 'absence' ? 1 : number('ofLast'),
      clearAfter: kind === 'absence' ? 1 : number('clearAfter'),
      damping: {
        times: number('dampTimes'),
        withinSeconds: seconds('withinMinutes'),
        calmSeconds: seconds('calmMinutes'),
      },
    },
    decision: rule?.decision ?? 'signal.alert-level',
    severity: text('ruleSeverity'),
    unit: text('unit'),
    parent: text('parent') || null,
    enabled: rule?.enabled ?? true,
  };
}

/** Writes a rule (维护预警规则). What the server finds wrong stands at the field it is about; what was typed stays. */
export function RuleForm(props: {
  rule?: AlertRule;
  rules: readonly AlertRule[];
  onDone: () => void;
  onDrop: () => void;
}) {
  const { rule, rules, onDone, onDrop } = props;
  const { t, language } = useSignalTexts();
  const logic = rule?.logic ?? USUAL;
  const [kind, setKind] = useState<Kind>(logic.condition.kind);
  const { busy, problem, submit } = useSubmit(({ id, body }: { id: string; body: object }) =>
    call(`/api/signal/rules/${encodeURIComponent(id)}`, { method: 'PUT', body }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const id = rule?.id ?? String(form.get('id') ?? '').trim();
    if ((await submit({ id, body: bodyOf(form, rule) })) !== undefined) onDone();
  };
  const faults = problem?.details.fields ?? [];
  const faultOf = (name: string) => faults.find(({ pointer }) => pointer === POINTERS[name])?.message;
  const strays = faults.filter(({ pointer }) => !Object.values(POINTERS).includes(pointer));
  const held: Readonly<Record<string, number | string | undefined>> = { ...logic.condition };
  const minutes = (seconds: number | string | undefined, usual: number) =>
    seconds === undefined ? usual : Number(seconds) / 60;
  const field = (name: Field, value: number | string, more: object = {}) => {
    const fault = faultOf(name);
    return (
      <label>
        {t(name)}
        <input name={name} required defaultValue={value} aria-invalid={fault !== undefined} {...more} />
        {fault && <span className="signal-fault">{fault}</span>}
      </label>
    );
  };
  const amount = (name: Field, value: number, more: object = {}) =>
    field(name, value, { type: 'number', step: 'any', inputMode: 'decimal', ...more });
  const whole = (name: Field, value: number, most = 20) => amount(name, value, { step: 1, min: 1, max: most });
  const side = (
    <label>
      {t('side')}
      <select name="side" defaultValue={String(held.side ?? 'above')}>
        {(['above', 'below'] as const).map((each) => (
          <option key={each} value={each}>
            {t(`sides.${each}`)}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <form onSubmit={(event) => void send(event)}>
      {problem && faults.length === 0 && <RefusalPanel problem={problem} />}
      {strays.map(({ pointer, message }) => (
        <p key={pointer} role="alert" className="signal-fault">
          {pointer === '/unit' ? `${t('ruleUnit')}：` : ''}
          {message}
        </p>
      ))}
      {!rule && (
        <label>
          {t('ruleId')}
          <input name="id" required pattern="[a-z][a-z0-9\-]*(\.[a-z0-9\-]+)+" maxLength={80} />
          <small className="soft">{t('ruleIdHelp')}</small>
        </label>
      )}
      <div className="signal-pair">
        {field('titleZh', rule?.title.zh ?? '', { maxLength: 80 })}
        {field('titleEn', rule?.title.en ?? '', { maxLength: 120 })}
      </div>
      <label>
        {t('ruleKind')}
        <input name="ruleKind" required defaultValue={rule?.kind ?? ''} pattern="[a-z][a-z0-9\-]+" maxLength={41} />
        <small className="soft">{t('ruleKindHelp')}</small>
      </label>
      <label>
        {t('conditionKind')}
        <select name="conditionKind" value={kind} onChange={({ target }) => setKind(target.value as Kind)}>
          {KINDS.map((each) => (
            <option key={each} value={each}>
              {t(`conditionKinds.${each}`)}
            </option>
          ))}
        </select>
      </label>
      <div className="signal-pair">
        {(kind === 'threshold' || kind === 'rate') && side}
        {kind !== 'absence' && amount('limit', Number(held.limit ?? 100), kind === 'count' ? { step: 1, min: 1 } : {})}
        {kind !== 'absence' &&
          amount('clearLimit', Number(held.clearLimit ?? 90), kind === 'count' ? { step: 1, min: 0 } : {})}
        {kind === 'threshold' && amount('holdMinutes', minutes(held.holdSeconds, 0), { min: 0 })}
        {kind === 'rate' && amount('overMinutes', minutes(held.overSeconds, 10), { min: 0.1 })}
        {kind === 'absence' && amount('afterMinutes', minutes(held.afterSeconds, 30), { min: 0.1 })}
        {kind === 'count' && amount('windowMinutes', minutes(held.windowSeconds, 60), { min: 0.1 })}
      </div>
      {kind !== 'absence' && (
        <div className="signal-pair">
          {whole('ofLast', logic.of)}
          {whole('hits', logic.hits)}
          {whole('clearAfter', logic.clearAfter)}
        </div>
      )}
      <fieldset>
        <legend>{t('damping')}</legend>
        <div className="signal-pair">
          {whole('dampTimes', logic.damping.times)}
          {amount('withinMinutes', logic.damping.withinSeconds / 60, { min: 0.1 })}
          {amount('calmMinutes', logic.damping.calmSeconds / 60, { min: 0.1 })}
        </div>
      </fieldset>
      <div className="signal-pair">
        <label>
          {t('ruleSeverity')}
          <select name="ruleSeverity" defaultValue={rule?.severity ?? 'moderate'}>
            {SEVERITIES.map((each) => (
              <option key={each} value={each}>
                {t(`severities.${each}`)}
              </option>
            ))}
          </select>
        </label>
        <UnitSelect name="unit" label={t('ruleUnit')} defaultValue={rule?.unit ?? null} required />
        <label>
          {t('parent')}
          <select name="parent" defaultValue={rule?.parent ?? ''} aria-invalid={faultOf('parent') !== undefined}>
            <option value="">{t('noParent')}</option>
            {rules
              .filter(({ id }) => id !== rule?.id)
              .map(({ id, title }) => (
                <option key={id} value={id}>
                  {title[language]}
                </option>
              ))}
          </select>
          {faultOf('parent') && <span className="signal-fault">{faultOf('parent')}</span>}
          <small className="soft">{t('parentHelp')}</small>
        </label>
      </div>
      <div className="signal-bar">
        <button type="submit" className="primary" disabled={busy}>
          {t('saveRule')}
        </button>
        <button type="button" onClick={onDrop}>
          {t('dropForm')}
        </button>
      </div>
    </form>
  );
}
type Field =
  | 'titleZh'
  | 'titleEn'
  | 'limit'
  | 'clearLimit'
  | 'holdMinutes'
  | 'overMinutes'
  | 'afterMinutes'
  | 'windowMinutes'
  | 'hits'
  | 'ofLast'
  | 'clearAfter'
  | 'dampTimes'
  | 'withinMinutes'
  | 'calmMinutes';
