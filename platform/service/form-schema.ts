import type { TSchema } from 'typebox';
import type { FieldFault } from '#platform/kernel/errors.ts';
import { type Validator, validator } from '#platform/kernel/validate.ts';
import type { FormAnswers, MergedField, MergedForm } from './form-merge.ts';

const DRAFT = 'https://json-schema.org/draft/2020-12/schema';
/** Longest free text where no item says otherwise. */
const LONGEST = 2000;

/** A form as JSON Schema (2020-12): what is checked here is what others get. Data element, source and items stand at each field. */
export function schemaOf(form: MergedForm, options: { id: string; title: string }): Record<string, unknown> {
  return {
    $schema: DRAFT,
    $id: options.id,
    title: options.title,
    type: 'object',
    properties: Object.fromEntries(form.fields.map((field) => [field.element, propertyOf(field)])),
    required: form.fields.filter(({ required }) => required).map(({ element }) => element),
    additionalProperties: false,
  };
}

function propertyOf(field: MergedField): Record<string, unknown> {
  const { title, element, source, parts, patterns } = field;
  return {
    title: title.zh,
    description: title.en,
    ...shapeOf(field),
    ...(patterns.length > 1 && { allOf: patterns.map((pattern) => ({ pattern })) }),
    'x-data-element': element,
    'x-needed-by': parts.map(({ item }) => item),
    ...(source && { 'x-source': source }),
  };
}

function shapeOf(field: MergedField): Record<string, unknown> {
  const { type, choices, maxLength = LONGEST, minimum, maximum, patterns, required } = field;
  switch (type) {
    case 'text':
      return {
        type: 'string',
        ...(required && { minLength: 1 }),
        maxLength,
        ...(choices && { enum: choices }),
        ...(patterns.length === 1 && { pattern: patterns[0] }),
      };
    case 'number':
      return { type: 'number', ...(minimum !== undefined && { minimum }), ...(maximum !== undefined && { maximum }) };
    case 'date':
      return { type: 'string', format: 'date' };
    case 'choice':
      return { type: 'string', enum: choices ?? [] };
    case 'yes-no':
      return { type: 'boolean' };
  }
}

/** What is wrong with the answers to a form, each at its field. A field that the form does not have is refused: nobody asked for it. */
export function faultsOf(form: MergedForm, answers: FormAnswers): FieldFault[] {
  const schema = schemaOf(form, { id: 'urn:smart-district:form', title: '' });
  return checkOf(schema as TSchema)
    .check(answers)
    .faults.map((fault) => ({ ...fault, pointer: `/answers${fault.pointer}` }));
}

/** Checks of the forms that were asked for last: compiling one takes longer than all the rest of a submission. */
const CHECKS_KEPT = 200;
const checks = new Map<string, Validator>();
function checkOf(schema: TSchema): Validator {
  const key = JSON.stringify(schema);
  const made = checks.get(key) ?? validator(schema, { convert: false });
  checks.delete(key);
  checks.set(key, made);
  for (const old of checks.keys()) if (checks.size > CHECKS_KEPT) checks.delete(old);
  return made;
}
