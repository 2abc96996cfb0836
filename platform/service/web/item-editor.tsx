import { useId, useMemo } from 'react';
import { api, read, useSubmit } from '#web/client/index.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { FaultyForm, Field, GroupFault } from './field-faults.tsx';
import type { Definition, DeskItem } from './item.tsx';
import { FieldsEditor, MaterialsEditor, QuestionsEditor } from './list-editors.tsx';
import { BasisEditor, EventsEditor, FeeEditor, HandlingEditor, useChoices } from './terms-editors.tsx';
import { useServiceTexts } from './texts.ts';

const ONLINE = ['download', 'submit', 'signature', 'materials', 'payment', 'certificate', 'post'] as const;
const UNITS = ['wd', 'day', 'month'] as const;

type Props = { definition: Definition; onChange: (part: Partial<Definition>) => void };

/** Draws up the next version of an item. The preview beside it shows at once what people would see; faults stand at their fields. */
export function ItemEditor({
  code,
  definition,
  faults,
  onChange,
  onDone,
  onCancel,
}: {
  code: string;
  definition: Definition;
  /** What the draft that is kept was found to lack. */
  faults: DeskItem['faults'];
  onChange: (definition: Definition) => void;
  onDone: () => void;
  onCancel: () => void;
}) {
  const { t, say } = useServiceTexts();
  const id = useId();
  const choices = useChoices();
  const save = useSubmit((body: { definition: Definition }) =>
    read(api.PUT('/api/service/desk/items/{code}/draft', { params: { path: { code } }, body })),
  );
  const fields = save.problem?.details.fields;
  const shown = useMemo(
    () => fields ?? faults.map(({ pointer, message }) => ({ pointer, message: say(message) })),
    [fields, faults],
  );
  const set = (part: Partial<Definition>) => onChange({ ...definition, ...part });
  return (
    <form
      className="svc-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save.submit({ definition }).then((done) => done && onDone());
      }}
    >
      {save.problem && !fields && <RefusalPanel problem={save.problem} />}
      <FaultyForm prefix={id} faults={shown}>
        <Basics definition={definition} onChange={set} />
        <EventsEditor definition={definition} onChange={set} choices={choices} />
        <BasisEditor definition={definition} onChange={set} />
        <FeeEditor definition={definition} onChange={set} />
        <HandlingEditor definition={definition} onChange={set} choices={choices} />
        <fieldset>
          <legend>{t('online')}</legend>
          <div className="svc-row">
            {ONLINE.map((step) => (
              <label key={step} className="svc-tick">
                <input
                  type="checkbox"
                  checked={definition.online[step]}
                  onChange={(event) => set({ online: { ...definition.online, [step]: event.target.checked } })}
                />
                {t(`onlineOf.${step}`)}
              </label>
            ))}
          </div>
        </fieldset>
        <QuestionsEditor questions={definition.questions} onChange={(questions) => set({ questions })} />
        <MaterialsEditor definition={definition} onChange={set} choices={choices} />
        <FieldsEditor definition={definition} onChange={set} />
      </FaultyForm>
      <div className="svc-acts">
        <button type="submit" className="primary" disabled={save.busy}>
          {t('save')}
        </button>
        <button type="button" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

function Basics({ definition, onChange: set }: Props) {
  const { t } = useServiceTexts();
  const { title, where } = definition;
  return (
    <fieldset>
      <legend>{t('basics')}</legend>
      <div className="svc-row">
        <Field pointer="/title/zh" label={t('titleZh')} wide>
          {(input) => (
            <input
              {...input}
              value={title.zh}
              onChange={(event) => set({ title: { ...title, zh: event.target.value } })}
            />
          )}
        </Field>
        <Field pointer="/title/en" label={t('titleEn')} wide>
          {(input) => (
            <input
              {...input}
              value={title.en}
              onChange={(event) => set({ title: { ...title, en: event.target.value } })}
            />
          )}
        </Field>
      </div>
      <div className="svc-row">
        <Field pointer="/aliases" label={t('aliases')} wide>
          {(input) => (
            <input
              {...input}
              defaultValue={definition.aliases.join(' ')}
              onChange={(event) => set({ aliases: event.target.value.split(/\s+/).filter(Boolean) })}
            />
          )}
        </Field>
        <Field pointer="/where/phone" label={t('phone')}>
          {(input) => (
            <input
              {...input}
              value={where.phone}
              onChange={(event) => set({ where: { ...where, phone: event.target.value } })}
            />
          )}
        </Field>
      </div>
      <div className="svc-row">
        {(['place', 'hours'] as const).map((name) => (
          <Field key={name} pointer={`/where/${name}/zh`} label={t(`whereOf.${name}`)} wide>
            {(input) => (
              <input
                {...input}
                value={where[name].zh}
                onChange={(event) => set({ where: { ...where, [name]: { ...where[name], zh: event.target.value } } })}
              />
            )}
          </Field>
        ))}
      </div>
      <div className="svc-row">
        {(['legalLimit', 'promisedLimit'] as const).map((name) => (
          <Limit key={name} name={name} definition={definition} onChange={set} />
        ))}
        <Field pointer="/visits" label={t('visits')}>
          {(input) => (
            <input
              {...input}
              type="number"
              min={0}
              max={9}
              value={definition.visits}
              onChange={(event) => set({ visits: Number(event.target.value) })}
            />
          )}
        </Field>
        {(['anyCentre', 'discretion'] as const).map((name) => (
          <label key={name} className="svc-tick">
            <input
              type="checkbox"
              checked={definition[name]}
              onChange={(event) => set({ [name]: event.target.checked })}
            />
            {t(name === 'anyCentre' ? 'anyCentreTick' : 'discretion')}
          </label>
        ))}
      </div>
      <GroupFault pointer="/decision" />
    </fieldset>
  );
}

function Limit({ name, definition, onChange }: Props & { name: 'legalLimit' | 'promisedLimit' }) {
  const { t } = useServiceTexts();
  const limit = definition[name];
  return (
    <Field pointer={`/${name}/amount`} label={t(name)}>
      {(input) => (
        <span className="svc-acts">
          <input
            {...input}
            type="number"
            min={0}
            max={1000}
            value={limit.amount}
            onChange={(event) => onChange({ [name]: { ...limit, amount: Number(event.target.value) } })}
          />
          <select
            aria-label={`${t(name)} ${t('leaves.unit')}`}
            value={limit.unit}
            onChange={(event) => onChange({ [name]: { ...limit, unit: event.target.value as (typeof UNITS)[number] } })}
          >
            {UNITS.map((unit) => (
              <option key={unit} value={unit}>
                {t(`units.${unit}`)}
              </option>
            ))}
          </select>
        </span>
      )}
    </Field>
  );
}
