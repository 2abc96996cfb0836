import { useTranslation } from 'react-i18next';
import { addTexts } from '#web/i18n/index.ts';

const zh = {
  title: '地图图层',
  layer: '图层',
  shown: '显示方式',
  cluster: '聚合',
  heat: '热力',
  shape: '要素',
  day: '日期',
  list: '窗口内的要素',
  matched: '共 {{n}} 个，{{groups}} 组',
  more: '组数过多，只显示最大的一部分；请放大',
  near: '{{name}}附近',
  outside: '区外',
  go: '放大到这里',
  empty: '窗口内没有要素',
  loading: '正在读取',
  generated: '带“样例”的图层由生成器产生，不是实测。',
  noRiver: '底图只用开放数据：道路覆盖人民广场周边，没有河流与绿地。',
};
const en: typeof zh = {
  title: 'Map layers',
  layer: 'Layer',
  shown: 'Show as',
  cluster: 'Clusters',
  heat: 'Heat',
  shape: 'Features',
  day: 'Day',
  list: 'Features in the window',
  matched: '{{n}} in {{groups}} groups',
  more: 'Too many groups: the largest are shown; zoom in',
  near: 'near {{name}}',
  outside: 'outside the district',
  go: 'Zoom to this',
  empty: 'No features in the window',
  loading: 'Loading',
  generated: 'Layers marked as samples are generated, not surveyed.',
  noRiver: 'The base map holds open data only: roads around People’s Square, no river, no green.',
};
addTexts('geoLayers', { zh, en });

export function useLayerTexts() {
  const { t, i18n } = useTranslation('geoLayers');
  return { t, language: i18n.language.startsWith('en') ? ('en' as const) : ('zh' as const) };
}
