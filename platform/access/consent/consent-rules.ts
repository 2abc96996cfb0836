import type { Registry } from '#platform/kernel/registry.ts';
import { isPersonal } from '#platform/kernel/resource.ts';
import type { Text } from '#platform/kernel/text.ts';

/** Longest term of a consent, days: the district's own rule, as for delegations. */
export const LONGEST_CONSENT_DAYS = 366;

/** Modules whose resources record what was done with data: these are nobody's to hand over. */
const OWN_RECORDS = ['access', 'audit', 'objection', 'identity'];

export type ConsentItem = { id: string; title: Text; level: string };

/** Items that a person or an enterprise may let somebody have: fields about them in the catalogue. */
export function consentItems(registry: Registry, kind: 'person' | 'entity'): ConsentItem[] {
  return registry.modules
    .flatMap((module) => module.resources ?? [])
    .filter((resource) => Object.values(resource.fields).some((field) => field.subject === kind))
    .filter(({ id }) => !OWN_RECORDS.includes(id.split('.')[0] ?? ''))
    .flatMap((resource) =>
      Object.entries(resource.fields)
        .filter(([, field]) => field.subject === undefined && (kind === 'entity' || isPersonal(field.level)))
        .map(([name, field]) => ({
          id: `${resource.id}.${name}`,
          title: { zh: `${resource.title.zh} · ${field.title.zh}`, en: `${resource.title.en} · ${field.title.en}` },
          level: field.level,
        })),
    );
}

/** The text that is signed (授权书正文): one line a fact, in a fixed order, so that the same consent is always the same text. */
export function statementOf(consent: {
  number: string;
  subject: string;
  subjectName: string;
  recipient: string;
  recipientName: string;
  items: readonly string[];
  purpose: string;
  mode: string;
  from: Date;
  to: Date;
  givenAt: Date;
  licence: string | null;
}): string {
  return [
    'smart-district consent 1',
    `number: ${consent.number}`,
    `subject: ${consent.subject} ${consent.subjectName}`,
    `recipient: ${consent.recipient} ${consent.recipientName}`,
    `items: ${[...consent.items].sort().join(' ')}`,
    `purpose: ${consent.purpose}`,
    `mode: ${consent.mode}`,
    `from: ${consent.from.toISOString()}`,
    `to: ${consent.to.toISOString()}`,
    `given: ${consent.givenAt.toISOString()}`,
    `licence: ${consent.licence ?? '-'}`,
  ].join('\n');
}
