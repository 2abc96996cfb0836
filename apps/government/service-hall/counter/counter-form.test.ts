import { expect, it } from 'vitest';
import { formOf } from '#platform/service/form-merge.ts';
import type { Origin, Prefill } from '#platform/service/form-prefill.ts';
import { viewOf } from '#platform/service/form-view.ts';
import type { Draft } from './counter-draft.ts';
import { fillIn } from './counter-form.ts';

const title = { zh: '电话', en: 'Phone' };
const form = formOf('relief', [{ element: 'phone', title, group: 'applicant', type: 'text', required: true }]);
const view = viewOf({ items: [], chosen: new Map(), form });
const prefillOf = (state: Origin['state']): Prefill => ({
  values: { 'population.resident': { phone: '13800000000' }, 'legal-entity.entity': null },
  origins: [
    {
      element: 'phone',
      resource: 'population.resident',
      field: 'phone',
      unit: 'public-security',
      source: title,
      receivedAt: '2026-11-26T00:00:00.000Z',
      state,
      dispute: { base: 'population', attribute: 'phone' },
    },
  ],
});
const fill = (state: Origin['state'], before?: Draft) =>
  fillIn({ view, form, prefill: prefillOf(state), card: {}, earlier: {}, before });
const typedOver = (draft: Draft): Draft => ({
  ...draft,
  fields: draft.fields.map((field) => ({
    ...field,
    value: '13900000000',
    origin: { kind: 'clerk', from: null, at: null },
  })),
});

it('keeps what was typed over a value under dispute when the form is opened again, and never over a verified one', () => {
  const first = fill('disputed');
  expect(first.fields).toMatchObject([{ value: '13800000000', origin: { kind: 'record' }, verified: false }]);
  expect(fill('disputed', typedOver(first)).fields).toMatchObject([
    { value: '13900000000', origin: { kind: 'clerk' }, verified: false },
  ]);
  expect(fill('verified', typedOver(first)).fields).toMatchObject([{ value: '13800000000', verified: true }]);
});
