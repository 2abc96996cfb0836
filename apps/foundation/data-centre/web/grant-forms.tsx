import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, read, useSubmit } from '#web/client/index.ts';
import { FormErrors } from '#web/design/form-errors.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useFieldErrors } from './field-errors.ts';
import type { DataRequest, Grant } from './shapes.ts';
import './request-texts.ts';
import { endOfDay, type FieldName, rowFilterOf, type Terms, TermsFields } from './terms-fields.tsx';
import { useLanguage } from './use-names.ts';

const inOneYear = (): string => new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10);
const noErrors: { path: string; message: string }[] = [];

/**
 * Which fields, purposes, rows and how long; everything asked for is ticked at first. Of a request nothing more can be given, and
 * what is not given needs a reason each.
 */
export function ApproveForm({
  grant,
  request,
  fields,
  word,
  onDone,
  onCancel,
}: {
  grant: Grant;
  request?: DataRequest;
  fields: readonly FieldName[];
  word: string;
  onDone: () => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation('data-centre');
  const { say } = useLanguage();
  const id = useId();
  const asked = request?.fields ?? grant.wanted;
  const askedPurposes = request?.purposes ?? grant.wantedPurposes;
  const [withheld, setWithheld] = useState<Record<string, string>>({});
  const before = request ? request.validUntil : grant.state === 'approved' ? grant.validUntil : null;
  const rows = request?.rowFilter ?? grant.rowFilter;
  const [terms, setTerms] = useState<Terms>(() => ({
    fields: new Set(request?.fields ?? (grant.fields.length > 0 ? grant.fields : grant.wanted)),
    purposes: new Set(request?.purposes ?? grant.purposes),
    until: before ? before.slice(0, 10) : inOneYear(),
    filter: { field: rows[0]?.field ?? '', values: rows[0]?.in.join('，') ?? '' },
  }));
  const [reason, setReason] = useState('');
  const [errors, setErrors] = useState(noErrors);
  const { busy, problem, submit } = useSubmit(
    (
      body: {
        fields: string[];
        purposes: string[];
        validUntil: string | null;
        rowFilter: { field: string; in: string[] }[];
        reason: string;
        withheld: { field: string; reason: string }[];
      },
      header,
    ) => read(api.POST('/api/catalog/grants/{id}/approve', { params: { path: { id: grant.id }, header }, body })),
  );
  const missing = request ? asked.filter((name) => !terms.fields.has(name)) : [];
  const refused = useFieldErrors(problem, (pointer) => `${id}${pointer}`);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim().length < 2) return setErrors([{ path: `${id}-reason`, message: t('grant.needReason') }]);
    const silent = missing.find((name) => (withheld[name] ?? '').trim().length < 2);
    if (silent !== undefined) return setErrors([{ path: `${id}/withheld/${silent}`, message: t('grant.needReason') }]);
    setErrors(noErrors);
    const done = await submit({
      fields: asked.filter((name) => terms.fields.has(name)),
      purposes: askedPurposes.filter((code) => terms.purposes.has(code)),
      validUntil: endOfDay(terms.until),
      // The form edits the first filter; further ones stay as they were.
      rowFilter: [...rowFilterOf(terms), ...rows.slice(1)],
      reason: reason.trim(),
      withheld: missing.map((field) => ({ field, reason: (withheld[field] ?? '').trim() })),
    });
    if (done) onDone();
  };
  const title = (name: string) => {
    const field = fields.find((entry) => entry.name === name);
    return field ? say(field.title) : name;
  };
  return (
    <form className="dc-form" onSubmit={(event) => void send(event)} aria-label={t('grant.approveTitle')}>
      <h4>{t('grant.approveTitle')}</h4>
      <p className="soft">{t('grant.approveHelp')}</p>
      <FormErrors errors={errors.length > 0 ? errors : refused} />
      {problem && !problem.details.fields && <RefusalPanel problem={problem} />}
      <TermsFields
        id={id}
        terms={terms}
        onChange={setTerms}
        offered={{ fields: asked, purposes: askedPurposes }}
        fields={fields}
        untilLabel={t('grant.until')}
      >
        {missing.length > 0 && (
          <fieldset className="dc-reasons">
            <legend>{t('withheldTitle', { ns: 'data-requests' })}</legend>
            {missing.map((name) => (
              <label key={name}>
                {t('withheldField', { ns: 'data-requests', field: title(name) })}
                <input
                  id={`${id}/withheld/${name}`}
                  maxLength={300}
                  value={withheld[name] ?? ''}
                  onChange={(event) => setWithheld({ ...withheld, [name]: event.target.value })}
                />
              </label>
            ))}
          </fieldset>
        )}
      </TermsFields>
      <Reason
        id={`${id}-reason`}
        value={reason}
        onChange={setReason}
        invalid={errors.some(({ path }) => path === `${id}-reason`)}
      />
      <div className="acts">
        <button
          type="submit"
          className="primary"
          disabled={busy || terms.fields.size === 0 || terms.purposes.size === 0}
        >
          {word}
        </button>
        <button type="button" onClick={onCancel}>
          {t('cancel', { ns: 'shell' })}
        </button>
      </div>
    </form>
  );
}

