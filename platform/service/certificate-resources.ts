import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const MaybeText = Type.Union([Type.String(), Type.Null()]);

/** Electronic certificates (电子证照): what was issued to whom, and whether it holds. */
export const certificate = resource({
  id: 'service.certificate',
  version: 1,
  title: { zh: '电子证照', en: 'Electronic certificates' },
  summary: {
    zh: '各部门颁发的电子证照：类型、编号、标识、持证主体、有效期和状态。',
    en: 'Certificates that units have issued: type, number, identifier, holder, validity and state.',
  },
  owner: 'data-centre',
  sharing: 'conditional',
  opening: 'closed',
  updates: 'realtime',
  retention: { zh: '证照失效后按档案期限', en: 'As the archive period says, once it has ended' },
  table: 'service.certificate',
  key: 'id',
  time: 'issuedOn',
  badge: 'sample',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '编号', en: 'Id' }, level: 'L2' },
    identifier: {
      schema: Type.String(),
      title: { zh: '证照标识', en: 'Identifier' },
      level: 'L2',
      element: 'GB/T 36904',
    },
    number: { schema: Type.String(), title: { zh: '证照编号', en: 'Number' }, level: 'L2', element: 'GB/T 36903' },
    version: { schema: Type.Integer(), title: { zh: '版本号', en: 'Version' }, level: 'L2', element: 'GB/T 36904' },
    type: { schema: Type.String(), title: { zh: '证照类型代码', en: 'Type' }, level: 'L2', element: 'GB/T 36903' },
    title: { schema: Words, title: { zh: '证照名称', en: 'Title' }, level: 'L2', element: 'GB/T 36903' },
    unit: { schema: Type.String(), title: { zh: '颁发单位', en: 'Issuing unit' }, level: 'L2' },
    issuerTitle: { schema: Words, title: { zh: '证照颁发机构', en: 'Issuer' }, level: 'L2', element: 'GB/T 36903' },
    holderPerson: { schema: MaybeText, title: { zh: '持证人', en: 'Holder' }, level: 'L3', subject: 'person' },
    holderEntity: {
      schema: MaybeText,
      title: { zh: '持证单位', en: 'Enterprise that holds it' },
      level: 'L2',
      subject: 'entity',
    },
    // Sealed in the table; a reply holds it opened.
    content: { schema: Type.String(), title: { zh: '照面信息', en: 'Face' }, level: 'L3' },
    state: { schema: Type.String(), title: { zh: '证照状态', en: 'State' }, level: 'L2' },
    issuedOn: {
      schema: Type.String({ format: 'date' }),
      title: { zh: '颁发日期', en: 'Issued on' },
      level: 'L2',
      element: 'GB/T 36903',
    },
    validFrom: {
      schema: Type.String({ format: 'date' }),
      title: { zh: '有效期起', en: 'Valid from' },
      level: 'L2',
      element: 'GB/T 36903',
    },
    validUntil: {
      schema: Type.Union([Type.String({ format: 'date' }), Type.Null()]),
      title: { zh: '有效期止', en: 'Valid until' },
      level: 'L2',
      element: 'GB/T 36903',
    },
  },
});
