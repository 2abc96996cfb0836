import { type FormEvent, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, read, useSubmit } from '#web/client/index.ts';
import { FormErrors } from '#web/design/form-errors.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useFieldErrors } from './field-errors.ts';
import type { FaultRow } from './shapes.ts';

/**
 * Corrects one row where it stands. Values are masked, so only what is typed is sent; the rest of the row stays as the
 * source wrote it, and the same checks run again.
 */
export function CorrectRow({
  id,
  row,
  onDone,
  onCancel,
}: {
  id: string;
  row: FaultRow;
  onDone: () => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation('data-centre');
  const form = useId();
  const faulty = [...new Set(row.faults.map((fault) => fault.column))];
  const [all, setAll] = useState(false);
  const [values, setValues] = useState<Record<string, string>>({});
  const [empty, setEmpty] = useState(false);
  const { busy, problem, submit } = useSubmit((given: Record<string, string>, header) =>
    read(
      api.POST('/api/exchange/imports/{id}/faults/{row}/correct', {
        params: { path: { id, row: row.row }, header },
        body: { values: given },
      }),
    ),
  );
  const field = (column: string) => `${form}-${column}`;
  const columnOf = (pointer: string) => pointer.replace(/^\/values\//, '');
  const refused = useFieldErrors(problem, (pointer) => field(columnOf(pointer)), columnOf);
  const unfilled = useMemo(() => [{ path: field(faulty[0] ?? ''), message: t('faults.nothing') }], [faulty[0], t]);
  const errors = empty ? unfilled : refused;
  // A correction may reveal a fault in a column that was right so far: it must be shown to be mended.
  const named = (problem?.details.fields ?? []).map(({ pointer }) => columnOf(pointer));
  const columns = [...new Set([...faulty, ...named, ...(all ? Object.keys(row.values) : [])])];
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
    setEmpty(Object.keys(given).length === 0);
    if (Object.keys(given).length > 0 && (await submit(given))) onDone();
  };
  return (
    <form className="dc-form" onSubmit={(event) => void send(event)} aria-label={t('faults.open', { row: row.row })}>
      <FormErrors errors={errors} />
      {problem && !problem.details.fields && <RefusalPanel problem={problem} />}
      <p className="soft">{t('faults.empty')}</p>
      <div className="dc-row">
        {columns.map((column) => (
          <label key={column} htmlFor={field(column)}>
            {column}
            <input
              id={field(column)}
              value={values[column] ?? ''}
              aria-invalid={errors.some((error) => error.path === field(column))}
              autoComplete="off"
              onChange={(event) => setValues({ ...values, [column]: event.target.value })}
            />
            <small className="soft">
              {t('faults.now', { value: shortOf(row.values[column]) || t('faults.blank') })}
            </small>
          </label>
        ))}
      </div>
      <div className="acts">
        <button type="submit" className="primary" disabled={busy}>
          {t('faults.submit')}
        </button>
        {!all && (
          <button type="button" onClick={() => setAll(true)}>
            {t('faults.all')}
          </button>
        )}
        <button type="button" className="quiet" onClick={onCancel}>
          {t('cancel', { ns: 'shell' })}
        </button>
      </div>
    </form>
  );
}

function shortOf(value: string | undefined): string {
  return value && value.length > 40 ? `${value.slice(0, 40)}…` : (value ?? '');
}
