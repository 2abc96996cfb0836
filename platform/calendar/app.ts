import { app } from '#platform/kernel/app.ts';
import { countDue } from './count-due.ts';
import { fireClocks, refreshClocks } from './fire-clocks.ts';
import { importYear } from './import-year.ts';
import { setDistrictDay, withdrawDistrictDay } from './set-district-day.ts';
import { showDays } from './show-days.ts';
import { storePackagedLists } from './store-lists.ts';

/** Calendar (工作日历与时限): working days with make-up days, and clocks that survive restarts. */
export const calendar = app({
  id: 'calendar',
  kind: 'capability',
  folder: 'platform/calendar',
  title: { zh: '工作日历与时限', en: 'Calendar and clocks' },
  perApp: ['clock', 'stop'],
  actions: {
    'calendar.days.set': {
      title: { zh: '维护工作日历', en: 'Keep the working days' },
      posts: ['system-administrator'],
    },
  },
  routes: [showDays, countDue, importYear, setDistrictDay, withdrawDistrictDay],
  pages: [
    {
      path: '/gov/calendar',
      entrance: 'gov',
      section: 'administration',
      title: { zh: '工作日历', en: 'Working days' },
      module: '#platform/calendar/web/calendar-page.tsx',
      order: 85,
      posts: ['system-administrator', 'unit-head'],
    },
  ],
  timers: [
    { name: 'fire', everyMs: 5_000, run: async ({ services }) => void (await fireClocks(services)) },
    { name: 'refresh', everyMs: 10_000, run: async ({ services }) => void (await refreshClocks(services)) },
  ],
  seed: async ({ db }) => void (await storePackagedLists(db)),
});