/** Withdraw or refuse: what it does, and why. */
export function ReasonForm({
  grant,
  act,
  word,
  onDone,
  onCancel,
}: {
  grant: Grant;
  act: 'revoke' | 'refuse';
  word: string;
  onDone: () => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation('data-centre');
  const id = useId();
  const [reason, setReason] = useState('');
  const [basis, setBasis] = useState('');
  const [errors, setErrors] = useState(noErrors);
  const { busy, problem, submit } = useSubmit(async (text: string, header): Promise<boolean> => {
    const params = { path: { id: grant.id }, header };
    if (act === 'revoke') await api.POST('/api/catalog/grants/{id}/revoke', { params, body: { reason: text } });
    else await api.POST('/api/catalog/grants/{id}/refuse', { params, body: { reason: text, basis: basis.trim() } });
    return true;
  });
  const refused = useFieldErrors(problem, (pointer) => `${id}${pointer}`);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim().length < 2) return setErrors([{ path: id, message: t('grant.needReason') }]);
    if (act === 'refuse' && basis.trim().length < 4)
      return setErrors([{ path: `${id}/basis`, message: t('grant.needBasis') }]);
    setErrors(noErrors);
    if (await submit(reason.trim())) onDone();
  };
  return (
    <form className="dc-form" onSubmit={(event) => void send(event)}>
      <p>{t(`grant.${act}Help`)}</p>
      <FormErrors errors={errors.length > 0 ? errors : refused} />
      {problem && !problem.details.fields && <RefusalPanel problem={problem} />}
      <Reason id={id} value={reason} onChange={setReason} invalid={errors.some(({ path }) => path === id)} />
      {act === 'refuse' && (
        <div className="field">
          <label htmlFor={`${id}/basis`}>{t('grant.basis')}</label>
          <input
            id={`${id}/basis`}
            maxLength={300}
            value={basis}
            aria-invalid={errors.some(({ path }) => path === `${id}/basis`)}
            aria-describedby={`${id}-basis-help`}
            onChange={(event) => setBasis(event.target.value)}
          />
          <small id={`${id}-basis-help`} className="soft">
            {t('grant.basisHelp')}
          </small>
        </div>
      )}
      <div className="acts">
        <button type="submit" className="primary" disabled={busy}>
          {word}
        </button>
        <button type="button" onClick={onCancel}>
          {t('cancel', { ns: 'shell' })}
        </button>
      </div>
    </form>
  );
}

/** Why, in words that the other side reads. */
export function Reason({
  id,
  label,
  value,
  onChange,
  invalid,
}: {
  id: string;
  label?: string;
  value: string;
  onChange: (text: string) => void;
  invalid: boolean;
}) {
  const { t } = useTranslation('data-centre');
  return (
    <div className="field">
      <label htmlFor={id}>{label ?? t('grant.reason')}</label>
      <textarea
        id={id}
        rows={2}
        maxLength={500}
        value={value}
        aria-invalid={invalid}
        aria-describedby={`${id}-help`}
        onChange={(event) => onChange(event.target.value)}
      />
      <small id={`${id}-help`} className="soft">
        {t('grant.reasonHelp')}
      </small>
    </div>
  );
}
