import type { ClockKind, StopReason } from '#platform/calendar/clock-kind.ts';

/** The only reason for which an answer may wait (停表事由): the asking unit was told, once, all that is missing. */
const SUPPLEMENT: StopReason = {
  id: 'supplement',
  title: { zh: '等待申请单位补充材料', en: 'waiting for what the asking unit was told to add' },
};

/** In which time a request is answered, by how the resource is shared (共享属性). */
export const answerClocks = {
  unconditional: {
    id: 'catalog.request.unconditional',
    title: { zh: '答复无条件共享申请', en: 'Answer to a request shared without condition' },
    basis: 'catalog.request.unconditional',
    stops: [SUPPLEMENT],
    step: 'answer',
  },
  conditional: {
    id: 'catalog.request.conditional',
    title: { zh: '答复有条件共享申请', en: 'Answer to a request shared on conditions' },
    basis: 'catalog.request.conditional',
    stops: [SUPPLEMENT],
    step: 'answer',
  },
} as const satisfies Record<string, ClockKind>;

/** In which time an approved request is delivered. It never stands still. */
export const deliveryClock: ClockKind = {
  id: 'catalog.request.delivery',
  title: { zh: '提供已批准的数据', en: 'Delivery of what was approved' },
  basis: 'catalog.request.delivery',
  stops: [],
  step: 'deliver',
};

export const requestClocks: readonly ClockKind[] = [
  answerClocks.unconditional,
  answerClocks.conditional,
  deliveryClock,
];

export function isAnswerClock(kind: unknown): boolean {
  return kind === answerClocks.unconditional.id || kind === answerClocks.conditional.id;
}
