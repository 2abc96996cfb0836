import { type Static, Type } from 'typebox';
import type { FieldFault } from '#platform/kernel/errors.ts';
import type { Text } from '#platform/kernel/text.ts';
import { holdsItems, ITEM_CODE } from './class-codes.ts';

const strict = { additionalProperties: false };
const oneOf = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>(Type.Union(values.map((each) => Type.Literal(each))));
export const FORMATS = ['database', 'spreadsheet', 'document', 'image', 'stream', 'interface', 'other'] as const;
export const SHARING = ['unconditional', 'conditional', 'none'] as const;
export const OPENING = ['open', 'conditional', 'closed'] as const;
export const UPDATES = ['realtime', 'daily', 'weekly', 'monthly', 'quarterly', 'yearly', 'once'] as const;
export const METHODS = ['platform', 'interface', 'file', 'media'] as const;
export const LEVELS = ['L1', 'L2', 'L3', 'L4'] as const;
export const TYPES = ['string', 'number', 'date', 'datetime', 'boolean', 'binary'] as const;
const Text200 = Type.Object(
  { zh: Type.String({ minLength: 1, maxLength: 200 }), en: Type.String({ maxLength: 200 }) },
  strict,
);

/**
 * Core metadata of an item (政务信息资源目录核心元数据, 编制指南 2017): class, name, summary, provider's code, format, fields, sharing with
 * condition and method, opening, update cycle, related items.
 */
export const ContentSchema = Type.Object(
  {
    title: Text200,
    summary: Type.Object(
      { zh: Type.String({ minLength: 1, maxLength: 1000 }), en: Type.String({ maxLength: 1000 }) },
      strict,
    ),
    class: Type.String({ pattern: '^[1-9][0-9]{0,11}$' }),
    /** System (信息系统) that holds it. */
    system: Type.String({ minLength: 1, maxLength: 120 }),
    /** Unified social credit code of the provider (提供方代码); empty where it is not known. */
    providerCode: Type.String({ pattern: '^([0-9A-HJ-NPQRTUWXY]{18})?$' }),
    format: oneOf(FORMATS),
    items: Type.Array(Type.Object({ name: Type.String({ minLength: 1, maxLength: 80 }), type: oneOf(TYPES) }, strict), {
      maxItems: 300,
    }),
    level: oneOf(LEVELS),
    sharing: oneOf(SHARING),
    /** Condition of sharing, or the article by which it is not shared. */
    sharingCondition: Type.String({ maxLength: 300 }),
    sharingMethod: oneOf(METHODS),
    opening: oneOf(OPENING),
    openingCondition: Type.String({ maxLength: 300 }),
    updates: oneOf(UPDATES),
    related: Type.Array(Type.String({ pattern: ITEM_CODE.source }), { maxItems: 40 }),
  },
  strict,
);
export type Content = Static<typeof ContentSchema>;

/** What a form cannot say by its shape: each fault at its place. `classes` holds the codes of the tree. */
export function contentFaults(content: Content, classes: ReadonlySet<string>): FieldFault[] {
  const faults: FieldFault[] = [];
  const fault = (pointer: string, rule: string, message: Text) => faults.push({ pointer, rule, message });
  const { sharing, opening, level, items } = content;
  if (!classes.has(content.class) || !holdsItems(content.class))
    fault('/class', 'known', {
      zh: '请选择目录分类中的目或细目',
      en: 'choose a class of the third level or below',
    });
  if (items.length === 0) fault('/items', 'required', { zh: '请至少列出一个信息项', en: 'name at least one field' });
  const names = items.map(({ name }) => name.trim());
  names.forEach((name, at) => {
    if (names.indexOf(name) !== at)
      fault(`/items/${at}/name`, 'unique', { zh: `信息项“${name}”重复`, en: `“${name}” stands twice` });
  });
  if (sharing !== 'unconditional' && content.sharingCondition.trim() === '')
    fault(
      '/sharingCondition',
      'required',
      sharing === 'none'
        ? { zh: '不予共享须写明依据的条款', en: 'name the article by which it is not shared' }
        : { zh: '有条件共享须写明条件', en: 'name the condition' },
    );
  if (opening === 'conditional' && content.openingCondition.trim() === '')
    fault('/openingCondition', 'required', { zh: '有条件开放须写明条件', en: 'name the condition' });
  const personal = level === 'L3' || level === 'L4';
  if (personal && sharing === 'unconditional')
    fault('/sharing', 'level', {
      zh: '含个人信息的资源不能无条件共享',
      en: 'what holds personal data is not shared without condition',
    });
  if (personal && opening === 'open')
    fault('/opening', 'level', {
      zh: '含个人信息的资源不能向社会开放',
      en: 'what holds personal data is not opened to everyone',
    });
  if (sharing === 'none' && opening !== 'closed')
    fault('/opening', 'sharing', {
      zh: '不予共享的资源不能开放',
      en: 'what is not shared is not opened either',
    });
  return faults;
}
