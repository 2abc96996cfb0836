import type { ClockKind } from '#platform/calendar/clock-kind.ts';

/** From receipt at one centre to the hand of the centre that accepts (收受分离交接时限). The legal clock is another one, and begins with acceptance. */
export const handOverClock: ClockKind = {
  id: 'service-hall.hand-over',
  title: { zh: '收件转交', en: 'Hand-over' },
  basis: 'service-hall.hand-over',
  stops: [],
  step: 'hand-over',
};
