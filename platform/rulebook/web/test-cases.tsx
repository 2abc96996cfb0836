import { textOf, valueOf } from './check-panel.tsx';
import type { Check, Decision, Table } from './decision-table.tsx';
import { useEditTexts } from './edit-texts.ts';

export type TestCase = Decision['tests'][number];

const SINGLE = new Set(['UNIQUE', 'ANY', 'PRIORITY', 'FIRST']);
const entriesOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
const shownOf = (value: unknown, outputs: Table['outputs']): string =>
  outputs.length > 0 && value !== null
    ? outputs.map(({ name = '' }) => textOf(entriesOf(value)[name]) || 'null').join(' · ')
    : textOf(value) || 'null';

/** The test cases of a decision (测试用例) with what they give at this moment. */
export function TestCases({
  inputs,
  table,
  tests,
  results,
  onChange,
}: {
  inputs: Decision['inputs'];
  /** Where one row with several outputs decides, each output has a column of its own. */
  table: Table | null;
  tests: TestCase[];
  results: Check['tests'];
  onChange?: (tests: TestCase[]) => void;
}) {
  const { t } = useEditTexts();
  const outputs = table && SINGLE.has(table.hitPolicy) && table.outputs.length > 1 ? table.outputs : [];
  const passed = results.filter((result) => result.passed).length;
  const set = (at: number, change: Partial<TestCase>): void =>
    onChange?.(tests.map((test, i) => (i === at ? { ...test, ...change } : test)));
  const field = (text: string, label: string, put: (value: string) => void, kind?: string | null) =>
    onChange ? (
      kind === 'boolean' ? (
        <select value={text} aria-label={label} onChange={(event) => put(event.target.value)}>
          <option value="">-</option>
          <option value="true">true</option>
          <option value="false">false</option>
        </select>
      ) : (
        <input
          defaultValue={text}
          aria-label={label}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => put(event.target.value)}
        />
      )
    ) : (
      <code>{text}</code>
    );
  return (
    <section className="test-cases">
      <h2>{t('tests')}</h2>
      <p className="soft">{tests.length === 0 ? t('noTests') : t('passed', { n: tests.length, m: passed })}</p>
      {tests.length > 0 && (
        <div className="table-scroll" tabIndex={0} role="region" aria-label={t('tests')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('testName')}</th>
                {inputs.map(({ name }) => (
                  <th scope="col" key={name}>
                    {name}
                  </th>
                ))}
                {outputs.length === 0 && <th scope="col">{t('expected')}</th>}
                {outputs.map(({ name = '', label }) => (
                  <th scope="col" key={name}>
                    {t('expectedOf', { name: label || name })}
                  </th>
                ))}
                <th scope="col">{t('got')}</th>
                <th scope="col">{t('state')}</th>
                {onChange && (
                  <th scope="col">
                    <span className="hidden">{t('edit')}</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {tests.map((test, at) => {
                const result = results[at];
                return (
                  <tr key={`case-${at}-${tests.length}`}>
                    <td className="is-name">
                      {onChange ? (
                        <input
                          value={test.name}
                          aria-label={t('cell', { n: at + 1, name: t('testName') })}
                          onChange={(event) => set(at, { name: event.target.value })}
                        />
                      ) : (
                        test.name
                      )}
                    </td>
                    {inputs.map(({ name, type }) => (
                      <td key={name}>
                        {field(
                          textOf(test.input[name]),
                          t('cell', { n: at + 1, name }),
                          (text) => set(at, { input: { ...test.input, [name]: valueOf(text) } }),
                          type,
                        )}
                      </td>
                    ))}
                    {outputs.length === 0 && (
                      <td>
                        {field(textOf(test.expected), t('cell', { n: at + 1, name: t('expected') }), (text) =>
                          set(at, { expected: valueOf(text) }),
                        )}
                      </td>
                    )}
                    {outputs.map(({ name = '', label, typeRef }) => (
                      <td key={name}>
                        {field(
                          textOf(entriesOf(test.expected)[name]),
                          t('cell', { n: at + 1, name: t('expectedOf', { name: label || name }) }),
                          (text) => set(at, { expected: { ...entriesOf(test.expected), [name]: valueOf(text) } }),
                          typeRef,
                        )}
                      </td>
                    ))}
                    <td>
                      <code>{result ? shownOf(result.value, outputs) : ''}</code>
                      {result && !result.passed && result.messages[0] && <small>{result.messages[0]}</small>}
                    </td>
                    <td className={`is-state ${result ? (result.passed ? 'is-good' : 'is-bad') : ''}`}>
                      {result && (result.passed ? t('pass') : t('fail'))}
                    </td>
                    {onChange && (
                      <td>
                        <button
                          type="button"
                          className="quiet"
                          aria-label={t('removeTest', { name: test.name })}
                          onClick={() => onChange(tests.toSpliced(at, 1))}
                        >
                          ✕
                        </button>
                      </td>
                    )}
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {onChange && (
        <button
          type="button"
          onClick={() =>
            onChange([
              ...tests,
              { name: `${t('tests')} ${tests.length + 1}`, input: { ...tests.at(-1)?.input }, expected: null },
            ])
          }
        >
          {t('addTest')}
        </button>
      )}
    </section>
  );
}
