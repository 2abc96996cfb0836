/** Other names 别名: of roads before 1950, of the city's districts, of places in the sample. */
import type { Building } from './buildings.ts';
import type { Random } from './random.ts';

export interface PlaceName {
  alias: string;
  kind: 'road' | 'venue' | 'district-own' | 'district-other';
  target: string;
  from: string;
  to: string;
  source: string;
}

const COMMON = '通行说法，未逐条核对《上海地名志》';
/** Old name, name of today, year of the change as commonly told. */
const ROADS = `霞飞路 淮海中路 1943
林森中路 淮海中路 1950
宝昌路 淮海中路 1915
金神父路 瑞金二路 1943
吕班路 重庆南路 1943
马斯南路 思南路 1943
环龙路 南昌路 1943
辣斐德路 复兴中路 1943
贝勒路 黄陂南路 1943
望志路 兴业路 1943
蒲柏路 太仓路 1943
迈尔西爱路 茂名南路 1943
亚尔培路 陕西南路 1943
高乃依路 皋兰路 1943
爱麦虞限路 绍兴路 1943
西爱咸斯路 永嘉路 1943
劳神父路 合肥路 1943
康悌路 建国东路 1943
薛华立路 建国中路 1943
爱多亚路 延安东路 1943
黄浦滩路 中山东一路 1945
大马路 南京东路 1865
二马路 九江路 1865
三马路 汉口路 1865
四马路 福州路 1865
五马路 广东路 1865
公馆马路 金陵东路 1943
敏体尼荫路 西藏南路 1943
虞洽卿路 西藏中路 1943
民国路 人民路 1950
卡德路 石门二路 1943
萨坡赛路 淡水路 1943
白来尼蒙马浪路 马当路 1943
菜市路 顺昌路 1943`;

const OTHERS = '徐汇 长宁 静安 普陀 虹口 杨浦 闵行 宝山 嘉定 金山 松江 青浦 奉贤 崇明'.split(' ');
/** Names of places: each is put at a generated building of one of its roads. */
const VENUES: readonly (readonly [string, readonly string[]])[] = [
  ['新天地南里', ['兴业路', '马当路', '黄陂南路']],
  ['新天地北里', ['太仓路', '马当路', '黄陂南路']],
  ['田子坊', ['泰康路', '建国中路']],
  ['思南公馆', ['思南路', '复兴中路']],
  ['外滩源', ['圆明园路', '虎丘路', '北京东路']],
  ['豫园商城', ['福佑路', '方浜中路', '丽水路']],
  ['大世界', ['西藏南路', '延安东路']],
  ['环贸广场', ['淮海中路']],
  ['来福士广场', ['西藏中路', '福州路']],
  ['日月光中心', ['徐家汇路', '打浦路']],
];

export function placeNames(buildings: readonly Building[], random: Random): PlaceName[] {
  const roads = ROADS.split('\n').map((line): PlaceName => {
    const [alias = '', target = '', year = ''] = line.split(' ');
    return { alias, kind: 'road', target, from: '', to: `${year}-01-01`, source: COMMON };
  });
  const own = ['黄浦区', '黄浦', '卢湾区', '卢湾', '南市区', '南市'].map(
    (alias): PlaceName => ({
      alias,
      kind: 'district-own',
      target: '黄浦区',
      from: '',
      to: '',
      source: '区划名称与撤并前名称',
    }),
  );
  const other = OTHERS.flatMap((name): PlaceName[] =>
    [`${name}区`, name].map((alias) => ({
      alias,
      kind: 'district-other',
      target: `${name}区`,
      from: '',
      to: '',
      source: '上海市区划名称',
    })),
  );
  for (const alias of ['浦东新区', '浦东', '闸北区'])
    other.push({
      alias,
      kind: 'district-other',
      target: alias === '闸北区' ? '静安区' : '浦东新区',
      from: '',
      to: '',
      source: '上海市区划名称与撤并前名称',
    });
  const used = new Set<string>();
  const venues = VENUES.flatMap(([alias, at]): PlaceName[] => {
    const free = buildings.filter(
      (b) => at.includes(b.road) && b.secrecy === '' && b.use !== '住宅' && !used.has(b.code),
    );
    const building = free.length > 0 ? random.pick(free) : undefined;
    if (!building) return [];
    used.add(building.code);
    return [
      { alias, kind: 'venue', target: building.address, from: '', to: '', source: '样例生成：名称真实，位置虚构' },
    ];
  });
  return [...roads, ...own, ...other, ...venues];
}
