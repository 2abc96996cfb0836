import type { CaseClass } from '../classes.ts';
import type { Value } from './xml.ts';

/** Asked of a service about parts: the code on the plate (部件代码). Asked of each: the number of a known case that it is the same as (已知问题编号). */
export const PART_CODE = 'part_code';
export const SAME_AS = 'same_as';

/** `GET /services`: every class that is in force is a service; its number of a request comes at once (`realtime`). */
export function serviceList(classes: readonly CaseClass[]): Value {
  return {
    list: 'service',
    of: classes.map(({ code, name, establish, major }) => ({
      service_code: code,
      service_name: name.zh,
      description: establish.zh,
      metadata: true,
      type: 'realtime',
      keywords: [name.en, major.zh, major.en].map((each) => each.replaceAll(',', ' ')).join(', '),
      group: major.zh,
    })),
  };
}

/** What a service asks for beyond place and words; nothing of it is required. */
export const attributesOf = ({ kind }: Pick<CaseClass, 'kind'>): { code: string; pattern: RegExp; hint: string }[] => [
  ...(kind === 'part' ? [{ code: PART_CODE, pattern: /^\d{16}$/, hint: '16 digits' }] : []),
  { code: SAME_AS, pattern: /^AJ\d{14}$/, hint: 'the number of a request, AJ and 14 digits' },
];

const WORDS: Record<string, { datatype_description: string; description: string }> = {
  [PART_CODE]: { datatype_description: '16 位数字', description: '部件上铭牌的代码，没有可不填' },
  [SAME_AS]: {
    datatype_description: 'AJ 加 14 位数字',
    description: '与已知的某一件是同一问题时，填写该件编号，作为同一问题的上报人一并告知进展；没有可不填',
  },
};

/** `GET /services/:code`: what a service asks for. */
export function serviceDefinition(service: CaseClass): Value {
  return {
    service_code: service.code,
    attributes: {
      list: 'attribute',
      of: attributesOf(service).map(({ code }, index) => ({
        variable: true,
        code,
        datatype: 'string',
        required: false,
        datatype_description: WORDS[code]?.datatype_description ?? null,
        order: index + 1,
        description: WORDS[code]?.description ?? code,
        values: { list: 'value', of: [] },
      })),
    },
  };
}
