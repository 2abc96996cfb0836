import type { ClockKind } from '#platform/calendar/clock-kind.ts';

/** In which time the owner answers a wish (需求答复时限). It never stands still. */
export const wishClock: ClockKind = {
  id: 'open-data.wish.reply',
  title: { zh: '答复开放需求', en: 'Answer to a wish' },
  basis: 'open-data.wish.reply',
  stops: [],
  step: 'answer',
};
