import { type FormEvent, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, read, useApi, useSubmit } from '#web/client/index.ts';
import { FormErrors } from '#web/design/form-errors.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useFieldErrors } from './field-errors.ts';
import type { FieldType, FormView, SameField } from './shapes.ts';
import { useLanguage, useUnits } from './use-names.ts';
import './form-texts.ts';

const TYPES: readonly FieldType[] = ['text', 'number', 'date', 'choice', 'yes-no'];
const noErrors: { path: string; message: string }[] = [];
const PAUSE_MS = 350;
const LEAST_REASON = 6;

/** The text as it stands once somebody has stopped typing. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

const keyOf = ({ resource, field }: SameField) => `${resource} ${field}`;

/** A new field (添加字段): what another unit shares is named while the title is being typed, and has to be obtained or argued for. */
export function AddField({ form, onDone }: { form: FormView; onDone: () => void }) {
  const { t } = useTranslation('data-forms');
  const { say } = useLanguage();
  const unit = useUnits();
  const id = useId();
  const [zh, setZh] = useState('');
  const [en, setEn] = useState('');
  const [name, setName] = useState('');
  const [type, setType] = useState<FieldType>('text');
  const [choices, setChoices] = useState('');
  const [required, setRequired] = useState(false);
  const [source, setSource] = useState<string | null>(null);
  const [exception, setException] = useState('');
  const [errors, setErrors] = useState(noErrors);
  const title = useSettled(zh.trim());
  const check = useApi(title ? `form-check ${title}` : null, (signal) =>
    read(api.GET('/api/catalog/form-check', { params: { query: { title } }, signal })),
  );
  const same = title === zh.trim() ? (check.data?.same ?? []) : [];
  useEffect(() => setSource(null), [title]);
  const chosen = same.find((each) => keyOf(each) === source);
  const { busy, problem, submit } = useSubmit((body: Parameters<typeof bodyOf>[0], header) =>
    read(api.POST('/api/catalog/forms/{id}/fields', { params: { path: { id: form.id }, header }, body: bodyOf(body) })),
  );
  const refused = useFieldErrors(problem, (pointer) => `${id}${pointer}`);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const missing = [
      ...(zh.trim() ? [] : [{ path: `${id}/title/zh`, message: t('needTitle') }]),
      ...(name.trim() ? [] : [{ path: `${id}/name`, message: t('needName') }]),
      ...(same.length > 0 && !chosen && exception.trim().length < LEAST_REASON
        ? [{ path: `${id}/exception`, message: t('blocked') }]
        : []),
    ];
    setErrors(missing);
    if (missing.length > 0) return;
    const sent = await submit({
      name,
      zh,
      en,
      type,
      choices,
      required,
      chosen,
      exception: same.length > 0 ? exception : '',
    });
    if (!sent) return;
    for (const clear of [setZh, setEn, setName, setChoices, setException]) clear('');
    onDone();
  };
  return (
    <section className="dc-section" aria-label={t('add')}>
      <h2>{t('add')}</h2>
      <form className="dc-form" onSubmit={(event) => void send(event)} aria-label={t('add')}>
        <p className="soft">{t('addHelp')}</p>
        <FormErrors errors={errors.length > 0 ? errors : refused} />
        {problem && !problem.details.fields && <RefusalPanel problem={problem} />}
        <div className="dc-row">
          <label>
            {t('titleZh')}
            <input id={`${id}/title/zh`} value={zh} maxLength={120} onChange={(event) => setZh(event.target.value)} />
          </label>
          <label>
            {t('titleEn')}
            <input value={en} maxLength={120} onChange={(event) => setEn(event.target.value)} />
          </label>
          <label>
            {t('name')}
            <input id={`${id}/name`} value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
            <small className="soft">{t('nameHelp')}</small>
          </label>
          <label>
            {t('type')}
            <select value={type} onChange={(event) => setType(event.target.value as FieldType)}>
              {TYPES.map((each) => (
                <option key={each} value={each}>
                  {t(`types.${each}`)}
                </option>
              ))}
            </select>
          </label>
        </div>
        {type === 'choice' && (
          <div className="field">
            <label htmlFor={`${id}/choices`}>{t('choices')}</label>
            <textarea
              id={`${id}/choices`}
              rows={3}
              value={choices}
              onChange={(event) => setChoices(event.target.value)}
            />
          </div>
        )}
        <label className="dc-tick">
          <input type="checkbox" checked={required} onChange={(event) => setRequired(event.target.checked)} />
          {t('required')}
        </label>
        {same.length > 0 && (
          <fieldset className="dc-blocked" role="alert">
            <legend>{t('blocked')}</legend>
            <p className="soft">{t('blockedHelp')}</p>
            {same.map((each) => (
              <label key={keyOf(each)} className="choice">
                <input
                  type="radio"
                  name={`${id}-source`}
                  checked={source === keyOf(each)}
                  onChange={() => setSource(keyOf(each))}
                />
                <span>
                  {t('blockedFrom', {
                    unit: unit(each.owner),
                    resource: say(each.resourceTitle),
                    field: say(each.title),
                  })}
                </span>
              </label>
            ))}
            <label className="choice">
              <input
                type="radio"
                name={`${id}-source`}
                checked={source === 'none'}
                onChange={() => setSource('none')}
              />
              <span>{t('sourceNone')}</span>
            </label>
            {source === 'none' && (
              <div className="field">
                <label htmlFor={`${id}/exception`}>{t('exception')}</label>
                <textarea
                  id={`${id}/exception`}
                  rows={2}
                  maxLength={500}
                  value={exception}
                  onChange={(event) => setException(event.target.value)}
                />
              </div>
            )}
          </fieldset>
        )}
        <div className="acts">
          <button type="submit" className="primary" disabled={busy}>
            {t('send')}
          </button>
        </div>
      </form>
    </section>
  );
}

function bodyOf(typed: {
  name: string;
  zh: string;
  en: string;
  type: FieldType;
  choices: string;
  required: boolean;
  chosen: SameField | undefined;
  exception: string;
}) {
  const { name, zh, en, type, choices, required, chosen, exception } = typed;
  const lines = choices.split('\n').flatMap((line) => line.trim() || []);
  return {
    name: name.trim(),
    title: { zh: zh.trim(), en: en.trim() || zh.trim() },
    type,
    required,
    ...(type === 'choice' ? { choices: lines } : {}),
    ...(chosen ? { source: { resource: chosen.resource, field: chosen.field } } : {}),
    ...(!chosen && exception.trim() ? { exception: exception.trim() } : {}),
  };
}
