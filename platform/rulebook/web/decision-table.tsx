import type { KeyboardEvent } from 'react';
import type { Reply } from '#web/client/reply.ts';
import { useEditTexts } from './edit-texts.ts';

export type Decision = Reply<'/api/rulebook/decisions/{id}'>;
export type Table = NonNullable<Decision['table']>;
export type Check = NonNullable<Decision['check']>;
type Rule = Table['rules'][number];

/** Name of a column, for people. */
export const nameOf = (table: Table, column: number): string => {
  const input = table.inputs[column];
  if (input) return input.label || input.expression;
  const output = table.outputs[column - table.inputs.length];
  return output?.label || output?.name || '';
};

/**
 * The table as a grid (决策表). Without `onChange` it is for reading. A cell is one line of FEEL; Enter and the arrows move between rows as
 * in a spreadsheet.
 */
export function DecisionTable({
  table,
  check,
  onChange,
}: {
  table: Table;
  check?: Check | null;
  onChange?: (table: Table) => void;
}) {
  const { t } = useEditTexts();
  const columns = [...table.inputs.keys(), ...table.outputs.keys()].length;
  const faults = new Set(check?.faults.map(({ row, column }) => `${row}:${column}`));
  const clashing = new Set(check?.analysis.overlaps.filter(({ conflict }) => conflict).flatMap(({ rows }) => rows));
  const setRule = (at: number, change: (rule: Rule) => Rule): void =>
    onChange?.({ ...table, rules: table.rules.map((rule, i) => (i === at ? change(rule) : rule)) });
  const setCell = (at: number, column: number, text: string): void =>
    setRule(at, (rule) =>
      column < table.inputs.length
        ? { ...rule, inputs: rule.inputs.with(column, text) }
        : { ...rule, outputs: rule.outputs.with(column - table.inputs.length, text) },
    );
  const move = (at: number, by: number): void => {
    const rules = [...table.rules];
    const [taken] = rules.splice(at, 1);
    if (taken) rules.splice(at + by, 0, taken);
    onChange?.({ ...table, rules });
  };
  const keys = (event: KeyboardEvent<HTMLInputElement>, at: number, column: number): void => {
    const to = event.key === 'ArrowUp' ? at - 1 : event.key === 'ArrowDown' || event.key === 'Enter' ? at + 1 : at;
    if (to === at || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (event.key === 'Enter' && to === table.rules.length) onChange?.(withRow(table));
    requestAnimationFrame(() => document.getElementById(cellId(to, column))?.focus());
  };
  const cell = (text: string, at: number, column: number) => {
    const faulty = faults.has(`${at + 1}:${column}`);
    if (!onChange) return <code className={text.trim() === '-' || text === '' ? 'soft' : ''}>{text || '-'}</code>;
    return (
      <input
        id={cellId(at, column)}
        value={text}
        aria-label={t('cell', { n: at + 1, name: nameOf(table, column) })}
        aria-invalid={faulty}
        spellCheck={false}
        autoComplete="off"
        maxLength={1000}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setCell(at, column, event.target.value)}
        onKeyDown={(event) => keys(event, at, column)}
      />
    );
  };
  return (
    <div className="table-scroll decision-grid" tabIndex={0} role="region" aria-label={t('table')}>
      <table>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {t('row')}
            </th>
            <th scope="colgroup" colSpan={table.inputs.length}>
              {t('condition')}
            </th>
            <th scope="colgroup" colSpan={table.outputs.length} className="is-result">
              {t('result')}
            </th>
            <th scope="col" rowSpan={2}>
              {t('note')}
            </th>
            {onChange && (
              <th scope="col" rowSpan={2}>
                <span className="hidden">{t('edit')}</span>
              </th>
            )}
          </tr>
          <tr>
            {Array.from({ length: columns }, (_, column) => (
              <Head
                key={headKey(column)}
                table={table}
                column={column}
                faulty={faults.has(`0:${column}`)}
                onChange={onChange}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rules.map((rule, at) => (
            <tr
              key={headKey(at)}
              className={
                clashing.has(at + 1) ? 'is-clashing' : check?.analysis.unreachable.includes(at + 1) ? 'is-vain' : ''
              }
            >
              <th scope="row">{at + 1}</th>
              {rule.inputs.map((text, i) => (
                <td key={headKey(i)}>{cell(text, at, i)}</td>
              ))}
              {rule.outputs.map((text, i) => (
                <td key={headKey(i)} className="is-result">
                  {cell(text, at, table.inputs.length + i)}
                </td>
              ))}
              <td className="is-note">
                {onChange ? (
                  <input
                    value={rule.note ?? ''}
                    aria-label={t('cell', { n: at + 1, name: t('note') })}
                    maxLength={1000}
                    onChange={(event) => setRule(at, (before) => ({ ...before, note: event.target.value }))}
                  />
                ) : (
                  rule.note
                )}
              </td>
              {onChange && (
                <td className="row-acts">
                  <button
                    type="button"
                    className="quiet"
                    disabled={at === 0}
                    onClick={() => move(at, -1)}
                    aria-label={t('up', { n: at + 1 })}
                  >
                    ↑
                  </button>
                  <button
                    type="button"
                    className="quiet"
                    disabled={at === table.rules.length - 1}
                    onClick={() => move(at, 1)}
                    aria-label={t('down', { n: at + 1 })}
                  >
                    ↓
                  </button>
                  <button
                    type="button"
                    className="quiet"
                    disabled={table.rules.length === 1}
                    onClick={() => onChange({ ...table, rules: table.rules.toSpliced(at, 1) })}
                    aria-label={t('removeRow', { n: at + 1 })}
                  >
                    ✕
                  </button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const cellId = (row: number, column: number): string => `cell-${row}-${column}`;
const headKey = (at: number): string => `at-${at}`;

/** A row of anything, at the end. */
export const withRow = (table: Table): Table => ({
  ...table,
  rules: [...table.rules, { inputs: table.inputs.map(() => '-'), outputs: table.outputs.map(() => '') }],
});

/** The head of a column: what it is called, what it asks, what it may be. */
function Head({
  table,
  column,
  faulty,
  onChange,
}: {
  table: Table;
  column: number;
  faulty: boolean;
  onChange?: (table: Table) => void;
}) {
  const { t } = useEditTexts();
  const input = table.inputs[column];
  const at = column - table.inputs.length;
  const output = table.outputs[at];
  const fields = input
    ? ([
        ['label', input.label],
        ['expression', input.expression],
        ['values', input.values],
      ] as const)
    : ([
        ['label', output?.label],
        ['name', output?.name],
        ['values', output?.values],
        ['default', output?.default],
      ] as const);
  if (!onChange)
    return (
      <th scope="col" className={input ? '' : 'is-result'}>
        {nameOf(table, column)}
        {(input?.values || output?.values) && <small className="soft">{input?.values ?? output?.values}</small>}
        {output?.default && <small className="soft">{`${t('default')} ${output.default}`}</small>}
      </th>
    );
  const set = (field: string, text: string): void =>
    onChange(
      input
        ? { ...table, inputs: table.inputs.map((each, i) => (i === column ? { ...each, [field]: text } : each)) }
        : { ...table, outputs: table.outputs.map((each, i) => (i === at ? { ...each, [field]: text } : each)) },
    );
  const remove = (): void =>
    onChange(
      input
        ? {
            ...table,
            inputs: table.inputs.toSpliced(column, 1),
            rules: table.rules.map((rule) => ({ ...rule, inputs: rule.inputs.toSpliced(column, 1) })),
          }
        : {
            ...table,
            outputs: table.outputs.toSpliced(at, 1),
            rules: table.rules.map((rule) => ({ ...rule, outputs: rule.outputs.toSpliced(at, 1) })),
          },
    );
  const last = input ? table.inputs.length === 1 : table.outputs.length === 1;
  return (
    <th scope="col" className={input ? '' : 'is-result'}>
      <div className="column-head">
        {fields.map(([field, value]) => (
          <label key={field}>
            <span>{t(field)}</span>
            <input
              value={value ?? ''}
              spellCheck={false}
              autoComplete="off"
              aria-invalid={faulty && field !== 'label'}
              onChange={(event) => set(field, event.target.value)}
            />
          </label>
        ))}
        {!last && (
          <button
            type="button"
            className="quiet"
            onClick={remove}
            aria-label={t('removeColumn', { name: nameOf(table, column) })}
          >
            ✕
          </button>
        )}
      </div>
    </th>
  );
}
