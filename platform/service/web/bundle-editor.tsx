import { useDeferredValue, useId, useMemo, useState } from 'react';
import { api, read, useApi, useSubmit } from '#web/client/index.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { BundlePath } from './bundle-path.tsx';
import type { BundleDefinition, DeskBundle } from './desk-bundle.tsx';
import { FaultyForm, Field, GroupFault } from './field-faults.tsx';
import { QuestionsEditor, replaced, WhenSelect } from './list-editors.tsx';
import { useChoices } from './terms-editors.tsx';
import { useServiceTexts } from './texts.ts';

type Entry = BundleDefinition['items'][number];
type Outlook = DeskBundle['outlook'];

/** Draws up the next version of a bundle. Faults and the critical path are those of what stands on the page, before it is kept. */
export function BundleEditor({
  id,
  definition,
  first,
  onChange,
  onDone,
  onCancel,
}: {
  id: string;
  definition: BundleDefinition;
  /** Of what is kept: names of the items until the first answer is there. */
  first: Outlook;
  onChange: (definition: BundleDefinition) => void;
  onDone: () => void;
  onCancel: () => void;
}) {
  const { t, say } = useServiceTexts();
  const prefix = useId();
  const choices = useChoices();
  const path = { id };
  const asked = useDeferredValue(JSON.stringify(definition));
  const preview = useApi(`bundle preview ${asked}`, (signal) =>
    read(
      api.POST('/api/service/desk/bundles/{id}/preview', {
        params: { path },
        body: { definition: JSON.parse(asked) as BundleDefinition },
        signal,
      } as never),
    ),
  ) as { data: Outlook | undefined };
  const [outlook, setOutlook] = useState(first);
  if (preview.data && preview.data !== outlook) setOutlook(preview.data);
  const save = useSubmit((body: { definition: BundleDefinition }) =>
    read(api.PUT('/api/service/desk/bundles/{id}/draft', { params: { path }, body })),
  );
  const fields = save.problem?.details.fields;
  const faults = useMemo(() => fields ?? [], [fields]);
  const set = (part: Partial<BundleDefinition>) => {
    // What was wrong when it was last sent says nothing of what stands there now; the outlook beside it does.
    save.reset();
    onChange({ ...definition, ...part });
  };
  return (
    <div className="svc-columns">
      <form
        className="svc-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save.submit({ definition }).then((done) => done && onDone());
        }}
      >
        {save.problem && !fields && <RefusalPanel problem={save.problem} />}
        <FaultyForm prefix={prefix} faults={faults}>
          <fieldset>
            <legend>{t('basics')}</legend>
            {(['title', 'lead'] as const).map((name) => (
              <div className="svc-row" key={name}>
                {(['zh', 'en'] as const).map((language) => (
                  <Field
                    key={language}
                    pointer={`/${name}/${language}`}
                    label={language === 'zh' ? t(name === 'title' ? 'bundleName' : 'bundleText') : t('english')}
                    wide
                  >
                    {(input) => (
                      <input
                        {...input}
                        value={definition[name][language]}
                        onChange={(event) => set({ [name]: { ...definition[name], [language]: event.target.value } })}
                      />
                    )}
                  </Field>
                ))}
              </div>
            ))}
            <div className="svc-row">
              <Field pointer="/event" label={t('events')}>
                {(input) => (
                  <select {...input} value={definition.event} onChange={(event) => set({ event: event.target.value })}>
                    {choices?.events.map((event) => (
                      <option key={event.id} value={event.id}>
                        {say(event.title)}
                      </option>
                    ))}
                  </select>
                )}
              </Field>
            </div>
          </fieldset>
          <QuestionsEditor questions={definition.questions} onChange={(questions) => set({ questions })} />
          <Entries definition={definition} outlook={outlook} onChange={(items) => set({ items })} />
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
      <div className="svc-preview">
        <BundlePath outlook={outlook} definition={definition} />
        {outlook.faults.length > 0 && (
          <section aria-label={t('faults')}>
            <h3>{t('faults')}</h3>
            <ul className="svc-lines">
              {outlook.faults.map(({ pointer, rule, message }) => (
                <li key={pointer + rule}>{say(message)}</li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </div>
  );
}

/** The items, each with what must be granted before it and the situation in which it is needed. */
function Entries({
  definition,
  outlook,
  onChange,
}: {
  definition: BundleDefinition;
  outlook: Outlook;
  onChange: (items: Entry[]) => void;
}) {
  const { t, say } = useServiceTexts();
  const unitName = useUnitName();
  const { items, questions } = definition;
  const found = new Map(outlook.items.map((item) => [item.code, item]));
  const named = (code: string) => {
    const item = found.get(code);
    return item ? say(item.title) : code;
  };
  const set = (at: number, entry: Entry | undefined) => {
    const left = replaced(items, at, entry);
    const codes = new Set(left.map(({ item }) => item));
    // Nothing waits for what was taken out.
    onChange(left.map((each) => ({ ...each, after: each.after.filter((code) => codes.has(code)) })));
  };
  return (
    <fieldset>
      <legend>{t('bundleItems')}</legend>
      <GroupFault pointer="/items" exact />
      <ul className="svc-entries">
        {items.map((entry, at) => (
          <li key={entry.item}>
            <GroupFault pointer={`/items/${at}`} />
            <div className="svc-row">
              <p className="svc-wide">
                <b>{named(entry.item)}</b> <small className="soft">{unitName(found.get(entry.item)?.unit ?? '')}</small>
              </p>
              {questions.length > 0 && (
                <WhenSelect
                  when={entry.when}
                  questions={questions}
                  onChange={(when) => set(at, { item: entry.item, after: entry.after, ...(when && { when }) })}
                />
              )}
              <button type="button" className="link" onClick={() => set(at, undefined)}>
                {t('remove')}
                <span className="hidden"> {named(entry.item)}</span>
              </button>
            </div>
            {items.length > 1 && (
              <div className="svc-row" role="group" aria-label={`${named(entry.item)} ${t('waitsFor')}`}>
                <span className="soft">{t('waitsFor')}</span>
                {items
                  .filter(({ item }) => item !== entry.item)
                  .map(({ item }) => (
                    <label key={item} className="svc-tick">
                      <input
                        type="checkbox"
                        checked={entry.after.includes(item)}
                        onChange={(event) =>
                          set(at, {
                            ...entry,
                            after: event.target.checked
                              ? [...entry.after, item]
                              : entry.after.filter((each) => each !== item),
                          })
                        }
                      />
                      {named(item)}
                    </label>
                  ))}
              </div>
            )}
          </li>
        ))}
      </ul>
      <AddItem
        taken={new Set(items.map(({ item }) => item))}
        onAdd={(item) => onChange([...items, { item, after: [] }])}
      />
    </fieldset>
  );
}

/** Finds an item of any unit by its name. Only what is published can be applied for. */
function AddItem({ taken, onAdd }: { taken: ReadonlySet<string>; onAdd: (code: string) => void }) {
  const { t, say } = useServiceTexts();
  const unitName = useUnitName();
  const [q, setQ] = useState('');
  const asked = useDeferredValue(q.trim());
  const list = useApi(asked === '' ? null : `bundle find ${asked}`, (signal) =>
    read(api.GET('/api/service/desk/items', { params: { query: { q: asked } as never }, signal })),
  );
  const found = list.data?.items.filter(({ code, version }) => version > 0 && !taken.has(code)).slice(0, 8) ?? [];
  return (
    <div className="svc-column">
      <div className="svc-row">
        <label className="svc-wide">
          <span>{t('addItem')}</span>
          <input
            type="search"
            value={q}
            placeholder={t('search')}
            onChange={(event) => setQ(event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          />
        </label>
      </div>
      {asked !== '' && list.data && found.length === 0 && <p className="soft">{t('none')}</p>}
      <ul className="svc-lines">
        {found.map(({ code, title, unit }) => (
          <li key={code}>
            <span>
              {say(title)} <small className="soft">{unitName(unit)}</small>
            </span>
            <button
              type="button"
              className="link"
              onClick={() => {
                onAdd(code);
                setQ('');
              }}
            >
              {t('add')}
              <span className="hidden"> {say(title)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
