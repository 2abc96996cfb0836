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
const ALIASES = [...'abcdefghijklmnopqrstuvwxyz'];
const MOST_INPUTS = 6;
const DATES = ['date', 'date-time'];

type Base = 'person' | 'firm' | 'building';
const BASES: readonly Base[] = ['person', 'firm', 'building'];
/** A column; with `base` what is kept is the base key that is found by it. */
type Chosen = { place: string; as: 'value' | 'year' | 'present'; base?: Base };
/** An input as drawn; `rows` of a stored draft are kept as they are. */
type Input = { as: string; resource: string; rows?: ThemeDefinition['inputs'][number]['rows'] };
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
  const [inputs, setInputs] = useState<Input[]>(draft ? [...draft.inputs] : [{ as: 'a', resource: '' }]);
  const [joins, setJoins] = useState<Join[]>(joinsOf(draft));
  const [columns, setColumns] = useState<Chosen[]>([
    ...(draft?.columns.map(({ from, as }) => ({ place: from, as: as ?? ('value' as const) })) ?? []),
    ...(draft?.index?.map(({ from, base }) => ({ place: from, as: 'value' as const, base })) ?? []),
  ]);
  const [counts, setCounts] = useState(draft?.count !== undefined);
  const [copies, setCopies] = useState(draft?.kind === 'extract');
  const [key, setKey] = useState(() => draft?.columns.find(({ name: own }) => own === draft.key)?.from ?? '');
  const [purposes, setPurposes] = useState<string[]>(draft?.purposes ?? []);
  const [find, setFind] = useState('');
  const items = useApi(`theme-items ${find.trim()}`, (signal) =>
    read(api.GET('/api/catalog/items', { params: { query: find.trim() ? { q: find.trim() } : {} }, signal })),
  );
  const known = useApi('all-purposes', (signal) =>
    read(api.GET('/api/access/purposes', { params: { query: { all: '1' } }, signal })),
  );
  const details = useApi(`theme-inputs ${inputs.map(({ resource }) => resource).join(' ')}`, async (signal) => {
    const found = inputs.map(({ resource }) =>
      resource ? read(api.GET('/api/catalog/items/{id}', { params: { path: { id: resource } }, signal })) : null,
    );
    return Promise.all(found);
  });
  const fieldsOf = (at: number): Item['fields'] => details.data?.[at]?.fields ?? [];
  const body = (): { title: { zh: string; en: string }; field: string; definition: ThemeDefinition } => ({
    title: { zh: zh.trim(), en: en.trim() || zh.trim() },
    field,
    definition: definitionOf({ draft, inputs, joins, columns, counts, copies, key, purposes, fieldsOf }),
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
  // A name of an input stays with its resource: its grant does. Another resource gets a name that was never used here.
  const setInput = (at: number, resource: string) => {
    const before = inputs[at]?.as ?? '';
    const stored = draft?.inputs.find(({ as }) => as === before);
    const as = stored && stored.resource !== resource ? freeAlias(inputs, draft) : before;
    setInputs(inputs.map((each, place) => (place === at ? { as, resource } : each)));
    setColumns(columns.filter(({ place }) => !place.startsWith(`${before}.`)));
    setJoins(joins.filter(({ left, right }) => ![left, right].some((place) => place.startsWith(`${before}.`))));
  };
  const toggle = (place: string) =>
    setColumns(
      columns.some((each) => each.place === place)
        ? columns.filter((each) => each.place !== place)
        : [...columns, { place, as: 'value' }],
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
        {inputs.map(({ resource }, at) => (
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
        {inputs.length < MOST_INPUTS && (
          <button type="button" onClick={() => setInputs([...inputs, { as: freeAlias(inputs, draft), resource: '' }])}>
            {t('addInput')}
          </button>
        )}
      </fieldset>
      {inputs.length > 1 && (
        <fieldset>
          <legend>{t('joins')}</legend>
          {inputs.slice(1).map((_, index) => {
            const at = index + 1;
            const own = inputs[at]?.as ?? '';
            const found = joins.find(({ right }) => right.startsWith(`${own}.`));
            const join = found ?? { left: '', right: `${own}.`, required: false };
            const change = (more: Partial<Join>) =>
              setJoins([...joins.filter((each) => each !== found), { ...join, ...more }]);
            return (
              <div className="dc-row" key={at}>
                <label>
                  {t('join', { n: at + 1 })}
                  <Places
                    value={join.right.endsWith('.') ? '' : join.right}
                    from={[at]}
                    inputs={inputs}
                    fieldsOf={fieldsOf}
                    onChange={(right) => change({ right: right || `${own}.` })}
                  />
                </label>
                <label>
                  {t('equals')}
                  <Places
                    value={join.left}
                    from={inputs.slice(0, at).map((__, place) => place)}
                    inputs={inputs}
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
        {inputs.map(({ as, resource }, at) => (
          <div className="dc-ticks" key={resource || at} role="group" aria-label={t('input', { n: at + 1 })}>
            {fieldsOf(at).map((each) => {
              const place = `${as}.${each.name}`;
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
                        checked={chosen.as === 'year'}
                        onChange={() =>
                          setColumns(
                            columns.map((c) =>
                              c.place === place ? { ...c, as: c.as === 'year' ? 'value' : 'year' } : c,
                            ),
                          )
                        }
                      />
                      {t('year')}
                    </label>
                  )}
                  {chosen && at === 0 && !counts && (
                    <select
                      aria-label={t('baseOf', { name: say(each.title) })}
                      value={chosen.base ?? ''}
                      onChange={(event) =>
                        setColumns(
                          columns.map((c) =>
                            c.place === place
                              ? { place, as: 'value', base: BASES.find((b) => b === event.target.value) }
                              : c,
                          ),
                        )
                      }
                    >
                      <option value="">{t('bases.none')}</option>
                      {BASES.map((base) => (
                        <option key={base} value={base}>
                          {t(`bases.${base}`)}
                        </option>
                      ))}
                    </select>
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
                  {titleAt(place, inputs, fieldsOf, say)}
                </option>
              ))}
            </select>
          </span>
        </label>
        <label className="choice">
          <input type="radio" name={`${id}-rows`} checked={counts} onChange={() => setCounts(true)} />
          <span>{t('asCount')}</span>
        </label>
        <label className="dc-tick">
          <input type="checkbox" checked={copies} onChange={(event) => setCopies(event.target.checked)} />
          {t('copies')}
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

function titleAt(place: string, inputs: readonly Input[], fieldsOf: FieldsOf, say: Say): string {
  const [alias = '', name = ''] = place.split('.');
  const field = fieldsOf(inputs.findIndex(({ as }) => as === alias)).find((each) => each.name === name);
  return field ? say(field.title) : place;
}

function Places({
  value,
  from,
  inputs,
  fieldsOf,
  onChange,
}: {
  value: string;
  from: readonly number[];
  inputs: readonly Input[];
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
          const place = `${inputs[at]?.as ?? ''}.${field.name}`;
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

/** A letter that names no input, now or in the stored draft. */
function freeAlias(inputs: readonly Input[], draft: ThemeDefinition | undefined): string {
  const used = new Set([...inputs, ...(draft?.inputs ?? [])].map(({ as }) => as));
  return ALIASES.find((letter) => !used.has(letter)) ?? 'z9';
}

const joinsOf = (draft: ThemeDefinition | undefined): Join[] =>
  draft?.joins.map(({ left, right, required }) => ({ left, right, required })) ?? [];

function definitionOf(drawn: {
  draft: ThemeDefinition | undefined;
  inputs: readonly Input[];
  joins: readonly Join[];
  columns: readonly Chosen[];
  counts: boolean;
  copies: boolean;
  key: string;
  purposes: string[];
  fieldsOf: FieldsOf;
}): ThemeDefinition {
  const { draft, inputs, joins, columns, counts, copies, key, purposes, fieldsOf } = drawn;
  const used = new Set<string>();
  const all = columns.map(({ place, as, base }) => {
    const [alias = '', field = ''] = place.split('.');
    const stored = (base ? draft?.index : draft?.columns)?.find((each) => each.from === place);
    const free = used.has(field) ? `${field}${alias.toUpperCase()}` : field;
    const name = stored && !used.has(stored.name) ? stored.name : free;
    used.add(name);
    const at = inputs.findIndex((each) => each.as === alias);
    const title = stored?.title ?? fieldsOf(at).find((each) => each.name === field)?.title ?? { zh: field, en: field };
    return { base, column: { name, title, from: place, ...(as === 'value' ? {} : { as }) } };
  });
  const named = all.flatMap(({ base, column }) => (base && !counts ? [] : [column]));
  const index = counts ? [] : all.flatMap(({ base, column }) => (base ? [{ ...column, base }] : []));
  const known = new Set(inputs.filter(({ resource }) => resource).map(({ as }) => as));
  const whole = (place: string) => known.has(place.split('.')[0] ?? '') && !place.endsWith('.');
  return {
    kind: index.length > 0 ? 'index' : copies ? 'extract' : 'associate',
    inputs: inputs.filter(({ resource }) => resource),
    joins: joins.filter(({ left, right }) => whole(left) && whole(right)),
    columns: named,
    ...(index.length > 0 ? { index: index.map(({ name, title, from, base }) => ({ name, title, from, base })) } : {}),
    ...(counts
      ? { count: draft?.count ?? { name: 'total', title: { zh: '数量', en: 'Number' } } }
      : { key: named.find(({ from }) => from === key)?.name }),
    purposes,
    ...(draft?.level ? { level: draft.level } : {}),
  };
}
