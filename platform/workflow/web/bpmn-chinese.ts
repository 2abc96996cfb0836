import community from 'bpmn-js-i18n/translations/zn.js';

/** What the community's Chinese texts lack, or say otherwise than this house does. */
const OURS: Record<string, string> = {
  'Align elements': '对齐',
  'Align elements bottom': '下对齐',
  'Align elements center': '左右居中',
  'Align elements left': '左对齐',
  'Align elements middle': '上下居中',
  'Align elements right': '右对齐',
  'Align elements top': '上对齐',
  'Append text annotation': '添加注释',
  'Change element': '更改类型',
  'Distribute elements horizontally': '横向均匀分布',
  'Distribute elements vertically': '纵向均匀分布',
  'Toggle non-interrupting': '切换是否中断',
  'Exclusive gateway': '排他网关',
  'Inclusive gateway': '相容网关',
  'User task': '人工任务',
  'Terminate end event': '终止结束事件',
  'Timer boundary event': '定时边界事件',
  'Create start event': '开始事件',
  'Create end event': '结束事件',
  'Create gateway': '网关',
  'Create task': '任务',
};

type Translate = (template: string, replacements?: Record<string, string>) => string;

const filled: Translate = (template, replacements = {}) =>
  template.replaceAll(/\{([^}]+)\}/g, (_, name: string) => replacements[name] ?? `{${name}}`);

/** Module of bpmn-js that gives its palette, pads and menus in the reader's language. */
export function translateModule(language: string): { translate: ['value', Translate] } {
  if (language === 'en') return { translate: ['value', filled] };
  const texts: Record<string, string> = { ...community, ...OURS };
  return { translate: ['value', (template, replacements) => filled(texts[template] ?? template, replacements)] };
}
