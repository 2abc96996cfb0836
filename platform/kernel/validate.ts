import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';
import type { FieldFault } from './errors.ts';

export type Validator = {
  /** The value, converted from text where `convert` was asked, or the faults at their fields. */
  check(value: unknown): { value: unknown; faults: FieldFault[] };
};

const CHINESE: Record<string, (params: Record<string, unknown>) => string> = {
  required: () => '必须填写',
  type: (p) => `类型应为 ${p.type}`,
  minLength: (p) => `至少 ${p.limit} 个字`,
  maxLength: (p) => `最多 ${p.limit} 个字`,
  minimum: (p) => `不能小于 ${p.limit}`,
  maximum: (p) => `不能大于 ${p.limit}`,
  enum: () => '不在可选范围内',
  const: () => '不在可选范围内',
  pattern: () => '格式不正确',
  format: (p) => `格式应为 ${p.format}`,
  additionalProperties: () => '不认识的字段',
  maxItems: (p) => `最多 ${p.limit} 项`,
  minItems: (p) => `至少 ${p.limit} 项`,
};

/** Compiles a schema into a check whose faults name the field by JSON pointer, in both languages. */
export function validator(schema: TSchema, options: { convert: boolean }): Validator {
  const compiled = Compile(schema);
  const defaults = JSON.stringify(schema).includes('"default":');
  return {
    check(input) {
      // Most parameters are texts that need neither default nor conversion.
      if (!defaults && compiled.Check(input)) return { value: input, faults: [] };
      const value = options.convert ? Value.Convert(schema, Value.Default(schema, structuredClone(input))) : input;
      if (compiled.Check(value)) return { value, faults: [] };
      const faults = new Map<string, FieldFault>();
      for (const error of compiled.Errors(value)) {
        const params = (error.params ?? {}) as Record<string, unknown>;
        for (const pointer of pointersOf(error.instancePath, error.keyword, params)) {
          if (faults.has(pointer)) continue;
          // The compiler reports a field that the schema closes out as the schema `false` at that field.
          const unknown = error.keyword === 'boolean';
          const rule = unknown ? 'additionalProperties' : error.keyword;
          const en = unknown ? 'is not a known field' : error.message;
          faults.set(pointer, { pointer, rule, message: { zh: CHINESE[rule]?.(params) ?? '内容不正确', en } });
        }
      }
      return { value, faults: [...faults.values()] };
    },
  };
}

function pointersOf(path: string, keyword: string, params: Record<string, unknown>): string[] {
  if (keyword === 'required') return ((params.requiredProperties as string[]) ?? []).map((p) => `${path}/${p}`);
  if (keyword === 'additionalProperties')
    return ((params.additionalProperties as string[]) ?? []).map((p) => `${path}/${p}`);
  return [path || '/'];
}
