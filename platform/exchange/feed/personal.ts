import { isCitizenId } from '#platform/kernel/codes/citizen-id.ts';
import type { Registry } from '#platform/kernel/registry.ts';
import type { CheckedRow, ImportTarget } from '../target.ts';

const ID_NUMBER = /(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])/g;
/** Eleven digits alone may be any key (OSM counts so far): only where the column says so are they a person's number. */
const MOBILE = /(?:手机|电话|联系|mobile|phone|tel)[^,{}]{0,24}?(?<![0-9A-Za-z.])1[3-9]\d{9}(?![0-9A-Za-z.])/i;

export type PersonalFind = { row: number; field: string; kind: 'citizen-id' | 'mobile' };

/** Whether what a target takes is shared without condition (无条件共享): then no personal data may be in it. */
export function isUnconditional(target: ImportTarget, registry: Registry): boolean {
  return (target.feeds ?? []).some((id) => registry.resource(id)?.resource.sharing === 'unconditional');
}

/** Looks for personal data where none may be; fields that are declared for them are kept sealed anyway. */
export function personalDetector(target: ImportTarget): (row: CheckedRow) => PersonalFind | undefined {
  const fields = target.fields
    .filter(
      (field) => field.type !== 'citizen-id' && field.type !== 'phone' && field.type !== 'geometry' && !field.sensitive,
    )
    .map((field) => ({ name: field.name, label: `${field.title.zh} ${field.name}:` }));
  return ({ row, values }) => {
    for (const { name, label } of fields) {
      const text = values[name];
      if (!text || text.length < 11) continue;
      if (MOBILE.test(label + text)) return { row, field: name, kind: 'mobile' };
      for (const [number] of text.matchAll(ID_NUMBER))
        if (isCitizenId(number, { allowSample: true })) return { row, field: name, kind: 'citizen-id' };
    }
    return undefined;
  };
}
