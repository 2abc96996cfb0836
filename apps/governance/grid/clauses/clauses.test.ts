import { describe, expect, it } from 'vitest';
import { citationOf, findClauses } from './clauses.ts';
import { writeDocument } from './write-document.ts';

const on = '2026-11-27';

describe('provisions', () => {
  it('are found by class, those of every class last, and by words', () => {
    const covers = findClauses({ on, class: 'P0101' });
    expect(covers.map(({ id }) => id)).toEqual(expect.arrayContaining(['road-23', 'civil-1258', 'shanghai-grid']));
    expect(covers[0]?.classes).not.toContain('*');
    expect(findClauses({ on, words: '检查井 产权单位' }).map(({ id }) => id)).toEqual(['road-23']);
    expect(findClauses({ on: '1990-01-01' }).length).toBe(0);
  });

  it('claim no verification and no article that nobody knows, and stand once each', () => {
    const all = findClauses({ on });
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.length).toBeGreaterThanOrEqual(15);
    for (const clause of all) {
      expect(clause.verified).toBe(false);
      if (clause.article === null) expect(citationOf(clause)).toContain('条号待核');
      else expect(clause.article).toMatch(/^第[一二三四五六七八九十百千]+条$/);
    }
  });
});

describe('a document from a case', () => {
  const facts = {
    today: on,
    unit: '瑞金二路街道办事处',
    case: { no: 'AJ1', className: '井盖缺损', description: '路口井盖没有了', place: '雁荡路', reportedAt: on },
    clauses: findClauses({ on, ids: ['road-23'] }),
    evidence: [{ file: 'f', name: '现场.jpg', sha256: 'a'.repeat(64), sm3: 'b'.repeat(64) }],
  };

  it('holds case, basis with its doubt, and the digests of the evidence', () => {
    const { title, text } = writeDocument({ ...facts, kind: 'rectify', due: '2026-12-04' });
    expect(title).toBe('责令改正通知书');
    for (const part of [
      'AJ1',
      '《城市道路管理条例》（国务院令第198号）第二十三条【待核】',
      '2026-12-04',
      facts.evidence[0]?.sha256,
      facts.evidence[0]?.sm3,
    ])
      expect(text).toContain(part);
  });

  it('leaves blank what the platform does not know', () => {
    const { text } = writeDocument({ ...facts, kind: 'record', clauses: [], evidence: [] });
    expect(text).toContain('被检查人：＿＿＿＿＿＿');
    expect(text).toContain('附：证据清单（文件摘要）\n无');
  });
});
