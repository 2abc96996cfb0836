import { type Check, nameOf, type Table } from './decision-table.tsx';
import { useEditTexts } from './edit-texts.ts';

/** A value as it is typed and shown: texts as they are, everything else as JSON. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return JSON.stringify(value);
  return isJson(value) ? JSON.stringify(value) : value;
}
/** What a typed text means: JSON where it is some, else the text; nothing is null. */
export function valueOf(text: string): unknown {
  if (text.trim() === '') return null;
  return isJson(text) ? (JSON.parse(text) as unknown) : text;
}
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What stands out in a table: contradictions first, then gaps, rows in vain, and what could not be weighed; each with an example. */
export function CheckPanel({ table, check }: { table: Table; check: Check }) {
  const { t } = useEditTexts();
  const { faults, analysis } = check;
  const example = (values: readonly unknown[]): string =>
    t('example', {
      example: values.map((value, i) => `${nameOf(table, i)} = ${textOf(value)}`).join('，'),
      interpolation: { escapeValue: false },
    });
  const conflicts = analysis.overlaps.filter(({ conflict }) => conflict);
  const allowed = analysis.overlaps.filter(({ conflict }) => !conflict);
  return (
    <section className="check-panel" aria-live="polite">
      <h2>{t('analysis')}</h2>
      {faults.length === 0 && check.findings === 0 && <p className="is-good">{`✓ ${t('clean')}`}</p>}
      <ul>
        {faults.map(({ row, column, message }) => (
          <li key={`${row}:${column}`} className="is-bad">
            {row === 0
              ? t('faultHead', { name: nameOf(table, column) })
              : t('fault', { n: row, name: nameOf(table, column) })}
            <small>{message}</small>
          </li>
        ))}
        {conflicts.map(({ rows, example: values }) => (
          <li key={rows.join()} className="is-bad">
            {t('conflict', { a: rows[0], b: rows[1] })}
            <small>{example(values)}</small>
          </li>
        ))}
        {analysis.gaps.map(({ example: values }) => (
          <li key={JSON.stringify(values)} className="is-warn">
            {t('gap')}
            <small>{example(values)}</small>
          </li>
        ))}
        {analysis.unreachable.map((n) => (
          <li key={n} className="is-warn">
            {t('unreachable', { n })}
          </li>
        ))}
        {analysis.unclear.map(({ row, input }) => (
          <li key={`${row}-${input}`} className="is-warn">
            {t('unclear', { n: row, name: nameOf(table, input) })}
          </li>
        ))}
      </ul>
      {!analysis.complete && <p className="soft">{t('incomplete')}</p>}
      {allowed.length > 0 && (
        <details>
          <summary>{t('overlaps', { n: allowed.length })}</summary>
          <ul>
            {allowed.map(({ rows, example: values }) => (
              <li key={rows.join()}>
                {t('overlap', { a: rows[0], b: rows[1] })}
                <small>{example(values)}</small>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
