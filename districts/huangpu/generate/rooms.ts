/** Floors and rooms of a building: numbered homes, and the named parts of old lane houses 里弄房屋. */
import type { Building } from './buildings.ts';

export interface Room {
  floor: number;
  /** 301, or the name of the part: 后客堂. */
  number: string;
  kind: string;
  areaM2: number;
  use: string;
  right: string;
}

/** Ground floor first, as a lane house is built. */
const PARTS: readonly { floor: number; kind: string; areaM2: number }[] = [
  { floor: 1, kind: '前客堂', areaM2: 22.4 },
  { floor: 1, kind: '后客堂', areaM2: 11.8 },
  { floor: 1, kind: '灶间', areaM2: 9.2 },
  { floor: 2, kind: '前楼', areaM2: 23.1 },
  { floor: 2, kind: '后楼', areaM2: 10.6 },
  { floor: 2, kind: '亭子间', areaM2: 8.9 },
  { floor: 3, kind: '三层阁', areaM2: 12.5 },
  { floor: 3, kind: '亭子间', areaM2: 8.7 },
  { floor: 3, kind: '晒台', areaM2: 6.3 },
];

/** True for the brick-and-timber houses that have named rooms. */
export function isLaneHouse(building: Building): boolean {
  return building.use === '住宅' && building.yearBuilt < 1949 && building.structure === '砖木';
}

/** Same building, same rooms: no chance is in it. Numbered rooms are those that the homes of residents have. */
export function roomsOf(building: Building): Room[] {
  const right = isLaneHouse(building) ? '公有租赁' : '产权';
  const rooms: Room[] = Array.from({ length: building.dwellings }, (_, index) => {
    const floor = (index % building.floors) + 1;
    const number = `${floor}${String(Math.floor(index / building.floors) + 1).padStart(2, '0')}`;
    return { floor, number, kind: '成套', areaM2: 38 + ((index * 7 + floor * 3) % 83), use: '居住', right };
  });
  if (!isLaneHouse(building)) return rooms;
  const here = PARTS.filter(({ floor }) => floor <= building.floors);
  const twice = new Set(here.map(({ kind }) => kind).filter((kind, i, all) => all.indexOf(kind) !== i));
  for (const { floor, kind, areaM2 } of here)
    rooms.push({ floor, kind, areaM2, number: twice.has(kind) ? `${floor}层${kind}` : kind, use: '居住', right });
  return rooms;
}
