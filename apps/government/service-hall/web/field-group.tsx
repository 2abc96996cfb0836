import { fieldOf } from './apply-faults.ts';
import { FieldInput } from './field-input.tsx';
import type { Field, Form } from './shapes.ts';
import { type HallText, useHallTexts } from './texts.ts';
import type { Application } from './use-application.ts';

/**
 * Fields about one thing. What only some of the services get stands under their names (目的限定); what may be left out is folded away
 * until somebody wants it.
 */
export function Group({
  group,
  fields,
  application,
  faults,
  form,
}: {
  group: string;
  fields: readonly Field[];
  application: Application;
  /** What is wrong, by id of the field. */
  faults: ReadonlyMap<string, string>;
  form: Form;
}) {
  const { t, say } = useHallTexts();
  const receivers = ({ items }: Field): string =>
    items.length === form.items.length
      ? ''
      : form.items
          .filter(({ code }) => items.includes(code))
          .map(({ title }) => say(title))
          .join('、');
  const parts = Map.groupBy(
    fields.filter(({ required }) => required),
    receivers,
  );
  const rest = fields.filter(({ required }) => !required);
  const inputs = (some: readonly Field[]) => (
    <div className="hall-fields">
      {some.map((field) => (
        <FieldInput
          key={field.element}
          id={fieldOf(field.element)}
          field={field}
          value={application.draft.answers[field.element]}
          fault={faults.get(fieldOf(field.element))}
          onChange={(value) => application.answer(field.element, value)}
        />
      ))}
    </div>
  );
  return (
    <fieldset className="hall-group">
      <legend>{t(`group.${group}` as HallText)}</legend>
      {[...parts]
        .sort(([a], [b]) => Number(a !== '') - Number(b !== ''))
        .map(([names, some]) => (
          <div key={names}>
            {names !== '' && form.items.length > 1 && (
              <p className="hall-uses">
                <small>{t('apply.uses', { items: names })}</small>
              </p>
            )}
            {inputs(some)}
          </div>
        ))}
      {rest.length > 0 && (
        <details open={rest.some(({ element }) => application.draft.answers[element] !== undefined)}>
          <summary>{t('apply.more', { n: rest.length })}</summary>
          {inputs(rest)}
        </details>
      )}
    </fieldset>
  );
}
