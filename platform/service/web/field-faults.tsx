import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { FormErrors } from '#web/design/form-errors.tsx';

/** A fault as the server names it: a JSON pointer into the definition, and what is wrong in the reader's language. */
export type FieldFault = { pointer: string; message: string };
type Found = { prefix: string; faults: ReadonlyMap<string, string> };
const Faults = createContext<Found>({ prefix: '', faults: new Map() });

/** Where the definition stands in what is sent. */
const PLACE = '/definition';

/** A form whose faults stand in a summary above, and each at its field as well (所见即所改). */
export function FaultyForm({
  prefix,
  faults,
  children,
}: {
  prefix: string;
  faults: readonly FieldFault[];
  children: ReactNode;
}) {
  const found = useMemo(() => {
    const at = faults.map(({ pointer, message }) => ({ pointer: pointer.replace(PLACE, ''), message }));
    return { at, value: { prefix, faults: new Map(at.map(({ pointer, message }) => [pointer, message])) } };
  }, [faults, prefix]);
  const errors = useMemo(
    () => found.at.map(({ pointer, message }) => ({ path: prefix + pointer, message })),
    [found, prefix],
  );
  return (
    <Faults value={found.value}>
      <FormErrors errors={errors} />
      {children}
    </Faults>
  );
}

type Input = { id: string; 'aria-invalid'?: true; 'aria-describedby'?: string };

/** A labelled input with the fault of its place below it; `pointer` is where its value stands in the definition. */
export function Field({
  pointer,
  label,
  wide = false,
  hint,
  children,
}: {
  pointer: string;
  label: string;
  wide?: boolean;
  hint?: string;
  children: (input: Input) => ReactNode;
}) {
  const { prefix, faults } = useContext(Faults);
  const id = prefix + pointer;
  const entry = [...faults].find(([place]) => place === pointer || place.startsWith(`${pointer}/`));
  return (
    <div className={wide ? 'svc-field svc-wide' : 'svc-field'}>
      <label htmlFor={id}>{label}</label>
      {children({ id, ...(entry && { 'aria-invalid': true, 'aria-describedby': `${id}-fault` }) })}
      {hint && <small className="soft">{hint}</small>}
      {entry && (
        <small className="field-error" id={`${id}-fault`}>
          {entry[1]}
        </small>
      )}
    </div>
  );
}

/** Whether something is wrong anywhere below a place: what is folded away is opened. */
export function useFaulty(pointer: string): boolean {
  return [...useContext(Faults).faults.keys()].some((place) => place === pointer || place.startsWith(`${pointer}/`));
}

/** The fault of a place that is no single input: a list, a group of ticks. Focusable, so that the summary leads there. `exact`: its own, not those of its parts. */
export function GroupFault({ pointer, exact = false }: { pointer: string; exact?: boolean }) {
  const { prefix, faults } = useContext(Faults);
  const entries = [...faults].filter(([place]) => place === pointer || (!exact && place.startsWith(`${pointer}/`)));
  if (entries.length === 0) return null;
  return (
    <>
      {entries.map(([place, message]) => (
        <small className="field-error" id={prefix + place} key={place} tabIndex={-1}>
          {message}
        </small>
      ))}
    </>
  );
}
