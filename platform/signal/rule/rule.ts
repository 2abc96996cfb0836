import { type Static, Type } from 'typebox';

const Limit = Type.Number({ minimum: -1e12, maximum: 1e12 });
const Times = Type.Integer({ minimum: 1, maximum: 20 });
/** Seconds, at most a week. */
const Seconds = Type.Integer({ minimum: 1, maximum: 604_800 });
const Side = Type.Union([Type.Literal('above'), Type.Literal('below')]);

/** What makes a sample bad (触发条件), and what makes it good again: between the two limits nothing changes (回差). */
export const ConditionSchema = Type.Union([
  /** A value beyond a limit (阈值); with `holdSeconds` only once it has stayed there that long (持续时间). */
  Type.Object(
    {
      kind: Type.Literal('threshold'),
      side: Side,
      limit: Limit,
      clearLimit: Limit,
      holdSeconds: Type.Optional(Seconds),
    },
    { additionalProperties: false },
  ),
  /** Change in the last `overSeconds`, in units of the value (变化率): `below` watches for falls, with negative limits. */
  Type.Object(
    { kind: Type.Literal('rate'), side: Side, limit: Limit, clearLimit: Limit, overSeconds: Seconds },
    { additionalProperties: false },
  ),
  /** Nothing was heard for so long (中断). Judged by the clock, not by samples. */
  Type.Object({ kind: Type.Literal('absence'), afterSeconds: Seconds }, { additionalProperties: false }),
  /** So many occurrences in a window (窗口计数); every sample other than 0 is one. */
  Type.Object(
    { kind: Type.Literal('count'), limit: Times, clearLimit: Type.Integer({ minimum: 0 }), windowSeconds: Seconds },
    { additionalProperties: false },
  ),
]);
export type Condition = Static<typeof ConditionSchema>;

export const DampingSchema = Type.Object(
  {
    /** Raised so often … */
    times: Times,
    /** … within this time, a signal is flapping (抖动): it stays up … */
    withinSeconds: Seconds,
    /** … until it has been good for this long. */
    calmSeconds: Seconds,
  },
  { additionalProperties: false },
);

/** How samples become a signal: raised when `hits` of the last `of` are bad, cleared after `clearAfter` good ones in a row. */
export const LogicSchema = Type.Object(
  { condition: ConditionSchema, hits: Times, of: Times, clearAfter: Times, damping: DampingSchema },
  { additionalProperties: false },
);
export type Logic = Static<typeof LogicSchema>;

export type LogicFault = { pointer: string; zh: string; en: string };

/** What cannot be meant: limits on the wrong side of each other, more hits than samples. Pointers count from the logic. */
export function logicFaults({ condition, hits, of, damping }: Logic): LogicFault[] {
  const faults: LogicFault[] = [];
  if (hits > of)
    faults.push({ pointer: '/hits', zh: '不能多于样本数', en: 'cannot be more than the samples looked at' });
  if (condition.kind === 'threshold' || condition.kind === 'rate') {
    const wrong =
      condition.side === 'above' ? condition.clearLimit > condition.limit : condition.clearLimit < condition.limit;
    if (wrong)
      faults.push({
        pointer: '/condition/clearLimit',
        zh: '解除限值须在触发限值的安全一侧',
        en: 'must lie on the safe side of the limit that raises',
      });
  }
  if (condition.kind === 'count' && condition.clearLimit >= condition.limit)
    faults.push({ pointer: '/condition/clearLimit', zh: '须小于触发次数', en: 'must be below the count that raises' });
  if (damping.calmSeconds > damping.withinSeconds)
    faults.push({
      pointer: '/damping/calmSeconds',
      zh: '平静时间不能长于观察时间',
      en: 'cannot be longer than the time that is watched',
    });
  return faults;
}
