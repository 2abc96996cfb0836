import { type Static, Type } from 'typebox';

const TextSchema = Type.Object({ zh: Type.String(), en: Type.String() });

/** What is wrong, or doubtful, with a definition, at the element that it is about. */
export const FindingSchema = Type.Object({
  /** Id of the element in the file; null: the definition as a whole. */
  element: Type.Union([Type.String(), Type.Null()]),
  /** What people call it: its label, or its kind and id. */
  name: Type.Union([Type.String(), Type.Null()]),
  rule: Type.String(),
  /** Errors refuse publishing; warnings are shown. */
  severity: Type.Union([Type.Literal('error'), Type.Literal('warning')]),
  message: TextSchema,
});
export type Finding = Static<typeof FindingSchema>;

/** Errors first; within them in the order in which they were found. */
export const inOrder = (findings: readonly Finding[]): Finding[] => [
  ...findings.filter(({ severity }) => severity === 'error'),
  ...findings.filter(({ severity }) => severity === 'warning'),
];
