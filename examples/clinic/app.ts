import { app } from '#platform/kernel/app.ts';
import { delegationScope } from '#platform/kernel/ports.ts';
import { bookVisit, listBookings } from './book-visit.ts';
import { booking } from './resources.ts';

/** Booking of medical visits (就诊预约): an example of an app whose service can be done for somebody else. */
export const clinic = app({
  id: 'clinic',
  kind: 'app',
  folder: 'examples/clinic',
  title: { zh: '就诊预约（样例）', en: 'Medical booking (sample)' },
  resources: [booking],
  actions: {
    'clinic.booking.own': {
      title: { zh: '预约就诊', en: 'Book medical visits' },
    },
  },
  routes: [bookVisit, listBookings],
  provides: [
    delegationScope.provide({
      id: 'medical-booking',
      title: { zh: '预约就诊', en: 'Book medical visits' },
      text: {
        zh: '可以替您预约看病、查看已经约好的日期；看不到病历和其他信息。',
        en: 'May book medical visits for you and see those booked; sees no medical record and nothing else.',
      },
      givers: ['person'],
      page: '/citizen/clinic',
    }),
  ],
  pages: [
    {
      path: '/citizen/clinic',
      entrance: 'citizen',
      title: { zh: '预约就诊', en: 'Medical visits' },
      module: '#examples/clinic/web/clinic-page.tsx',
    },
  ],
});
