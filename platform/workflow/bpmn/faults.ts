import { domainError } from '#platform/kernel/errors.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { DefinitionFault } from '../definition.ts';

export const DefinitionRefused = domainError({
  code: 'DEFINITION_REFUSED',
  status: 422,
  title: { zh: '流程定义不能执行', en: 'This process cannot be executed' },
  action: { zh: '请按清单逐项修改流程图后再提交。', en: 'Mend the drawing by the list and send it again.' },
});

/** The error of a file with faults: a problem document whose `faults` name the elements. */
export function refusedFor(faults: readonly DefinitionFault[]) {
  const first = faults[0];
  return DefinitionRefused.with({
    detail: first && {
      zh: `${first.element ?? ''} ${first.message.zh}（共 ${faults.length} 处）`.trim(),
      en: `${first.element ?? ''} ${first.message.en} (${faults.length} in all)`.trim(),
    },
    extra: { faults },
  });
}

/** Collects faults while a file is read; reading goes on, so that the list is complete. */
export type Faults = {
  list: DefinitionFault[];
  add(element: { id?: string } | string | null, rule: string, message: Text): void;
};

export function collectFaults(): Faults {
  const list: DefinitionFault[] = [];
  return {
    list,
    add: (element, rule, message) => {
      const id = typeof element === 'string' || element === null ? element : (element.id ?? null);
      if (!list.some((known) => known.element === id && known.rule === rule && known.message.en === message.en))
        list.push({ element: id, rule, message });
    },
  };
}
