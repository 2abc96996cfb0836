import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

const Text = Type.Union([Type.String(), Type.Null()]);
const Texts = Type.Array(Type.String());

/** Audit log (审计日志): who read or changed what, on which purpose. Whom a row is about stands apart and is not listed. */
export const accessLog = resource({
  id: 'audit.access',
  version: 1,
  title: { zh: '审计日志', en: 'Audit log' },
  summary: {
    zh: '每次读取、修改和被拒的请求：谁、何时、以什么用途、涉及哪些数据项。',
    en: 'Each read, change and refusal: who, when, on which purpose and which data items.',
  },
  owner: 'security-centre',
  sharing: 'none',
  opening: 'closed',
  updates: 'realtime',
  retention: { zh: '长期保存，不少于六个月', en: 'Kept for good, at least six months' },
  table: 'audit.access',
  key: 'id',
  time: 'at',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '编号', en: 'Id' }, level: 'L2' },
    at: { schema: Type.String({ format: 'date-time' }), title: { zh: '时间', en: 'Time' }, level: 'L2' },
    account: { schema: Type.String(), title: { zh: '账号', en: 'Account' }, level: 'L2' },
    name: { schema: Type.String(), title: { zh: '姓名', en: 'Name' }, level: 'L2' },
    post: { schema: Text, title: { zh: '岗位', en: 'Post' }, level: 'L2' },
    unit: { schema: Text, title: { zh: '单位', en: 'Unit' }, level: 'L2' },
    purpose: { schema: Text, title: { zh: '用途', en: 'Purpose' }, level: 'L2' },
    behalf: { schema: Text, title: { zh: '代办授权', en: 'Delegation' }, level: 'L2' },
    module: { schema: Type.String(), title: { zh: '模块', en: 'Module' }, level: 'L2' },
    route: { schema: Type.String(), title: { zh: '操作', en: 'Operation' }, level: 'L2' },
    resources: { schema: Texts, title: { zh: '数据资源', en: 'Resources' }, level: 'L2' },
    fields: { schema: Texts, title: { zh: '数据项', en: 'Fields' }, level: 'L2' },
    level: { schema: Type.String(), title: { zh: '数据级别', en: 'Level of the data' }, level: 'L2' },
    outcome: { schema: Type.String(), title: { zh: '结果', en: 'Outcome' }, level: 'L2' },
    code: { schema: Text, title: { zh: '拒绝原因', en: 'Why it was refused' }, level: 'L2' },
    subjects: { schema: Type.Integer(), title: { zh: '涉及对象数', en: 'Number of subjects' }, level: 'L2' },
  },
});
