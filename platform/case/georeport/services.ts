import type { CaseClass } from '../classes.ts';
import type { Value } from './xml.ts';

/** The one attribute that a service asks for beyond place and words: the code on the plate of a part (部件代码). */
export const PART_CODE = 'part_code';

/** `GET /services`: every class that is in force is a service; its number of a request comes at once (`realtime`). */
export function serviceList(classes: readonly CaseClass[]): Value {
  return {
    list: 'service',
    of: classes.map(({ code, kind, name, establish, major }) => ({
      service_code: code,
      service_name: name.zh,
      description: establish.zh,
      metadata: kind === 'part',
      type: 'realtime',
      keywords: `${name.en}, ${major.en}`,
      group: major.zh,
    })),
  };
}

/** `GET /services/:code`: what a service asks for. */
export function serviceDefinition({ code, kind }: CaseClass): Value {
  const part = {
    variable: true,
    code: PART_CODE,
    datatype: 'string',
    required: false,
    datatype_description: '16 位数字',
    order: 1,
    description: '部件上铭牌的代码，没有可不填',
    values: { list: 'value', of: [] },
  };
  return { service_code: code, attributes: { list: 'attribute', of: kind === 'part' ? [part] : [] } };
}
