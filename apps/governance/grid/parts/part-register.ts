import type { PartFound, PartRegister } from '#platform/case/hooks.ts';
import { caseClassOf } from './part-code.ts';
import { partClasses } from './part-classes.ts';
import { findPart, inGrid, type PartRow, partsNear } from './part-row.ts';

/** Most answers to one question for the nearest. */
export const MOST_NEAR = 50;
/** Farthest that is looked, in metres. */
export const FARTHEST_M = 1_000;

function foundOf(row: PartRow, distanceM: number): PartFound {
  const { code, lon, lat, owner, keeper } = row;
  const known = partClasses.get(row.class)?.name ?? { zh: row.class, en: row.class };
  return { code, classes: [caseClassOf(row.class)], name: known, lon, lat, owner, keeper, distanceM };
}

/** The register of parts as cases ask it (部件查询): by code, and what stands nearest. Removed parts are not near anything. */
export const gridPartRegister: PartRegister = {
  async find({ services, code }) {
    const row = await inGrid(services, (db) => findPart(db, code));
    return row && foundOf(row, 0);
  },
  async near({ services, lon, lat, withinM, class: asked, limit = 10 }) {
    const rows = await inGrid(services, (db) =>
      partsNear(db, {
        lon,
        lat,
        withinM: Math.min(withinM, FARTHEST_M),
        class: asked?.replace(/^P/, ''),
        limit: Math.min(limit, MOST_NEAR),
      }),
    );
    return rows.map(({ distanceM, ...row }) => foundOf(row, distanceM));
  },
};
