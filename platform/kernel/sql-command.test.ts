import { describe, expect, it } from 'vitest';
import { controlPath } from './control.ts';
import { formatTable, readArguments } from './sql-command.ts';

describe('npm run sql', () => {
  it('reads module, purpose, area and one statement; anything else is shown how', () => {
    expect(
      readArguments(['--as', 'community', '--purpose', 'community-care', '--area', '99', 'select 1']),
    ).toMatchObject({
      module: 'community',
      purpose: 'community-care',
      area: '99',
      statement: 'select 1',
    });
    for (const wrong of [
      [],
      ['select 1'],
      ['--as', 'community'],
      ['--as', 'community', 'select', '1'],
      ['--role', 'x', 'select 1'],
    ]) {
      expect(readArguments(wrong)).toBeUndefined();
    }
  });

  it('aligns Chinese text, shows null, and keeps control characters off the terminal', () => {
    expect(
      formatTable({
        columns: ['pid', '姓名'],
        rows: [
          ['p1', '欧阳'],
          ['p22', null],
          ['p3', 'a\u001b[2J\nb'],
        ],
        more: false,
      }),
    ).toBe([' pid | 姓名', '-----+---------', ' p1  | 欧阳', ' p22 | null', ' p3  | a [2J b', '(3 rows)'].join('\n'));
    expect(formatTable({ columns: [], rows: [], more: false })).toBe('(0 rows)');
  });

  it('keeps its socket short enough for the system', () => {
    expect(controlPath({ dataDir: '/srv/district' })).toBe('/srv/district/control.sock');
    expect(Buffer.byteLength(controlPath({ dataDir: `/srv/${'长'.repeat(60)}` }))).toBeLessThan(100);
  });
});
