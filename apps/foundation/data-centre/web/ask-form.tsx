import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, read, useSubmit } from '#web/client/index.ts';
import { FormErrors } from '#web/design/form-errors.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useFieldErrors } from './field-errors.ts';
import { endOfDay, type FieldName, Reason, toggled } from './grant-forms.tsx';
import { LevelMark } from './marks.tsx';
import { useLanguage, usePurposes } from './use-names.ts';
import './request-texts.ts';

const noErrors: { path: string; message: string }[] = [];

/** Asks for data (申请使用): which of the declared fields and purposes, which rows, until when, and why. */
export function AskForm({
  taker,
  name,
  wanted,
  wantedPurposes,
  fields,
  onDone,
  onCancel,
}: {
  taker: string;
  name: string;
  wanted: readonly string[];
  wantedPurposes: readonly string[];
  fields: readonly FieldName[];
  onDone: () => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation('data-requests');
  const { say } = useLanguage();
  const purposeTitle = usePurposes();
  const navigate = useNavigate();
  const id = useId();
  const [chosen, setChosen] = useState(() => new Set(wanted));
  const [purposes, setPurposes] = useState(() => new Set(wantedPurposes));
  const [until, setUntil] = useState('');
  const [filter, setFilter] = useState({ field: '', values: '' });
  const [reason, setReason] = useState('');
  const [errors, setErrors] = useState(noErrors);
  const { busy, problem, submit } = useSubmit(
    (
      body: {
        taker: string;
        name: string;
        fields: string[];
        purposes: string[];
        rowFilter: { field: string; in: string[] }[];
        validUntil: string | null;
        reason: string;
      },
      header,
    ) => read(api.POST('/api/catalog/grants', { params: { header }, body })),
  );
  const refused = useFieldErrors(problem, (pointer) => `${id}${pointer}`);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim().length < 2)
      return setErrors([{ path: `${id}-reason`, message: t('grant.needReason', { ns: 'data-centre' }) }]);
    setErrors(noErrors);
    const values = filter.values.split(/[,，、\s]+/).filter(Boolean);
    const grant = await submit({
      taker,
      name,
      fields: wanted.filter((each) => chosen.has(each)),
      purposes: wantedPurposes.filter((code) => purposes.has(code)),
      rowFilter: filter.field && values.length > 0 ? [{ field: filter.field, in: values }] : [],
      validUntil: endOfDay(until),
      reason: reason.trim(),
    });
    if (!grant) return;
    onDone();
    if (grant.request) void navigate(`/data/requests/${grant.request}`);
  };
  const fieldOf = (each: string) => fields.find((field) => field.name === each);
  return (
    <form className="dc-form" onSubmit={(event) => void send(event)} aria-label={t('askTitle')}>
      <h4>{t('askTitle')}</h4>
      <p className="soft">{t('askHelp')}</p>
      <FormErrors errors={errors.length > 0 ? errors : refused} />
      {problem && !problem.details.fields && <RefusalPanel problem={problem} />}
      <fieldset className="dc-ticks">
        <legend>{t('grant.fields', { ns: 'data-centre' })}</legend>
        {wanted.map((each) => (
          <label key={each}>
            <input type="checkbox" checked={chosen.has(each)} onChange={() => setChosen(toggled(chosen, each))} />{' '}
            {fieldOf(each) ? say(fieldOf(each)?.title ?? { zh: each, en: each }) : each}{' '}
            <LevelMark level={fieldOf(each)?.level ?? ''} short />
          </label>
        ))}
      </fieldset>
      <fieldset className="dc-ticks">
        <legend>{t('grant.purposes', { ns: 'data-centre' })}</legend>
        {wantedPurposes.map((code) => (
          <label key={code}>
            <input type="checkbox" checked={purposes.has(code)} onChange={() => setPurposes(toggled(purposes, code))} />{' '}
            {purposeTitle(code)}
          </label>
        ))}
      </fieldset>
      <div className="dc-row">
        <label>
          {t('until')}
          <input type="date" value={until} onChange={(event) => setUntil(event.target.value)} />
        </label>
        <label>
          {t('grant.filterField', { ns: 'data-centre' })}
          <select value={filter.field} onChange={(event) => setFilter({ ...filter, field: event.target.value })}>
            <option value="">{t('grant.filterNone', { ns: 'data-centre' })}</option>
            {fields.map((field) => (
              <option key={field.name} value={field.name}>
                {say(field.title)}
              </option>
            ))}
          </select>
        </label>
        {filter.field && (
          <label>
            {t('grant.filterValues', { ns: 'data-centre' })}
            <input value={filter.values} onChange={(event) => setFilter({ ...filter, values: event.target.value })} />
          </label>
        )}
      </div>
      <Reason id={`${id}-reason`} value={reason} onChange={setReason} invalid={errors.length > 0} />
      <div className="acts">
        <button type="submit" className="primary" disabled={busy || chosen.size === 0 || purposes.size === 0}>
          {t('askSend')}
        </button>
        <button type="button" onClick={onCancel}>
          {t('cancel', { ns: 'shell' })}
        </button>
      </div>
    </form>
  );
}
