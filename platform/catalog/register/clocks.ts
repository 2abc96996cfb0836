import type { ClockKind } from '#platform/calendar/clock-kind.ts';

/** In which time a proposal of the register is reviewed (审核). */
export const reviewClock: ClockKind = {
  id: 'catalog.entry.review',
  title: { zh: '目录审核', en: 'Review of the catalogue' },
  basis: 'catalog.entry.review',
  stops: [],
  step: 'review',
};
/** In which time a change of a resource reaches the catalogue (目录更新). */
export const changeClock: ClockKind = {
  id: 'catalog.entry.change',
  title: { zh: '目录更新', en: 'Change reaches the catalogue' },
  basis: 'catalog.entry.change',
  stops: [],
  step: 'catalogue',
};
/** In which time the owner confirms and catalogues what somebody needs (需求确认编目). */
export const demandClock: ClockKind = {
  id: 'catalog.demand.answer',
  title: { zh: '未编目需求的确认与编目', en: 'Confirm and catalogue a need' },
  basis: 'catalog.demand.answer',
  stops: [],
  step: 'answer',
};
export const registerClocks: readonly ClockKind[] = [reviewClock, changeClock, demandClock];
