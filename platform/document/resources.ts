import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

const TextOrNull = Type.Union([Type.String(), Type.Null()]);

/** Files (文件): what was uploaded, by whom, and how it was checked. The contents are no field: they are read one by one, on the record. */
export const documentFile = resource({
  id: 'document.file',
  version: 1,
  title: { zh: '文件登记', en: 'Register of files' },
  summary: {
    zh: '上传的文件：名称、种类、查毒结论、上传时间；内容逐件查阅并留痕。',
    en: 'Uploaded files: name, kind, result of the virus scan, time; contents are read one by one, on the record.',
  },
  owner: 'data-centre',
  sharing: 'none',
  opening: 'closed',
  updates: 'realtime',
  retention: { zh: '随所属业务保存', en: 'As long as the business that it belongs to' },
  table: 'document.file',
  key: 'id',
  time: 'uploadedAt',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '编号', en: 'Id' }, level: 'L2' },
    name: { schema: Type.String(), title: { zh: '文件名', en: 'Name' }, level: 'L3' },
    kind: { schema: Type.String(), title: { zh: '种类', en: 'Kind' }, level: 'L2' },
    person: { schema: TextOrNull, title: { zh: '归属人', en: 'Person' }, level: 'L3', subject: 'person' },
    entity: { schema: TextOrNull, title: { zh: '归属企业', en: 'Enterprise' }, level: 'L2', subject: 'entity' },
    scan: { schema: Type.String(), title: { zh: '查毒结论', en: 'Virus scan' }, level: 'L2' },
    uploadedAt: {
      schema: Type.String({ format: 'date-time' }),
      title: { zh: '上传时间', en: 'Uploaded at' },
      level: 'L2',
    },
  },
});
