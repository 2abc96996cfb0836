import { beforeAll, describe, expect, it } from 'vitest';
import { parseItemCode } from '#platform/kernel/codes/item-code.ts';
import { Value } from 'typebox/value';
import { checkDefinition, codeFaults } from '#platform/service/item-check.ts';
import { DefinitionSchema } from '#platform/service/item-definition.ts';
import { blockersOf, depthOf } from '#platform/service/item-depth.ts';
import { choose, situationsOf } from '#platform/service/item-situation.ts';
import { formOf, mergeForms, savingOf } from '#platform/service/form-merge.ts';
import { LIFE_EVENTS } from '#platform/service/life-events.ts';
import { district } from '../district.ts';
import { generateServices, SERVICE_FIGURES, type ServiceSample } from './service-items.ts';

let sample: ServiceSample;
beforeAll(() => {
  sample = generateServices({ seed: district.seed });
});
const bundle = (id: string) => {
  const items = sample.bundles.find((each) => each.id === id)?.items ?? [];
  return items.map((code) => sample.items.find((item) => item.code === code) as ServiceSample['items'][number]);
};

describe('the services of the sample', () => {
  it('are as many as the plan states, at every run the same', () => {
    expect(sample.items).toHaveLength(SERVICE_FIGURES.items);
    expect(new Set(sample.items.map(({ code }) => code)).size).toBe(321);
    expect(sample.items.filter(({ definition }) => depthOf(definition) === 4)).toHaveLength(129);
    expect(sample.items.filter(({ definition }) => blockersOf(definition).length > 0)).toHaveLength(192);
    expect(sample.items.filter(({ definition }) => definition.anyCentre)).toHaveLength(174);
    expect(sample.certificateTypes).toHaveLength(200);
    expect(new Set(sample.certificateTypes.map(({ code }) => code)).size).toBe(200);
    expect(generateServices({ seed: district.seed })).toEqual(sample);
  });

  it('are without a fault, under codes of their units', () => {
    const known = {
      processes: new Set(['inspected-case']),
      commitment: 'service.commitment.verify',
      events: new Set(LIFE_EVENTS.map(({ id }) => id)),
      certificateTypes: new Set(sample.certificateTypes.map(({ code }) => code)),
    };
    const creditOf = new Map(sample.units.map(({ unit, creditCode }) => [unit, creditCode]));
    for (const { code, unit, definition } of sample.items) {
      expect(Value.Check(DefinitionSchema, definition), definition.title.zh).toBe(true);
      expect(parseItemCode(code).ok, code).toBe(true);
      expect(codeFaults({ code, creditCode: creditOf.get(unit), kind: definition.kind })).toEqual([]);
      expect(checkDefinition(definition, known), definition.title.zh).toEqual([]);
    }
  });

  it('stand at every depth, and have every kind of blocker, each with an owner', () => {
    expect(new Set(sample.items.map(({ definition }) => depthOf(definition)))).toEqual(new Set([1, 2, 3, 4]));
    const plans = new Set(sample.plans.map(({ item, kind }) => `${item}:${kind}`));
    const open = sample.items.flatMap(({ code, definition }) =>
      blockersOf(definition).map((kind) => `${code}:${kind}`),
    );
    expect(new Set(open)).toEqual(plans);
    expect(new Set(sample.plans.map(({ kind }) => kind)).size).toBe(5);
    const measures = new Set(sample.measures.map(({ id }) => id));
    for (const plan of sample.plans)
      for (const measure of plan.measures) expect(measures.has(measure), measure).toBe(true);
  });

  it('ask in every situation, for something else in each', () => {
    for (const { definition } of sample.items) {
      const ways = situationsOf(definition) ?? [];
      expect(ways.length).toBeGreaterThan(1);
      expect(new Set(ways.map((answers) => JSON.stringify(choose(definition, answers).fields))).size).toBeGreaterThan(
        1,
      );
    }
  });

  it('make about sixty thousand cases a year', () => {
    const cases = sample.use.reduce((sum, use) => sum + use.cases, 0);
    expect(cases).toBeGreaterThan(50_000);
    expect(cases).toBeLessThan(70_000);
  });
});

describe('the restaurant', () => {
  it('needs five items of four departments', () => {
    expect(bundle('restaurant')).toHaveLength(5);
    expect(new Set(bundle('restaurant').map(({ unit }) => unit)).size).toBe(4);
    // Nobody has to come for any of them.
    expect(bundle('restaurant').map(({ definition }) => depthOf(definition))).toEqual([4, 4, 4, 4, 4]);
  });

  it('has one form with at most 40 % of the fields of the five', () => {
    for (const answers of [
      { who: 'self', tenure: 'rent', 'food-kind': 'cold', 'fire-way': 'commitment', delivery: 'electronic' },
      { who: 'agent', tenure: 'own', 'food-kind': 'hot', 'fire-way': 'check', delivery: 'paper' },
    ]) {
      const forms = bundle('restaurant').map(({ code, definition }) =>
        formOf(code, choose(definition, answers).fields),
      );
      const { separate, joined } = savingOf(mergeForms(forms));
      expect(separate).toBe(forms.reduce((sum, form) => sum + form.fields.length, 0));
      expect(joined / separate).toBeLessThanOrEqual(0.4);
    }
  });

  it.each(['restaurant', 'firm', 'birth', 'elder', 'flat', 'barrier-free'])(
    'and every bundle joins without an answer that pleases nobody: %s',
    (id) => {
      const form = mergeForms(bundle(id).map(({ code, definition }) => formOf(code, definition.fields)));
      expect(form.conflicts.filter(({ solved }) => !solved)).toEqual([]);
      expect(savingOf(form).joined).toBeLessThan(savingOf(form).separate);
    },
  );
});
