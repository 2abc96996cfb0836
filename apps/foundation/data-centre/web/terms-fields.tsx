import { useTranslation } from 'react-i18next';
import { LevelMark } from './marks.tsx';
import { type Text, useLanguage, usePurposes } from './use-names.ts';

export type FieldName = { name: string; title: Text; level: string };
/** What is asked for or given: the ticks, the one row filter that a form edits, and the last day. */
export type Terms = {
  fields: ReadonlySet<string>;
  purposes: ReadonlySet<string>;
  until: string;
  filter: { field: string; values: string };
};

/** A date is valid to the end of that day in the district (UTC+8). */
export const endOfDay = (date: string): string | null =>
  date ? new Date(`${date}T23:59:59+08:00`).toISOString() : null;

/** The filter as the server takes it; none where a field or its values are missing. */
export function rowFilterOf({ filter }: Terms): { field: string; in: string[] }[] {
  const values = filter.values.split(/[,，、\s]+/).filter(Boolean);
  return filter.field && values.length > 0 ? [{ field: filter.field, in: values }] : [];
}

const toggled = (set: ReadonlySet<string>, name: string): Set<string> => {
  const next = new Set(set);
  if (!next.delete(name)) next.add(name);
  return next;
};

/** Fields and purposes to tick, last day and row filter (共享范围): the same for who asks and for who approves. */
export function TermsFields({
  id,
  terms,
  onChange,
  offered,
  fields,
  untilLabel,
  children,
}: {
  id: string;
  terms: Terms;
  onChange: (terms: Terms) => void;
  /** What may be ticked. */
  offered: { fields: readonly string[]; purposes: readonly string[] };
  fields: readonly FieldName[];
  untilLabel: string;
  /** What belongs between fields and purposes. */
  children?: React.ReactNode;
}) {
  const { t } = useTranslation('data-centre');
  const { say } = useLanguage();
  const purposeTitle = usePurposes();
  const known = (name: string) => fields.find((field) => field.name === name);
  const change = (more: Partial<Terms>) => onChange({ ...terms, ...more });
  const { filter } = terms;
  return (
    <>
      <fieldset className="dc-ticks" id={`${id}/fields`} tabIndex={-1}>
        <legend>{t('grant.fields')}</legend>
        {offered.fields.map((name) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={terms.fields.has(name)}
              onChange={() => change({ fields: toggled(terms.fields, name) })}
            />{' '}
            {say(known(name)?.title ?? { zh: name, en: name })} <LevelMark level={known(name)?.level ?? ''} short />
          </label>
        ))}
      </fieldset>
      {children}
      <fieldset className="dc-ticks" id={`${id}/purposes`} tabIndex={-1}>
        <legend>{t('grant.purposes')}</legend>
        {offered.purposes.map((code) => (
          <label key={code}>
            <input
              type="checkbox"
              checked={terms.purposes.has(code)}
              onChange={() => change({ purposes: toggled(terms.purposes, code) })}
            />{' '}
            {purposeTitle(code)}
          </label>
        ))}
      </fieldset>
      <div className="dc-row">
        <label>
          {untilLabel}
          <input type="date" value={terms.until} onChange={(event) => change({ until: event.target.value })} />
        </label>
        <label>
          {t('grant.filterField')}
          <select
            value={filter.field}
            onChange={(event) => change({ filter: { ...filter, field: event.target.value } })}
          >
            <option value="">{t('grant.filterNone')}</option>
            {fields.map((field) => (
              <option key={field.name} value={field.name}>
                {say(field.title)}
              </option>
            ))}
          </select>
        </label>
        {filter.field && (
          <label>
            {t('grant.filterValues')}
            <input
              value={filter.values}
              onChange={(event) => change({ filter: { ...filter, values: event.target.value } })}
            />
          </label>
        )}
      </div>
    </>
  );
}
