import { GroupFault, useFaulty } from './field-faults.tsx';
import type { Definition } from './item.tsx';
import { SourceSelect } from './source-select.tsx';
import type { Choices } from './terms-editors.tsx';
import { useServiceTexts } from './texts.ts';

type Props = { definition: Definition; onChange: (part: Partial<Definition>) => void };
type Question = Definition['questions'][number];
type Material = Definition['materials'][number];
type Field = Definition['fields'][number];

/** The list with one entry replaced; undefined takes it out. */
export function replaced<T>(list: readonly T[], at: number, entry: T | undefined): T[] {
  return list.flatMap((each, place) => (place === at ? (entry === undefined ? [] : [entry]) : [each]));
}

/** An id that no entry of the list has yet. */
function freshId(prefix: string, taken: readonly string[]): string {
  for (let n = taken.length + 1; ; n += 1) if (!taken.includes(`${prefix}-${n}`)) return `${prefix}-${n}`;
}

/** When something is needed: always, or after one answer. Conditions that are more than that are kept as they are. */
export function WhenSelect({
  when,
  questions,
  onChange,
}: {
  when: Material['when'];
  questions: readonly Question[];
  onChange: (when: Material['when']) => void;
}) {
  const { t, say } = useServiceTexts();
  const now = JSON.stringify(when ?? null);
  const choices = questions.flatMap((question) =>
    question.options.map((option) => ({
      when: [{ [question.id]: [option.value] }],
      title: `${say(question.title)} ${say(option.title)}`,
    })),
  );
  /** A condition that is more than one answer, in words. */
  const words = (conditions: NonNullable<Material['when']>): string =>
    conditions
      .map((condition) =>
        Object.entries(condition)
          .map(([id, values]) => {
            const question = questions.find((each) => each.id === id);
            const options = question?.options.filter(({ value }) => values.includes(value)) ?? [];
            return `${question ? say(question.title) : id} ${options.map(({ title }) => say(title)).join(t('or'))}`;
          })
          .join(t('and')),
      )
      .join(t('or'));
  const known = when === undefined || choices.some((choice) => JSON.stringify(choice.when) === now);
  return (
    <label>
      <span>{t('when')}</span>
      <select
        value={now}
        onChange={(event) => onChange((JSON.parse(event.target.value) as Material['when'] | null) ?? undefined)}
      >
        <option value="null">{t('always')}</option>
        {!known && <option value={now}>{words(when ?? [])}</option>}
        {choices.map((choice) => (
          <option key={choice.title} value={JSON.stringify(choice.when)}>
            {choice.title}
          </option>
        ))}
      </select>
    </label>
  );
}

export function QuestionsEditor({
  questions,
  onChange,
}: {
  questions: readonly Question[];
  onChange: (questions: Question[]) => void;
}) {
  const { t } = useServiceTexts();
  const set = (at: number, question: Question | undefined) => onChange(replaced(questions, at, question));
  const add = () =>
    onChange([
      ...questions,
      {
        id: freshId(
          'question',
          questions.map(({ id }) => id),
        ),
        title: { zh: '', en: '' },
        options: ['yes', 'no'].map((value) => ({ value, title: { zh: '', en: '' } })),
      },
    ]);
  return (
    <fieldset>
      <legend>{t('questions')}</legend>
      <p className="soft">{t('questionsText')}</p>
      <ul className="svc-entries">
        {questions.map((question, at) => (
          <li key={question.id}>
            <GroupFault pointer={`/questions/${at}`} />
            <div className="svc-row">
              <Words
                label={t('question')}
                text={question.title}
                onChange={(title) => set(at, { ...question, title })}
              />
              <Remove onRemove={() => set(at, undefined)} name={question.title.zh} />
            </div>
            <div className="svc-options">
              {question.options.map((option, place) => (
                <div className="svc-row" key={option.value}>
                  <Words
                    label={t('option')}
                    text={option.title}
                    onChange={(title) =>
                      set(at, { ...question, options: replaced(question.options, place, { ...option, title }) })
                    }
                  />
                  {question.options.length > 2 && (
                    <Remove
                      name={option.title.zh}
                      onRemove={() => set(at, { ...question, options: replaced(question.options, place, undefined) })}
                    />
                  )}
                </div>
              ))}
              <button
                type="button"
                className="link"
                onClick={() =>
                  set(at, {
                    ...question,
                    options: [
                      ...question.options,
                      {
                        value: freshId(
                          'option',
                          question.options.map(({ value }) => value),
                        ),
                        title: { zh: '', en: '' },
                      },
                    ],
                  })
                }
              >
                {t('addOption')}
              </button>
            </div>
          </li>
        ))}
      </ul>
      <div className="svc-acts">
        <button type="button" onClick={add}>
          {t('addQuestion')}
        </button>
      </div>
    </fieldset>
  );
}

