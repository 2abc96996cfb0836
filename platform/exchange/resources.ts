import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

/** Reference sets of other places or editions (参考数据集), kept as delivered. */
export const referenceRows = resource({
  id: 'exchange.reference',
  version: 1,
  title: { zh: '参考数据集', en: 'Reference sets' },
  summary: {
    zh: '其他地区或旧版的真实数据，仅供参照：广安区政务服务事项、上海空气质量（2010–2015 逐小时）、2011 版行业分类、地铁站名录。',
    en: "Real data of other places or editions, for reference only: service items of Guang'an, Shanghai air quality 2010–2015 by hour, industry codes of 2011, metro stations.",
  },
  owner: 'data-centre',
  sharing: 'unconditional',
  opening: 'open',
  updates: 'once',
  retention: { zh: '长期', en: 'Permanent' },
  table: 'exchange.reference',
  key: 'key',
  badge: 'reference',
  fields: {
    dataset: { schema: Type.String(), title: { zh: '数据集', en: 'Data set' }, level: 'L1' },
    key: { schema: Type.String(), title: { zh: '主键', en: 'Key' }, level: 'L1' },
    data: { schema: Type.Record(Type.String(), Type.Unknown()), title: { zh: '内容', en: 'Content' }, level: 'L1' },
  },
});
