import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import { route, type Services } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { columnOf, itemOf } from '#platform/kernel/resource.ts';
import { findBase } from '#platform/basedata/dispute/disputed-base.ts';
import { entities } from '#platform/basedata/legal-entity/resources.ts';
import { resident } from '#platform/basedata/population/resources.ts';
import type { KnownValues } from './case-offer.ts';
import type { FormAnswers, MergedField, MergedForm } from './form-merge.ts';
import { openForm } from './form-view.ts';
import { TextSchema } from './item-definition.ts';

/** Own values that a form can be filled in with, as the catalogue names them; what is read of them is logged like any other read. */
const PersonSchema = itemOf(resident, [
  'pid',
  'name',
  'sex',
  'birthDate',
  'nation',
  'phone',
  'householdNo',
  'relation',
  'room',
  'address',
  'residenceFrom',
  'hukouAddress',
]);
const EntitySchema = itemOf(entities, [
  'uscc',
  'name',
  'kind',
  'status',
  'legalRepresentative',
  'foundedOn',
  'registeredCapital',
  'industryCode',
  'industryName',
  'registeredAddress',
  'businessAddress',
  'staff',
  'phone',
]);
export const PrefilledValuesSchema = Type.Object({
  'population.resident': Type.Union([Type.Partial(PersonSchema), Type.Null()]),
  'legal-entity.entity': Type.Union([Type.Partial(EntitySchema), Type.Null()]),
});

/** Where a value of the form comes from (来源) and how sure it is: verified by its source, or under dispute. */
export const OriginSchema = Type.Object({
  element: Type.String(),
  resource: Type.String(),
  field: Type.String(),
  unit: Type.String(),
  source: TextSchema,
  receivedAt: Type.String(),
  state: Type.Union([Type.Literal('verified'), Type.Literal('disputed')]),
  /** What a dispute about it names (`POST /api/dispute/disputes/own`). */
  dispute: Type.Object({ base: Type.String(), attribute: Type.String() }),
});
export type Origin = Static<typeof OriginSchema>;

export type Prefill = { values: Record<string, Record<string, string | null> | null>; origins: Origin[] };

const RESOURCES = { 'population.resident': resident, 'legal-entity.entity': entities } as const;

/** The attribute of the base by which a field of its resource can be disputed: the field itself, or what its column is called. */
function attributeOf(resource: keyof typeof RESOURCES, field: string, known: ReadonlySet<string>): string | undefined {
  if (known.has(field)) return field;
  const declared = (RESOURCES[resource].fields as Record<string, Parameters<typeof columnOf>[1]>)[field];
  const name =
    declared && columnOf(field, declared).replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return name !== undefined && known.has(name) ? name : undefined;
}

/**
 * Fills in what units know of the caller already (State Council order 716, art. 7: what can be obtained is not asked for):
 * the value that stands in the base database, with the unit and the moment that it came from. Only for the caller's own record.
 */
export async function prefillOf(options: {
  services: Services;
  actor: Actor;
  fields: readonly MergedField[];
}): Promise<Prefill> {
  const { services, actor, fields } = options;
  const values: Prefill['values'] = { 'population.resident': null, 'legal-entity.entity': null };
  const origins: Origin[] = [];
  for (const { element, source } of fields) {
    if (!source || !(source.resource in RESOURCES)) continue;
    const resource = source.resource as keyof typeof RESOURCES;
    const base = findBase(services, resource.split('.')[0] ?? '');
    const subject = base?.subject === 'person' ? actor.person : actor.entity;
    if (!base || subject === undefined) continue;
    const attribute = attributeOf(resource, source.field, new Set(base.attributes.map(({ name }) => name)));
    if (attribute === undefined) continue;
    const standing = await base.stand({ services, actor, subject, attribute, own: true });
    const golden = standing?.values.find((value) => value.golden);
    if (!standing || !golden) continue;
    values[resource] = {
      ...(values[resource] ?? { [RESOURCES[resource].key]: subject }),
      [source.field]: golden.value,
    };
    origins.push({
      element,
      resource,
      field: source.field,
      unit: golden.unit,
      source: golden.datasetTitle,
      receivedAt: golden.receivedAt,
      state: standing.disputed ? 'disputed' : 'verified',
      dispute: { base: base.id, attribute },
    });
  }
  return { values, origins };
}

/** The same by data element, as a submission goes by it. */
export function knownOf({ values, origins }: Prefill): KnownValues {
  return Object.fromEntries(
    origins.map(({ element, resource, field, unit, state }) => [
      element,
      { value: values[resource]?.[field], resource, unit, state },
    ]),
  );
}

/** Answers that say something else than a verified source: they do not overwrite it, they have to be disputed there. */
export function overwritten(form: MergedForm, prefill: Prefill, answers: FormAnswers): Origin[] {
  const asked = new Set(form.fields.map(({ element }) => element));
  return prefill.origins.filter(({ element, resource, field, state }) => {
    const answer = answers[element];
    return (
      state === 'verified' &&
      asked.has(element) &&
      answer !== undefined &&
      String(answer) !== prefill.values[resource]?.[field]
    );
  });
}

/** What the caller's own form is filled in with, and where each value comes from. */
export const prefillForm = route({
  method: 'GET',
  path: '/api/service/prefill',
  summary: { zh: '本人、本企业已有信息预填', en: 'Fill in what is known already' },
  allow: 'service.apply',
  query: Type.Object({
    /** Codes, with commas between them. */
    items: Type.String({ pattern: '^[0-9A-Z]{31,33}(,[0-9A-Z]{31,33}){0,19}$' }),
  }),
  reply: Type.Object({
    values: PrefilledValuesSchema,
    origins: Type.Array(OriginSchema),
    /** Fields of the form, and how many of them are filled in (reuse ratio). */
    fields: Type.Integer(),
    filled: Type.Integer(),
  }),
  errors: [NotFound],
  self: true,
  examples: { own: { as: 'citizen', query: { items: 'fixture:service-published' } } },
  prepare: async ({ services, actor, query }) => {
    const { form } = await services.database.tx({ module: 'service', actor, readOnly: true }, (db) =>
      openForm(db, query.items.split(','), {}),
    );
    return { form, prefill: await prefillOf({ services, actor, fields: form.fields }) };
  },
  handler: async ({ prepared: { form, prefill } }) => ({
    values: prefill.values as Static<typeof PrefilledValuesSchema>,
    origins: prefill.origins,
    fields: form.fields.length,
    filled: prefill.origins.length,
  }),
});
