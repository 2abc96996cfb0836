/**
 * Elements by which money is told apart (核算要素). Those of fees first; the further ones of the indicator accounting of budgets
 * (预算指标核算要素) join here when they are needed. The order is that of the key.
 */
export const CONTROL_ELEMENTS = ['year', 'item', 'fund', 'project'] as const;
export type ControlElement = (typeof CONTROL_ELEMENTS)[number];

/** What an amount is for: 年度 year, 收入项目 item, 资金性质 fund, 项目 project. */
export type Control = Partial<Record<ControlElement, string>>;

const VALUE = /^[\p{L}\p{N}._:/-]{1,60}$/u;

/** The one text of a control key (控制键): equal keys have equal texts. Throws on a value that could be read in two ways. */
export function controlKey(control: Control): string {
  const parts: string[] = [];
  for (const element of CONTROL_ELEMENTS) {
    const value = control[element];
    if (value === undefined) continue;
    if (!VALUE.test(value))
      throw new RangeError(`control element ${element}: ${JSON.stringify(value)} cannot be a value`);
    parts.push(`${element}=${value}`);
  }
  return parts.join(';');
}
