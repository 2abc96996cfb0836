import { expect, it } from 'vitest';
import { fillIn, cardValues } from '#apps/government/service-hall/counter/counter-form.ts';
import { prefilledOf } from '#apps/government/service-hall/counter/counter-draft.ts';
import { formOf, mergeForms } from '#platform/service/form-merge.ts';
import type { Prefill } from '#platform/service/form-prefill.ts';
import { viewOf } from '#platform/service/form-view.ts';
import type { PublishedItem } from '#platform/service/item-record.ts';
import { choose } from '#platform/service/item-situation.ts';
import { district } from './district.ts';
import { generateServices } from './generate/service-items.ts';

/*
 * Acceptance P04 6: given known data, at least 80 % of the fields are filled in. Measured on every item of the sample that a person may apply for at any
 * centre, by the rule that the window itself uses. What is known: the record, the card, and what the person answered before.
 */
const items = generateServices({ seed: district.seed }).items.filter(
  ({ definition }) => definition.anyCentre && definition.audience.includes('person'),
);
const RECORD: Record<string, string> = {
  name: '李云琳',
  sex: '2',
  birthDate: '1990-11-29',
  nation: '汉族',
  phone: '19900187187',
  address: '上海市黄浦区人民路68弄1号101室',
  hukouAddress: '上海市浦东新区样例路207号',
};
const card = cardValues({
  name: '李云琳',
  number: '310199199011290025',
  sex: '2',
  birthDate: '1990-11-29',
  nation: '汉族',
  address: '上海市浦东新区样例路207号',
});

type Earlier = Parameters<typeof fillIn>[0]['earlier'];

/** The form of an item for somebody who comes themselves and answers each question by its first choice. */
function formFor(item: (typeof items)[number], earlier: Earlier) {
  const answers: Record<string, string> = {};
  let chosen = choose(item.definition, answers);
  while (chosen.next) {
    answers[chosen.next.id] = chosen.next.options[0]?.value ?? '';
    chosen = choose(item.definition, answers);
  }
  const form = mergeForms([formOf(item.code, chosen.fields)]);
  const published = { code: item.code, version: 1, unit: item.unit, definition: item.definition } as PublishedItem;
  const view = viewOf({ items: [published], chosen: new Map([[item.code, chosen]]), form });
  const origins = form.fields.flatMap(({ element, source }): Prefill['origins'] =>
    source?.resource === 'population.resident' && RECORD[source.field] !== undefined
      ? [
          {
            element,
            resource: source.resource,
            field: source.field,
            unit: 'public-security',
            source: { zh: '样例', en: 'Sample' },
            receivedAt: '2026-01-01T00:00:00.000Z',
            state: 'verified',
            dispute: { base: 'population', attribute: source.field },
          },
        ]
      : [],
  );
  const prefill: Prefill = { values: { 'population.resident': RECORD, 'legal-entity.entity': null }, origins };
  return fillIn({ view, form, prefill, card, earlier, before: undefined });
}

/** Everything that a person has answered once, as another case keeps it. */
function answersOf(fields: ReturnType<typeof formFor>['fields']): Earlier {
  return Object.fromEntries(
    fields.map(({ element, type, choices, value }) => [
      element,
      {
        value:
          value ??
          choices?.[0] ??
          (type === 'number' ? 2 : type === 'yes-no' ? true : type === 'date' ? '2026-01-01' : '样例'),
        caseCode: '310101261126000018X',
        at: '2026-03-01T00:00:00.000Z',
      },
    ]),
  );
}

function measure(earlierOf: (item: (typeof items)[number]) => Earlier) {
  let [filled, of, known, knowable, required, requiredFilled] = [0, 0, 0, 0, 0, 0];
  for (const item of items) {
    const earlier = earlierOf(item);
    const draft = formFor(item, earlier);
    const count = prefilledOf(draft);
    filled += count.filled;
    of += count.of;
    for (const { element, value, required: must, origin } of draft.fields) {
      if (must) required += 1;
      if (must && value !== null) requiredFilled += 1;
      const held =
        ['name', 'id-number', 'sex', 'birth-date', 'nation', 'phone', 'address', 'hukou-address'].includes(element) ||
        earlier[element] !== undefined;
      if (held) knowable += 1;
      if (held && origin !== null) known += 1;
    }
  }
  return { all: filled / of, known: known / knowable, required: requiredFilled / required };
}

it('fills in at least 80 % of what is known, on every item that any centre takes in; and says how much that is of everything', () => {
  expect(items.length).toBeGreaterThan(100);
  const first = measure(() => ({}));
  const again = measure((item) => answersOf(formFor(item, {}).fields));
  console.info(
    JSON.stringify({ items: items.length, firstVisit: first, sameItemAgain: again }, (_key, value) =>
      typeof value === 'number' && value < 1.001 ? Math.round(value * 1000) / 1000 : value,
    ),
  );
  expect(first.known).toBeGreaterThanOrEqual(0.8);
  expect(again.known).toBeGreaterThanOrEqual(0.8);
  // Of all fields, those that only the person can say included: not the target, but what people see.
  expect(first.all).toBeGreaterThan(0.4);
  expect(again.all).toBeGreaterThanOrEqual(0.8);
});
