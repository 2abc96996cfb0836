import { expect, it } from 'vitest';
import type { DraftField } from './counter-draft.ts';
import { verifiedByCard } from './send-session.ts';

const session = { card: 'read' as const, mandate: null, unit: 'street-310101021' };
const holder = { name: '样例', number: '310199199001011234', nation: '汉族' };
const field = (element: string, value: string, kind: 'card' | 'clerk'): DraftField => ({
  element,
  title: { zh: element, en: element },
  group: 'applicant',
  type: 'text',
  required: true,
  choices: null,
  value,
  origin: { kind, from: null, at: null },
  verified: false,
});

it('files as verified by the card what the person saw as the card’s, and not what they confirmed otherwise', () => {
  const fields = [field('name', '样例', 'card'), field('nation', '回族', 'clerk')];
  const known = verifiedByCard(session, holder, { fields });
  expect(known.name).toMatchObject({ value: '样例', state: 'verified' });
  expect(known.nation).toBeUndefined();
  // What the form does not show at all is said by the card alone.
  expect(known['id-number']).toMatchObject({ value: '310199199001011234' });
});

it('takes the word of a clerk who typed, and the card of a helper, for no proof', () => {
  expect(verifiedByCard({ ...session, card: 'manual' }, holder, { fields: [] })).toEqual({});
  expect(verifiedByCard({ ...session, mandate: 'some' }, holder, { fields: [] })).toEqual({});
});
