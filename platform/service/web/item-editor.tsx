import { useId, useMemo } from 'react';
import { api, read, useSubmit } from '#web/client/index.ts';
import { FormErrors } from '#web/design/form-errors.tsx';
import type { Definition } from './item.tsx';
import { FieldsEditor, MaterialsEditor, QuestionsEditor } from './list-editors.tsx';
import { useServiceTexts } from './texts.ts';

const ONLINE = ['download', 'submit', 'signature', 'materials', 'payment', 'certificate', 'post'] as const;
const UNITS = ['wd', 'day', 'month'] as const;

/** Draws up the next version of an item. The preview beside it shows at once what people would see. */
export function ItemEditor({
  code,
  definition,
  onChange,
  onDone,
  onCancel,
}: {
  code: string;
  definition: Definition;
  onChange: (definition: Definition) => void;
  onDone: () => void;
  onCancel: () => void;
}) {
  const { t } = useServiceTexts();
  const id = useId();
  const save = useSubmit((body: { definition: Definition }) =>
    read(api.PUT('/api/service/desk/items/{code}/draft', { params: { path: { code } }, body })),
  );
  const errors = useMemo(
    () =>
      (save.problem?.details.fields ?? []).map(({ pointer, message }) => ({
        path: `${id}${pointer.replace('/definition', '')}`,
        message,
      })),
    [save.problem],
  );
  const set = (part: Partial<Definition>) => onChange({ ...definition, ...part });
  const field = (name: string) => `${id}/${name}`;
  return (
    <form
      className="svc-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save.submit({ definition }).then((done) => done && onDone());
      }}
    >
      <FormErrors errors={errors} />
      <fieldset>
        <legend>{t('basics')}</legend>
        <div className="svc-row">
          <label className="svc-wide">
            <span>{t('titleZh')}</span>
            <input
              id={field('title/zh')}
              required
              value={definition.title.zh}
              onChange={(event) => set({ title: { ...definition.title, zh: event.target.value } })}
            />
          </label>
          <label className="svc-wide">
            <span>{t('titleEn')}</span>
            <input
              required
              value={definition.title.en}
              onChange={(event) => set({ title: { ...definition.title, en: event.target.value } })}
            />
          </label>
        </div>
        <div className="svc-row">
          <label className="svc-wide">
            <span>{t('aliases')}</span>
            <input
              defaultValue={definition.aliases.join(' ')}
              onChange={(event) => set({ aliases: event.target.value.split(/\s+/).filter(Boolean) })}
            />
          </label>
          <label>
            <span>{t('phone')}</span>
            <input
              value={definition.where.phone}
              onChange={(event) => set({ where: { ...definition.where, phone: event.target.value } })}
            />
          </label>
        </div>
        <div className="svc-row">
          {(['legalLimit', 'promisedLimit'] as const).map((name) => (
            <label key={name}>
              <span>{t(name)}</span>
              <span className="svc-acts">
                <input
                  id={field(`${name}/amount`)}
                  type="number"
                  min={0}
                  max={1000}
                  value={definition[name].amount}
                  onChange={(event) => set({ [name]: { ...definition[name], amount: Number(event.target.value) } })}
                />
                <select
                  aria-label={t(name)}
                  value={definition[name].unit}
                  onChange={(event) =>
                    set({ [name]: { ...definition[name], unit: event.target.value as (typeof UNITS)[number] } })
                  }
                >
                  {UNITS.map((unit) => (
                    <option key={unit} value={unit}>
                      {t(`units.${unit}`)}
                    </option>
                  ))}
                </select>
              </span>
            </label>
          ))}
          <label>
            <span>{t('visits')}</span>
            <input
              type="number"
              min={0}
              max={9}
              value={definition.visits}
              onChange={(event) => set({ visits: Number(event.target.value) })}
            />
          </label>
          <label className="svc-tick">
            <input
              type="checkbox"
              checked={definition.anyCentre}
              onChange={(event) => set({ anyCentre: event.target.checked })}
            />
            {t('anyCentreTick')}
          </label>
          <label className="svc-tick">
            <input
              type="checkbox"
              checked={definition.discretion}
              onChange={(event) => set({ discretion: event.target.checked })}
            />
            {t('discretion')}
          </label>
        </div>
      </fieldset>
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
      <QuestionsEditor definition={definition} onChange={set} />
      <MaterialsEditor definition={definition} onChange={set} />
      <FieldsEditor definition={definition} onChange={set} />
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
