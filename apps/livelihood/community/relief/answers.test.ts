import { describe, expect, it } from 'vitest';
import type { AppField } from '#platform/catalog/form/form-for-app.ts';
import { faultsOf } from './answers.ts';

const field = (name: string, more: Partial<AppField> = {}): AppField => ({
  name,
  title: { zh: name, en: name },
  type: 'text',
  choices: null,
  required: true,
  resource: null,
  field: null,
  owner: null,
  take: null,
  live: false,
  ...more,
});
const fields = [
  field('reason'),
  field('income', { type: 'number' }),
  field('kind', { type: 'choice', choices: ['临时救助', '医疗救助'] }),
  field('since', { type: 'date', required: false }),
  field('insured', { type: 'yes-no', live: true }),
];
const asked = new Set(['reason', 'income', 'kind', 'since']);
const good = { reason: '住院', income: 2600, kind: '临时救助' };
const rules = (answers: Parameters<typeof faultsOf>[2]) =>
  faultsOf(fields, asked, answers).map(({ pointer, rule }) => `${pointer} ${rule}`);

describe('answers to a form', () => {
  it('are taken where every required one is there and of its kind', () => {
    expect(rules(good)).toEqual([]);
  });

  it('are refused each at its field: missing, of another kind, not among the choices, no day of the calendar', () => {
    expect(rules({ income: 'viel' as never, kind: '装修补贴', since: '2026-02-30' })).toEqual([
      '/answers/reason required',
      '/answers/income type',
      '/answers/kind type',
      '/answers/since type',
    ]);
  });

  it('are refused to a question that nobody was asked, because the answer comes from its source', () => {
    expect(rules({ ...good, insured: true, other: 'x' })).toEqual([
      '/answers/insured obtained',
      '/answers/other unknown',
    ]);
  });
});
