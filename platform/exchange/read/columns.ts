import { ReadError } from '#platform/exchange/read/read-error.ts';

/**
 * Column names from the cells of a header: trimmed; empty ones at the end are dropped, empty ones between get `列3`. Two
 * columns of one name are refused: nobody could say which one a mapping means.
 */
export function headerColumns(cells: readonly string[], line: number): string[] {
  const names = cells.map((cell) => cell.replace(/[\s\u3000]+/g, ' ').trim());
  while (names.at(-1) === '') names.pop();
  if (names.length === 0) {
    throw new ReadError({ code: 'no-header', line, text: { zh: '没有表头', en: 'there is no header' } });
  }
  const seen = new Map<string, number>();
  return names.map((given, index) => {
    const name = given === '' ? `列${index + 1}` : given;
    if (name === '__proto__') {
      throw new ReadError({
        code: 'column-name',
        line,
        text: { zh: `列名“${name}”不可用`, en: `the column name "${name}" cannot be used` },
      });
    }
    const other = seen.get(name);
    if (other !== undefined) {
      throw new ReadError({
        code: 'duplicate-column',
        line,
        text: {
          zh: `第 ${other + 1} 列和第 ${index + 1} 列都叫“${name}”，请改名后重新上传`,
          en: `columns ${other + 1} and ${index + 1} are both called "${name}"; rename one and upload again`,
        },
      });
    }
    seen.set(name, index);
    return name;
  });
}
