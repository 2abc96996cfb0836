import type { Reply } from '#web/client/reply.ts';

export type AlertRule = Reply<'/api/signal/rules'>['rules'][number];
export type Logic = AlertRule['logic'];
type Say = (name: string, values: Record<string, string | number>) => string;

/** Seconds as people say them: the largest unit that leaves no rest. */
export function spanOf(seconds: number): { unit: 'hours' | 'minutes' | 'seconds'; n: number } {
  if (seconds % 3_600 === 0) return { unit: 'hours', n: seconds / 3_600 };
  if (seconds % 60 === 0) return { unit: 'minutes', n: seconds / 60 };
  return { unit: 'seconds', n: seconds };
}

/** A rule in sentences (规则的白话): when it raises, when it clears, and when it counts as flapping. `say` has the words. */
export function sayLogic(logic: Logic, say: Say): string[] {
  const { condition, hits, of, clearAfter, damping } = logic;
  const span = (seconds: number): string => {
    const { unit, n } = spanOf(seconds);
    return say(`span.${unit}`, { n });
  };
  const first = (): string => {
    switch (condition.kind) {
      case 'threshold':
        return (
          say(`when.threshold.${condition.side}`, { limit: condition.limit, clear: condition.clearLimit }) +
          (condition.holdSeconds ? say('when.hold', { span: span(condition.holdSeconds) }) : '')
        );
      case 'rate':
        return say(`when.rate.${condition.side}`, {
          limit: condition.limit,
          clear: condition.clearLimit,
          span: span(condition.overSeconds),
        });
      case 'absence':
        return say('when.absence', { span: span(condition.afterSeconds) });
      case 'count':
        return say('when.count', {
          limit: condition.limit,
          clear: condition.clearLimit,
          span: span(condition.windowSeconds),
        });
    }
  };
  const said = [first()];
  // Silence is judged by the clock: there are no samples to count.
  if (condition.kind !== 'absence') said.push(say('when.hits', { hits, of, clearAfter }));
  said.push(
    say('when.flap', { times: damping.times, within: span(damping.withinSeconds), calm: span(damping.calmSeconds) }),
  );
  return said;
}
