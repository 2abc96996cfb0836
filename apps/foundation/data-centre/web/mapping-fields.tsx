import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readCodes, writeCodes } from './codes.ts';
import type { Mapping, MappingView } from './shapes.ts';
import { useLanguage } from './use-names.ts';

type From = { column?: string; constant?: string; values?: Record<string, string> };
const CONSTANT = ' constant';

/** One row a target field: which column fills it, or what fixed value, and which words mean which codes. */
export function FieldRows({
  fields,
  columns,
  mapping,
  onChange,
}: {
  fields: MappingView['fields'];
  columns: readonly string[];
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}) {
  const { t } = useTranslation('data-centre');
  const sources = mapping.fields as Record<string, From>;
  const set = (name: string, from: From | undefined) => {
    const next = { ...sources };
    if (from) next[name] = from;
    else delete next[name];
    onChange({ ...mapping, fields: next });
  };
  return (
    <div className="table table-scroll" tabIndex={0} role="region" aria-label={t('mapping.title')}>
      <table className="dc-mapping">
        <thead>
          <tr>
            <th scope="col">{t('mapping.field')}</th>
            <th scope="col">{t('mapping.column')}</th>
            <th scope="col">
              {t('mapping.values')} <small className="soft">{t('mapping.valuesHelp')}</small>
            </th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <FieldRow
              key={field.name}
              field={field}
              columns={columns}
              from={sources[field.name]}
              onChange={(from) => set(field.name, from)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function FieldRow({
  field,
  columns,
  from,
  onChange,
}: {
  field: MappingView['fields'][number];
  columns: readonly string[];
  from: From | undefined;
  onChange: (from: From | undefined) => void;
}) {
  const { t } = useTranslation('data-centre');
  const { say } = useLanguage();
  const [codes, setCodes] = useState(writeCodes(from?.values));
  const chosen = from?.constant !== undefined ? CONSTANT : (from?.column ?? '');
  const absent = from?.column !== undefined && from.column !== '*' && !columns.includes(from.column);
  const choose = (value: string) =>
    onChange(
      value === ''
        ? undefined
        : value === CONSTANT
          ? { constant: '' }
          : { ...(from?.values ? { values: from.values } : {}), column: value },
    );
  return (
    <tr data-unset={from === undefined}>
      <th scope="row">
        {say(field.title)}
        {field.required && <small className="dc-required">{t('mapping.required')}</small>}
        <br />
        <code>{field.name}</code>
      </th>
      <td>
        <select
          id={`map-${field.name}`}
          aria-label={say(field.title)}
          aria-invalid={absent}
          value={chosen}
          onChange={(event) => choose(event.target.value)}
        >
          <option value="">{t('mapping.none')}</option>
          {absent && from?.column && <option value={from.column}>{from.column}</option>}
          {columns.map((column) => (
            <option key={column} value={column}>
              {column}
            </option>
          ))}
          <option value={CONSTANT}>{t('mapping.constant')}</option>
          {(field.type === 'json' || from?.column === '*') && <option value="*">{t('mapping.rest')}</option>}
        </select>
        {absent && <small className="field-error"> {t('mapping.absent')}</small>}
        {chosen === CONSTANT && (
          <input
            aria-label={`${say(field.title)} ${t('mapping.constantValue')}`}
            value={from?.constant ?? ''}
            onChange={(event) => onChange({ constant: event.target.value })}
          />
        )}
      </td>
      <td>
        {from?.column && (
          <input
            className="dc-codes"
            aria-label={`${say(field.title)} ${t('mapping.values')}`}
            value={codes}
            onChange={(event) => {
              setCodes(event.target.value);
              const values = readCodes(event.target.value);
              onChange({ column: from.column, ...(values ? { values } : {}) });
            }}
          />
        )}
      </td>
    </tr>
  );
}
