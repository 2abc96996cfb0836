/** Homes and their addresses. */
import type { Building } from './buildings.ts';
import { cumulate } from './random.ts';
import type { Random } from './random.ts';

/** Full address of a room, as departments write it. */
export function roomAddress(building: Building, room: string): string {
  return `上海市黄浦区${building.address}${room}室`;
}

export interface Home {
  building: Building;
  room: string;
}

/** Hands out free homes, tall buildings more often; `any` gives one that may be taken, for registrations whose person lives elsewhere. */
export function createHomes(buildings: readonly Building[], random: Random): { free(): Home; any(): Home } {
  const homes = buildings.filter((building) => building.dwellings > 0);
  const weights = cumulate(homes.map((building) => building.dwellings));
  const taken = new Map<string, number>();
  const numbered = (building: Building, index: number): Home => ({
    building,
    room: `${(index % building.floors) + 1}${String(Math.floor(index / building.floors) + 1).padStart(2, '0')}`,
  });
  let left = weights.at(-1) ?? 0;
  return {
    any: () => {
      const building = random.pickWeighted(homes, weights);
      return numbered(building, random.int(0, building.dwellings - 1));
    },
    free: () => {
      if (left <= 0) throw new RangeError('more resident households than dwellings');
      left -= 1;
      for (;;) {
        const building = random.pickWeighted(homes, weights);
        const used = taken.get(building.code) ?? 0;
        if (used >= building.dwellings) continue;
        taken.set(building.code, used + 1);
        return numbered(building, used);
      }
    },
  };
}
