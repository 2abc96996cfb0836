import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, read, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { FormErrors } from '#web/design/form-errors.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useFieldErrors } from './field-errors.ts';
import { useLanguage } from './use-names.ts';

export type FormCell = Reply<'/api/catalog/reports/{form}'>['cells'][number];
type Mapping = NonNullable<FormCell['mapping']>;
type Filter = Mapping['filters'][number];
const MEASURES = ['count', 'distinct', 'sum', 'share'] as const;
const OPS = ['in', 'not-in', 'from', 'before', 'filled', 'empty'] as const;
const valued = (op: Filter['op']): boolean => op !== 'filled' && op !== 'empty';

/** Where the number of a cell comes from (设置取数): an item, a measure, conditions; or by hand. */
export function CellMapper({ cell, form, onDone }: { cell: FormCell; form: string; onDone: () => void }) {
  const { t } = useTranslation('data-care');
  const { say } = useLanguage();
  const id = useId();
  const [mapping, setMapping] = useState<Mapping>(cell.mapping ?? { resource: '', measure: 'count', filters: [] });
  const set = (more: Partial<Mapping>) => setMapping((old) => ({ ...old, ...more }));
  const items = useApi('mapper-items', (signal) =>
    read(api.GET('/api/catalog/items', { params: { query: { held: 'here' } }, signal })),
  );
  const known = /^[a-z][a-z0-9-]*\.[a-z0-9.-]+$/.test(mapping.resource);
  const item = useApi(known ? `item ${mapping.resource}` : null, (signal) =>
    read(api.GET('/api/catalog/items/{id}', { params: { path: { id: mapping.resource } }, signal })),
  );
  const fields = item.data?.fields ?? [];
  const { busy, problem, submit } = useSubmit((body: { mapping: Mapping | null }, _header) =>
    read(
      api.PUT('/api/catalog/reports/{form}/cells/{code}', {
        params: { path: { form, code: cell.code } },
        body,
      }),
    ),
  );
  const errors = useFieldErrors(problem, (pointer) => `${id}${pointer.replace('/mapping', '')}`);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (await submit({ mapping })) onDone();
  };
  const filters = (name: 'filters' | 'of', list: readonly Filter[]) => (
    <Filters
      id={`${id}/${name}`}
      label={t(name === 'of' ? 'report.part' : 'report.filters')}
      filters={list}
      fields={fields}
      onChange={(next) => set({ [name]: next })}
    />
  );
  return (
    <form className="dc-form" aria-label={`${t('report.mapper')} ${cell.code}`} onSubmit={(event) => void save(event)}>
      <FormErrors errors={errors} />
      {problem && errors.length === 0 && <RefusalPanel problem={problem} />}
      <div className="care-form-grid">
        <label className="field">
          {t('report.resource')}
          <input
            id={`${id}/resource`}
            list={`${id}-items`}
            required
            value={mapping.resource}
            onChange={(event) => set({ resource: event.target.value.trim() })}
          />
          <datalist id={`${id}-items`}>
            {items.data?.items.map((each) => (
              <option key={each.id} value={each.id}>
                {say(each.title)}
              </option>
            ))}
          </datalist>
          {item.data && <small className="soft">{say(item.data.title)}</small>}
        </label>
        <label className="field">
          {t('report.measure')}
          <select
            value={mapping.measure}
            onChange={(event) => {
              const measure = event.target.value as Mapping['measure'];
              const { of: _of, field: _field, ...rest } = mapping;
              setMapping({ ...rest, measure, ...(measure === 'share' && { of: mapping.of ?? [] }) });
            }}
          >
            {MEASURES.map((measure) => (
              <option key={measure} value={measure}>
                {t(`report.measures.${measure}`)}
              </option>
            ))}
          </select>
        </label>
        {(mapping.measure === 'distinct' || mapping.measure === 'sum') && (
          <label className="field">
            {t('report.field')}
            <select
              id={`${id}/field`}
              value={mapping.field ?? ''}
              onChange={(event) => set({ field: event.target.value })}
            >
              <option value="">{t('register.choose')}</option>
              {fields.map((field) => (
                <option key={field.name} value={field.name}>
                  {say(field.title)}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      {filters('filters', mapping.filters)}
      {mapping.measure === 'share' && filters('of', mapping.of ?? [])}
      <div className="acts">
        <button type="submit" className="primary" disabled={busy}>
          {t('report.save')}
        </button>
        {cell.mapping && (
          <button
            type="button"
            disabled={busy}
            onClick={() => void submit({ mapping: null }).then((done) => done && onDone())}
          >
            {t('report.unmap')}
          </button>
        )}
      </div>
    </form>
  );
}

function Filters(props: {
  id: string;
  label: string;
  filters: readonly Filter[];
  fields: readonly { name: string; title: { zh: string; en: string } }[];
  onChange: (filters: Filter[]) => void;
}) {
  const { id, label, filters, fields, onChange } = props;
  const { t } = useTranslation('data-care');
  const { say } = useLanguage();
  const change = (at: number, more: Partial<Filter>) =>
    onChange(filters.map((filter, each) => (each === at ? { ...filter, ...more } : filter)));
  return (
    <fieldset id={id} tabIndex={-1} className="dc-reasons">
      <legend>{label}</legend>
      {filters.map((filter, at) => (
        <div className="care-filter" key={at}>
          <select
            aria-label={t('report.field')}
            value={filter.field}
            onChange={(event) => change(at, { field: event.target.value })}
          >
            {!fields.some(({ name }) => name === filter.field) && <option value={filter.field}>{filter.field}</option>}
            {fields.map((field) => (
              <option key={field.name} value={field.name}>
                {say(field.title)}
              </option>
            ))}
          </select>
          <select
            aria-label={t('report.measure')}
            value={filter.op}
            onChange={(event) => {
              const op = event.target.value as Filter['op'];
              const { values: _values, ...rest } = filter;
              onChange(
                filters.map((each, place) =>
                  place === at ? { ...rest, op, ...(valued(op) && { values: filter.values ?? [''] }) } : each,
                ),
              );
            }}
          >
            {OPS.map((op) => (
              <option key={op} value={op}>
                {t(`report.op.${op}`)}
              </option>
            ))}
          </select>
          {valued(filter.op) && (
            <input
              id={`${id}/${at}/values`}
              aria-label={t('report.value')}
              placeholder={t('report.value')}
              value={filter.values?.join(',') ?? ''}
              onChange={(event) => change(at, { values: event.target.value.split(/[,，]/).map((each) => each.trim()) })}
            />
          )}
          <button
            type="button"
            className="quiet"
            aria-label={t('cancel')}
            onClick={() => onChange(filters.filter((_each, place) => place !== at))}
          >
            ×
          </button>
        </div>
      ))}
      <button
        type="button"
        disabled={fields.length === 0}
        onClick={() => onChange([...filters, { field: fields[0]?.name ?? '', op: 'in', values: [''] }])}
      >
        {t('report.addFilter')}
      </button>
    </fieldset>
  );
}
