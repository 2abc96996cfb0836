import { port, type Services } from '#platform/kernel/app.ts';
import type { Text } from '#platform/kernel/text.ts';

/** What a row is about, by the key of its base database: a person, an enterprise, a building. */
export type Base = 'person' | 'firm' | 'building';
export const BASES = ['person', 'firm', 'building'] as const;

/**
 * Finds base keys (基础键) for what departments write: filled by the base databases. A value that is not surely one subject gets none: a wrong key
 * is worse than a row in the remainder.
 */
export type BaseKeys = {
  base: Base;
  title: Text;
  /** Changes when the same value may get another answer. */
  version: string;
  /** One answer for each value, in order. Opens its own transaction. */
  resolve(options: { services: Services; values: readonly string[] }): Promise<(string | undefined)[]>;
};
export const baseKeys = port<BaseKeys>('theme.base-keys');
