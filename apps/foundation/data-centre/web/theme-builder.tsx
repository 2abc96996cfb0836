import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, read, useApi, useSubmit } from '#web/client/index.ts';
import { FormErrors } from '#web/design/form-errors.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useFieldErrors } from './field-errors.ts';
import type { Item, Theme, ThemeDefinition } from './shapes.ts';
import { useLanguage } from './use-names.ts';
import './theme-texts.ts';

const FIELDS = ['education', 'health', 'medical', 'elder-care', 'construction', 'safety', 'environment', 'business'];
const ALIASES = ['a', 'b', 'c', 'd', 'e', 'f'];
const DATES = ['date', 'date-time'];

type Chosen = { place: string; year: boolean };
type Join = { left: string; right: string; required: boolean };

/** Draws a thematic database in five steps: sources, joins, columns, rows or counts, purposes. Nothing of SQL, and nothing copied. */
export function ThemeBuilder({
  theme,
  onDone,
  onCancel,
}: {
  theme?: Theme;
  onDone: (id: string) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation('data-themes');
  const { say } = useLanguage();
  const id = useId();
  const draft = theme?.draft;
  const [name, setName] = useState(theme?.id ?? '');
  const [zh, setZh] = useState(theme?.title.zh ?? '');
  const [en, setEn] = useState(theme?.title.en ?? '');
  const [field, setField] = useState(theme?.field ?? 'education');
  const [inputs, setInputs] = useState<string[]>(draft?.inputs.map(({ resource }) => resource) ?? ['']);
  const [joins, setJoins] = useState<Join[]>(joinsOf(draft));
  const [columns, setColumns] = useState<Chosen[]>(
    draft?.columns.map(({ from, as }) => ({ place: renamed(from, draft), year: as === 'year' })) ?? [],
  );
  const [counts, setCounts] = useState(draft?.count !== undefined);
  const [key, setKey] = useState(() => keyPlace(draft));
  const [purposes, setPurposes] = useState<string[]>(draft?.purposes ?? []);
  const [find, setFind] = useState('');
  const items = useApi(`theme-items ${find.trim()}`, (signal) =>
    read(api.GET('/api/catalog/items', { params: { query: find.trim() ? { q: find.trim() } : {} }, signal })),
  );
  const known = useApi('all-purposes', (signal) =>
    read(api.GET('/api/access/purposes', { params: { query: { all: '1' } }, signal })),
  );
  const details = useApi(`theme-inputs ${inputs.join(' ')}`, async (signal) => {
    const found = inputs.map((resource) =>
      resource ? read(api.GET('/api/catalog/items/{id}', { params: { path: { id: resource } }, signal })) : null,
    );
    return Promise.all(found);
  });
  const fieldsOf = (at: number): Item['fields'] => details.data?.[at]?.fields ?? [];
  const body = (): { title: { zh: string; en: string }; field: string; definition: ThemeDefinition } => ({
    title: { zh: zh.trim(), en: en.trim() || zh.trim() },
    field,
    definition: definitionOf({ inputs, joins, columns, counts, key, purposes, fieldsOf }),
  });
  const { busy, problem, submit } = useSubmit(async (_: null, header) => {
    if (theme) {
      const reply = await read(api.PUT('/api/theme/themes/{id}', { params: { path: { id: theme.id } }, body: body() }));
      return reply.id;
    }
    const made = await read(
      api.POST('/api/theme/themes', { params: { header }, body: { id: name.trim(), ...body() } }),
    );
    return made.id;
  });
  const errors = useFieldErrors(problem, (pointer) => `${id}${pointer}`);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const done = await submit(null);
    if (done) onDone(done);
  };
  const setInput = (at: number, resource: string) => {
    setInputs(inputs.map((each, place) => (place === at ? resource : each)));
    setColumns(columns.filter(({ place }) => !place.startsWith(`${ALIASES[at] ?? ''}.`)));
  };
  const toggle = (place: string) =>
    setColumns(
      columns.some((each) => each.place === place)
        ? columns.filter((each) => each.place !== place)
        : [...columns, { place, year: false }],
    );
  return (
    <form className="dc-form dc-builder" onSubmit={(event) => void send(event)} aria-label={t('make')}>
      <FormErrors errors={errors} />
      {problem && !problem.details.fields && <RefusalPanel problem={problem} />}
      <div className="dc-row">
        {!theme && (
          <label>
            {t('id')}
            <input id={`${id}/id`} value={name} maxLength={40} onChange={(event) => setName(event.target.value)} />
            <small className="soft">{t('idHelp')}</small>
          </label>
        )}
        <label>
          {t('nameZh')}
          <input id={`${id}/title/zh`} value={zh} maxLength={80} onChange={(event) => setZh(event.target.value)} />
        </label>
        <label>
          {t('nameEn')}
          <input value={en} maxLength={120} onChange={(event) => setEn(event.target.value)} />
        </label>
        <label>
          {t('fieldOf')}
          <select value={field} onChange={(event) => setField(event.target.value)}>
            {FIELDS.map((each) => (
              <option key={each} value={each}>
                {t(`fields.${each}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <fieldset>
        <legend>{t('inputs')}</legend>
        <div className="dc-row">
          <label>
            {t('find')}
            <input type="search" value={find} maxLength={60} onChange={(event) => setFind(event.target.value)} />
          </label>
        </div>
        {inputs.map((resource, at) => (
          <div className="dc-row" key={at}>
            <label>
              {t('input', { n: at + 1 })}
              <select value={resource} onChange={(event) => setInput(at, event.target.value)}>
                <option value="">{t('choose')}</option>
                {offered({ resource, chosen: details.data?.[at], items: items.data?.items ?? [] }).map((item) => (
                  <option key={item.id} value={item.id}>
                    {say(item.title)}
                  </option>
                ))}
              </select>
            </label>
          </div>
        ))}
        {inputs.length < ALIASES.length && (
          <button type="button" onClick={() => setInputs([...inputs, ''])}>
            {t('addInput')}
          </button>
        )}
      </fieldset>
      {inputs.length > 1 && (
        <fieldset>
          <legend>{t('joins')}</legend>
          {inputs.slice(1).map((_, index) => {
            const at = index + 1;
            const join = joins[index] ?? { left: '', right: '', required: false };
            const change = (more: Partial<Join>) => {
              const next = inputs.slice(1).map((__, place) => joins[place] ?? { left: '', right: '', required: false });
              next[index] = { ...join, ...more };
              setJoins(next);
            };
            return (
              <div className="dc-row" key={at}>
                <label>
                  {t('join', { n: at + 1 })}
                  <Places value={join.right} from={[at]} fieldsOf={fieldsOf} onChange={(right) => change({ right })} />
                </label>
                <label>
                  {t('equals')}
                  <Places
                    value={join.left}
                    from={inputs.slice(0, at).map((__, place) => place)}
                    fieldsOf={fieldsOf}
                    onChange={(left) => change({ left })}
                  />
                </label>
                <label className="dc-tick">
                  <input
                    type="checkbox"
                    checked={join.required}
                    onChange={(event) => change({ required: event.target.checked })}
                  />
                  {t('requiredJoin')}
                </label>
              </div>
            );
          })}
        </fieldset>
      )}
      <fieldset>
        <legend>{t('columnsStep')}</legend>
        {inputs.map((resource, at) => (
          <div className="dc-ticks" key={resource || at} role="group" aria-label={t('input', { n: at + 1 })}>
            {fieldsOf(at).map((each) => {
              const place = `${ALIASES[at] ?? ''}.${each.name}`;
              const chosen = columns.find((column) => column.place === place);
              return (
                <span key={place}>
                  <label>
                    <input type="checkbox" checked={chosen !== undefined} onChange={() => toggle(place)} />
                    {say(each.title)}
                  </label>
                  {chosen && DATES.some((kind) => each.type.includes(kind)) && (
                    <label>
                      <input
                        type="checkbox"
                        checked={chosen.year}
                        onChange={() =>
                          setColumns(columns.map((c) => (c.place === place ? { ...c, year: !c.year } : c)))
                        }
                      />
                      {t('year')}
                    </label>
                  )}
                </span>
              );
            })}
          </div>
        ))}
      </fieldset>
      <fieldset>
        <legend>{t('countStep')}</legend>
        <label className="choice">
          <input type="radio" name={`${id}-rows`} checked={!counts} onChange={() => setCounts(false)} />
          <span>
            {t('asRows')}{' '}
            <select
              aria-label={t('asRows')}
              value={key}
              disabled={counts}
              onChange={(event) => setKey(event.target.value)}
            >
              <option value="">{t('choose')}</option>
              {columns.map(({ place }) => (
                <option key={place} value={place}>
                  {titleAt(place, fieldsOf, say)}
                </option>
              ))}
            </select>
          </span>
        </label>
        <label className="choice">
          <input type="radio" name={`${id}-rows`} checked={counts} onChange={() => setCounts(true)} />
          <span>{t('asCount')}</span>
        </label>
      </fieldset>
      <fieldset className="dc-ticks">
        <legend>{t('purposeStep')}</legend>
        {(known.data?.purposes ?? []).map(({ code, title }) => (
          <label key={code}>
            <input
              type="checkbox"
              checked={purposes.includes(code)}
              onChange={() =>
                setPurposes(purposes.includes(code) ? purposes.filter((each) => each !== code) : [...purposes, code])
              }
            />
            {say(title)}
          </label>
        ))}
      </fieldset>
      <div className="acts">
        <button type="submit" className="primary" disabled={busy}>
          {t('save')}
        </button>
        <button type="button" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

type Named = { id: string; title: { zh: string; en: string } };

/** What can be chosen: what the search has found and is shared, and what is chosen already. */
function offered(options: {
  resource: string;
  chosen: Named | null | undefined;
  items: readonly (Named & { sharing: string })[];
}): Named[] {
  const { resource, chosen, items } = options;
  const found = items.filter(({ sharing }) => sharing !== 'none');
  return chosen && chosen.id === resource && !found.some(({ id }) => id === resource) ? [chosen, ...found] : found;
}

type FieldsOf = (at: number) => Item['fields'];
type Say = (text: { zh: string; en: string }) => string;

function titleAt(place: string, fieldsOf: FieldsOf, say: Say): string {
  const [alias = '', name = ''] = place.split('.');
  const field = fieldsOf(ALIASES.indexOf(alias)).find((each) => each.name === name);
  return field ? say(field.title) : place;
}

function Places({
  value,
  from,
  fieldsOf,
  onChange,
}: {
  value: string;
  from: readonly number[];
  fieldsOf: FieldsOf;
  onChange: (place: string) => void;
}) {
  const { t } = useTranslation('data-themes');
  const { say } = useLanguage();
  return (
    <select value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{t('choose')}</option>
      {from.flatMap((at) =>
        fieldsOf(at).map((field) => {
          const place = `${ALIASES[at] ?? ''}.${field.name}`;
          return (
            <option key={place} value={place}>
              {from.length > 1 ? `${t('input', { n: at + 1 })} · ${say(field.title)}` : say(field.title)}
            </option>
          );
        }),
      )}
    </select>
  );
}

/** Places of a stored draft, with the letters that the builder gives its inputs. */
function renamed(place: string, draft: ThemeDefinition): string {
  const [alias = '', name = ''] = place.split('.');
  return `${ALIASES[draft.inputs.findIndex(({ as }) => as === alias)] ?? alias}.${name}`;
}

function joinsOf(draft: ThemeDefinition | undefined): Join[] {
  if (!draft) return [];
  return draft.inputs.slice(1).map(({ as }) => {
    const join = draft.joins.find(({ right }) => right.startsWith(`${as}.`));
    return join
      ? { left: renamed(join.left, draft), right: renamed(join.right, draft), required: join.required }
      : { left: '', right: '', required: false };
  });
}

function keyPlace(draft: ThemeDefinition | undefined): string {
  const column = draft?.columns.find(({ name }) => name === draft.key);
  return draft && column ? renamed(column.from, draft) : '';
}

function definitionOf(drawn: {
  inputs: readonly string[];
  joins: readonly Join[];
  columns: readonly Chosen[];
  counts: boolean;
  key: string;
  purposes: string[];
  fieldsOf: FieldsOf;
}): ThemeDefinition {
  const { inputs, joins, columns, counts, key, purposes, fieldsOf } = drawn;
  const used = new Set<string>();
  const named = columns.map(({ place, year }) => {
    const [alias = '', field = ''] = place.split('.');
    const name = used.has(field) ? `${field}${alias.toUpperCase()}` : field;
    used.add(name);
    const title = fieldsOf(ALIASES.indexOf(alias)).find((each) => each.name === field)?.title ?? {
      zh: field,
      en: field,
    };
    return { name, title, from: place, ...(year ? { as: 'year' as const } : {}) };
  });
  return {
    kind: counts ? 'extract' : 'associate',
    inputs: inputs.flatMap((resource, at) => (resource ? [{ as: ALIASES[at] ?? 'a', resource }] : [])),
    joins: joins.slice(0, inputs.length - 1).filter(({ left, right }) => left && right),
    columns: named,
    ...(counts
      ? { count: { name: 'total', title: { zh: '数量', en: 'Number' } } }
      : { key: named.find(({ from }) => from === key)?.name }),
    purposes,
  };
}
