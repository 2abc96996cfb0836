/** Who has to remove what keeps the sample's services from being online, by when, and by which measures. Invented. */
import type { Text } from '#platform/kernel/text.ts';
import type { ItemDefinition } from '#platform/service/item-definition.ts';
import { type BlockerKind, blockersOf } from '#platform/service/item-depth.ts';
import type { CatalogueInUse } from '#platform/service/register-items.ts';
import type { Random } from './random.ts';

type Measure = CatalogueInUse['measures'][number];
type Plan = CatalogueInUse['plans'][number];

/** Systems of upper levels, as items name them. */
const SYSTEMS: Record<string, string> = {
  公安部门业务系统: 'link-police',
  税务部门业务系统: 'link-tax',
  人社医保业务系统: 'link-labour',
  社会事业条线系统: 'link-social',
  市场监管条线系统: 'link-market',
  工程建设项目审批管理系统: 'link-construction',
};
/** Units that could take part in what the district offers to all. */
const JOINS = new Set([
  'civil-affairs',
  'human-resources',
  'social-insurance',
  'medical-security',
  'health',
  'education',
  'housing',
  'disabled-federation',
  'veterans',
]);

/** What can be done at all. */
export const MEASURES = (nameOf: (unit: string) => Text, units: readonly string[]): Measure[] => [
  ...Object.entries(SYSTEMS).map(([zh, id]) => ({
    id,
    title: { zh: `打通${zh}`, en: `Link ${id.slice(5)} system` },
    owner: 'data-centre',
  })),
  {
    id: 'esign-district',
    title: { zh: '启用全区统一电子签名', en: 'One electronic signature for the district' },
    owner: 'data-bureau',
  },
  { id: 'pay-district', title: { zh: '接入非税统一支付', en: 'Join the payment platform' }, owner: 'finance' },
  {
    id: 'video-check',
    title: { zh: '远程视频核验代替到场', en: 'Check by video instead of a visit' },
    owner: 'service-hall',
  },
  { id: 'result-post', title: { zh: '结果一律可邮寄', en: 'Post every result' }, owner: 'service-hall' },
  { id: 'archive-scan', title: { zh: '历史档案数字化', en: 'Scan old files' }, owner: 'archives' },
  ...units.flatMap((unit) => [
    {
      id: `esign-${unit}`,
      title: { zh: `${nameOf(unit).zh}接受电子签名`, en: `${nameOf(unit).en} accepts electronic signatures` },
      owner: unit,
    },
    {
      id: `paper-${unit}`,
      title: { zh: `${nameOf(unit).zh}免收纸质原件`, en: `${nameOf(unit).en} does without paper originals` },
      owner: unit,
    },
    {
      id: `visit-${unit}`,
      title: { zh: `${nameOf(unit).zh}优化现场环节`, en: `${nameOf(unit).en} does without visits` },
      owner: unit,
    },
  ]),
];

/** Plans for the blockers of an item. A few have none yet. */
export function planFor(options: { code: string; unit: string; definition: ItemDefinition; random: Random }): Plan[] {
  const { code, unit, definition, random } = options;
  return blockersOf(definition).map((kind) => {
    const measures = random.chance(0.04) ? [] : measuresFor(kind, unit, definition, random);
    const planned = measures.length > 0 && random.chance(0.7);
    return {
      item: code,
      kind,
      owner: ownerOf(kind, unit),
      plan: planned ? PLANS[kind] : '',
      due: planned ? `20${random.pick(['26', '27'])}-${random.pick(['03', '06', '09', '12'])}-30` : null,
      measures,
    };
  });
}

const PLANS: Record<BlockerKind, string> = {
  'paper-original': '改用电子证照或数据核验，不再收原件',
  'wet-signature': '接入统一电子签名',
  'site-visit': '改为视频核验或上门服务',
  payment: '接入非税统一支付',
  'vertical-system': '与条线系统数据接口联调',
};

function ownerOf(kind: BlockerKind, unit: string): string {
  if (kind === 'vertical-system') return 'data-centre';
  return kind === 'payment' ? 'finance' : unit;
}

function measuresFor(kind: BlockerKind, unit: string, definition: ItemDefinition, random: Random): string[] {
  switch (kind) {
    case 'vertical-system':
      return [SYSTEMS[definition.system?.zh ?? ''] ?? 'link-construction'];
    case 'payment':
      return ['pay-district'];
    case 'wet-signature':
      return [`esign-${unit}`, ...(JOINS.has(unit) ? ['esign-district'] : [])];
    case 'site-visit':
      return [
        `visit-${unit}`,
        ...(definition.visits === 0 ? ['result-post'] : random.chance(0.5) ? ['video-check'] : []),
      ];
    case 'paper-original':
      return [`paper-${unit}`, ...(random.chance(0.2) ? ['archive-scan'] : [])];
  }
}
