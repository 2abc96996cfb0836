import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

/** Applications for relief (救助申请) as the streets take them in. Sensitive: never shared. */
export const relief = resource({
  id: 'community.relief',
  version: 1,
  title: { zh: '救助申请', en: 'Applications for relief' },
  summary: {
    zh: '街道受理的救助申请：问到的内容，以及其余各项取自哪个来源。',
    en: 'Applications taken in by the streets: what was asked, and from which source the rest came.',
  },
  owner: 'civil-affairs',
  sharing: 'none',
  opening: 'closed',
  updates: 'realtime',
  retention: { zh: '办结后十年', en: 'ten years after the case is closed' },
  table: 'community.relief',
  key: 'id',
  scope: { by: 'area', field: 'committeeCode' },
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '申请编号', en: 'Application' }, level: 'L2' },
    pid: {
      schema: Type.String({ format: 'uuid' }),
      title: { zh: '人员标识', en: 'Person id' },
      level: 'L4',
      subject: 'person',
    },
    committeeCode: { schema: Type.String(), title: { zh: '居委代码', en: 'Committee' }, level: 'L2' },
    kind: { schema: Type.String(), title: { zh: '救助类别', en: 'Kind of relief' }, level: 'L4' },
    answers: { schema: Type.Object({}), title: { zh: '填报内容', en: 'Answers' }, level: 'L4' },
    obtained: { schema: Type.Object({}), title: { zh: '取自来源的内容', en: 'Obtained from sources' }, level: 'L2' },
    filedAt: {
      schema: Type.String({ format: 'date-time' }),
      title: { zh: '受理时间', en: 'Taken in at' },
      level: 'L2',
    },
    filedName: { schema: Type.String(), title: { zh: '受理人', en: 'Taken in by' }, level: 'L2' },
  },
});
