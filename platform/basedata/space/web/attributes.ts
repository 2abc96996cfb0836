import type { Attribute, Text } from '#web/entrances/shared/shapes.ts';
import type { Reply } from '#web/client/reply.ts';

const TITLES: Record<string, Text> = {
  name: { zh: '名称', en: 'Name' },
  address: { zh: '坐落', en: 'Address' },
  yearBuilt: { zh: '建成年份', en: 'Year built' },
  floors: { zh: '地上层数', en: 'Floors' },
  heightM: { zh: '高度', en: 'Height' },
  structure: { zh: '结构', en: 'Structure' },
  use: { zh: '用途', en: 'Use' },
  heritageClass: { zh: '历史建筑类别', en: 'Heritage class' },
  facadeClass: { zh: '立面保护要求', en: 'Façade protection' },
  managedBy: { zh: '管理单位', en: 'Managed by' },
  dwellings: { zh: '总户数', en: 'Dwellings' },
};

/** Facts of a building for the list with sources; outlines are on the map. */
export function attributesOf(card: Reply<'/api/space/buildings/{code}'>): Attribute[] {
  const describe = (source: NonNullable<(typeof card)['attributes'][number]['source']>) => ({
    claim: source.claim,
    dataset: source.dataset,
    datasetTitle: { zh: source.dataset, en: source.dataset },
    unit: source.unit,
    receivedAt: source.at,
  });
  return card.attributes.flatMap(({ name, value, source, others }) => {
    const title = TITLES[name];
    if (!title) return [];
    return [
      {
        name,
        title,
        group: 'building',
        level: name === 'heightM' ? 'L2' : 'L1',
        masked: false,
        value,
        source: source && describe(source),
        others: others.map((other) => ({ value: other.value, source: describe(other.source) })),
      },
    ];
  });
}
