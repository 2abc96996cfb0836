import { useId } from 'react';

/** A line of text of the properties panel: kept when it is left or Enter is pressed, so that undo has whole steps. */
export function TextField({
  label,
  value,
  help,
  list,
  code = false,
  onKeep,
}: {
  label: string;
  value: string;
  help?: string;
  /** Choices to be proposed. */
  list?: readonly { value: string; title: string }[];
  /** Expressions and codes: typed as they are. */
  code?: boolean;
  onKeep: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className="field process-field">
      <label htmlFor={id}>{label}</label>
      <input
        key={value}
        id={id}
        defaultValue={value}
        spellCheck={!code}
        autoComplete="off"
        className={code ? 'process-code' : undefined}
        list={list ? `${id}-list` : undefined}
        aria-describedby={help ? `${id}-help` : undefined}
        onBlur={(event) => event.target.value !== value && onKeep(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
      />
      {list && (
        <datalist id={`${id}-list`}>
          {list.map((option) => (
            <option key={option.value} value={option.value}>
              {option.title}
            </option>
          ))}
        </datalist>
      )}
      {help && (
        <small id={`${id}-help`} className="soft">
          {help}
        </small>
      )}
    </div>
  );
}

/** Several of a few: words of a list attribute. */
export function ChoiceField({
  label,
  value,
  options,
  onKeep,
}: {
  label: string;
  value: readonly string[];
  options: readonly { value: string; title: string }[];
  onKeep: (value: string[]) => void;
}) {
  return (
    <fieldset className="process-choices">
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="checkbox"
            checked={value.includes(option.value)}
            onChange={(event) =>
              onKeep(event.target.checked ? [...value, option.value] : value.filter((each) => each !== option.value))
            }
          />{' '}
          {option.title}
        </label>
      ))}
    </fieldset>
  );
}

/** One of a few. */
export function SelectField({
  label,
  value,
  options,
  onKeep,
}: {
  label: string;
  value: string;
  options: readonly { value: string; title: string }[];
  onKeep: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className="field process-field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onKeep(event.target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.title}
          </option>
        ))}
      </select>
    </div>
  );
}
