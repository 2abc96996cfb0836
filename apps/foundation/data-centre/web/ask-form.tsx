import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, read, useSubmit } from '#web/client/index.ts';
import { FormErrors } from '#web/design/form-errors.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useFieldErrors } from './field-errors.ts';
import { Reason } from './grant-forms.tsx';
import { endOfDay, type FieldName, rowFilterOf, type Terms, TermsFields } from './terms-fields.tsx';
import './request-texts.ts';

const noErrors: { path: string; message: string }[] = [];

/** Asks for data (申请使用): which of the declared fields and purposes, which rows, until when, and why. Nothing is ticked at first: what is asked for is what the task needs. */
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
  const navigate = useNavigate();
  const id = useId();
  const [terms, setTerms] = useState<Terms>({
    fields: new Set(),
    purposes: new Set(),
    until: '',
    filter: { field: '', values: '' },
  });
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
    const missing = [
      ...(terms.fields.size === 0 ? [{ path: `${id}/fields`, message: t('needField') }] : []),
      ...(terms.purposes.size === 0 ? [{ path: `${id}/purposes`, message: t('needPurpose') }] : []),
      ...(reason.trim().length < 2
        ? [{ path: `${id}-reason`, message: t('grant.needReason', { ns: 'data-centre' }) }]
        : []),
    ];
    setErrors(missing);
    if (missing.length > 0) return;
    const grant = await submit({
      taker,
      name,
      fields: wanted.filter((each) => terms.fields.has(each)),
      purposes: wantedPurposes.filter((code) => terms.purposes.has(code)),
      rowFilter: rowFilterOf(terms),
      validUntil: endOfDay(terms.until),
      reason: reason.trim(),
    });
    if (!grant) return;
    onDone();
    if (grant.request) void navigate(`/data/requests/${grant.request}`);
  };
  return (
    <form className="dc-form" onSubmit={(event) => void send(event)} aria-label={t('askTitle')}>
      <h4>{t('askTitle')}</h4>
      <p className="soft">{t('askHelp')}</p>
      <FormErrors errors={errors.length > 0 ? errors : refused} />
      {problem && !problem.details.fields && <RefusalPanel problem={problem} />}
      <TermsFields
        id={id}
        terms={terms}
        onChange={setTerms}
        offered={{ fields: wanted, purposes: wantedPurposes }}
        fields={fields}
        untilLabel={t('until')}
      />
      <Reason
        id={`${id}-reason`}
        value={reason}
        onChange={setReason}
        invalid={errors.some(({ path }) => path === `${id}-reason`)}
      />
      <div className="acts">
        <button type="submit" className="primary" disabled={busy}>
          {t('askSend')}
        </button>
        <button type="button" onClick={onCancel}>
          {t('cancel', { ns: 'shell' })}
        </button>
      </div>
    </form>
  );
}
