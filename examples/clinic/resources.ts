import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

/** Departments (科室) of the sample clinic. */
export const DEPARTMENTS = ['internal', 'eyes', 'bones', 'teeth'] as const;

/** Bookings of medical visits (就诊预约). Health data are level L4. */
export const booking = resource({
  id: 'clinic.booking',
  version: 1,
  title: { zh: '就诊预约', en: 'Medical bookings' },
  summary: {
    zh: '居民预约的就诊日期和科室（样例）。',
    en: 'Day and department of the visits that residents booked (sample).',
  },
  owner: 'health',
  sharing: 'none',
  opening: 'closed',
  updates: 'realtime',
  retention: { zh: '一年', en: 'One year' },
  table: 'clinic.booking',
  key: 'id',
  time: 'visitOn',
  badge: 'sample',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '编号', en: 'Id' }, level: 'L2' },
    person: {
      schema: Type.String({ format: 'uuid' }),
      title: { zh: '就诊人', en: 'Patient' },
      level: 'L4',
      subject: 'person',
    },
    department: { schema: Type.String(), title: { zh: '科室', en: 'Department' }, level: 'L4' },
    visitOn: {
      schema: Type.String({ format: 'date' }),
      title: { zh: '就诊日期', en: 'Day of the visit' },
      level: 'L4',
    },
    madeBy: { schema: Type.String(), title: { zh: '办理人', en: 'Booked by' }, level: 'L3' },
  },
});
