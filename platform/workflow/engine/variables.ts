import { isCitizenId } from '#platform/kernel/codes/citizen-id.ts';
import { isMobile } from '#platform/kernel/codes/mobile.ts';
import type { Definition, Variable } from '../definition.ts';
import { ProcessFault } from './process-fault.ts';
import type { Value, Values } from './state.ts';

/** Longest text: a code, an id, an outcome; never a narrative. */
const LONGEST = 200;
const LONGEST_LIST = 1_000;

/** Refuses what is not declared, of another type, too long, or a number of a person: variables are ids and facts of L1 and L2. */
export function checkVariables(definition: Definition, values: Values): void {
  for (const [name, value] of Object.entries(values)) {
    const declared = Object.hasOwn(definition.variables, name) ? definition.variables[name] : undefined;
    if (!declared || !(value === null || fits(value, declared)))
      throw new ProcessFault(null, 'variable', {
        zh: `流程变量 ${name} ${declared ? '的值不符合声明' : '未在流程中声明'}`,
        en: `variable ${name} ${declared ? 'is not what the process declares' : 'is not declared by the process'}`,
      });
  }
}

function fits(value: Exclude<Value, null>, { type }: Variable): boolean {
  switch (type) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'list':
      return Array.isArray(value) && value.length <= LONGEST_LIST && value.every(isPlain);
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2})?)?$/.test(value);
    case 'id':
      return typeof value === 'string' && /^[\w:.-]{1,100}$/.test(value) && isPlain(value);
    case 'string':
      return isPlain(value) && typeof value === 'string';
  }
}

function isPlain(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (value === null) return true;
  return (
    typeof value === 'string' &&
    value.length <= LONGEST &&
    !isCitizenId(value, { allowSample: true }) &&
    !isMobile(value)
  );
}