export function MaterialsEditor({ definition, onChange, choices }: Props & { choices: Choices | undefined }) {
  const { t } = useServiceTexts();
  const { materials, questions } = definition;
  const set = (at: number, material: Material | undefined) =>
    onChange({ materials: replaced(materials, at, material) });
  const add = () =>
    onChange({
      materials: [
        ...materials,
        {
          id: freshId(
            'material',
            materials.map(({ id }) => id),
          ),
          title: { zh: '', en: '' },
          source: 'upload',
          required: true,
        },
      ],
    });
  return (
    <fieldset>
      <legend>{t('materials')}</legend>
      <ul className="svc-entries">
        {materials.map((material, at) => (
          <li key={material.id}>
            <GroupFault pointer={`/materials/${at}`} />
            <div className="svc-row">
              <Words
                label={t('material')}
                text={material.title}
                onChange={(title) => set(at, { ...material, title })}
              />
              <SourceSelect material={material} choices={choices} onChange={(next) => set(at, next)} />
              <WhenSelect
                when={material.when}
                questions={questions}
                onChange={(when) => set(at, { ...material, when })}
              />
              <Tick
                label={t('required')}
                on={material.required}
                onChange={(required) => set(at, { ...material, required })}
              />
              {material.source === 'upload' && (
                <Tick
                  label={t('original')}
                  on={material.original ?? false}
                  onChange={(original) => set(at, { ...material, original: original || undefined })}
                />
              )}
              <Remove onRemove={() => set(at, undefined)} name={material.title.zh} />
            </div>
            {material.source === 'upload' && (
              <div className="svc-row">
                <label className="svc-wide">
                  <span>{t('why')}</span>
                  <input
                    minLength={6}
                    value={material.why ?? ''}
                    onChange={(event) => set(at, { ...material, why: event.target.value || undefined })}
                  />
                </label>
              </div>
            )}
          </li>
        ))}
      </ul>
      <div className="svc-acts">
        <button type="button" onClick={add}>
          {t('addMaterial')}
        </button>
      </div>
    </fieldset>
  );
}

export function FieldsEditor({ definition, onChange }: Props) {
  const { t } = useServiceTexts();
  const { fields, questions } = definition;
  const faulty = useFaulty('/fields');
  const set = (at: number, field: Field | undefined) => onChange({ fields: replaced(fields, at, field) });
  const add = () =>
    onChange({
      fields: [
        ...fields,
        {
          element: freshId(
            'field',
            fields.map(({ element }) => element),
          ),
          title: { zh: '', en: '' },
          group: 'matter',
          type: 'text',
          required: false,
        },
      ],
    });
  return (
    <fieldset>
      <legend>{t('fields')}</legend>
      <details open={faulty || undefined}>
        <summary>{t('moreFields', { n: fields.length })}</summary>
        <ul className="svc-entries">
          {fields.map((field, at) => (
            <li key={at}>
              <GroupFault pointer={`/fields/${at}`} />
              <div className="svc-row">
                <Words label={t('field')} text={field.title} onChange={(title) => set(at, { ...field, title })} />
                <label>
                  <span>{t('element')}</span>
                  <input
                    value={field.element}
                    pattern="[a-z][a-z0-9-]*"
                    onChange={(event) => set(at, { ...field, element: event.target.value })}
                  />
                </label>
                <WhenSelect when={field.when} questions={questions} onChange={(when) => set(at, { ...field, when })} />
                <Tick
                  label={t('required')}
                  on={field.required}
                  onChange={(required) => set(at, { ...field, required })}
                />
                <Remove onRemove={() => set(at, undefined)} name={field.title.zh} />
              </div>
              {field.resource ? (
                <small className="soft">{t('obtained', { source: `${field.resource}.${field.field ?? ''}` })}</small>
              ) : (
                <div className="svc-row">
                  <label className="svc-wide">
                    <span>{t('why')}</span>
                    <input
                      minLength={6}
                      value={field.why ?? ''}
                      onChange={(event) => set(at, { ...field, why: event.target.value || undefined })}
                    />
                  </label>
                </div>
              )}
            </li>
          ))}
        </ul>
      </details>
      <div className="svc-acts">
        <button type="button" onClick={add}>
          {t('addField')}
        </button>
      </div>
    </fieldset>
  );
}

export function Words({
  label,
  text,
  onChange,
}: {
  label: string;
  text: { zh: string; en: string };
  onChange: (text: { zh: string; en: string }) => void;
}) {
  const { t } = useServiceTexts();
  return (
    <>
      <label className="svc-wide">
        <span>{label}</span>
        <input required value={text.zh} onChange={(event) => onChange({ ...text, zh: event.target.value })} />
      </label>
      <label className="svc-wide">
        <span>{t('english')}</span>
        <input required value={text.en} onChange={(event) => onChange({ ...text, en: event.target.value })} />
      </label>
    </>
  );
}

function Tick({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <label className="svc-tick">
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}

export function Remove({ onRemove, name }: { onRemove: () => void; name: string }) {
  const { t } = useServiceTexts();
  return (
    <button type="button" className="link" onClick={onRemove}>
      {t('remove')}
      <span className="hidden"> {name}</span>
    </button>
  );
}
