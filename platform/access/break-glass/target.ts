import { port } from '#platform/kernel/app.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Text } from '#platform/kernel/text.ts';

/**
 * A read that break-glass (紧急调阅) can open: declared by the module that owns the data, which has a route under
 * `/api/<module>/opened/…` for it and lets through what `access.opened` and `access.opened_at` name, and nothing else.
 */
export type BreakGlassTarget = {
  /** The action that the official does not hold, or not for this row. */
  action: string;
  kind: 'person' | 'entity';
  title: Text;
  /** Resource that is read: its owner unit is told. */
  resource: string;
  /** Highest level in the reply, 1–4. */
  level: number;
  /** Page of one opened subject, with `:id` and `:no`. */
  page: string;
  /** Who is meant by a number as written on a card or licence, with a masked form of it for the records. */
  find(options: { number: string; services: Services }): Promise<{ subject: string; label: string } | undefined>;
};
export const breakGlassTarget = port<BreakGlassTarget>('access.break-glass-target');

export function targetsOf(services: Services): BreakGlassTarget[] {
  return services.registry.provided(breakGlassTarget).map(({ value }) => value);
}
