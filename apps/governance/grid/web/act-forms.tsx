import { type FormEvent, useState } from 'react';
import { call, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useGridTexts } from './grid-texts.ts';
import { PhotoField } from './photo-field.tsx';
import { WhatItIs } from './what-it-is.tsx';

type Case = Reply<'/api/incident/cases/{no}'>;
type Field =
  | 'text'
  | 'unit'
  | 'rejection'
  | 'suspension'
  | 'document'
  | 'until'
  | 'extendUntil'
  | 'place'
  | 'reopen'
  | 'files'
  | 'newPhoto'
  | 'what';

/** What an act needs to know. An act that is not here needs nothing but the press of its button. */
const FIELDS: Record<string, readonly Field[]> = {
  reject: ['rejection', 'text'],
  'ask-facts': ['text'],
  establish: ['what'],
  dispatch: ['unit'],
  refer: ['text'],
  reassign: ['unit'],
  rule: ['unit', 'place', 'text'],
  cancel: ['text'],
  return: ['text'],
  secure: ['text', 'files'],
  'ask-suspend': ['suspension', 'until', 'document', 'text'],
  'ask-extend': ['extendUntil', 'document', 'text'],
  deny: ['text'],
  feedback: ['text', 'files'],
  verify: ['newPhoto', 'text'],
  rework: ['text', 'files'],
  'call-back': ['reopen', 'text'],
};
/** The act that brings a case on stands open; the others are one press away. */
const MAIN = [
  'accept',
  'establish',
  'dispatch',
  'rule',
  'reassign',
  'take',
  'secure',
  'allow',
  'resume',
  'feedback',
  'verify',
  'close',
  'call-back',
];
const REJECTIONS = ['not-found', 'not-ours', 'unclear', 'solved', 'false-report'] as const;
const SUSPENSIONS = ['weather', 'season', 'funds', 'third-party', 'construction'] as const;
const PLACES = ['district', 'street', 'committee'] as const;

/** What this person may do with a case now, as the server says: the main act open, the rarer ones below. */
export function NextActs({ found, units, onDone }: { found: Case; units: readonly string[]; onDone: () => void }) {
  const { t } = useGridTexts();
  const acts = found.acts.filter((act) => act !== 'merge' && act in ACT_NAMES);
  const main = MAIN.find((act) => acts.includes(act));
  if (acts.length === 0) return <p className="soft">{t('notYours')}</p>;
  return (
    <>
      {main && <ActForm key={`${found.state} ${main}`} act={main} found={found} units={units} onDone={onDone} />}
      {acts
        .filter((act) => act !== main)
        .map((act) => (
          <details key={`${found.state} ${act}`}>
            <summary>{t(`acts.${act as 'accept'}`)}</summary>
            <ActForm act={act} found={found} units={units} onDone={onDone} />
          </details>
        ))}
    </>
  );
}
/** Acts of officials that this page has a form for. */
const ACT_NAMES: Record<string, true> = Object.fromEntries(
  [
    ...MAIN,
    'reject',
    'ask-facts',
    'refer',
    'cancel',
    'return',
    'ask-suspend',
    'ask-extend',
    'deny',
    'rework',
    'archive',
  ].map((act) => [act, true as const]),
);

/** Class, and the part with its owner where one was chosen. */
function whatOf(code: string, chosen: string): { class?: string; part?: string; owner?: string } {
  const [part, owner] = chosen.split(' ');
  return { ...(code && { class: code }), ...(part && { part }), ...(owner && { owner }) };
}

type FormProps = { act: string; found: Case; units: readonly string[]; onDone: () => void };

function ActForm({ act, found, units, onDone }: FormProps) {
  const { t } = useGridTexts();
  const unitName = useUnitName();
  const [files, setFiles] = useState<string[]>([]);
  const [lacks, setLacks] = useState(false);
  const { busy, problem, submit } = useSubmit((body: object, key) =>
    call(`/api/incident/cases/${found.no}/${act}`, { method: 'POST', body, headers: key }),
  );
  const fields = FIELDS[act] ?? [];
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    if (fields.includes('newPhoto') && files.length === 0) return setLacks(true);
    setLacks(false);
    const body = {
      ...(fields.includes('text') && { text: text('text') }),
      ...(fields.includes('unit') && { unit: text('unit') }),
      ...((fields.includes('rejection') || fields.includes('suspension')) && { reason: text('reason') }),
      ...(fields.includes('document') && { document: text('document') }),
      ...((fields.includes('until') || text('until') !== '') && { until: text('until') }),
      ...(fields.includes('place') && { place: text('place') }),
      ...(fields.includes('reopen') && { reopen: form.get('reopen') === 'on' }),
      ...(fields.includes('what') && whatOf(text('class'), text('part'))),
      ...(files.length > 0 && { files }),
    };
    if ((await submit(body)) !== undefined) onDone();
  };
  const choices = (values: readonly (readonly [string, string])[]) =>
    values.map(([value, title]) => (
      <option key={value} value={value}>
        {title}
      </option>
    ));
  const field = (name: Field) => {
    switch (name) {
      case 'text':
        return (
          <label key={name}>
            {t('form.text')}
            <textarea name="text" rows={2} minLength={4} maxLength={1000} required />
          </label>
        );
      case 'unit':
        return (
          <label key={name}>
            {t('form.unit')}
            <select
              name="unit"
              required
              defaultValue={(found.orphan?.successors[0]?.code ?? found.responsible?.unit) || ''}
            >
              <option value="" disabled>
                {t('form.chooseUnit')}
              </option>
              {choices(units.map((code) => [code, unitName(code)] as const))}
            </select>
          </label>
        );
      case 'rejection':
        return (
          <label key={name}>
            {t('form.reason')}
            <select name="reason">{choices(REJECTIONS.map((each) => [each, t(`rejections.${each}`)] as const))}</select>
          </label>
        );
      case 'suspension':
        return (
          <label key={name}>
            {t('form.reason')}
            <select name="reason">
              {choices(SUSPENSIONS.map((each) => [each, t(`suspensions.${each}`)] as const))}
            </select>
          </label>
        );
      case 'place':
        return (
          <label key={name}>
            {t('form.place')}
            <select name="place">{choices(PLACES.map((each) => [each, t(`places.${each}`)] as const))}</select>
          </label>
        );
      case 'document':
        return (
          <label key={name}>
            {t('form.document')}
            <input name="document" minLength={2} maxLength={120} required />
          </label>
        );
      case 'until':
        return (
          <label key={name}>
            {t('form.until')}
            <input name="until" type="date" required />
          </label>
        );
      case 'extendUntil':
        return (
          <label key={name}>
            {t('form.extendUntil')}
            <input name="until" type="date" />
          </label>
        );
      case 'reopen':
        return (
          <label key={name} className="choice">
            <input name="reopen" type="checkbox" /> {t('form.reopen')}
          </label>
        );
      case 'what':
        return <WhatItIs key={name} found={found} />;
      case 'files':
      case 'newPhoto':
        return <PhotoField key={name} id={`${act}-photo`} files={files} onFiles={setFiles} />;
    }
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      {fields.map(field)}
      {lacks && <p role="alert">{t('form.needPhoto')}</p>}
      {problem && <RefusalPanel problem={problem} />}
      <button type="submit" className="primary" disabled={busy}>
        {t(`acts.${act as 'accept'}`)}
      </button>
    </form>
  );
}
