import { parseBasicItemCode, parseItemCode } from '#platform/kernel/codes/item-code.ts';
import type { FieldFault } from '#platform/kernel/errors.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { ItemDefinition } from './item-definition.ts';
import { keepsLaw } from './item-limits.ts';
import { choose, situationsOf } from './item-situation.ts';
import { ITEM_KINDS } from './item-terms.ts';
import { repeated, situationFaults } from './situation-check.ts';

/** Life events are a closed list of the installation; so are types of certificates and processes. */
export type Known = {
  events: ReadonlySet<string>;
  certificateTypes: ReadonlySet<string>;
  /** Processes that can handle a case. */
  processes: ReadonlySet<string>;
  /** Rulebook entry by which commitments are checked. */
  commitment: string;
};

/** What is wrong with the code of an item: not one of GB/T 39554.1, of another unit, or of another kind than the item says. */
export function codeFaults(options: {
  code: string;
  /** Credit code of the unit. */
  creditCode: string | undefined;
  kind: ItemDefinition['kind'];
}): FieldFault[] {
  const { code, creditCode, kind } = options;
  const parsed = parseItemCode(code);
  const at = (rule: string, message: Text): FieldFault[] => [{ pointer: '/code', rule, message }];
  if (!parsed.ok)
    return at(parsed.reason, {
      zh: '不是合规的实施编码（GB/T 39554.1：18 位信用代码 + 层级 + 12 位基本编码）',
      en: 'no implementing code of GB/T 39554.1 (credit code, level, basic code)',
    });
  if (parsed.item.creditCode !== creditCode)
    return at('unit', {
      zh: '编码开头不是本单位的信用代码',
      en: 'the code does not begin with the unit’s credit code',
    });
  const basic = parseBasicItemCode(parsed.item.basic.code);
  if (basic.ok && basic.basic.kind !== ITEM_KINDS[kind].code)
    return at('kind', { zh: '编码中的事项类型与所选不同', en: 'the kind in the code is another than the item’s' });
  return [];
}

/** What stands in the way of publishing a draft, each at its place. Nothing here needs a database. */
export function checkDefinition(definition: ItemDefinition, known: Known): FieldFault[] {
  const faults: FieldFault[] = [];
  const fault = (pointer: string, rule: string, zh: string, en: string) =>
    void faults.push({ pointer, rule, message: { zh, en } });
  const { legalLimit, promisedLimit, questions, materials, fields } = definition;
  if (!keepsLaw(promisedLimit, legalLimit))
    fault(
      '/promisedLimit',
      'longer',
      '承诺时限不能长于法定时限',
      'a promise may only be shorter than the limit by law',
    );
  if (definition.notifyAndCommit && definition.kind !== 'licence' && definition.kind !== 'confirmation')
    fault(
      '/notifyAndCommit',
      'kind',
      '只有许可和确认可以告知承诺',
      'only licences and confirmations may be granted on a commitment',
    );
  if (definition.notifyAndCommit && definition.notifyAndCommit.rule !== known.commitment)
    fault('/notifyAndCommit', 'known', '没有这条核查规则', 'no such rule for the check');
  if (definition.process !== undefined && !known.processes.has(definition.process))
    fault('/process', 'known', '没有发布这个办理流程', 'no such process is published');
  if (definition.decision !== undefined && definition.discretion)
    fault(
      '/decision',
      'discretion',
      '法律留有裁量空间的事项不能由系统自动准予',
      'where law leaves discretion no machine grants',
    );
  definition.events.forEach((event, at) => {
    if (!known.events.has(event)) fault(`/events/${at}`, 'known', '没有这个人生事件', 'no such life event');
  });
  if (definition.certificateType !== undefined && !known.certificateTypes.has(definition.certificateType))
    fault('/certificateType', 'known', '没有登记这种证照', 'no such type of certificate');
  faults.push(...situationFaults(questions, { materials, fields }));
  repeated(materials.map(({ id }) => id)).forEach((at) =>
    fault(`/materials/${at}/id`, 'unique', '材料编号重复', 'two materials have this id'),
  );
  repeated(fields.map(({ element }) => element)).forEach((at) =>
    fault(`/fields/${at}/element`, 'unique', '同一数据元问了两次', 'one data element is asked for twice'),
  );
  materials.forEach((material, at) => {
    if (material.source === 'data' && (material.resource === undefined || material.field === undefined))
      fault(
        `/materials/${at}/resource`,
        'required',
        '请选择数据来源',
        'name the resource and field that it is obtained from',
      );
    if (material.source === 'certificate' && !known.certificateTypes.has(material.certificateType ?? ''))
      fault(
        `/materials/${at}/certificateType`,
        'known',
        '请选择已登记的证照类型',
        'choose a type of certificate that is registered',
      );
    if (material.source !== 'upload' && material.original === true)
      fault(
        `/materials/${at}/original`,
        'source',
        '能取得的材料不收原件',
        'what is obtained is not handed in on paper',
      );
  });
  fields.forEach((field, at) => {
    if (field.type === 'choice' && (field.choices?.length ?? 0) < 2)
      fault(`/fields/${at}/choices`, 'minItems', '请至少写两个选项', 'write at least two choices');
    if (field.minimum !== undefined && field.maximum !== undefined && field.minimum > field.maximum)
      fault(`/fields/${at}/maximum`, 'range', '上限小于下限', 'the greatest is less than the least');
    if (field.pattern !== undefined && !isPattern(field.pattern))
      fault(`/fields/${at}/pattern`, 'pattern', '格式规则写错了', 'no regular expression');
    if ((field.resource === undefined) !== (field.field === undefined))
      fault(`/fields/${at}/resource`, 'required', '来源要写全资源和字段', 'a source is a resource and a field');
  });
  if (faults.length === 0) faults.push(...unreachable(definition));
  return faults;
}

/** Questions, materials and fields that no way through the questions ever reaches (a dead branch is a mistake of the editor). */
function unreachable(definition: ItemDefinition): FieldFault[] {
  const ways = situationsOf(definition);
  if (!ways)
    return [
      {
        pointer: '/questions',
        rule: 'most',
        message: { zh: '情形组合过多，请减少问题', en: 'too many combinations: ask less' },
      },
    ];
  const seen = { questions: new Set<string>(), materials: new Set<string>(), fields: new Set<string>() };
  for (const answers of ways) {
    const chosen = choose(definition, answers);
    Object.keys(chosen.answers).forEach((id) => seen.questions.add(id));
    chosen.materials.forEach(({ id }) => seen.materials.add(id));
    chosen.fields.forEach(({ element }) => seen.fields.add(element));
  }
  const message = { zh: '无论怎样回答都不会出现', en: 'no answers ever lead here' };
  const never = (list: string, ids: readonly string[], reached: ReadonlySet<string>): FieldFault[] =>
    ids.flatMap((id, at) => (reached.has(id) ? [] : [{ pointer: `/${list}/${at}`, rule: 'reachable', message }]));
  return [
    ...never(
      'questions',
      definition.questions.map(({ id }) => id),
      seen.questions,
    ),
    ...never(
      'materials',
      definition.materials.map(({ id }) => id),
      seen.materials,
    ),
    ...never(
      'fields',
      definition.fields.map(({ element }) => element),
      seen.fields,
    ),
  ];
}

function isPattern(text: string): boolean {
  try {
    return Boolean(new RegExp(text, 'u'));
  } catch {
    return false;
  }
}
