import { app } from '#platform/kernel/app.ts';

/** Calendar (工作日历与时限): working days with make-up days, and clocks that survive restarts. */
export const calendar = app({
  id: 'calendar',
  kind: 'capability',
  folder: 'platform/calendar',
  title: { zh: '工作日历与时限', en: 'Calendar and clocks' },
});
