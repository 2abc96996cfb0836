import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const Moment = Type.Union([Type.String({ format: 'date-time' }), Type.Null()]);

/** Open datasets (开放数据集): what is opened, how, under which licence. */
export const openDataset = resource({
  id: 'open-data.dataset',
  version: 1,
  title: { zh: '开放数据集', en: 'Open datasets' },
  summary: {
    zh: '向社会开放的数据集：来源资源、开放类型、许可、更新周期与当前版本。',
    en: 'Sets opened to the public: catalogue item, type of opening, licence, update cycle and current version.',
  },
  owner: 'data-centre',
  sharing: 'unconditional',
  opening: 'open',
  updates: 'daily',
  retention: { zh: '长期', en: 'Permanent' },
  table: 'open_data.dataset',
  key: 'id',
  fields: {
    id: { schema: Type.String(), title: { zh: '标识', en: 'Identifier' }, level: 'L1' },
    item: { schema: Type.String(), title: { zh: '目录资源', en: 'Catalogue item' }, level: 'L1' },
    title: { schema: Words, title: { zh: '名称', en: 'Title' }, level: 'L1' },
    theme: { schema: Type.String(), title: { zh: '主题', en: 'Theme' }, level: 'L1' },
    owner: { schema: Type.String(), title: { zh: '提供单位', en: 'Publisher' }, level: 'L1' },
    licence: { schema: Type.String(), title: { zh: '许可', en: 'Licence' }, level: 'L1' },
    cycle: { schema: Type.String(), title: { zh: '更新周期', en: 'Update cycle' }, level: 'L1' },
    opening: {
      schema: Type.Union([Type.String(), Type.Null()]),
      title: { zh: '开放类型', en: 'Type of opening' },
      level: 'L1',
    },
    state: { schema: Type.String(), title: { zh: '状态', en: 'State' }, level: 'L1' },
    updatedAt: { schema: Moment, title: { zh: '更新时间', en: 'Updated at' }, level: 'L1' },
  },
});

/** Wishes for data (数据开放需求). Text and answer are public; who wrote is not kept. */
export const wish = resource({
  id: 'open-data.wish',
  version: 1,
  title: { zh: '开放需求', en: 'Wishes for data' },
  summary: {
    zh: '公众提出的开放需求、支持数与答复。',
    en: 'What the public wishes to be opened, with votes and answers.',
  },
  owner: 'data-centre',
  sharing: 'unconditional',
  opening: 'open',
  updates: 'realtime',
  retention: { zh: '长期', en: 'Permanent' },
  table: 'open_data.wish',
  key: 'id',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '编号', en: 'Id' }, level: 'L1' },
    title: { schema: Type.String(), title: { zh: '需求', en: 'Wish' }, level: 'L1' },
    text: { schema: Type.String(), title: { zh: '说明', en: 'Text' }, level: 'L1' },
    owner: { schema: Type.String(), title: { zh: '答复单位', en: 'Unit that answers' }, level: 'L1' },
    state: { schema: Type.String(), title: { zh: '状态', en: 'State' }, level: 'L1' },
    votes: { schema: Type.Integer(), title: { zh: '支持数', en: 'Votes' }, level: 'L1' },
    askedAt: { schema: Moment, title: { zh: '提出时间', en: 'Asked at' }, level: 'L1' },
    reply: { schema: Type.Union([Type.String(), Type.Null()]), title: { zh: '答复', en: 'Answer' }, level: 'L1' },
  },
});
