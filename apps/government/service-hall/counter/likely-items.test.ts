import { expect, it } from 'vitest';
import { likelyItems } from './likely-items.ts';

const words = (zh: string) => ({ zh, en: zh });
const items = [
  { code: 'A', title: words('居住证续签'), certificateType: 'T1', ofFamily: false },
  { code: 'B', title: words('临时救助'), certificateType: null, ofFamily: true },
  { code: 'C', title: words('老年综合津贴'), certificateType: null, ofFamily: true },
];
const certificate = (validUntil: string | null, state = 'in-force') => ({
  type: 'T1',
  title: words('居住证'),
  state,
  validUntil,
});

it('proposes what waits, then what ends soon, then what the ticket is for, each with its reason', () => {
  const found = likelyItems({
    today: '2026-11-26',
    cases: [
      { code: '1', title: words('户口迁入'), waits: true },
      { code: '2', title: words('婚姻登记'), waits: false },
    ],
    certificates: [certificate('2027-01-01')],
    family: 'civil',
    items,
  });
  expect(found.map(({ code, reason }) => [code, reason.kind])).toEqual([
    [null, 'correction'],
    ['A', 'expires'],
    ['B', 'ticket'],
    ['C', 'ticket'],
  ]);
});

it('knows nothing to propose of somebody without ticket, case or ending certificate', () => {
  const certificates = [certificate('2028-01-01'), certificate(null), certificate('2026-12-01', 'revoked')];
  expect(likelyItems({ today: '2026-11-26', cases: [], certificates, family: null, items })).toEqual([]);
});
