import type { FieldMark } from '#platform/kernel/resource.ts';

/** What a service gives back: the value, and what the audit says of it. */
export type Served = {
  value: unknown;
  rows: number;
  subjects: { kind: 'person' | 'entity'; id: string }[];
  fields: FieldMark[];
};
