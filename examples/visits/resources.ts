import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

/** Home visits (走访记录): what this app makes. The catalogue entry, masking and levels follow from it. */
export const visit = resource({
  id: 'visits.visit',
  version: 1,
  title: { zh: '走访记录', en: 'Home visits' },
  summary: {
    zh: '居委会对家庭户的走访：时间、情况、走访人。',
    en: 'Visits of committees to households: when, what, by whom.',
  },
  owner: 'civil-affairs',
  sharing: 'conditional',
  opening: 'closed',
  updates: 'realtime',
  retention: { zh: '三年', en: 'Three years' },
  table: 'visits.visit',
  key: 'id',
  scope: { by: 'area', field: 'committeeCode' },
  time: 'visitedOn',
  badge: 'sample',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '编号', en: 'Id' }, level: 'L2' },
    householdNo: {
      schema: Type.String(),
      title: { zh: '户编号', en: 'Household number' },
      level: 'L3',
      subject: 'person',
    },
    committeeCode: {
      schema: Type.String(),
      title: { zh: '居委会代码', en: 'Committee code' },
      level: 'L2',
      element: 'GB/T 2260',
    },
    visitedOn: { schema: Type.String({ format: 'date' }), title: { zh: '走访日期', en: 'Visited on' }, level: 'L2' },
    note: { schema: Type.String(), title: { zh: '走访情况', en: 'What was found' }, level: 'L3' },
    visitedBy: { schema: Type.String(), title: { zh: '走访人', en: 'Visited by' }, level: 'L2' },
  },
});
