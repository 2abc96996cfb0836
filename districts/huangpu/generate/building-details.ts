/** What makes addresses of a real district uneven: houses at the road, branches of lanes, numbers with 甲; and who looks after a building. */
import type { Building } from './buildings.ts';
import type { Random } from './random.ts';

/** The address of the proof scenario of the space base database, in 淮海中路街道. */
export const PROOF_ADDRESS = '淮海中路300弄甲支弄12号';
const PROOF_STREET = '310101022';
/** Roads of the demo households keep their plain addresses. */
const PLAIN_ROADS = new Set(['瑞金二路', '思南路']);

/** 立面保护要求 by heritage class, after the classes of the municipal regulation on historic buildings. */
const FACADES: Record<string, string> = {
  优秀历史建筑二类: '立面、结构体系、主要平面布局和有特色的内部装饰不得改变',
  优秀历史建筑三类: '立面和结构体系不得改变',
  优秀历史建筑四类: '主要立面不得改变',
  不可移动文物: '不得改变原状',
};

/** Changes addresses and adds details; draws from a stream of its own, so that nothing else of the sample moves. */
export function finishBuildings(buildings: Building[], random: Random): void {
  const taken = new Set(buildings.map(({ address }) => address));
  for (const building of buildings) if (!PLAIN_ROADS.has(building.road)) readdress(building, { random, taken });
  const proof = proofBuilding(buildings);
  if (proof) {
    move(proof, PROOF_ADDRESS);
    Object.assign(proof, {
      road: '淮海中路',
      use: '住宅',
      yearBuilt: 1932,
      structure: '砖木',
      heritageClass: '优秀历史建筑三类',
    });
    proof.name = `${PROOF_ADDRESS}住宅`;
  }
  let secret = 0;
  for (const building of buildings) {
    building.facadeClass = FACADES[building.heritageClass] ?? '';
    building.managedBy = manager(building);
    if (building.use === '其他' && building.code !== proof?.code && secret < 4) {
      building.secrecy = secret % 2 === 0 ? 'military' : 'police';
      secret += 1;
    }
  }
}

/** An old house of 淮海中路 with homes. */
function proofBuilding(buildings: readonly Building[]): Building | undefined {
  const homes = buildings.filter((b) => b.street === PROOF_STREET && b.dwellings > 0 && b.yearBuilt < 1949);
  return homes.find((b) => b.road === '淮海中路') ?? homes[0];
}

function readdress(building: Building, { random, taken }: { random: Random; taken: Set<string> }): void {
  const [, lane = '', number = ''] = /(\d+)弄(\d+)号$/.exec(building.address) ?? [];
  const kind = random.next();
  const house = 2 * random.int(10, 700) + 1;
  let address = building.address;
  if (building.dwellings === 0 && kind < 0.35) address = `${building.road}${house}号`;
  else if (building.dwellings > 0 && building.yearBuilt < 1949 && kind < 0.18)
    address = `${building.road}${lane}弄${kind < 0.09 ? '甲' : '乙'}支弄${number}号`;
  else if (kind > 0.97) address = `${building.road}${lane}弄${number}甲号`;
  if (address === building.address || taken.has(address)) return;
  taken.add(address);
  move(building, address);
}

function move(building: Building, address: string): void {
  building.name = building.name.replace(building.address, address);
  building.address = address;
}

function manager({ street, yearBuilt, use, code }: Building): string {
  const number = (Number(code.slice(-4)) % 6) + 1;
  if (use === '住宅' && yearBuilt < 1949) return `样例${street.slice(-2)}号房管办事处第${number}管理组`;
  return `样例物业服务第${number}公司`;
}
