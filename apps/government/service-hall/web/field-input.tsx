import { useHallTexts } from './texts.ts';
import type { Answer, Field } from './shapes.ts';

/** One field of the form. Text that may be long gets room; choices up to five stand open. */
export function FieldInput({
  id,
  field,
  value,
  fault,
  onChange,
}: {
  id: string;
  field: Pick<Field, 'title' | 'type' | 'required' | 'choices'>;
  value: Answer | undefined;
  /** What is wrong with it. */
  fault: string | undefined;
  onChange: (value: Answer | undefined) => void;
}) {
  const { t, say } = useHallTexts();
  const label = (
    <>
      {say(field.title)}
      {!field.required && <small className="soft">{t('apply.optional')}</small>}
    </>
  );
  const wrong = fault !== undefined && (
    <p className="field-error" id={`${id}-fault`}>
      {fault}
    </p>
  );
  const open = field.type === 'yes-no' || (field.type === 'choice' && (field.choices?.length ?? 0) <= 5);
  if (open) {
    const choices: Answer[] = field.type === 'yes-no' ? [true, false] : (field.choices ?? []);
    return (
      <fieldset className="hall-choices" id={id} tabIndex={-1}>
        <legend>{label}</legend>
        <div>
          {choices.map((each) => (
            <label key={String(each)} className="choice">
              <input type="radio" name={id} checked={value === each} onChange={() => onChange(each)} />
              {typeof each === 'boolean' ? t(each ? 'apply.yes' : 'apply.no') : String(each)}
            </label>
          ))}
        </div>
        {wrong}
      </fieldset>
    );
  }
  const common = {
    id,
    value: String(value ?? ''),
    'aria-invalid': fault !== undefined,
    'aria-describedby': fault === undefined ? undefined : `${id}-fault`,
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {field.type === 'choice' ? (
        <select {...common} onChange={(event) => onChange(event.target.value || undefined)}>
          <option value="">{t('apply.choose')}</option>
          {field.choices?.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      ) : (
        <input
          {...common}
          type={field.type === 'date' ? 'date' : 'text'}
          inputMode={field.type === 'number' ? 'decimal' : undefined}
          maxLength={4000}
          onChange={(event) => onChange(event.target.value || undefined)}
        />
      )}
      {wrong}
    </div>
  );
}
